"""Slack asked by a command, beside a Rung that may be running: who is there, and nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.adapters.slack.capabilities import Capabilities
from bot.adapters.slack.client import BadToken, SlackUnreachable, connect, http_session
from bot.adapters.slack.directory import SlackDirectory
from bot.domain.errors import RungError
from bot.usecases.outside import Clock
from bot.usecases.rows import WorkspaceRow


@asynccontextmanager
async def directory_of(
    token: str, *, base_url: str, clock: Clock
) -> AsyncIterator[tuple[SlackDirectory, WorkspaceRow]]:
    """The directory of the token's workspace. Raises RungError with a sentence when Slack cannot be asked."""
    async with http_session() as session:
        try:
            connection = await connect(base_url=base_url, token=token, session=session)
        except (BadToken, SlackUnreachable) as error:
            raise RungError(str(error)) from error
        workspace = connection.workspace
        yield SlackDirectory(workspace, connection.slack, Capabilities(clock), clock), workspace

"""Slack asked by a command, beside a Rung that may be running: who is there, and what the app may do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.adapters.slack.capabilities import Capabilities
from bot.adapters.slack.client import BadToken, Connection, SlackUnreachable, connect, http_session
from bot.adapters.slack.directory import SlackDirectory
from bot.domain.errors import RungError
from bot.usecases.outside import Clock
from bot.usecases.rows import WorkspaceRow


@dataclass(frozen=True, slots=True)
class Visit:
    """What a command knows of the workspace of its token."""

    directory: SlackDirectory
    connection: Connection

    @property
    def workspace(self) -> WorkspaceRow:
        """Whose token it is."""
        return self.connection.workspace


@asynccontextmanager
async def visit(token: str, *, base_url: str, clock: Clock) -> AsyncIterator[Visit]:
    """The token's workspace. Raises RungError with a sentence when Slack cannot be asked."""
    async with http_session() as session:
        try:
            connection = await connect(base_url=base_url, token=token, session=session)
        except (BadToken, SlackUnreachable) as error:
            raise RungError(str(error)) from error
        directory = SlackDirectory(connection.workspace, connection.slack, Capabilities(clock), clock)
        yield Visit(directory, connection)

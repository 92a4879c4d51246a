"""The Bolt app: listeners bound, one workspace authorised, errors answered. Made by app.py; nothing exists before."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import ASGIApp

from bot.adapters.slack.directory import SlackDirectory
from bot.adapters.slack.listeners import (
    agree_matrix,
    answer_ping,
    answers,
    assign_issue,
    caring,
    change_facts,
    client_pages,
    escalate_issue,
    give_back,
    hide_issue,
    home,
    intake,
    keep_issue,
    lists,
    look_up,
    matrix,
    matrix_edit,
    matrix_file,
    matrix_versions,
    matrix_who,
    menu,
    merge_issues,
    oncall,
    oncall_put_in,
    people,
    raise_issue,
    reopen_issue,
    router,
    search,
    send_back,
    snooze_issue,
    straight_to_me,
    take_part,
    wait_issue,
    words,
    work_issue,
)
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here
from bot.usecases.rows import WorkspaceRow

FEATURES = (
    router,
    raise_issue,
    intake,
    straight_to_me,
    search,
    answer_ping,
    escalate_issue,
    work_issue,
    reopen_issue,
    send_back,
    menu,
    change_facts,
    wait_issue,
    assign_issue,
    give_back,
    keep_issue,
    snooze_issue,
    caring,
    take_part,
    merge_issues,
    hide_issue,
    look_up,
    lists,
    home,
    matrix,
    matrix_edit,
    matrix_file,
    matrix_versions,
    matrix_who,
    client_pages,
    agree_matrix,
    oncall,
    oncall_put_in,
    words,
)
"""Every feature's listeners; a new feature adds its module here."""

_log = logging.getLogger(__name__)


class DrainableApp(AsyncApp):
    """Bolt knows no drain: this one knows which requests are under way."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.afterwards: Callable[[Mapping[str, Any]], Awaitable[None]] | None = None
        """Called with each request that was answered."""
        self._under_way: set[asyncio.Task[Any]] = set()

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """See AsyncApp."""
        task = asyncio.current_task()
        if task is None:
            return await self._answered(req)
        self._under_way.add(task)
        try:
            return await self._answered(req)
        finally:
            self._under_way.discard(task)

    async def _answered(self, req: AsyncBoltRequest) -> BoltResponse:
        response = await super().async_dispatch(req)
        if self.afterwards is not None and isinstance(req.body, Mapping):
            await self.afterwards(req.body)
        return response

    async def idle(self, patience: float) -> None:
        """Until no request is under way, at most `patience` seconds."""
        others = self._under_way - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=patience)


def slack_handler(bolt: AsyncApp, path: str) -> ASGIApp:
    """Bolt's own ASGI adapter."""
    handler: Any = AsyncSlackRequestHandler(bolt, path=path)
    return cast(ASGIApp, handler)


def build_bolt(
    *,
    here: Here,
    workspace: WorkspaceRow,
    client: AsyncWebClient,
    directory: SlackDirectory,
    signing_secret: str,
) -> DrainableApp:
    """An app for one workspace. `signing_secret` is empty in Socket Mode, where nothing comes over HTTP."""
    bolt = DrainableApp(
        name="rung",
        logger=logging.getLogger("slack_bolt.rung"),
        client=_without_token(client),
        authorize=_authorize_only(workspace, client),
        signing_secret=signing_secret or "not used in Socket Mode",
        process_before_response=True,
        raise_error_for_unhandled_request=True,
    )
    answers.register(bolt, here)
    doors_of(here, directory).bind(bolt)
    bolt.afterwards = home.FreshHome(here).after
    return bolt


def doors_of(here: Here, directory: SlackDirectory) -> Doors:
    """Every feature's listeners by name. Raises ValueError when two want the same name."""
    doors = Doors()
    for feature in FEATURES:
        feature.register(doors, here)
    people.register(doors, directory)
    return doors


def _without_token(client: AsyncWebClient) -> AsyncWebClient:
    """The token comes from `authorize`, for each request; a second one here would only confuse."""
    return AsyncWebClient(
        base_url=client.base_url, session=client.session, retry_handlers=[], timeout=client.timeout
    )


def _authorize_only(workspace: WorkspaceRow, client: AsyncWebClient) -> Any:
    """Everything that comes in belongs to the one workspace of the token.

    Buttons of a shared channel may be pressed by people of another workspace: they are let in and known as outsiders.
    """

    async def authorize(enterprise_id: str | None, team_id: str | None, **_: Any) -> AuthorizeResult:
        if team_id and team_id != workspace.id:
            _log.info("a request of another workspace", extra={"action": "authorize", "team": team_id})
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=workspace.id,
            bot_token=client.token,
            bot_user_id=workspace.bot_user or None,
        )

    return authorize

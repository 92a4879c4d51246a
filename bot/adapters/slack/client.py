"""The connection to one workspace: one client, one way to call it, and the first call that proves the token."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.adapters.slack.errors import SlackFailed, failure
from bot.domain.delivery import Reason
from bot.domain.ids import WorkspaceId
from bot.usecases.rows import WorkspaceRow

TIMEOUT = timedelta(seconds=10)
"""How long one call may take in all. A connection that is not made in half of it is given up: nothing was sent then."""

QUERIES = frozenset(
    {
        "conversations.history",
        "conversations.info",
        "conversations.list",
        "conversations.members",
        "conversations.replies",
        "files.info",
        "usergroups.list",
        "usergroups.users.list",
        "users.info",
        "users.list",
        "users.lookupByEmail",
    }
)
"""Methods whose arguments travel in the query of a GET; `FORMS` are posted in the query, all others as JSON."""
FORMS = frozenset({"apps.connections.open", "auth.test", "conversations.join", "conversations.open"})

SDK_LOG = "slack_sdk.web.async_base_client"
"""A logger that, without a level of its own, writes every request and answer out for debugging, though nobody reads."""


class BadToken(Exception):
    """Slack does not accept the token. The text says what to do; trying again does not help."""


class SlackUnreachable(Exception):
    """Slack did not answer the first call as Slack does. It may later."""


class Slack(Protocol):
    """Calls Web API methods."""

    async def call(self, method: str, **args: Any) -> Mapping[str, Any]:
        """The answer of an ok call. Arguments that are None are left out. Raises SlackFailed; tries once only."""


class SlackClient:
    """Calls Web API methods through the SDK, without its hidden retries: they repeat a post whose answer was lost."""

    def __init__(self, web: AsyncWebClient) -> None:
        self.web = web

    async def call(self, method: str, **args: Any) -> Mapping[str, Any]:
        """See `Slack.call`."""
        response = await self.response(method, **args)
        return response.data if isinstance(response.data, dict) else {}

    async def response(self, method: str, **args: Any) -> AsyncSlackResponse:
        """The same with the headers."""
        given = {name: value for name, value in args.items() if value is not None}
        try:
            if method in QUERIES:
                return await self.web.api_call(method, http_verb="GET", params=given)
            if method in FORMS:
                return await self.web.api_call(method, params=given)
            return await self.web.api_call(method, json=given)
        except Exception as error:
            # The SDK raises whatever its reading of a strange body runs into (AttributeError, UnicodeDecodeError ...).
            # All that matters is whether the call may have taken effect, and that is what the classification says.
            raise failure(method, error) from error


@dataclass(frozen=True, slots=True)
class Connection:
    """A workspace whose token works. `scopes` is empty when Slack did not name them."""

    slack: SlackClient
    workspace: WorkspaceRow
    scopes: frozenset[str] = frozenset()


def http_session(timeout: timedelta = TIMEOUT) -> aiohttp.ClientSession:
    """The session that all calls share; whoever opens it closes it. To be called inside the running loop."""
    seconds = timeout.total_seconds()
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=seconds, connect=seconds / 2))


def web_client(*, base_url: str, token: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """The one client of a token; how long a call may take is the session's. Bolt copies it for each request."""
    logging.getLogger(SDK_LOG).setLevel(logging.INFO)
    return AsyncWebClient(token=token, base_url=base_url, session=session, retry_handlers=[])


async def connect(*, base_url: str, token: str, session: aiohttp.ClientSession) -> Connection:
    """Prove the token with auth.test. Raises BadToken or SlackUnreachable."""
    slack = SlackClient(web_client(base_url=base_url, token=token, session=session))
    try:
        response = await slack.response("auth.test")
    except SlackFailed as failed:
        raise _start_error(failed, base_url) from failed
    team = str(response.get("team_id") or "")
    if not team:
        raise SlackUnreachable(
            f"{base_url} answers, but does not say for which workspace. Check the address."
        )
    row = WorkspaceRow(
        WorkspaceId(team), str(response.get("team") or team), str(response.get("user_id") or "")
    )
    return Connection(slack, row, _scopes(response.headers))


def _start_error(failed: SlackFailed, base_url: str) -> BadToken | SlackUnreachable:
    if failed.reason is Reason.TEAM:
        return BadToken(f"{failed.outcome.why} It is on your app's page under OAuth & Permissions.")
    if failed.reason is Reason.KIND:
        return SlackUnreachable(
            f"There is no Slack API at {base_url}. Check the address. {failed.outcome.why}"
        )
    return SlackUnreachable(f"{failed.outcome.why} The address is {base_url}.")


def _scopes(headers: Mapping[str, str]) -> frozenset[str]:
    named = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes", "")
    return frozenset(scope.strip() for scope in named.split(",") if scope.strip())

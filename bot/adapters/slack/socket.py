"""Socket Mode: one connection, watched. One that stays down is replaced by a new client, never mended.

The SDK retries the same address for ever when its ticket has died; a new client asks for a new one.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.client import BadToken, SlackClient
from bot.adapters.slack.errors import SlackFailed

CHECK_EVERY = 5.0
REBUILD_AFTER = 30.0
DEAD_TOKENS = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "not_allowed_token_type",
        "token_revoked",
        "account_inactive",
        "missing_scope",
    }
)

_log = logging.getLogger(__name__)


async def prove_app_token(web: AsyncWebClient, token: str) -> str:
    """What hinders Socket Mode right now, and may mend itself; empty when nothing does. Raises BadToken."""
    slack = SlackClient(
        AsyncWebClient(token=token, base_url=web.base_url, session=web.session, retry_handlers=[])
    )
    try:
        await slack.call("apps.connections.open")
    except SlackFailed as failed:
        if failed.code in DEAD_TOKENS:
            raise BadToken(
                f"Slack refuses SLACK_APP_TOKEN ({failed.code}). It begins with xapp- and is on your app's page under "
                "Basic Information, App-Level Tokens, with the scope connections:write."
            ) from failed
        return f"Socket Mode cannot be opened yet. {failed.outcome.why}"
    return ""


class SocketConnection:
    """Keeps one Socket Mode connection alive until `stop`."""

    def __init__(
        self, bolt: AsyncApp, web: AsyncWebClient, app_token: str, monotonic: Callable[[], float]
    ) -> None:
        self._bolt = bolt
        self._web = web
        self._token = app_token
        self._monotonic = monotonic
        self._handler: AsyncSocketModeHandler | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._connected_at: float | None = None

    async def check_token(self) -> None:
        """Raises BadToken when Slack refuses the app-level token. Anything else may mend itself."""
        trouble = await prove_app_token(self._web, self._token)
        if trouble:
            _log.warning("%s", trouble, extra={"action": "socket"})

    async def start(self) -> None:
        """Begin to connect, and watch."""
        self._open()
        self._watching = asyncio.create_task(self._watch(), name="socket watch")

    async def stop(self) -> None:
        """Close for good."""
        if self._watching is not None:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching
        await self._close()

    async def connected(self) -> bool:
        """Whether Slack can reach us now."""
        return self._handler is not None and bool(await self._handler.client.is_connected())

    def _open(self) -> None:
        self._handler = AsyncSocketModeHandler(self._bolt, self._token, web_client=self._web)
        self._connecting = asyncio.create_task(self._handler.connect_async(), name="socket connect")
        self._connected_at = self._monotonic()

    async def _close(self) -> None:
        if self._handler is None:
            return
        self._handler.client.closed = True
        if self._connecting is not None:
            self._connecting.cancel()
            with suppress(asyncio.CancelledError):
                await self._connecting
        await self._handler.close_async()
        self._handler = None

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(CHECK_EVERY)
            if await self.connected():
                self._connected_at = self._monotonic()
            elif self._monotonic() - (self._connected_at or 0.0) > REBUILD_AFTER:
                _log.warning("Socket Mode is down: connecting anew", extra={"action": "socket"})
                await self._close()
                self._open()

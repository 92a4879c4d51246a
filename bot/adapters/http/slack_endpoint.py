"""Slack's endpoint: what cannot be genuine is refused before Bolt reads it.

Bolt's verification raises on hostile headers and bodies instead of refusing them; here each of those is a plain 401.
"""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATH = "/slack/events"
BODY_LIMIT = 1024 * 1024


class SlackEndpoint:
    """Wraps Bolt's ASGI adapter."""

    def __init__(self, bolt: ASGIApp) -> None:
        self._bolt = bolt

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if not _plausible(scope):
            await _refuse(401, "This request is not signed the way Slack does it.")(scope, receive, send)
            return
        body = await _read(receive)
        if body is None:
            await _refuse(413, "This request is too large.")(scope, receive, send)
            return
        if not _is_text(body):
            await _refuse(401, "This request is not text.")(scope, receive, send)
            return
        await self._bolt(scope, _replay(body), send)


def _refuse(status: int, why: str) -> PlainTextResponse:
    return PlainTextResponse(why, status_code=status)


def _plausible(scope: Scope) -> bool:
    headers = {name.lower(): value for name, value in scope.get("headers", [])}
    stamp = headers.get(b"x-slack-request-timestamp", b"")
    signature = headers.get(b"x-slack-signature", b"")
    return stamp.isdigit() and len(stamp) <= 12 and signature.isascii() and len(signature) <= 200


async def _read(receive: Receive) -> bytes | None:
    """The whole body, or None when it is larger than Slack ever sends."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > BODY_LIMIT:
            return None
        chunks.append(chunk)
        if not message.get("more_body"):
            return b"".join(chunks)


def _is_text(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _replay(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive

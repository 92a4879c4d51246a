"""Slack's endpoint: what cannot be genuine is refused before Bolt reads it.

Bolt reads a body before it verifies who sent it, and raises on hostile ones; here each of those is a plain refusal.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATH = "/slack/events"
BODY_LIMIT = 1024 * 1024
STAMP, SIGNATURE = b"x-slack-request-timestamp", b"x-slack-signature"
NOT_SIGNED = "This request is not signed the way Slack does it."


class SlackEndpoint:
    """Wraps Bolt's ASGI adapter. `signing_secret` is the app's."""

    def __init__(self, bolt: ASGIApp, signing_secret: str) -> None:
        self._bolt = bolt
        self._verifier = SignatureVerifier(signing_secret)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        headers = {name.lower(): value for name, value in scope.get("headers", [])}
        if not _plausible(headers):
            await _refuse(401, NOT_SIGNED)(scope, receive, send)
            return
        body = await _read(receive)
        if body is None:
            await _refuse(413, "This request is too large.")(scope, receive, send)
            return
        if not _is_text(body):
            await _refuse(401, "This request is not text.")(scope, receive, send)
            return
        if not self._verifier.is_valid(body, headers[STAMP].decode(), headers[SIGNATURE].decode()):
            await _refuse(401, NOT_SIGNED)(scope, receive, send)
            return
        payload = _payload(body.decode(), headers.get(b"content-type", b""))
        if payload is None:
            await _refuse(400, "This request is not made the way Slack does it.")(scope, receive, send)
            return
        await self._hand_over(scope, json.dumps(payload).encode(), headers, send)

    async def _hand_over(self, scope: Scope, body: bytes, headers: Mapping[bytes, bytes], send: Send) -> None:
        """To Bolt as JSON: of a form it would lose every command in which the word "payload" stands.

        Signed anew, so that Bolt goes on verifying what it is given.
        """
        stamp = headers[STAMP].decode()
        signature = self._verifier.generate_signature(timestamp=stamp, body=body) or ""
        changed = {b"content-type": b"application/json", SIGNATURE: signature.encode()}
        handed = {**scope, "headers": list({**headers, **changed}.items())}
        await self._bolt(handed, _replay(body), send)


def _refuse(status: int, why: str) -> PlainTextResponse:
    return PlainTextResponse(why, status_code=status)


def _plausible(headers: Mapping[bytes, bytes]) -> bool:
    stamp, signature = headers.get(STAMP, b""), headers.get(SIGNATURE, b"")
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


def _payload(body: str, content_type: bytes) -> dict[str, Any] | None:
    """What Slack says: JSON, JSON in the form field ``payload``, or a command's form. None when it is none of these."""
    form = dict(parse_qsl(body, keep_blank_values=True))
    is_json = content_type.startswith(b"application/json")
    if not is_json and "payload" not in form:
        return dict(form)
    try:
        found = json.loads(body if is_json else form["payload"])
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("event", {}), dict) else None


def _replay(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive

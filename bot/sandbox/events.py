"""Signed HTTP: payloads go to the app's request URL the way Slack sends them when Socket Mode is off."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.clock import Clock, stopwatch
from bot.sandbox.delivery import COMMANDS, EVENTS, Ack, Retry
from bot.sandbox.faults import HTTP
from bot.sandbox.model import Json
from bot.sandbox.world import World

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def signature(secret: str, timestamp: str, body: str) -> str:
    """`v0=` and the HMAC-SHA256 of `v0:timestamp:body`."""
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
    return f"v0={digest.hexdigest()}"


def encoded_payload(kind: str, payload: Json) -> tuple[str, str]:
    """Body and content type: events are JSON, commands a form, interactions a form with one `payload`."""
    if kind == EVENTS:
        return json.dumps(payload), JSON
    return urlencode(payload if kind == COMMANDS else {"payload": json.dumps(payload)}), FORM


class SignedHttp:
    """Posts to the request URL and reads the acknowledgement. Signing time comes from `signing_clock`."""

    def __init__(self, world: World, url: str, signing_clock: Clock) -> None:
        self._world = world
        self._url = url
        self._clock = signing_clock
        self._session: aiohttp.ClientSession | None = None

    async def connected(self) -> None:
        """HTTP needs no connection."""

    async def verify_url(self) -> bool:
        """Slack's check when a request URL is entered: the challenge must come back."""
        challenge = f"challenge{self._world.workspace.serial()}"
        payload = {"token": "sandbox-verification-token", "challenge": challenge, "type": "url_verification"}
        ack = await self.deliver(EVENTS, payload)
        body = ack.body.get("challenge") if isinstance(ack.body, dict) else ack.body
        return ack.acked and ack.status == 200 and body == challenge

    async def deliver(self, kind: str, payload: Json, retry: Retry | None = None) -> Ack:
        began = stopwatch()
        body, content_type = encoded_payload(kind, payload)
        fault = self._world.faults.take(HTTP, payload, frozenset({"duplicate_envelope"}))
        if fault is not None:
            await self._post(body, self._headers(body, content_type, None), began)
        return await self._post(body, self._headers(body, content_type, retry), began)

    def _headers(self, body: str, content_type: str, retry: Retry | None) -> dict[str, str]:
        timestamp = str(int(self._clock()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._world.config.signing_secret, timestamp, body),
        }
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": retry.reason}
        return headers

    async def _post(self, body: str, headers: dict[str, str], began: float) -> Ack:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        limit = aiohttp.ClientTimeout(total=self._world.config.ack_seconds)
        try:
            async with self._session.post(
                self._url, data=body.encode(), headers=headers, timeout=limit
            ) as response:
                return await _read(response, began)
        except TimeoutError:
            return Ack(False, 0, None, stopwatch() - began, "http_timeout")
        except aiohttp.ClientError:
            return Ack(False, 0, None, stopwatch() - began, "connection_failed")

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()
            await asyncio.sleep(0)
            self._session = None


async def _read(response: aiohttp.ClientResponse, began: float) -> Ack:
    text = await response.text()
    body: Any = text or None
    if text and response.content_type == JSON:
        body = json.loads(text)
    if response.status != 200 and response.headers.get("X-Slack-No-Retry") == "1":
        body = "no-retry"
    error = None if 200 <= response.status < 300 else "http_error"
    return Ack(True, response.status, body, stopwatch() - began, error)

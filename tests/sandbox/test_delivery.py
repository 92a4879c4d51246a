"""How payloads travel: acknowledgements in time, retries, tickets, refreshes, duplicates."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.faults import Fault
from bot.sandbox.host import Host
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import over_http, over_socket, small_config


class Listener:
    """A bare Socket Mode client that does exactly what a test says."""

    def __init__(self, session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
        self.session = session
        self.web = AsyncWebClient(token="xapp-sandbox", base_url=sandbox.api_url, session=session)
        self.socket: Any = None
        self.url = ""

    async def connect(self) -> dict[str, Any]:
        self.url = (await self.web.apps_connections_open(app_token="xapp-sandbox"))["url"]
        self.socket = await self.session.ws_connect(self.url)
        return await self.next()

    async def next(self) -> dict[str, Any]:
        envelope: dict[str, Any] = json.loads((await self.socket.receive(timeout=2)).data)
        return envelope

    async def ack(self, envelope: dict[str, Any], payload: Any = None) -> None:
        extra = {} if payload is None else {"payload": payload}
        await self.socket.send_json({"envelope_id": envelope["envelope_id"], **extra})


@asynccontextmanager
async def connected(sandbox: Sandbox, session: aiohttp.ClientSession) -> AsyncIterator[Listener]:
    listener = Listener(session, sandbox)
    assert (await listener.connect())["type"] == "hello"
    yield listener
    await listener.socket.close()


@asynccontextmanager
async def listening(**changes: Any) -> AsyncIterator[tuple[Sandbox, Listener]]:
    async with (
        Sandbox(small_config(**changes)) as sandbox,
        aiohttp.ClientSession() as session,
        connected(sandbox, session) as listener,
    ):
        yield sandbox, listener


async def answering(listener: Listener, work: Any, payload: Any) -> Any:
    """What the person got when the app acknowledged with `payload`."""
    doing = asyncio.create_task(work)
    await listener.ack(await listener.next(), payload)
    return await doing


async def test_a_ticket_opens_one_socket() -> None:
    async with listening() as (_, listener):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await listener.session.ws_connect(listener.url)


async def test_a_ticket_can_be_dead_and_is_spent_then() -> None:
    async with Sandbox(small_config()) as sandbox, aiohttp.ClientSession() as session:
        listener = Listener(session, sandbox)
        sandbox.faults.add("socket", Fault.dead_ticket())
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await listener.connect()
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(listener.url)
        assert (await listener.connect())["num_connections"] == 1
        await listener.socket.close()


async def test_no_acknowledgement_in_time_is_a_failure_people_see() -> None:
    async with listening(ack_seconds=0.05) as (sandbox, listener):
        answer = await sandbox.slash("ann", "#issues", "/issue", "help")
        assert (answer.acked, answer.error) == (False, "operation_timeout")
        assert answer.seconds >= 0.05
        envelope = await listener.next()
        await listener.ack(envelope)
        assert sandbox.ephemerals("ann")[-1].text == '/issue failed with the error "operation_timeout"'


async def test_an_event_comes_again_until_it_is_taken() -> None:
    async with listening(ack_seconds=0.05) as (sandbox, listener):
        saying = asyncio.create_task(sandbox.say("maya", "dm:maya", "hi"))
        first = await listener.next()
        again = await listener.next()
        await listener.ack(again)
        await saying
        assert (first["retry_attempt"], again["retry_attempt"], again["retry_reason"]) == (
            0,
            1,
            "http_timeout",
        )
        assert first["payload"]["event_id"] == again["payload"]["event_id"]


async def test_each_payload_goes_to_one_connection() -> None:
    async with listening() as (sandbox, one), connected(sandbox, one.session) as other:
        await answering(one, sandbox.slash("ann", "#issues", "/issue", "help"), None)
        await answering(other, sandbox.slash("ann", "#issues", "/issue", "help"), None)
        assert sandbox.sockets.connections == 2


async def test_a_duplicate_envelope() -> None:
    async with listening() as (sandbox, listener):
        sandbox.faults.add("socket", Fault.duplicate_envelope())
        doing = asyncio.create_task(sandbox.slash("ann", "#issues", "/issue", "help"))
        first, second = await listener.next(), await listener.next()
        assert first == second
        await listener.ack(first)
        assert (await doing).acked


async def test_a_lost_payload() -> None:
    async with listening(ack_seconds=0.05) as (sandbox, _):
        sandbox.faults.add("socket", Fault.deaf())
        assert not (await sandbox.slash("ann", "#issues", "/issue", "help")).acked


async def test_the_real_client_reconnects_when_asked_to() -> None:
    async with over_socket() as sandbox:
        opened = [call.method for call in sandbox.journal].count("apps.connections.open")
        await sandbox.sockets.refresh()
        await sandbox.connected()
        assert [call.method for call in sandbox.journal].count("apps.connections.open") == opened + 1
        assert (await sandbox.slash("ann", "#issues", "/issue", "help")).ok


async def test_an_answer_may_come_after_a_refresh_in_the_middle_of_it() -> None:
    async with over_socket() as sandbox:
        sandbox.faults.add("socket", Fault.refresh())
        answer = await sandbox.slash("ann", "#issues", "/issue", "help")
        assert answer.acked


ILLEGAL = [
    ({"text": "hi", "colour": "red"}, "has no colour"),
    ({"response_type": "loud", "text": "hi"}, "unknown response_type"),
    ({"blocks": [{"type": "x"}]}, "invalid_blocks"),
    ({"response_action": "clear"}, "has no response_action"),
    ([1], "must be empty, a text or a message"),
]


@pytest.mark.parametrize(("body", "reason"), ILLEGAL)
async def test_illegal_answers_to_commands(body: Any, reason: str) -> None:
    async with listening() as (sandbox, listener):
        answer = await answering(listener, sandbox.slash("ann", "#issues", "/issue", "x"), body)
        assert "illegal_ack" in answer.error and reason in answer.error


async def test_a_shortcut_is_acknowledged_with_nothing() -> None:
    async with listening() as (sandbox, listener):
        answer = await answering(listener, sandbox.shortcut("ann", "raise_issue"), {"text": "hi"})
        assert answer.error == "illegal_ack: must have an empty body"


class Endpoint:
    """A request URL that answers what it is told to, and keeps what came."""

    def __init__(self, *statuses: int, headers: dict[str, str] | None = None) -> None:
        self.statuses = list(statuses)
        self.headers = headers or {}
        self.came: list[tuple[dict[str, str], str]] = []

    async def __call__(self, request: Request) -> Response:
        self.came.append((dict(request.headers), (await request.body()).decode()))
        return Response("", self.statuses.pop(0) if self.statuses else 200, self.headers)


@asynccontextmanager
async def posting_to(endpoint: Endpoint) -> AsyncIterator[Sandbox]:
    host = Host()
    name, port = await host.start(
        Starlette(routes=[Route("/", endpoint.__call__, methods=["POST"])]), "127.0.0.1", 0
    )
    try:
        async with Sandbox(small_config(request_url=f"http://{name}:{port}/")) as sandbox:
            yield sandbox
    finally:
        await host.stop()


async def test_http_retries_are_signed_and_say_what_they_are() -> None:
    endpoint = Endpoint(500, 503, 200)
    async with posting_to(endpoint) as sandbox:
        await sandbox.say("maya", "dm:maya", "hi")
        await sandbox.finished()
    verifier = SignatureVerifier("sandbox-signing-secret")
    assert all(verifier.is_valid_request(body, headers) for headers, body in endpoint.came)
    assert [headers.get("x-slack-retry-num") for headers, _ in endpoint.came] == [None, "1", "2"]
    assert endpoint.came[1][0]["x-slack-retry-reason"] == "http_error"
    assert len({json.loads(body)["event_id"] for _, body in endpoint.came}) == 1


async def test_http_retries_end_with_the_third() -> None:
    endpoint = Endpoint(*[500] * 9)
    async with posting_to(endpoint) as sandbox:
        await sandbox.say("maya", "dm:maya", "hi")
        await sandbox.finished()
        assert len(sandbox.feed.lost) == 1
    assert len(endpoint.came) == 4


async def test_http_retries_can_be_declined() -> None:
    endpoint = Endpoint(500, headers={"X-Slack-No-Retry": "1"})
    async with posting_to(endpoint) as sandbox:
        await sandbox.say("maya", "dm:maya", "hi")
        await sandbox.finished()
    assert len(endpoint.came) == 1


async def test_http_duplicates() -> None:
    endpoint = Endpoint()
    async with posting_to(endpoint) as sandbox:
        sandbox.faults.add("http", Fault.duplicate_envelope())
        assert (await sandbox.slash("ann", "#issues", "/issue", "help")).ok
    assert endpoint.came[0][1] == endpoint.came[1][1]


async def test_an_event_whose_listener_failed_is_sent_again() -> None:
    async with over_http() as sandbox:
        sandbox.faults.add("chat.postMessage", Fault.error("fatal_error"), times=1)
        await sandbox.say("maya", "dm:maya", "hi")
        await sandbox.finished()
        assert [m.text for m in sandbox.dm("maya")] == ["hi", "You said hi"]

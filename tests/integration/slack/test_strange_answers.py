"""Bodies that no Slack should send: proxies, half answers and things that only look like Slack."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from bot.adapters.slack.capabilities import Capabilities
from bot.adapters.slack.channel import SlackChannel
from bot.adapters.slack.client import SlackClient, SlackUnreachable, connect, http_session, web_client
from bot.adapters.slack.directory import SlackDirectory
from bot.domain.delivery import Reason, Rejected, Sent, Unknown
from bot.usecases.rows import Letter
from tests import builders
from tests.fakes.clock import FakeClock
from tests.integration.slack.rig import draw

JSON = "application/json"


@dataclass
class Reply:
    """What the next calls are answered with."""

    body: bytes = b""
    kind: str = JSON
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    calls: int = 0

    def set(self, body: object, kind: str = JSON, status: int = 200) -> None:
        """`body` as bytes or as something that becomes JSON."""
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.kind, self.status = kind, status

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The same for every method."""
        self.calls += 1
        if not self.cut:
            return web.Response(
                body=self.body, content_type=self.kind, status=self.status, headers=self.headers
            )
        response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": JSON})
        await response.prepare(request)
        await response.write(b'{"ok": tr')
        assert request.transport is not None
        request.transport.close()
        return response


@dataclass
class Strange:
    """A channel to a server that answers as told."""

    reply: Reply
    url: str
    channel: SlackChannel
    letter: Letter


@pytest.fixture
async def strange(clock: FakeClock) -> AsyncIterator[Strange]:
    reply = Reply()
    app = web.Application()
    app.router.add_route("*", "/api/{method}", reply.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    async with http_session() as session:
        slack = SlackClient(web_client(base_url=url, token="xoxb-any", session=session))
        capabilities = Capabilities(clock)
        directory = SlackDirectory(builders.workspace(), slack, capabilities, clock)
        channel = SlackChannel(builders.workspace(), slack, capabilities, directory, draw)
        letter = Letter(builders.outbox_row(), None, clock.now())
        yield Strange(reply, url, channel, letter)
    await runner.cleanup()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", JSON, 200),
        (b"null", JSON, 200),
        (b"[]", JSON, 200),
        (b"[1]", JSON, 200),
        (b'"ok"', JSON, 200),
        (b"{}", JSON, 200),
        (b'{"ok": false}', JSON, 200),
        (b'{"ok": false, "error": null}', JSON, 200),
        (b'{"ok": tr', JSON, 200),
        (b"\xff\xfe\x00", JSON, 200),
        (b"ok", "text/plain", 200),
        (b"<html>", "text/html", 200),
        (b"zip", "application/gzip", 503),
        (b"upstream timed out", "text/plain", 504),
        (b'{"ok": true}', JSON, 500),
        (b'{"ok": true}', JSON, 200),
        (b'{"ok": true, "channel": "C_ISSUES", "ts": ""}', JSON, 200),
        (b'{"ok": true, "channel": "C_ISSUES", "ts": null}', JSON, 200),
    ],
)
async def test_an_answer_that_tells_nothing_is_unclear(
    strange: Strange, body: bytes, kind: str, status: int
) -> None:
    strange.reply.set(body, kind, status)

    assert isinstance(await strange.channel.send(strange.letter), Unknown)
    assert strange.reply.calls == 1


async def test_an_answer_that_breaks_off_is_unclear(strange: Strange) -> None:
    strange.reply.cut = True

    assert isinstance(await strange.channel.send(strange.letter), Unknown)
    assert strange.reply.calls == 1


@pytest.mark.parametrize("status", [404, 405, 501])
async def test_a_page_for_a_method_that_is_not_there(strange: Strange, status: int) -> None:
    strange.reply.set(b"no such page", "text/plain", status)

    outcome = await strange.channel.send(strange.letter)

    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.KIND


async def test_an_answer_without_the_channel_is_good_enough(strange: Strange) -> None:
    strange.reply.set({"ok": True, "ts": "1.000001"})

    assert await strange.channel.send(strange.letter) == Sent("C_ISSUES", "1.000001")


async def test_a_history_without_sense_is_read_as_empty(strange: Strange) -> None:
    strange.reply.set(
        {"ok": True, "messages": [{}, {"metadata": None}, {"metadata": {"event_payload": None}}]}
    )

    assert await strange.channel.find(strange.letter) is None


@pytest.mark.parametrize("body", [{"ok": True}, {"ok": True, "team_id": ""}])
async def test_something_that_says_yes_but_not_who_it_is(strange: Strange, body: dict[str, object]) -> None:
    strange.reply.set(body)

    async with http_session() as session:
        with pytest.raises(SlackUnreachable, match="does not say for which workspace"):
            await connect(base_url=strange.url, token="xoxb-any", session=session)

"""The same over signed HTTP: the main job, and everything that must not get in."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from io import BytesIO

import aiohttp
import pytest
from starlette.types import ASGIApp

from bot.adapters.http.api import build_api
from bot.adapters.http.health import Health
from bot.adapters.http.server import Edge, HttpServer
from bot.adapters.http.slack_endpoint import BODY_LIMIT, PATH, SlackEndpoint
from bot.adapters.slack.app import slack_handler
from bot.adapters.slack.client import TIMEOUT
from bot.demo import sandbox_config
from bot.domain.lifecycle import State
from bot.sandbox.clock import machine_clock
from bot.sandbox.events import FORM as FORM_TYPE
from bot.sandbox.events import JSON, signature
from bot.sandbox.server import Sandbox
from tests.fakes.clock import FakeClock
from tests.stories.stage import core_on, open_on
from tests.story import MATRIX, Story, ids


async def healthy() -> Health:
    """Nothing to complain about."""
    return Health("test", "listening for HTTP requests")


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """A story over HTTP on a real port."""
    async with AsyncExitStack() as stack:
        endpoints: dict[str, ASGIApp] = {}
        server = HttpServer(Edge(build_api(healthy, "test"), endpoints), "127.0.0.1", 0)
        await server.start()
        stack.push_async_callback(server.stop)
        clock = FakeClock()
        config = sandbox_config(request_url=server.address + PATH)
        sandbox = Sandbox(config, clock=lambda: clock.now().timestamp())
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        database = await open_on(stack, database_url)
        core = await core_on(stack, sandbox, database, clock, MATRIX, TIMEOUT)
        endpoints[PATH] = SlackEndpoint(slack_handler(core.bolt, PATH), config.signing_secret)
        yield Story(clock, sandbox, database, core, None, stack)


async def test_the_main_job_over_signed_http(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.clicks("maya", ids.ACK)
    await tale.clicks("maya", ids.DETAILS)
    await tale.clicks("maya", ids.UPDATE, tale.card())
    await tale.submits("maya", {"text": "We called the first two."})
    assert "We called the first two." in tale.dm("rita")[-1]
    await tale.clicks("maya", ids.RESOLVE, tale.card())
    await tale.submits("maya", {"done": "All three were called back."})
    await tale.clicks("rita", ids.CONFIRM)
    assert (await tale.issue()).state is State.CLOSED
    assert "/issue list" in (await tale.types("ann", "help")).text
    await tale.sandbox.say("maya", "dm:maya", "thanks")
    await tale.settle()
    assert tale.sandbox.feed.lost == []


async def test_slack_can_verify_the_address(tale: Story) -> None:
    assert tale.sandbox.http is not None
    assert await tale.sandbox.http.verify_url()


async def test_a_click_delivered_twice_over_http_counts_once(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    assert (await tale.sandbox.replay(tale.sandbox.last_payload("maya"))).ok
    await tale.settle()
    assert tale.sandbox.ephemerals("maya") == []


def signed(tale: Story, body: bytes, **changed: str) -> Mapping[str, str]:
    """The headers Slack would send with this body, some of them changed."""
    stamp = changed.get("stamp", str(int(machine_clock())))
    secret = tale.sandbox.world.config.signing_secret
    genuine = signature(secret, stamp, body.decode("utf-8", "replace"))
    return {
        "Content-Type": changed.get("kind", JSON),
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": changed.get("signature", genuine),
    }


async def post(tale: Story, body: bytes, headers: Mapping[str, str], path: str = PATH) -> tuple[int, str]:
    """Status and text of the answer."""
    url = str(tale.sandbox.world.config.request_url).removesuffix(PATH) + path
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=BytesIO(body), headers=headers) as answer,
    ):
        return answer.status, await answer.text()


EVENT = b'{"type": "event_callback", "team_id": "T0SANDBOX", "event": {"type": "app_mention"}}'


@pytest.mark.parametrize(
    "changed",
    [
        {"signature": "v0=" + "0" * 64},
        {"signature": ""},
        {"signature": "v0"},
        {"signature": "nonsense" * 5},
        {"signature": "v0=" + "ü" * 10},
        {"signature": "v" * 5000},
        {"stamp": "0"},
        {"stamp": "1000000000"},
        {"stamp": "abc"},
        {"stamp": "-5"},
        {"stamp": ""},
        {"stamp": "9" * 12},
        {"stamp": "9" * 400},
        {"stamp": "1e9"},
    ],
    ids=lambda one: str(one)[:40],
)
async def test_what_is_not_signed_by_slack_now_is_refused(tale: Story, changed: dict[str, str]) -> None:
    status, _ = await post(tale, EVENT, signed(tale, EVENT, **changed))
    assert status == 401


async def test_without_any_header_it_is_refused(tale: Story) -> None:
    assert (await post(tale, EVENT, {}))[0] == 401


async def test_a_body_changed_on_the_way_is_refused(tale: Story) -> None:
    assert (await post(tale, EVENT + b" ", signed(tale, EVENT)))[0] == 401


async def test_a_body_that_is_no_text_is_refused(tale: Story) -> None:
    body = b"\xff\xfe\x00" * 10
    assert (await post(tale, body, signed(tale, body)))[0] == 401


async def test_a_huge_body_is_refused_before_it_is_read(tale: Story) -> None:
    body = b"x" * (BODY_LIMIT + 1)
    assert (await post(tale, body, signed(tale, body)))[0] == 413


ODD = [
    b"",
    b"{}",
    b"[]",
    b"null",
    b"7",
    b'"text"',
    b"{",
    b'{"type": "event_callback"}',
    b'{"type": "event_callback", "event": null}',
    b'{"type": "event_callback", "event": []}',
    b'{"type": "event_callback", "event": {"type": "app_mention"}}',
    b'{"type": 7}',
    b"[" * 20_000,
    b'{"a":' * 20_000,
    b"payload=",
    b"payload=%7B",
    b"payload=null",
    b"payload=[]",
    b"payload=%7B%22type%22%3A%22block_actions%22%7D",
    b"payload=%7B%22type%22%3A%22view_submission%22%7D",
    b"command=/issue",
    b"command=/issue&text=help",
    b"command=/other&user_id=U1&team_id=T1",
    b"payload=%ED%A0%80",
    b"command=/issue&text=%00%ED%A0%80&user_id=U1&team_id=T0SANDBOX&trigger_id=1.1",
]


@pytest.mark.parametrize("kind", [JSON, FORM_TYPE])
async def test_what_is_signed_but_odd_never_breaks_anything(tale: Story, kind: str) -> None:
    for body in ODD:
        status, text = await post(tale, body, signed(tale, body, kind=kind))
        assert status < 500, (status, text, body[:60], kind)


async def test_health_is_served_beside_it(tale: Story) -> None:
    url = str(tale.sandbox.world.config.request_url).removesuffix(PATH)
    async with aiohttp.ClientSession() as session:
        for path in ("/livez", "/readyz"):
            async with session.get(url + path) as answer:
                assert answer.status == 200
        async with session.get(url + PATH) as answer:
            assert answer.status in (401, 404, 405)


async def test_any_word_may_stand_behind_the_command(tale: Story) -> None:
    await tale.types("ann", "the payload=1 of the truck is lost")
    modal = tale.sandbox.modal("ann")
    assert modal is not None
    assert modal.values()["title"] == "the payload=1 of the truck is lost"

"""What the browser page asks for and does, through HTTP as the page does it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import over_socket, small_config

ANN, MAYA, ISSUES = "U0ANN0000", "U0MAYA000", "C0ISSUES0"


class Page:
    """One browser tab."""

    def __init__(self, session: aiohttp.ClientSession, sandbox: Sandbox) -> None:
        self.session, self.sandbox = session, sandbox

    async def get(self, what: str, **args: Any) -> Any:
        async with self.session.get(f"{self.sandbox.page_url}sandbox/{what}", params=args) as response:
            return await response.json()

    async def post(self, what: str, **args: Any) -> Any:
        async with self.session.post(f"{self.sandbox.page_url}sandbox/{what}", json=args) as response:
            return await response.json()


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with over_socket() as sandbox, aiohttp.ClientSession() as session:
        yield Page(session, sandbox)


@pytest.mark.parametrize(("path", "kind"), [("", "text/html"), ("static/main.js", "text/javascript")])
async def test_the_page_itself(page: Page, path: str, kind: str) -> None:
    async with page.session.get(f"{page.sandbox.page_url}{path}") as response:
        assert (response.status, response.content_type) == (200, kind)


async def test_the_workspace(page: Page) -> None:
    shown = await page.get("workspace")
    assert [persona["handle"] for persona in shown["personas"]] == ["ann", "maya"]
    assert shown["commands"] == [{"command": "/issue", "description": "Issues", "usage_hint": "help"}]
    assert shown["app"]["bot_user_id"] == page.sandbox.bot_user_id


async def test_unread_and_mentions(page: Page) -> None:
    await page.sandbox.say("maya", "#issues", "hello @ann")
    (issues,) = [c for c in await page.get("conversations", **{"as": ANN}) if c["id"] == ISSUES]
    assert (issues["unread"], issues["mention"]) == (1, True)
    await page.post("read", **{"as": ANN}, channel=ISSUES)
    (issues,) = [c for c in await page.get("conversations", **{"as": ANN}) if c["id"] == ISSUES]
    assert (issues["unread"], issues["mention"]) == (0, False)


async def test_a_form_from_command_to_card(page: Page) -> None:
    assert await page.post("message", **{"as": ANN}, channel=ISSUES, text="/issue raise") == {"ok": True}
    shown = await page.get("modal", **{"as": ANN})
    view = shown["view"]
    values: dict[str, Any] = {
        "title_block": {"title": {"type": "plain_text_input", "value": "taken"}},
        "priority_block": {
            "priority": {
                "type": "static_select",
                "selected_option": {"text": {"type": "plain_text", "text": "P1"}, "value": "p1"},
            }
        },
    }
    refused = await page.post("submit", **{"as": ANN}, view_id=view["id"], values=values)
    assert refused == {"ok": False, "errors": {"title_block": "That title is taken."}}
    values["title_block"]["title"]["value"] = ""
    refused = await page.post("submit", **{"as": ANN}, view_id=view["id"], values=values)
    assert list(refused["errors"]) == ["title_block"]
    values["title_block"]["title"]["value"] = "Down"
    assert await page.post("submit", **{"as": ANN}, view_id=view["id"], values=values) == {"ok": True}
    (card,) = await page.get("messages", **{"as": MAYA}, channel=ISSUES)
    container = {"type": "message", "channel": ISSUES, "ts": card["ts"]}
    other = await page.post("action", **{"as": MAYA}, container=container, block_id="gone", action_id="nack")
    assert "no longer there" in other["error"]
    done = await page.post("action", **{"as": MAYA}, container=container, block_id="gone", action_id="ack")
    assert done == {"ok": True}, "edited a moment ago: the only button of that name is still meant"
    (card,) = await page.get("messages", **{"as": MAYA}, channel=ISSUES)
    assert card["edited"] is True


async def test_the_home_tab(page: Page) -> None:
    assert (await page.get("home", **{"as": ANN}))["view"] is None
    await page.post("home", **{"as": ANN})
    assert (await page.get("home", **{"as": ANN}))["view"]["type"] == "home"


async def test_threads_and_whispers(page: Page) -> None:
    root = await page.post("message", **{"as": ANN}, channel=ISSUES, text="hello @rung")
    thread = await page.get("thread", **{"as": ANN}, channel=ISSUES, ts=root["ts"])
    assert [message["text"] for message in thread][1:] == ["You called?"]
    await page.post("command", **{"as": ANN}, channel=ISSUES, command="/issue", text="help")
    mine = await page.get("messages", **{"as": ANN}, channel=ISSUES)
    theirs = await page.get("messages", **{"as": MAYA}, channel=ISSUES)
    assert [m["ephemeral"] for m in mine] == [False, True]
    assert [m["ephemeral"] for m in theirs] == [False]


REFUSALS = [
    ("command", {"channel": ISSUES, "command": "/nonsense"}, "not a valid command"),
    ("message", {"channel": "C0GENERAL", "text": " "}, "nothing to send"),
    ("message", {"channel": "C0SECRET0", "text": "x"}, "not in"),
    ("close", {"view_id": "V0"}, "no modal open"),
    ("submit", {"view_id": "V0", "values": {}}, "no longer open"),
    ("action", {"container": {"type": "view", "view_id": "V0"}, "action_id": "x"}, "no longer there"),
    ("message", {"channel": ISSUES}, "did not say 'text'"),
]


@pytest.mark.parametrize(("what", "args", "sentence"), REFUSALS)
async def test_refusals_are_sentences(page: Page, what: str, args: dict[str, Any], sentence: str) -> None:
    answer = await page.post(what, **{"as": ANN}, **args)
    assert answer["ok"] is False and sentence in answer["error"]


async def test_open_pages_hear_of_changes(page: Page) -> None:
    url = f"{page.sandbox.page_url}sandbox/live?as={ANN}"
    async with page.session.ws_connect(url) as live:
        await page.sandbox.say("maya", "#issues", "news")
        assert await live.receive_json(timeout=2) == {
            "type": "changed",
            "what": "messages",
            "channel": ISSUES,
            "as": ANN,
        }


async def test_one_page_hears_for_everybody_it_plays(page: Page) -> None:
    url = f"{page.sandbox.page_url}sandbox/live?as={ANN},{MAYA}"
    async with page.session.ws_connect(url) as live:
        await page.sandbox.say("maya", "#issues", "news")
        heard = [await live.receive_json(timeout=2) for _ in range(2)]
        assert {one["as"] for one in heard} == {ANN, MAYA}


async def test_a_page_may_stay_open_when_the_sandbox_stops() -> None:
    async with aiohttp.ClientSession() as session, Sandbox(small_config()) as sandbox:
        live = await session.ws_connect(f"{sandbox.page_url}sandbox/live?as={ANN}")
        await sandbox.stop()
        assert (await live.receive(timeout=2)).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)

"""The Web API when all is well: wire forms, lists and their pages, conversations, files."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.sandbox.calls import ANN, GENERAL, ISSUES, MAYA, OMAR, SECRET, WAR

BEARER = {"Authorization": "Bearer xoxb-sandbox"}
WIRE_FORMS: dict[str, tuple[str, dict[str, Any]]] = {
    "query and bearer": ("GET", {"params": {"user": ANN}, "headers": BEARER}),
    "query alone": ("GET", {"params": {"user": ANN, "token": "xoxb-sandbox"}}),
    "form and bearer": ("POST", {"data": {"user": ANN}, "headers": BEARER}),
    "form alone": ("POST", {"data": {"user": ANN, "token": "xoxb-sandbox"}}),
    "json": ("POST", {"json": {"user": ANN, "team_id": "T0SANDBOX"}, "headers": BEARER}),
    "query of a post": ("POST", {"params": {"user": ANN}, "headers": BEARER}),
}


@pytest.mark.parametrize("form", WIRE_FORMS)
async def test_wire_forms(sandbox: Sandbox, session: aiohttp.ClientSession, form: str) -> None:
    verb, sent = WIRE_FORMS[form]
    async with session.request(verb, f"{sandbox.api_url}users.info", **sent) as response:
        assert (await response.json())["user"]["name"] == "ann"


async def test_blocks_may_come_as_a_string_in_a_form(
    sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    blocks = '[{"type": "divider"}]'
    sent = {"channel": ISSUES, "text": "x", "blocks": blocks}
    async with session.post(f"{sandbox.api_url}chat.postMessage", data=sent, headers=BEARER) as response:
        assert (await response.json())["message"]["blocks"][0]["type"] == "divider"


@pytest.mark.parametrize(("body", "error"), [("{", "invalid_json"), ("[]", "json_not_object")])
async def test_bodies_that_are_not_what_they_say(
    sandbox: Sandbox, session: aiohttp.ClientSession, body: str, error: str
) -> None:
    headers = {**BEARER, "Content-Type": "application/json"}
    async with session.post(f"{sandbox.api_url}auth.test", data=body, headers=headers) as response:
        assert (response.status, (await response.json())["error"]) == (200, error)


async def test_lists_come_in_pages(client: AsyncWebClient) -> None:
    seen, cursor = [], ""
    while True:
        page = await client.users_list(limit=2, cursor=cursor)
        seen += [member["name"] for member in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert seen == ["rung", "slackbot", "ann", "maya", "omar", "gone", "robot"]


async def test_lists_show_only_what_the_bot_may_see(client: AsyncWebClient) -> None:
    listed = await client.conversations_list(types="public_channel,private_channel", exclude_archived=True)
    assert {channel["id"] for channel in listed["channels"]} == {ISSUES, GENERAL, WAR}
    assert SECRET not in str(listed.data)


async def test_people(client: AsyncWebClient) -> None:
    maya = (await client.users_info(user=MAYA))["user"]
    assert (maya["profile"]["title"], maya["tz"], maya["deleted"]) == ("Team lead", "Europe/London", False)
    assert (await client.users_lookupByEmail(email="Maya@Example.com"))["user"]["id"] == MAYA
    group = (await client.usergroups_list())["usergroups"][0]
    assert (await client.usergroups_users_list(usergroup=group["id"]))["users"] == [OMAR]
    assert (await client.dnd_info(user=MAYA))["dnd_enabled"] is False


async def test_a_conversation_is_opened_once(client: AsyncWebClient) -> None:
    first = await client.conversations_open(users=MAYA)
    again = await client.conversations_open(users=[MAYA])
    assert first["channel"]["id"] == again["channel"]["id"]
    assert again["already_open"] is True
    assert "user" in (await client.conversations_open(users=MAYA, return_im=True))["channel"]


async def test_joining_is_told_once(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await client.conversations_join(channel=GENERAL)
    assert (await client.conversations_join(channel=GENERAL))["warning"] == "already_in_channel"
    assert client and sandbox.bot_user_id in (await client.conversations_members(channel=GENERAL))["members"]


async def test_a_room_of_its_own(sandbox: Sandbox, client: AsyncWebClient) -> None:
    room = (await client.conversations_create(name="inc-1", is_private=True))["channel"]["id"]
    await client.conversations_invite(channel=room, users=[ANN, MAYA])
    await client.conversations_setTopic(channel=room, topic="Checkout is down")
    await client.bookmarks_add(channel_id=room, title="Runbook", type="link", link="https://example.com")
    assert (await client.conversations_members(channel=room))["members"] == [sandbox.bot_user_id, ANN, MAYA]
    await client.conversations_archive(channel=room)
    assert (await client.conversations_info(channel=room))["channel"]["is_archived"] is True


async def test_history_and_replies(client: AsyncWebClient) -> None:
    parent = (await client.chat_postMessage(channel=ISSUES, text="parent"))["ts"]
    await client.chat_postMessage(channel=ISSUES, text="quiet", thread_ts=parent)
    await client.chat_postMessage(channel=ISSUES, text="loud", thread_ts=parent, reply_broadcast=True)
    history = (await client.conversations_history(channel=ISSUES))["messages"]
    assert [m["text"] for m in history] == ["loud", "parent"]
    assert (history[1]["reply_count"], history[0]["thread_ts"]) == (2, parent)
    replies = (await client.conversations_replies(channel=ISSUES, ts=parent))["messages"]
    assert [m["text"] for m in replies] == ["parent", "quiet", "loud"]
    later = await client.conversations_history(channel=ISSUES, oldest=parent)
    assert [m["text"] for m in later["messages"]] == ["loud"]


async def test_a_deleted_parent_leaves_a_tombstone(sandbox: Sandbox, client: AsyncWebClient) -> None:
    parent = (await client.chat_postMessage(channel=ISSUES, text="parent"))["ts"]
    await client.chat_postMessage(channel=ISSUES, text="reply", thread_ts=parent)
    await client.chat_delete(channel=ISSUES, ts=parent)
    replies = (await client.conversations_replies(channel=ISSUES, ts=parent))["messages"]
    assert [m.get("subtype") for m in replies] == ["tombstone", None]
    assert sandbox.messages("#issues") == []


async def test_a_file_is_uploaded_and_shared(sandbox: Sandbox, client: AsyncWebClient) -> None:
    done = await client.files_upload_v2(
        filename="report.csv", content="a,b\n1,2\n", channel=ISSUES, initial_comment="The report"
    )
    (message,) = sandbox.messages("#issues")
    assert (message.text, message.files[0]["title"]) == ("The report", "report.csv")
    assert sandbox.world.uploads[done["file"]["id"]].content == b"a,b\n1,2\n"


async def test_timestamps_are_strings_that_only_grow(client: AsyncWebClient) -> None:
    stamps = [(await client.chat_postMessage(channel=ISSUES, text="x"))["ts"] for _ in range(5)]
    assert stamps == sorted(set(stamps))
    assert all(len(stamp) == 17 and stamp[10] == "." for stamp in stamps)


async def test_permalinks(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel=ISSUES, text="x"))["ts"]
    link = (await client.chat_getPermalink(channel=ISSUES, message_ts=ts))["permalink"]
    assert link == f"https://northwind.slack.com/archives/{ISSUES}/p{ts.replace('.', '')}"


async def test_the_journal_knows_every_call(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel=ISSUES, text="x")
    call = sandbox.journal[-1]
    assert (call.method, call.token_kind, call.ok, call.stored, call.args["text"]) == (
        "chat.postMessage",
        "bot",
        True,
        True,
        "x",
    )

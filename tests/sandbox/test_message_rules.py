"""What happens to messages: who may change them, what an update keeps, what Slack cuts and hides."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.sandbox.app import METADATA, card
from tests.sandbox.calls import ANN, ISSUES, MAYA, OMAR, refused

POST, UPDATE = "chat.postMessage", "chat.update"
HOME = {"type": "home", "blocks": card("x")}


async def test_only_own_messages_change(sandbox: Sandbox, client: AsyncWebClient) -> None:
    theirs = await sandbox.say("ann", "#issues", "mine")
    place = {"channel": ISSUES, "ts": theirs.ts}
    assert (await refused(client, UPDATE, {**place, "text": "x"}))["error"] == "cant_update_message"
    assert (await refused(client, "chat.delete", place))["error"] == "cant_delete_message"


async def test_ephemerals_are_neither_stored_nor_changed(sandbox: Sandbox, client: AsyncWebClient) -> None:
    whispered = await client.chat_postEphemeral(channel=ISSUES, user=ANN, text="psst")
    place = {"channel": ISSUES, "ts": whispered["message_ts"]}
    assert (await refused(client, UPDATE, {**place, "text": "x"}))["error"] == "message_not_found"
    history = await client.conversations_history(channel=ISSUES)
    assert "psst" not in [message["text"] for message in history["messages"]]
    assert sandbox.ephemerals("ann")[-1].text == "psst"


async def test_a_reply_has_no_thread_of_its_own(client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel=ISSUES, text="parent")
    reply = await client.chat_postMessage(channel=ISSUES, text="reply", thread_ts=parent["ts"])
    answer = await refused(client, POST, {"channel": ISSUES, "text": "x", "thread_ts": reply["ts"]})
    assert answer["error"] == "cannot_reply_to_message"


async def test_update_keeps_and_removes_what_slack_would(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=ISSUES, text="one", blocks=card("one"), metadata=METADATA)
    place = {"channel": ISSUES, "ts": posted["ts"]}
    assert "blocks" not in (await client.chat_update(**place, text="two"))["message"]
    kept = await client.conversations_history(channel=ISSUES, include_all_metadata=True, limit=1)
    assert kept["messages"][0]["metadata"] == METADATA
    assert "edited" in kept["messages"][0]
    assert (await refused(client, UPDATE, {**place, "text": "x" * 4001}))["error"] == "msg_too_long"
    await client.chat_update(**place, text="two", metadata={})
    bare = await client.conversations_history(channel=ISSUES, include_all_metadata=True, limit=1)
    assert "metadata" not in bare["messages"][0]


async def test_metadata_is_shown_only_on_request(client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel=ISSUES, text="one", metadata=METADATA)
    plain = await client.conversations_history(channel=ISSUES, limit=1)
    assert "metadata" not in plain["messages"][0]


async def test_rich_text_is_not_exchanged_for_something_else(client: AsyncWebClient) -> None:
    leaf = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}
    posted = await client.chat_postMessage(
        channel=ISSUES, text="x", blocks=[{"type": "rich_text", "elements": [leaf]}]
    )
    args = {"channel": ISSUES, "ts": posted["ts"], "text": "x", "blocks": card("x")}
    assert (await refused(client, UPDATE, args))["error"] == "block_mismatch"


async def test_long_texts_are_cut_at_forty_thousand(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=ISSUES, text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000


async def test_a_message_to_a_person_answers_with_the_conversation(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel=MAYA, text="hello")
    assert posted["channel"].startswith("D")
    assert [message.text for message in sandbox.dm("maya")] == ["hello"]


async def test_a_home_tab_published_over_a_newer_one_conflicts(client: AsyncWebClient) -> None:
    first = await client.views_publish(user_id=OMAR, view=HOME)
    await client.views_publish(user_id=OMAR, view=HOME)
    args = {"user_id": OMAR, "view": HOME, "hash": first["view"]["hash"]}
    assert (await refused(client, "views.publish", args))["error"] == "hash_conflict"


async def test_the_same_mark_twice(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=ISSUES, text="x")
    place = {"channel": ISSUES, "timestamp": posted["ts"]}
    await client.pins_add(**place)
    await client.reactions_add(**place, name="eyes")
    assert (await refused(client, "pins.add", place))["error"] == "already_pinned"
    assert (await refused(client, "reactions.add", {**place, "name": "eyes"}))["error"] == "already_reacted"
    await client.pins_remove(**place)
    await client.reactions_remove(**place, name="eyes")
    assert (await refused(client, "pins.remove", place))["error"] == "no_pin"
    assert (await refused(client, "reactions.remove", {**place, "name": "eyes"}))["error"] == "no_reaction"

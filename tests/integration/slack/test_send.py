"""What arrives where, and how it is sent."""

import pytest

from bot.adapters.slack.drawing import Drawing
from bot.domain.delivery import Reason, Rejected, Sent
from bot.domain.notification import NoticeKind, Op
from bot.sandbox.faults import Fault
from tests.integration.slack.rig import Rig, modal


async def test_a_card_in_a_channel(rig: Rig) -> None:
    outcome = await rig.send("#issues")

    [message] = rig.messages("#issues")
    assert outcome == Sent(message.channel, message.ts)
    assert message.text == "card-1 v1"
    assert message.blocks[0]["type"] == "section"
    assert message.metadata == {"event_type": "rung_message", "event_payload": {"outbox_id": "1"}}


async def test_nothing_in_a_text_becomes_a_link_a_mention_or_a_preview(rig: Rig) -> None:
    card = await rig.sent("#issues")
    await rig.sent("#issues", op=Op.EDIT, message=card)

    [post], [update] = rig.calls("chat.postMessage"), rig.calls("chat.update")
    assert (post.args["unfurl_links"], post.args["unfurl_media"]) == (False, False)
    for call in (post, update):
        assert (call.args["link_names"], call.args["parse"]) == (False, "none")


async def test_a_channel_by_name(rig: Rig) -> None:
    outcome = await rig.send("name:#issues")

    assert isinstance(outcome, Sent)
    assert outcome.place == rig.target("#issues").id


async def test_a_direct_message_opens_the_conversation_once(rig: Rig) -> None:
    first = await rig.sent("maya", NoticeKind.PING)
    second = await rig.sent("maya", NoticeKind.REMINDER)

    assert first.place == second.place
    assert first.place.startswith("D")
    assert len(rig.messages("maya")) == 2
    assert len(rig.calls("conversations.open")) == 1
    assert {call.args["channel"] for call in rig.calls("chat.postMessage")} == {first.place}


async def test_a_reply_goes_to_the_thread_of_the_card(rig: Rig) -> None:
    card = await rig.sent("#issues")

    reply = await rig.sent("#issues", NoticeKind.LOG, thread=card)

    assert [message.ts for message in rig.sandbox.thread("#issues", card.stamp)] == [card.stamp, reply.stamp]
    assert len(rig.messages("#issues")) == 1


async def test_an_edit_changes_text_and_blocks_and_keeps_the_number(rig: Rig) -> None:
    card = await rig.sent("#issues")

    outcome = await rig.send("#issues", op=Op.EDIT, message=card, extra={"version": 2})

    [message] = rig.messages("#issues")
    assert outcome == Sent(card.place, card.stamp)
    assert message.text == "card-2 v2"
    assert message.blocks[0]["text"]["text"] == "card-2 v2"
    assert message.metadata is not None
    assert message.metadata["event_payload"] == {"outbox_id": "1"}


async def test_a_direct_message_is_edited_where_it_arrived(rig: Rig) -> None:
    ping = await rig.sent("maya", NoticeKind.PING)

    assert await rig.send("maya", NoticeKind.PING, op=Op.EDIT, message=ping) == Sent(ping.place, ping.stamp)


async def test_an_edit_of_nothing(rig: Rig) -> None:
    outcome = await rig.send("#issues", op=Op.EDIT)

    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.GONE


async def test_an_edit_of_a_message_that_was_deleted(rig: Rig) -> None:
    card = await rig.sent("#issues")
    rig.sandbox.delete_message("#issues", card.stamp)

    outcome = await rig.send("#issues", op=Op.EDIT, message=card)

    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.GONE


@pytest.mark.parametrize("code", ["thread_not_found", "cannot_reply_to_message", "message_not_found"])
async def test_a_reply_to_a_card_that_is_gone(rig: Rig, code: str) -> None:
    card = await rig.sent("#issues")
    rig.sandbox.faults.add("chat.postMessage", Fault.error(code))

    outcome = await rig.send("#issues", NoticeKind.LOG, thread=card)

    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.GONE


async def test_a_whisper_is_seen_by_one_person(rig: Rig) -> None:
    where, who = rig.target("#issues").id, rig.target("maya").id

    outcome = await rig.send("maya", NoticeKind.WHISPER, channel=where, user=who)

    [whisper] = rig.sandbox.ephemerals("maya")
    assert outcome == Sent(where, whisper.ts)
    assert rig.messages("#issues") == rig.messages("maya") == []


async def test_a_whisper_in_a_thread_that_is_gone_becomes_a_direct_message(rig: Rig) -> None:
    card = await rig.sent("#issues")
    rig.sandbox.faults.add("chat.postEphemeral", Fault.error("cannot_reply_to_message"))

    await rig.sent("maya", NoticeKind.WHISPER, thread=card, channel=card.place)

    assert len(rig.messages("maya")) == 1


@pytest.mark.parametrize("where", ["#ops-desk", "#attic", "#secret", "#war-room"])
async def test_a_whisper_that_cannot_be_whispered_becomes_a_direct_message(rig: Rig, where: str) -> None:
    place = rig.target(where).id

    outcome = await rig.send("maya", NoticeKind.WHISPER, channel=place, user=rig.target("maya").id)

    [message] = rig.messages("maya")
    assert outcome == Sent(message.channel, message.ts)
    assert rig.sandbox.ephemerals("maya") == []


async def test_a_whisper_without_a_channel_is_a_direct_message(rig: Rig) -> None:
    await rig.send("maya", NoticeKind.WHISPER)

    assert len(rig.messages("maya")) == 1


async def test_the_home_tab(rig: Rig) -> None:
    outcome = await rig.send("maya", NoticeKind.HOME)

    home = rig.sandbox.home("maya")
    assert home is not None
    assert outcome == Sent(home.id, home.hash)


async def test_details_fill_an_open_window(rig: Rig) -> None:
    trigger = rig.sandbox.world.triggers.give(rig.target("maya").id)
    opened = await rig.slack.call("views.open", trigger_id=trigger, view=modal("Loading"))
    drawing = Drawing("", [], live=False, view=modal("All of it"))

    outcome = await rig.send(
        "maya", NoticeKind.DETAILS, view_id=opened["view"]["id"], extra={"drawing": drawing}
    )

    shown = rig.sandbox.modal("maya")
    assert shown is not None
    assert outcome == Sent(shown.id, shown.hash)
    assert shown.payload["blocks"][0]["text"]["text"] == "All of it"


async def test_details_of_a_window_that_was_closed(rig: Rig) -> None:
    drawing = Drawing("", [], live=False, view=modal("All of it"))

    outcome = await rig.send("maya", NoticeKind.DETAILS, view_id="V0GONE000", extra={"drawing": drawing})

    assert isinstance(outcome, Rejected)
    assert outcome.reason is Reason.GONE


async def test_a_public_channel_is_joined_when_posting_needs_it(rig: Rig) -> None:
    rig.sandbox.kick_bot("#issues")
    place = rig.target("#issues").id
    rig.sandbox.faults.add("chat.postMessage", Fault.error("not_in_channel"))

    assert isinstance(await rig.send("#issues"), Sent)
    assert [call.args["channel"] for call in rig.calls("conversations.join")] == [place]
    assert rig.sandbox.workspace.bot_in(rig.sandbox.workspace.channel("#issues"))

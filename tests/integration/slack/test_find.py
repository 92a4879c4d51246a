"""After an unclear answer: what is there is adopted, what is not is sent again."""

from dataclasses import replace

import pytest

from bot.domain.delivery import Sent, Unknown
from bot.domain.notification import NoticeKind, Op
from bot.sandbox.config import Person
from bot.sandbox.faults import Fault
from bot.usecases.rows import Letter, MessageRef
from tests.integration.slack.conftest import Start
from tests.integration.slack.rig import PEOPLE, Rig, config


async def lost(
    rig: Rig, where: str, kind: NoticeKind = NoticeKind.CARD, thread: MessageRef | None = None
) -> Letter:
    """A letter that Slack took without our learning it."""
    letter = rig.letter(where, kind, thread=thread)
    rig.sandbox.faults.add("chat.postMessage", Fault.drop_after_store())
    assert isinstance(await rig.channel.send(letter), Unknown)
    return letter


@pytest.mark.parametrize("where", ["#issues", "name:#issues", "#war-room", "maya"])
async def test_a_message_that_arrived_is_adopted(rig: Rig, where: str) -> None:
    letter = await lost(rig, where)
    await rig.sent(where)  # life goes on before somebody looks

    message = rig.messages(where.removeprefix("name:"))[0]
    assert await rig.channel.find(letter) == Sent(message.channel, message.ts)


async def test_a_reply_that_arrived_is_adopted(rig: Rig) -> None:
    card = await rig.sent("#issues")
    await rig.sent("#issues", NoticeKind.LOG, thread=card)
    letter = await lost(rig, "#issues", NoticeKind.LOG, thread=card)

    reply = rig.sandbox.thread("#issues", card.stamp)[-1]
    assert await rig.channel.find(letter) == Sent(reply.channel, reply.ts)


@pytest.mark.parametrize(
    "fault", [Fault.drop_before(), Fault.status(500), Fault.html()], ids=lambda fault: fault.kind
)
async def test_a_message_that_did_not_arrive_is_sent_again(rig: Rig, fault: Fault) -> None:
    letter = rig.letter("#issues")
    rig.sandbox.faults.add("chat.postMessage", fault)
    assert isinstance(await rig.channel.send(letter), Unknown)
    await rig.sent("#issues")

    assert await rig.channel.find(letter) is None
    assert isinstance(await rig.channel.send(letter), Sent)
    assert len(rig.messages("#issues")) == 2


async def test_a_message_behind_hundreds_of_others_is_found(rig: Rig) -> None:
    letter = await lost(rig, "#issues")
    for number in range(450):
        await rig.sandbox.say("maya", "#issues", f"chatter {number}")

    message = rig.messages("#issues")[0]
    assert await rig.channel.find(letter) == Sent(message.channel, message.ts)
    assert len(rig.calls("conversations.history")) == 3


async def test_messages_from_before_the_letter_are_not_read(rig: Rig) -> None:
    for number in range(250):
        await rig.sandbox.say("maya", "#issues", f"chatter {number}")
    rig.clock.advance(minutes=5)
    letter = await lost(rig, "#issues")

    assert isinstance(await rig.channel.find(letter), Sent)
    assert len(rig.calls("conversations.history")) == 1


async def test_what_another_installation_posted_under_the_same_number_is_not_ours(start: Start) -> None:
    rig = await start(config(people=(*PEOPLE, Person("other-rung", "Other Rung"))))
    letter = await lost(rig, "#issues")
    theirs = rig.messages("#issues")[0]
    rig.sandbox.workspace.put(replace(theirs, user=rig.target("other-rung").id))

    assert await rig.channel.find(letter) is None


@pytest.mark.parametrize("kind", [NoticeKind.WHISPER, NoticeKind.HOME, NoticeKind.DETAILS])
async def test_what_no_history_shows_is_not_looked_for(rig: Rig, kind: NoticeKind) -> None:
    assert await rig.channel.find(rig.letter("maya", kind)) is None
    assert rig.calls("conversations.history") == []


async def test_edits_are_simply_repeated(rig: Rig) -> None:
    card = await rig.sent("#issues")
    before = len(rig.sandbox.journal)

    assert await rig.channel.find(rig.letter("#issues", op=Op.EDIT, message=card)) is None
    assert len(rig.sandbox.journal) == before


@pytest.mark.parametrize(
    ("where", "without"),
    [
        ("#issues", "channels:history groups:history im:history"),
        ("#issues", "channels:history"),
        ("maya", "im:history"),
    ],
)
async def test_without_permission_to_look_it_is_sent_again(start: Start, where: str, without: str) -> None:
    rig = await start(config(without=without))
    letter = await lost(rig, where)

    for _ in range(3):
        assert await rig.channel.find(letter) is None
    assert len(rig.calls("conversations.history")) == 1
    assert "it may arrive twice" in rig.capabilities.reduced()[0]


async def test_one_kind_of_conversation_that_cannot_be_read_leaves_the_others(start: Start) -> None:
    rig = await start(config(without="channels:history"))
    assert await rig.channel.find(await lost(rig, "#issues")) is None

    assert isinstance(await rig.channel.find(await lost(rig, "maya")), Sent)


@pytest.mark.parametrize("method", ["conversations.history", "conversations.replies"])
async def test_a_look_alike_without_history(rig: Rig, method: str) -> None:
    card = await rig.sent("#issues")
    letter = await lost(rig, "#issues", NoticeKind.LOG, card if method.endswith("replies") else None)
    rig.sandbox.faults.add(method, Fault.unknown_method(), times=None)

    assert await rig.channel.find(letter) is None
    assert await rig.channel.find(letter) is None
    assert len(rig.calls(method)) == 1


async def test_while_slack_is_in_trouble_nothing_is_decided(rig: Rig) -> None:
    letter = await lost(rig, "#issues")
    rig.sandbox.faults.add("conversations.history", Fault.status(503))

    assert isinstance(await rig.channel.find(letter), Unknown)
    assert isinstance(await rig.channel.find(letter), Sent)


async def test_rather_twice_than_never(rig: Rig) -> None:
    letter = rig.letter("#issues", attempts=3)
    rig.sandbox.faults.add("conversations.history", Fault.status(503))

    assert await rig.channel.find(letter) is None


async def test_a_channel_name_that_cannot_be_looked_up_now(rig: Rig) -> None:
    rig.sandbox.faults.add("conversations.list", Fault.status(503))

    assert isinstance(await rig.channel.find(rig.letter("name:#issues")), Unknown)
    assert await rig.channel.find(rig.letter("name:#nowhere")) is None

"""Messages go out: each outcome for each kind, under the number of its claim, and always the present truth."""

from datetime import timedelta

import pytest

from bot.domain.delivery import Outcome, Reason, Rejected, RowState, Sent, Unknown
from bot.domain.notices import CARD_KEY, card_notice, edited
from bot.domain.notices import ping as ping_for
from bot.domain.notification import Notice, NoticeKind, Op
from bot.domain.words import say
from bot.usecases.deliver import AT_ONCE, Delivery, deliver_due, rescue
from bot.usecases.rows import Letter
from bot.usecases.tell import whispered
from tests.builders import (
    ANA,
    OMAR,
    RAVI,
    T1,
    ask,
    channel,
    edit,
    issue,
    message,
    minutes,
    notice,
    user,
)
from tests.builders import acknowledged as taken
from tests.unit.usecases.desk import Desk

PING = ping_for(issue(), ask(ANA), NoticeKind.PING, "ping")
CARD = card_notice(issue())
NEWS = notice(NoticeKind.REQUESTER, "req:1", to=user(RAVI), lane="req:1", args={"opening": 1})
TWO = issue(asks=(ask(ANA), ask(OMAR)))
NO_ROUTE = Rejected(Reason.ROUTE, "channel_not_found")
PERHAPS = Unknown("timeout")


async def goes(desk: Desk, one: Notice, outcome: Outcome | Exception) -> RowState:
    """One message about a new issue gets one answer: where its row is then."""
    desk.has(TWO)
    desk.due(one, number=1)
    desk.channel.answers(outcome)
    await deliver_due(desk.services, 10)
    return desk.row(one.key).state


# --- what is kept ---------------------------------------------------------------------------------------------------


async def test_what_was_sent_is_remembered_with_what_it_shows(desk: Desk) -> None:
    await goes(desk, PING, Sent("D_ANA", "7.7"))
    (kept,) = desk.store.messages.live(TWO.ref)
    assert (kept.key, kept.place, kept.stamp, kept.version, kept.live) == (PING.key, "D_ANA", "7.7", 1, True)


async def test_messages_that_are_never_edited_are_not_kept(desk: Desk) -> None:
    await goes(desk, notice(NoticeKind.OWNER, "log:1"), Sent("C1", "7.7"))
    assert desk.store.messages.get(TWO.ref, "log:1") is None


# --- unknown: look first ----------------------------------------------------------------------------------------------


async def test_after_an_unknown_outcome_the_message_is_looked_for(desk: Desk) -> None:
    await goes(desk, PING, PERHAPS)
    desk.channel.found = Sent("D_ANA", "7.7")
    desk.clock.advance(minutes=1)
    await desk.deliver()
    assert desk.row(PING.key).state is RowState.SENT
    assert len(desk.channel.letters) == 1, "not sent again"
    assert desk.store.messages.live(TWO.ref)[0].stamp == "7.7"


async def test_when_it_is_not_there_it_is_sent_again(desk: Desk) -> None:
    await goes(desk, PING, PERHAPS)
    desk.clock.advance(minutes=1)
    await desk.deliver()
    assert len(desk.channel.looked_for) == 1
    assert len(desk.channel.letters) == 2
    assert desk.row(PING.key).state is RowState.SENT


async def test_a_worker_that_died_is_followed_by_a_look(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(PING)
    desk.store.outbox.claim(desk.clock.now(), desk.clock.now() + minutes(1), 10)
    assert await rescue(desk.services) == 0
    desk.clock.advance(minutes=1)
    assert await rescue(desk.services) == 1
    await desk.deliver()
    assert len(desk.channel.looked_for) == 1
    assert desk.row(PING.key).state is RowState.SENT


async def test_who_comes_too_late_changes_nothing(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(PING)

    async def somebody_else(_letter: Letter) -> None:
        desk.clock.advance(minutes=2)
        await rescue(desk.services)
        desk.store.outbox.claim(desk.clock.now(), desk.clock.now() + minutes(1), 10)

    desk.channel.while_sending(somebody_else)
    await deliver_due(desk.services, 10)
    row = desk.row(PING.key)
    assert (row.claim, row.state) == (2, RowState.CLAIMED)
    assert desk.store.messages.live(TWO.ref) == []


async def test_a_late_refusal_does_not_skip_somebody(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(PING)

    async def somebody_else(_letter: Letter) -> None:
        desk.clock.advance(minutes=2)
        await rescue(desk.services)
        desk.store.outbox.claim(desk.clock.now(), desk.clock.now() + minutes(1), 10)

    desk.channel.while_sending(somebody_else)
    desk.channel.answers(NO_ROUTE)
    await deliver_due(desk.services, 10)
    assert desk.issue() == TWO


# --- a picture that cannot be drawn -----------------------------------------------------------------------------------


async def test_three_failures_to_draw_are_the_end_and_harm_no_neighbour(desk: Desk) -> None:
    desk.has(TWO)
    desk.channel.answers_kind(NoticeKind.PING, ValueError("no such block"))
    desk.due(PING, NEWS)
    for _ in range(3):
        await deliver_due(desk.services, 10)
        desk.clock.advance(minutes=20)
    assert desk.row(PING.key).state is RowState.DEAD
    assert "ValueError" in desk.row(PING.key).last_error
    assert "no such block" not in desk.row(PING.key).last_error, "it may be what somebody wrote"
    assert desk.row(NEWS.key).state is RowState.SENT


async def test_a_message_that_cannot_even_be_read_harms_no_neighbour(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.has(TWO)
    broken = notice(NoticeKind.SHIFT, "shift", to=user(ANA), lane="shift", args={"issues": "1,what"})
    desk.due(broken, number=None)
    desk.due(NEWS, number=1)
    delivery = Delivery(desk.services)
    assert await delivery.start_due() == 2
    await delivery.finish()
    assert desk.row(NEWS.key).state is RowState.SENT
    assert "message 1 was not recorded" in caplog.text
    assert "what" in caplog.text, "with the reason"


# --- the present truth ------------------------------------------------------------------------------------------------


async def test_a_ping_that_was_overtaken_is_not_sent(desk: Desk) -> None:
    desk.has(taken(TWO))
    desk.due(PING)
    await desk.deliver()
    assert desk.row(PING.key).state is RowState.CANCELLED
    assert desk.row(PING.key).attempts == 0
    assert desk.channel.letters == []


async def test_a_message_overtaken_while_it_was_sent_is_drawn_anew(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(PING)

    async def omar_takes_it(_letter: Letter) -> None:
        desk.store.issues.save(TWO, taken(TWO, owner=OMAR))

    desk.channel.while_sending(omar_takes_it)
    await desk.deliver()
    first, second = desk.channel.letters
    assert (first.row.notice.op, second.row.notice.op) == (Op.POST, Op.EDIT)
    assert second.issue == desk.issue()
    assert desk.store.messages.live(TWO.ref) == []


async def test_an_edit_that_shows_the_present_already_is_left(desk: Desk) -> None:
    desk.has(TWO)
    desk.sent(message(version=1))
    desk.due(edit())
    await desk.deliver()
    assert desk.channel.letters == []
    assert desk.row(CARD_KEY).state is RowState.CANCELLED


async def test_an_edit_of_a_message_that_never_went_out_is_left(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(edit())
    await desk.deliver()
    assert desk.row(CARD_KEY).state is RowState.CANCELLED


async def test_lines_of_the_thread_go_below_the_card(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(CARD, notice(NoticeKind.LOG, "log:1"))
    await desk.deliver()
    card, line = desk.channel.letters
    assert line.thread is not None
    assert (line.thread.place, line.thread.stamp) == ("#issues", "1.000100")
    assert card.thread is None


async def test_a_line_without_a_card_is_left(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(notice(NoticeKind.LOG, "log:1"))
    await desk.deliver()
    assert desk.row("log:1").state is RowState.CANCELLED


async def test_a_card_that_somebody_deleted_is_posted_anew(desk: Desk) -> None:
    desk.has(TWO)
    desk.sent(message(version=0))
    desk.due(edited(CARD))
    desk.channel.answers(Rejected(Reason.GONE, "message_not_found"))
    await desk.deliver()
    await desk.deliver()
    lost, anew = desk.channel.letters
    assert (lost.row.notice.op, anew.row.notice.op, anew.message) == (Op.EDIT, Op.POST, None)
    kept = desk.store.messages.get(TWO.ref, CARD_KEY)
    assert kept is not None
    assert (kept.place, kept.stamp, kept.live) == ("#issues", "2.000100", True)


async def test_a_ping_that_somebody_deleted_is_given_up(desk: Desk) -> None:
    desk.has(TWO)
    desk.sent(message(PING.key, notice=PING, version=0))
    desk.due(edited(PING))
    desk.channel.answers(Rejected(Reason.GONE, "message_not_found"))
    await desk.deliver()
    assert len(desk.channel.letters) == 1
    assert desk.store.messages.live(TWO.ref) == []


# --- pace and room ----------------------------------------------------------------------------------------------------


async def test_a_place_that_was_written_to_a_lot_waits_without_losing_an_attempt(desk: Desk) -> None:
    desk.pace.burst = 1
    desk.has(TWO)
    other = notice(NoticeKind.CARD, "b", lane="b", to=channel("C1"))
    desk.due(notice(NoticeKind.CARD, "a", lane="a", to=channel("C1")), other)
    await deliver_due(desk.services, 10)
    assert desk.row("a").state is RowState.SENT
    assert (desk.row("b").state, desk.row("b").attempts) == (RowState.PENDING, 0)
    assert desk.row("b").due_at == desk.clock.now() + timedelta(seconds=1)


async def test_there_is_room_for_so_many_at_once(desk: Desk) -> None:
    desk.has(TWO)
    desk.due(
        *(notice(NoticeKind.REQUESTER, f"n{n}", lane=f"n{n}", to=user(f"U{n}")) for n in range(AT_ONCE + 5))
    )
    delivery = Delivery(desk.services)
    assert await delivery.start_due() == AT_ONCE
    await delivery.finish()
    assert desk.bell.rings == AT_ONCE
    assert await delivery.start_due() == 5
    await delivery.finish()
    assert set(desk.states(NoticeKind.REQUESTER)) == {RowState.SENT}


async def test_claims_name_the_workspace(desk: Desk) -> None:
    desk.due(whispered(ANA, "C_OPS", "k", say("Done.")), number=None)
    await desk.deliver()
    (letter,) = desk.channel.letters
    assert (letter.row.workspace, letter.issue) == (T1, None)

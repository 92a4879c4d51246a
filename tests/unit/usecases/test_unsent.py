"""An operator looks at what has not gone out, tries it again or gives it up; nothing is bypassed by that."""

import pytest

from bot.domain.delivery import LEASE, Reason, Rejected, RowState
from bot.domain.errors import NotFound, Refused
from bot.domain.events import EventKind
from bot.domain.issue import AskStatus
from bot.domain.notices import ping as ping_for
from bot.domain.notification import NoticeKind
from bot.usecases.deliver import deliver_due
from bot.usecases.rows import OutboxRow
from bot.usecases.unsent import cancel, list_unsent, retry, retry_all
from tests.builders import ANA, T1, T2, ask, channel, issue, notice, user
from tests.unit.usecases.desk import Desk
from tests.unit.usecases.storms import FIVE, storm

PING = ping_for(issue(), ask(ANA), NoticeKind.PING, "ping")
BROKEN = Rejected(Reason.CONTENT, "Slack does not take it")


async def failed(desk: Desk) -> OutboxRow:
    """ISS-1, whose card Slack does not take."""
    desk.has(issue())
    desk.due(notice())
    desk.channel.answers_kind(NoticeKind.CARD, BROKEN)
    await desk.deliver()
    assert desk.row("card").state is RowState.DEAD
    return desk.row("card")


async def test_a_message_that_failed_goes_out_once_it_can(desk: Desk) -> None:
    row = await failed(desk)
    desk.due(PING)
    unsent = await list_unsent(desk.services, T1)
    assert [one.id for one in unsent.dead] == [row.id]
    assert [one.notice for one in unsent.waiting] == [PING]

    desk.channel.mends()
    assert (await retry(desk.services, T1, row.id)).state is RowState.PENDING
    assert desk.bell.rings
    await desk.deliver()
    assert desk.row("card").state is RowState.SENT
    assert await list_unsent(desk.services, T1) == type(unsent)((), ())


async def test_all_that_failed_are_tried_in_their_order(desk: Desk) -> None:
    await failed(desk)
    desk.due(notice(key="other"))
    await desk.deliver()
    tried = await retry_all(desk.services, T1)
    assert [one.notice.key for one in tried] == ["card", "other"]
    assert await retry_all(desk.services, T1) == []


async def test_what_is_given_up_stands_in_the_timeline_with_the_reason(desk: Desk) -> None:
    row = await failed(desk)
    after = await cancel(desk.services, T1, row.id, " It is in\n a tool. ")
    assert (after.state, after.last_error) == (
        RowState.CANCELLED,
        "cancelled by an operator: It is in a tool.",
    )
    (event,) = desk.store.timeline.of(issue().ref)
    assert event.kind is EventKind.CALLED_OFF
    assert (event.text("what"), event.text("to"), event.text("why")) == (
        "the card",
        "C_ISSUES",
        "It is in a tool.",
    )
    assert "Slack does not take it" not in str(event.data)


async def test_who_was_to_be_asked_by_it_is_skipped_and_the_ladder_goes_on(desk: Desk) -> None:
    desk.has(issue())
    desk.due(PING)
    await cancel(desk.services, T1, desk.row(PING.key).id, "Ana has left.")
    assert desk.issue().asks[0].status is AskStatus.UNREACHABLE
    assert desk.issue().position.level == 2, "nobody else was asked on that level"
    assert desk.happened()[:2] == [EventKind.CALLED_OFF, EventKind.UNREACHABLE]


async def test_whose_ping_is_of_no_use_any_more_is_not_called_unreachable(desk: Desk) -> None:
    desk.has(issue().bump(opening=2))
    desk.due(PING)
    await cancel(desk.services, T1, desk.row(PING.key).id, "old")
    assert desk.issue().asks[0].status is AskStatus.ASKED
    assert desk.happened() == [EventKind.CALLED_OFF]


async def test_what_is_about_no_issue_can_be_given_up_too(desk: Desk) -> None:
    desk.due(notice(NoticeKind.NEWS, "news", to=channel("#issues")), number=None)
    await cancel(desk.services, T1, desk.row("news").id, "too late")
    assert desk.row("news").state is RowState.CANCELLED


async def test_words_that_do_not_fit_are_refused_in_a_sentence(desk: Desk) -> None:
    row = await failed(desk)
    desk.due(PING)
    waiting = desk.row(PING.key).id
    desk.store.outbox.claim(desk.clock.now(), desk.clock.now() + LEASE, 10)
    cases = [
        (retry(desk.services, T1, 999), "There is no message 999. rung outbox list shows"),
        (retry(desk.services, T2, row.id), f"There is no message {row.id}."),
        (retry(desk.services, T1, waiting), "is being sent right now. Only one that failed for good"),
        (cancel(desk.services, T1, 999, "x"), "There is no message 999."),
        (cancel(desk.services, T1, row.id, " \n"), "Please say why, with --reason"),
        (cancel(desk.services, T1, waiting, "x"), "is being sent right now. Look again in a minute."),
    ]
    for work, said in cases:
        with pytest.raises((NotFound, Refused)) as refused:
            await work
        assert said in str(refused.value)
    await cancel(desk.services, T1, row.id, "x")
    with pytest.raises(Refused, match=r"was cancelled\. There is nothing to cancel\."):
        await cancel(desk.services, T1, row.id, "x")
    assert desk.happened() == [EventKind.CALLED_OFF], "refusals leave no trace"


async def test_several_messages_in_one_are_given_up_together(desk: Desk) -> None:
    storm(desk)
    await deliver_due(desk.services, 100)
    (whole,) = desk.rows(NoticeKind.BUNDLE)
    part = desk.rows(NoticeKind.PING)[2]
    with pytest.raises(Refused, match=rf"That is {whole.id}: cancel it to give up all of them"):
        await cancel(desk.services, T1, part.id, "x")
    after = await cancel(desk.services, T1, whole.id, "Ana has left.")
    assert after.state is RowState.CANCELLED
    mine = [row for row in desk.rows(NoticeKind.PING) if row.notice.to == user(ANA)]
    assert {(row.state, row.last_error) for row in mine} == {
        (RowState.CANCELLED, "cancelled by an operator: Ana has left.")
    }
    for number in FIVE:
        assert desk.happened(number) == [EventKind.CALLED_OFF, EventKind.UNREACHABLE]
        assert desk.issue(number).asks[0].status is AskStatus.UNREACHABLE
    await desk.deliver()
    assert desk.channel.sent(NoticeKind.BUNDLE) == []


async def test_of_several_in_one_that_are_being_sent_nothing_is_given_up(desk: Desk) -> None:
    storm(desk)
    await deliver_due(desk.services, 100)
    (whole,) = desk.rows(NoticeKind.BUNDLE)
    desk.store.outbox.claim(desk.clock.now(), desk.clock.now() + LEASE, 10)
    with pytest.raises(Refused, match=r"is being sent right now\. Look again in a minute\."):
        await cancel(desk.services, T1, whole.id, "x")
    assert desk.states(NoticeKind.PING) == [RowState.BUNDLED] * 5
    assert desk.happened(1) == []

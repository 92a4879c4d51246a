"""Slack refuses a bundle, or Rung is killed while it goes out: no ping is lost, and none comes twice."""

from datetime import timedelta

import pytest

from bot.domain.delivery import Outcome, Reason, Rejected, RetryLater, RowState, Sent, Unknown
from bot.domain.events import EventKind
from bot.domain.issue import AskStatus
from bot.domain.notification import NoticeKind, Op
from bot.usecases.deliver import deliver_due, rescue
from bot.usecases.rows import Letter
from tests.builders import ANA, OMAR, RAVI, channel, issue, minutes, notice, ref, user
from tests.unit.usecases.desk import Desk
from tests.unit.usecases.storms import FIVE, bundles, ping, states, storm, takes, two_asked

BAD = Rejected(Reason.CONTENT, "invalid_blocks")
NO_ROUTE = Rejected(Reason.ROUTE, "account_inactive")

# --- trouble ----------------------------------------------------------------------------------------------------------


async def test_a_bundle_that_slack_refuses_falls_apart(desk: Desk) -> None:
    storm(desk)
    desk.channel.answers_kind(NoticeKind.BUNDLE, BAD)
    await desk.deliver()
    assert len(desk.channel.sent(NoticeKind.PING)) == 5
    assert states(desk) == {RowState.SENT}
    assert desk.states(NoticeKind.BUNDLE) == [RowState.CANCELLED]


async def test_what_fell_apart_waits_its_turn_and_is_not_put_together_again(desk: Desk) -> None:
    desk.pace.burst = 1
    storm(desk)
    desk.channel.answers_kind(NoticeKind.BUNDLE, BAD)
    for _ in range(6):
        await desk.deliver()
        desk.clock.advance(minutes=0.5)
    assert len(desk.states(NoticeKind.BUNDLE)) == 1
    assert states(desk) == {RowState.SENT}


async def test_what_fell_apart_may_be_in_another_bundle_after_other_trouble(desk: Desk) -> None:
    storm(desk)
    desk.channel.answers(BAD, *[RetryLater("ratelimited", timedelta(seconds=3), counts=False)] * 5)
    await desk.deliver()
    desk.clock.advance(minutes=1)
    await desk.deliver()
    assert desk.states(NoticeKind.BUNDLE) == [RowState.CANCELLED, RowState.SENT]
    assert states(desk) == {RowState.SENT}


async def test_a_ping_that_may_have_gone_out_is_looked_for_by_itself(desk: Desk) -> None:
    desk.has(two_asked(9))
    desk.due(ping(9), number=9)
    desk.channel.answers(Unknown("timeout"))
    await desk.deliver()
    storm(desk)
    desk.clock.advance(minutes=1)
    desk.channel.found = Sent("D_ANA", "7.7")
    await desk.deliver()
    assert desk.store.messages.live(ref(9))[0].stamp == "7.7"
    assert bundles(desk) == [[1, 2, 3, 4, 5]]


async def test_a_bundle_that_cannot_be_drawn_falls_apart_too(desk: Desk) -> None:
    storm(desk)
    desk.channel.answers_kind(NoticeKind.BUNDLE, ValueError("no such block"))
    for _ in range(4):
        await desk.settle(minutes=1)
    assert RowState.DEAD not in desk.states(NoticeKind.BUNDLE)
    assert states(desk) == {RowState.SENT}


async def test_who_cannot_be_reached_is_skipped_for_each_issue(desk: Desk) -> None:
    storm(desk)
    desk.channel.refuses(ANA, NO_ROUTE)
    await desk.deliver()
    for number in FIVE:
        assert {one.target.id: one.status for one in desk.issue(number).asks} == {
            ANA: AskStatus.UNREACHABLE,
            OMAR: AskStatus.ASKED,
        }
        assert EventKind.UNREACHABLE in desk.happened(number)
    assert states(desk) == {RowState.CANCELLED}


async def test_news_to_nobody_go_to_the_stand_in_of_each_issue(desk: Desk) -> None:
    """A bundle has no stand-ins; its messages have."""
    desk.has(*(issue(number, requester="U_LENA", raiser=RAVI) for number in FIVE))
    for number in FIVE:
        lane = f"req:{number}"
        desk.due(notice(NoticeKind.REQUESTER, lane, to=user("U_LENA"), lane=lane), number=number)
    desk.channel.refuses("U_LENA", NO_ROUTE)
    await desk.deliver()
    assert states(desk, NoticeKind.REQUESTER) == {RowState.SENT}
    assert sum(one.row.notice.to == user(RAVI) for one in desk.channel.letters) == 5


@pytest.mark.parametrize(
    "outcome",
    [
        RetryLater("ratelimited", timedelta(seconds=3), counts=False),
        RetryLater("internal_error"),
        Rejected(Reason.TEAM, "token_revoked"),
        Rejected(Reason.KIND, "missing_scope"),
    ],
    ids=["slow down", "later", "token", "scope"],
)
async def test_a_bundle_waits_whole(desk: Desk, outcome: Outcome) -> None:
    storm(desk)
    desk.channel.answers(outcome)
    await desk.deliver()
    assert states(desk) == {RowState.BUNDLED}
    desk.clock.advance(minutes=16)
    await desk.deliver()
    assert [part for one in bundles(desk) for part in one] == [1, 2, 3, 4, 5] * 2


# --- killed -----------------------------------------------------------------------------------------------------------


async def test_killed_before_it_was_sent_it_is_looked_for_once_and_sent(desk: Desk) -> None:
    storm(desk)
    await deliver_due(desk.services, 100)
    desk.store.outbox.claim(desk.clock.now(), desk.clock.now() + minutes(1), 10)
    desk.clock.advance(minutes=1)
    assert await rescue(desk.services) == 1, "the bundle; its rows are nobody's claim"
    await desk.deliver()
    assert len(desk.channel.looked_for) == 1
    assert bundles(desk) == [[1, 2, 3, 4, 5]]
    assert states(desk) == {RowState.SENT}


async def test_killed_after_it_was_sent_it_is_found_and_drawn_anew(desk: Desk) -> None:
    """What was taken since is in it, and is told as it is now."""
    storm(desk)
    await deliver_due(desk.services, 100)
    desk.store.outbox.claim(desk.clock.now(), desk.clock.now() + minutes(1), 10)
    takes(desk, 2)
    desk.clock.advance(minutes=1)
    await rescue(desk.services)
    desk.channel.found = Sent("D_ANA", "7.7")
    await desk.deliver()
    assert bundles(desk) == [], "not sent again"
    assert bundles(desk, Op.EDIT) == [[1, 2, 3, 4, 5]]
    assert states(desk) == {RowState.SENT}
    assert [number for number in FIVE if desk.store.messages.live(ref(number))] == [1, 3, 4, 5]


async def test_who_comes_too_late_ends_nothing(desk: Desk) -> None:
    storm(desk)
    await deliver_due(desk.services, 100)

    async def somebody_else(_letter: Letter) -> None:
        desk.clock.advance(minutes=2)
        await rescue(desk.services)
        desk.store.outbox.claim(desk.clock.now(), desk.clock.now() + minutes(1), 10)

    desk.channel.while_sending(somebody_else)
    await deliver_due(desk.services, 100)
    assert states(desk) == {RowState.BUNDLED}
    assert desk.store.messages.live(ref(1)) == []


async def test_after_perhaps_it_is_one_message_still(desk: Desk) -> None:
    storm(desk)
    desk.channel.answers(Unknown("timeout"))
    await desk.deliver()
    desk.channel.found = Sent("D_ANA", "7.7")
    await desk.settle(minutes=1)
    assert len(bundles(desk)) == 1
    assert {desk.store.messages.live(ref(number))[0].stamp for number in FIVE} == {"7.7"}


async def test_news_that_may_have_gone_out_do_not_tell_what_became_private(desk: Desk) -> None:
    """They are told to a channel, which must not read them any more."""
    desk.has(*(two_asked(number) for number in FIVE))
    for number in FIVE:
        lane = f"inform:{number}"
        told = notice(NoticeKind.INFORM, lane, to=channel("C_LEADERSHIP"), lane=lane)
        desk.due(told, number=number)
    desk.channel.answers_kind(NoticeKind.BUNDLE, Unknown("timeout"))
    await desk.deliver()
    before = desk.issue(2)
    desk.store.issues.save(before, before.bump(private=True))
    desk.channel.mends()
    await desk.settle(minutes=1)
    assert bundles(desk)[-1] == [1, 3, 4, 5]

"""Many pings to one person go out as one message; whatever becomes of it, each issue stays true and none is lost."""

from datetime import timedelta

import pytest

from bot.domain.delivery import Outcome, Reason, Rejected, RetryLater, RowState, Sent, Unknown
from bot.domain.events import EventKind
from bot.domain.issue import AskStatus, Issue
from bot.domain.notices import edited
from bot.domain.notices import ping as ping_for
from bot.domain.notification import Notice, NoticeKind, Op
from bot.usecases.answer_words import _thread_issue
from bot.usecases.deliver import Delivery, deliver_due, rescue
from bot.usecases.heal import heal
from bot.usecases.look_up import number_at
from bot.usecases.rows import Letter
from tests.builders import ANA, OMAR, RAVI, T1, acknowledged, ask, channel, issue, minutes, notice, ref, user
from tests.unit.usecases.desk import Desk

FIVE = range(1, 6)
BAD = Rejected(Reason.CONTENT, "invalid_blocks")
NO_ROUTE = Rejected(Reason.ROUTE, "account_inactive")


def two_asked(number: int) -> Issue:
    """Ana and Omar are asked."""
    return issue(number, asks=(ask(ANA), ask(OMAR)))


def ping(number: int) -> Notice:
    """Ana's."""
    return ping_for(two_asked(number), ask(ANA), NoticeKind.PING, "ping")


def news(number: int) -> Notice:
    """What Ravi, who asked, is told."""
    lane = f"req:{number}"
    return notice(NoticeKind.REQUESTER, f"req:{number}", to=user(RAVI), lane=lane, args={"opening": 1})


def storm(desk: Desk, numbers: range = FIVE, said: object = ping) -> None:
    """So many issues, and a message about each is due."""
    desk.has(*(two_asked(number) for number in numbers))
    for number in numbers:
        desk.due(said(number), number=number)  # type: ignore[operator]


def takes(desk: Desk, number: int, who: str = OMAR) -> None:
    """Somebody takes it."""
    before = desk.issue(number)
    desk.store.issues.save(before, acknowledged(before, who, desk.clock.now()))  # type: ignore[arg-type]


def heals(desk: Desk, number: int) -> None:
    """What the write path does with messages whose buttons are live."""
    for one in desk.store.messages.live(ref(number)):
        desk.store.outbox.put(T1, number, [edited(one.notice)], desk.clock.now())


def bundles(desk: Desk, op: Op = Op.POST) -> list[list[int]]:
    """The issues of every bundle that was sent or edited."""
    letters = [one for one in desk.channel.letters if one.parts and one.row.notice.op is op]
    return [[part.issue.number for part in one.parts] for one in letters]


def states(desk: Desk, kind: NoticeKind = NoticeKind.PING) -> set[RowState]:
    """Where the posts of this kind are."""
    return {row.state for row in desk.rows(kind) if row.notice.op is Op.POST}


# --- sending ----------------------------------------------------------------------------------------------------------


async def test_many_pings_to_one_person_are_one_message(desk: Desk) -> None:
    storm(desk)
    await desk.deliver()
    assert bundles(desk) == [[1, 2, 3, 4, 5]]
    assert len(desk.channel.letters) == 1
    assert states(desk) == {RowState.SENT} == set(desk.states(NoticeKind.BUNDLE))


async def test_three_are_sent_one_by_one(desk: Desk) -> None:
    storm(desk, range(1, 4))
    await desk.deliver()
    assert bundles(desk) == []
    assert len(desk.channel.sent(NoticeKind.PING)) == 3


async def test_two_hundred_are_a_few_messages_that_name_each_once(desk: Desk) -> None:
    storm(desk, range(1, 201))
    await desk.deliver()
    named = [number for one in bundles(desk) for number in one]
    assert sorted(named) == list(range(1, 201))
    assert len(desk.channel.letters) <= 14


async def test_the_loop_is_woken_for_the_bundle_it_has_made(desk: Desk) -> None:
    storm(desk)
    delivery = Delivery(desk.services)
    assert await delivery.start_due() == 5
    assert desk.bell.rings == 1
    assert await delivery.start_due() == 1
    await delivery.finish()
    assert bundles(desk) == [[1, 2, 3, 4, 5]]


async def test_what_was_taken_meanwhile_is_left_out(desk: Desk) -> None:
    storm(desk)
    await deliver_due(desk.services, 100)
    takes(desk, 2)
    await desk.deliver()
    assert bundles(desk) == [[1, 3, 4, 5]]
    assert desk.store.outbox.get(2).state is RowState.CANCELLED  # type: ignore[union-attr]
    assert desk.store.messages.live(ref(2)) == []


async def test_when_all_were_taken_nothing_is_sent(desk: Desk) -> None:
    storm(desk)
    await deliver_due(desk.services, 100)
    for number in FIVE:
        takes(desk, number)
    await desk.deliver()
    assert desk.channel.letters == []
    assert states(desk) == {RowState.CANCELLED} == set(desk.states(NoticeKind.BUNDLE))


async def test_nothing_overtakes_a_row_in_a_bundle(desk: Desk) -> None:
    storm(desk, said=news)
    desk.due(notice(NoticeKind.REQUESTER, "later", to=user(RAVI), lane="req:1"))
    await deliver_due(desk.services, 100)
    desk.channel.answers(RetryLater("slow down", timedelta(seconds=9), counts=False))
    await desk.deliver()
    assert desk.row("later").state is RowState.PENDING
    await desk.settle(minutes=1)
    assert [one.row.notice.key for one in desk.channel.letters][-1] == "later"
    assert len(bundles(desk)) == 2, "the same bundle twice, because Slack refused it once"


async def test_news_are_told_together_and_not_kept(desk: Desk) -> None:
    storm(desk, said=news)
    await desk.deliver()
    assert bundles(desk) == [[1, 2, 3, 4, 5]]
    assert states(desk, NoticeKind.REQUESTER) == {RowState.SENT}
    assert desk.store.messages.get(ref(1), news(1).key) is None


# --- kept true --------------------------------------------------------------------------------------------------------


async def test_each_issue_finds_its_ping_in_the_bundle(desk: Desk) -> None:
    storm(desk)
    desk.channel.answers(Sent("D_ANA", "7.7"))
    await desk.deliver()
    for number in FIVE:
        (kept,) = desk.store.messages.live(ref(number))
        assert (kept.key, kept.place, kept.stamp) == (ping(number).key, "D_ANA", "7.7")


async def test_many_edits_of_one_bundle_are_one(desk: Desk) -> None:
    storm(desk)
    await desk.deliver()
    for number in (1, 3, 4):
        takes(desk, number)
        heals(desk, number)
    await desk.deliver()
    assert bundles(desk, Op.EDIT) == [[1, 2, 3, 4, 5]]
    live = [number for number in FIVE if desk.store.messages.live(ref(number))]
    assert live == [2, 5]


async def test_an_issue_that_moved_while_the_bundle_was_under_way_is_told_after_it(desk: Desk) -> None:
    storm(desk)
    await deliver_due(desk.services, 100)

    async def meanwhile(_letter: Letter) -> None:
        takes(desk, 4)

    desk.channel.while_sending(meanwhile)
    await desk.deliver()
    assert bundles(desk) == [[1, 2, 3, 4, 5]]
    assert bundles(desk, Op.EDIT) == [[1, 2, 3, 4, 5]]
    assert desk.store.messages.live(ref(4)) == []


async def test_a_press_that_no_longer_fits_draws_the_bundle_anew(desk: Desk) -> None:
    storm(desk)
    desk.channel.answers(Sent("D_ANA", "7.7"))
    await desk.deliver()
    await heal(desk.services, T1, "D_ANA", "7.7")
    await desk.deliver()
    assert bundles(desk, Op.EDIT) == [[1, 2, 3, 4, 5]]


async def test_words_under_a_bundle_are_about_no_single_issue(desk: Desk) -> None:
    storm(desk)
    desk.channel.answers(Sent("D_ANA", "7.7"))
    await desk.deliver()
    assert await number_at(desk.services, T1, "D_ANA", "7.7") is None
    assert _thread_issue(desk.store, T1, "D_ANA", "7.7") is None


async def test_a_deleted_bundle_is_not_edited_again(desk: Desk) -> None:
    storm(desk)
    await desk.deliver()
    takes(desk, 1)
    heals(desk, 1)
    desk.channel.answers(Rejected(Reason.GONE, "message_not_found"))
    await desk.deliver()
    assert all(desk.store.messages.live(ref(number)) == [] for number in FIVE)


# --- trouble ----------------------------------------------------------------------------------------------------------


async def test_a_bundle_that_slack_refuses_falls_apart(desk: Desk) -> None:
    storm(desk)
    desk.channel.answers_kind(NoticeKind.BUNDLE, BAD)
    await desk.deliver()
    assert len(desk.channel.sent(NoticeKind.PING)) == 5
    assert states(desk) == {RowState.SENT}
    assert desk.states(NoticeKind.BUNDLE) == [RowState.CANCELLED]


async def test_what_fell_apart_waits_its_turn_and_is_not_put_together_again(desk: Desk) -> None:
    desk.pace.burst = 2
    storm(desk)
    desk.channel.answers_kind(NoticeKind.BUNDLE, BAD)
    for _ in range(8):
        await desk.settle(minutes=0.02)
    assert len(desk.states(NoticeKind.BUNDLE)) == 1
    assert states(desk) == {RowState.SENT}


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

"""Many pings to one person go out as one message, and each issue stays true in it."""

from datetime import timedelta

from bot.domain.delivery import LEASE, Reason, Rejected, RetryLater, RowState, Sent
from bot.domain.notification import NoticeKind, Op
from bot.usecases.answer_words import _thread_issue
from bot.usecases.deliver import Delivery, deliver_due
from bot.usecases.heal import heal
from bot.usecases.look_up import number_at
from bot.usecases.rows import Letter, OutboxRow
from tests.builders import RAVI, T1, notice, ref, user
from tests.unit.usecases.desk import Desk
from tests.unit.usecases.storms import FIVE, bundles, heals, news, ping, states, storm, takes

# --- sending ----------------------------------------------------------------------------------------------------------


async def test_many_pings_to_one_person_are_one_message(desk: Desk) -> None:
    storm(desk)
    await desk.deliver()
    assert bundles(desk) == [[1, 2, 3, 4, 5]]
    assert len(desk.channel.letters) == 1
    assert states(desk) == {RowState.SENT} == set(desk.states(NoticeKind.BUNDLE))
    assert all(row.notice.op is Op.POST for row in desk.rows()), "and nothing has to be mended"


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
    ping = desk.store.outbox.get(2)
    assert ping is not None and ping.state is RowState.CANCELLED
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


async def test_only_one_at_a_time_draws_a_bundle_anew(desk: Desk) -> None:
    """Else an older picture might arrive after a newer one."""
    storm(desk)
    await desk.deliver()
    for number in (1, 3):
        takes(desk, number)
        heals(desk, number)
    others: list[list[OutboxRow]] = []

    async def meanwhile(_letter: Letter) -> None:
        others.append(desk.store.outbox.claim(desk.clock.now(), desk.clock.now() + LEASE, 10))

    desk.channel.while_sending(meanwhile)
    await deliver_due(desk.services, 1)
    assert others == [[]], "nothing to claim while the first is under way"


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

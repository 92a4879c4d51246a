"""What keeps the store small and honest: healing, the audit of timers, old keys; and publishing at the start."""

import logging
from datetime import timedelta

import pytest

from bot.domain.delivery import RowState
from bot.domain.ids import WorkspaceId
from bot.domain.notices import ping as ping_for
from bot.domain.notification import NoticeKind, Op
from bot.domain.outlived import INBOUND_KEPT, ROWS_KEPT
from bot.usecases.heal import heal
from bot.usecases.housekeeping import AT_ONCE, AUDIT_PAGE, audit, forget_messages, forget_old
from bot.usecases.publish_matrix import PublishedMatrices, publish_at_start, refresh
from tests.builders import (
    ANA,
    T1,
    T2,
    ask,
    closed,
    edit,
    issue,
    matrix,
    message,
    notice,
    path,
    published,
    ref,
    resolved,
    unanswered,
)
from tests.builders import acknowledged as taken
from tests.unit.usecases.desk import Desk

PING = ping_for(issue(), ask(ANA), NoticeKind.PING, "ping")

# --- heal -------------------------------------------------------------------------------------------------------------


async def test_a_message_that_no_longer_fits_is_drawn_anew(desk: Desk) -> None:
    desk.has(taken(issue()))
    desk.sent(message(PING.key, notice=PING, place="D1", stamp="1.1", version=99))
    await heal(desk.services, T1, "D1", "1.1")
    assert desk.bell.rings == 1
    await desk.deliver()
    (letter,) = desk.channel.letters
    assert (letter.row.notice.op, letter.row.notice.key) == (Op.EDIT, PING.key)
    kept = desk.store.messages.get(ref(), PING.key)
    assert kept is not None
    assert (kept.version, kept.live, kept.stamp) == (taken(issue()).version, True, "1.1")


@pytest.mark.parametrize(
    ("workspace", "place", "stamp"), [(T2, "D1", "1.1"), (T1, "D2", "1.1"), (T1, "D1", "2")]
)
async def test_messages_that_are_not_ours_are_left_alone(
    desk: Desk, workspace: WorkspaceId, place: str, stamp: str
) -> None:
    desk.has(issue())
    desk.sent(message(place="D1", stamp="1.1"))
    await heal(desk.services, workspace, place, stamp)
    assert desk.rows() == []


async def test_healing_twice_is_one_edit(desk: Desk) -> None:
    desk.has(issue())
    desk.sent(message(place="D1", stamp="1.1"))
    await heal(desk.services, T1, "D1", "1.1")
    await heal(desk.services, T1, "D1", "1.1")
    assert desk.states(NoticeKind.CARD) == [RowState.PENDING]


# --- housekeeping -----------------------------------------------------------------------------------------------------


async def test_timers_that_were_lost_come_back(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    every = [issue(1), unanswered(issue(2)), resolved(issue(3)), closed(issue(4)), taken(issue(5))]
    for one in every:
        desk.store.issues.add(one)
    with caplog.at_level(logging.ERROR):
        assert await audit(desk.services, T1) == 4
    assert [len(desk.store.timers.of(one.ref)) for one in every] == [2, 1, 1, 0, 0]
    assert "4 timers were missing" in caplog.text
    assert desk.bell.rings == 1
    assert await audit(desk.services, T1) == 0
    assert desk.bell.rings == 1


async def test_a_timer_that_waits_for_the_directory_is_not_missing(desk: Desk) -> None:
    desk.has(issue(asks=(), position=issue().position))
    (first, *_) = desk.store.timers.due(desk.clock.now() + timedelta(hours=1), 1)
    desk.store.timers.postpone(first, desk.clock.now() + timedelta(days=1))
    assert await audit(desk.services, T1) == 0


async def test_the_audit_reads_every_page(desk: Desk) -> None:
    for number in range(1, AUDIT_PAGE + 6):
        desk.store.issues.add(unanswered(issue(number)))
    assert await audit(desk.services, T1) == AUDIT_PAGE + 5


async def test_keys_are_kept_for_a_week(desk: Desk) -> None:
    start = desk.clock.now()
    desk.store.inbound.remember(T1, "old", "x", start)
    desk.store.inbound.remember(T1, "new", "y", start + timedelta(seconds=1))
    desk.clock.advance(INBOUND_KEPT)
    assert await forget_old(desk.services) == 0
    desk.clock.advance(seconds=1)
    assert await forget_old(desk.services) == 1
    assert desk.store.inbound.answer(T1, "new") == "y"


async def test_many_old_keys_go_in_several_transactions(desk: Desk) -> None:
    for number in range(AT_ONCE + 1):
        desk.store.inbound.remember(T1, str(number), "x", desk.clock.now())
    desk.clock.advance(INBOUND_KEPT + INBOUND_KEPT)
    assert await forget_old(desk.services) == AT_ONCE + 1
    assert desk.transactions.tables.inbound == {}


async def test_rows_of_messages_go_once_they_are_of_no_use(desk: Desk) -> None:
    desk.has(issue())
    for number in range(AT_ONCE + 2):
        desk.due(edit(f"edit {number}", lane=f"edit {number}"))
    desk.due(notice())
    await desk.deliver()
    card = desk.store.messages.get(ref(), "card")
    assert card is not None
    assert len(desk.rows()) == AT_ONCE + 3
    desk.clock.advance(ROWS_KEPT)
    assert await forget_messages(desk.services) == 0
    desk.clock.advance(seconds=1)
    assert await forget_messages(desk.services) == AT_ONCE + 2
    assert [row.notice.key for row in desk.rows()] == ["card"], "its issue is in work"
    await heal(desk.services, T1, card.place, card.stamp)
    await desk.deliver()
    assert desk.channel.letters[-1].row.notice.op is Op.EDIT, "and what was sent can still be drawn anew"


# --- publishing -------------------------------------------------------------------------------------------------------


async def test_the_first_document_is_version_one_and_the_same_again_is_nothing_new(desk: Desk) -> None:
    for _ in range(2):
        one = await publish_at_start(desk.transactions, desk.clock, T1, matrix(), "a: 1")
        assert one == published(1, matrix(), "a: 1")
    assert len(desk.transactions.tables.matrices) == 1


async def test_another_document_is_the_next_version(desk: Desk) -> None:
    await publish_at_start(desk.transactions, desk.clock, T1, matrix(), "a: 1")
    other = matrix(path("Other"))
    two = await publish_at_start(desk.transactions, desk.clock, T1, other, "a: 2")
    assert (two.version, two.matrix) == (2, other)
    assert (await publish_at_start(desk.transactions, desk.clock, T1, matrix(), "a: 1")).version == 3
    assert (await publish_at_start(desk.transactions, desk.clock, T2, matrix(), "a: 1")).version == 1


async def test_what_another_replica_published_is_taken_over(desk: Desk) -> None:
    held = PublishedMatrices()
    await refresh(desk.transactions, held, T1)
    assert held.current(T1) is None
    one = await publish_at_start(desk.transactions, desk.clock, T1, matrix(), "a: 1")
    await refresh(desk.transactions, held, T1)
    assert held.current(T1) == one
    assert held.current(T2) is None


async def test_places_that_are_at_rest_are_not_kept_in_mind(desk: Desk) -> None:
    assert not desk.pace.wait_for("C1", desk.clock.now())
    await forget_old(desk.services)
    assert desk.pace.remembered == 1, "a second has not passed"
    desk.clock.advance(minutes=1)
    await forget_old(desk.services)
    assert desk.pace.remembered == 0

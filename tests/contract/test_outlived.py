"""Rows about messages that are of no use any more, on three stores: which go, and what stays whole."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.adapters.db.columns import metadata
from bot.domain.delivery import LEASE, RowState
from bot.domain.notification import Notice, NoticeKind
from bot.domain.outlived import POSTS_KEPT, ROWS_KEPT, old_at
from bot.usecases.people_ports import FreeMessage, Swap, SwapState
from bot.usecases.ports import Store, Transactions
from tests.builders import ANA, MANAGER, NOON, OMAR, T1, closed, edit, issue, message, notice, ping, user

DAY = timedelta(days=1)
ROWS_ARE_OLD, POSTS_ARE_OLD = NOON + ROWS_KEPT + DAY, NOON + POSTS_KEPT + DAY
OPEN, OVER, OVER_LATELY = 1, 2, 3
"""An issue in work, one that was closed at once, and one that was closed ten days before all is old."""


def free(kind: NoticeKind, key: str) -> Notice:
    """A message about no issue."""
    return notice(kind, key, to=user(ANA), lane=key)


def swap(store: Store, state: SwapState, end: datetime) -> None:
    """Omar asked Ana for their time until then."""
    asked = store.swaps.add(T1, Swap(0, OMAR, ANA, end - DAY, end, SwapState.ASKED, NOON))
    if state is not SwapState.ASKED:
        store.swaps.decide(T1, Swap(asked.id, OMAR, ANA, end - DAY, end, state, NOON, decided_at=NOON))


def ends(
    store: Store, number: int | None, some: Notice, state: RowState = RowState.SENT, at: datetime = NOON
) -> None:
    """This message was put at noon and came to this end then."""
    store.outbox.put(T1, number, [some], NOON)
    if state is RowState.PENDING:
        return
    (row,) = store.outbox.claim(at, at + LEASE, 1)
    store.outbox.settle(row, state, now=at)


@pytest.fixture
async def transactions(transactions: Transactions) -> Transactions:
    """Messages of all kinds."""

    def unit(store: Store) -> None:
        lately = closed(issue(OVER_LATELY), at=POSTS_ARE_OLD - 10 * DAY)
        for one in (issue(OPEN), closed(issue(OVER)), lately):
            store.issues.next_number(T1)
            store.issues.add(one)
        for number in (OPEN, OVER, OVER_LATELY):
            ends(store, number, notice())
            ends(store, number, ping(ANA, lane=f"dm:{number}"))
            ends(store, number, edit(f"edit {number}", lane=f"edit {number}"))
            ends(store, number, notice(NoticeKind.WHISPER, "whisper", lane=f"whisper {number}"))
        ends(store, OVER, ping(OMAR, lane="cancelled"), RowState.CANCELLED)
        ends(store, OVER, ping(MANAGER, lane="late"), at=NOON + 20 * DAY)
        ends(store, OPEN, edit("late", lane="late edit"), at=NOON + 20 * DAY)
        swap(store, SwapState.ACCEPTED, NOON + DAY / 2)
        swap(store, SwapState.ASKED, NOON + DAY / 2)
        swap(store, SwapState.ACCEPTED, POSTS_ARE_OLD + DAY)
        for number in (1, 2, 3):
            ends(store, None, free(NoticeKind.SWAP, f"swap:{number}"))
            store.free_messages.put(FreeMessage(T1, f"swap:{number}", "D1", f"{number}.0"))
        for kind in (NoticeKind.SHIFT, NoticeKind.DIGEST, NoticeKind.AGREEMENT, NoticeKind.PATH_OWNER):
            ends(store, None, free(kind, str(kind)))
        ends(store, OPEN, edit("dead", lane="dead"), RowState.DEAD)
        ends(store, OVER, ping("U_DEAD", lane="dead too"), RowState.DEAD)
        ends(store, OPEN, edit("waits", lane="waits"), RowState.PENDING)

    await transactions.run(unit)
    return transactions


async def found(transactions: Transactions, now: datetime, after: int = 0, limit: int = 100) -> list[int]:
    """Ids of what is of no use at this time."""
    return await transactions.read(lambda store: store.outbox.outlived(old_at(now), after, limit))


async def named(transactions: Transactions, ids: Sequence[int]) -> list[str]:
    """Which messages those are."""
    rows = await transactions.read(lambda store: [store.outbox.get(one) for one in ids])
    return sorted(f"{row.issue or ''} {row.notice.key}".strip() for row in rows if row is not None)


EDITS = ["1 edit 1", "2 edit 2", "3 edit 3", "1 whisper", "2 whisper", "3 whisper", "digest"]


OF_ISS_2 = [f"2 {ping(ANA).key}", f"2 {ping(OMAR).key}"]
AT: dict[str, tuple[datetime, list[str]]] = {
    "young": (NOON + ROWS_KEPT, []),
    "rows are old": (ROWS_ARE_OLD, EDITS),
    "posts are nearly old": (NOON + POSTS_KEPT, [*EDITS, "1 late"]),
    "posts are old": (POSTS_ARE_OLD, [*EDITS, "1 late", *OF_ISS_2, "shift", "swap:1"]),
    "what went out late is old too": (
        POSTS_ARE_OLD + 20 * DAY,
        [*EDITS, "1 late", *OF_ISS_2, f"2 {ping(MANAGER).key}", "shift", "swap:1"],
    ),
}


async def test_what_is_of_no_use_any_more(transactions: Transactions) -> None:
    for when, (now, expected) in AT.items():
        assert await named(transactions, await found(transactions, now)) == sorted(expected), when


async def test_they_are_found_in_order_a_few_at_a_time(transactions: Transactions) -> None:
    every = await found(transactions, POSTS_ARE_OLD)
    assert every == sorted(every)
    assert await found(transactions, POSTS_ARE_OLD, limit=3) == every[:3]
    assert await found(transactions, POSTS_ARE_OLD, after=every[2]) == every[3:]


async def test_what_is_removed_is_gone_with_all_that_hangs_on_it_and_nothing_else(
    transactions: Transactions,
) -> None:
    await transactions.run(lambda store: store.messages.put(message("ping", OVER, place="D1", stamp="1.1")))
    ids = await found(transactions, POSTS_ARE_OLD)
    assert await transactions.run(lambda store: store.outbox.remove(ids)) == len(ids)
    assert await named(transactions, ids) == []
    assert await found(transactions, POSTS_ARE_OLD) == []

    def rest(store: Store) -> tuple[object, ...]:
        places = [store.free_messages.get(T1, f"swap:{number}") is not None for number in (1, 2, 3)]
        return places, store.messages.at(T1, "D1", "1.1") is not None, len(store.outbox.dead(T1))

    assert await transactions.read(rest) == ([False, True, True], True, 2)
    await transactions.run(lambda store: store.outbox.put(T1, OPEN, [ping(ANA)], POSTS_ARE_OLD))
    waiting = await transactions.read(lambda store: store.outbox.waiting(T1))
    assert [row.notice.key for row in waiting] == ["waits"], "what was asked once is not asked again"


def test_what_hangs_on_a_row_is_found_by_an_index_when_rows_are_removed() -> None:
    """Else each removed row would read every attempt there ever was."""
    hanging = [
        (table, tuple(one.parent.name for one in key.elements))
        for table in metadata.tables.values()
        for key in table.foreign_key_constraints
        if key.referred_table.name == "outbox"
    ]
    assert hanging
    for table, columns in hanging:
        first = tuple(column.name for column in table.primary_key.columns)[: len(columns)]
        assert first == columns, table.name


async def test_nothing_that_is_still_needed_can_be_removed(transactions: Transactions) -> None:
    def needed(store: Store) -> list[int]:
        return [row.id for row in (*store.outbox.dead(T1), *store.outbox.waiting(T1))]

    ids = await transactions.read(needed)
    assert len(ids) == 3
    assert await transactions.run(lambda store: store.outbox.remove(ids)) == 0
    assert await transactions.read(needed) == ids
    assert await transactions.run(lambda store: store.outbox.remove([])) == 0

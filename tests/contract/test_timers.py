"""Timers: unique, found when due, taken once."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.timers import TimerKind
from bot.usecases.ports import Store, Transactions
from bot.usecases.rows import DueTimer
from tests.builders import NOON, QUARTER, T2, issue, minutes, ref, timer

LEVEL_END = timer()
REMINDER = timer(TimerKind.REMIND, NOON + minutes(5), n=1)
SECOND_REMINDER = timer(TimerKind.REMIND, NOON + minutes(10), n=2)


@pytest.fixture
async def transactions(transactions: Transactions) -> Transactions:
    """ISS-1 and ISS-2 of T1, and ISS-1 of T2."""

    def unit(store: Store) -> None:
        for one in (issue(1), issue(2), issue(1, workspace=T2)):
            store.issues.next_number(one.ref.workspace)
            store.issues.add(one)

    await transactions.run(unit)
    return transactions


async def test_timers_of_an_issue_come_by_due_at(transactions: Transactions) -> None:
    await transactions.run(lambda store: store.timers.set(ref(), [LEVEL_END, REMINDER]))
    await transactions.run(lambda store: store.timers.set(ref(2), [SECOND_REMINDER]))
    await transactions.run(lambda store: store.timers.set(ref(2), []))
    assert await transactions.read(lambda store: store.timers.of(ref())) == [REMINDER, LEVEL_END]
    assert await transactions.read(lambda store: store.timers.of(ref(1, T2))) == []


async def test_a_timer_that_is_there_is_left_alone(transactions: Transactions) -> None:
    later = timer(due_at=QUARTER + minutes(5))
    other_epoch = timer(epoch=2, due_at=QUARTER + minutes(9))
    await transactions.run(lambda store: store.timers.set(ref(), [LEVEL_END]))
    await transactions.run(lambda store: store.timers.set(ref(), [later, other_epoch]))
    assert await transactions.read(lambda store: store.timers.of(ref())) == [LEVEL_END, other_epoch]


async def test_dropped_timers_are_gone(transactions: Transactions) -> None:
    await transactions.run(lambda store: store.timers.set(ref(), [LEVEL_END, REMINDER, SECOND_REMINDER]))
    await transactions.run(lambda store: store.timers.drop(ref(), [REMINDER, timer(epoch=9)]))
    await transactions.run(lambda store: store.timers.drop(ref(), []))
    assert await transactions.read(lambda store: store.timers.of(ref())) == [SECOND_REMINDER, LEVEL_END]


async def test_due_timers_of_all_workspaces_earliest_first(transactions: Transactions) -> None:
    def unit(store: Store) -> None:
        store.timers.set(ref(), [LEVEL_END, REMINDER])
        store.timers.set(ref(1, T2), [SECOND_REMINDER])

    await transactions.run(unit)
    due = await transactions.read(lambda store: store.timers.due(NOON + minutes(10), 10))
    assert due == [
        DueTimer(ref(), TimerKind.REMIND, 1, 1, NOON + minutes(5)),
        DueTimer(ref(1, T2), TimerKind.REMIND, 1, 2, NOON + minutes(10)),
    ]
    just_before = NOON + minutes(5) - timedelta(microseconds=1)
    assert await transactions.read(lambda store: store.timers.due(just_before, 10)) == []
    assert await transactions.read(lambda store: store.timers.due(QUARTER, 1)) == due[:1]


async def test_the_next_due_instant(transactions: Transactions) -> None:
    assert await transactions.read(lambda store: store.timers.next_due()) is None
    await transactions.run(lambda store: store.timers.set(ref(), [LEVEL_END, REMINDER]))
    assert await transactions.read(lambda store: store.timers.next_due()) == NOON + minutes(5)


async def test_a_timer_is_taken_once_whoever_tries(transactions: Transactions) -> None:
    await transactions.run(lambda store: store.timers.set(ref(), [LEVEL_END]))
    (due,) = await transactions.read(lambda store: store.timers.due(QUARTER, 10))
    taken = await asyncio.gather(*(transactions.run(lambda store: store.timers.take(due)) for _ in range(6)))
    assert sorted(taken) == [False] * 5 + [True]


async def test_a_postponed_timer_is_due_later(transactions: Transactions) -> None:
    await transactions.run(lambda store: store.timers.set(ref(), [LEVEL_END]))
    (due,) = await transactions.read(lambda store: store.timers.due(QUARTER, 10))
    await transactions.run(lambda store: store.timers.postpone(due, QUARTER + minutes(1)))
    assert await transactions.read(lambda store: store.timers.due(QUARTER, 10)) == []
    assert await transactions.read(lambda store: store.timers.next_due()) == QUARTER + minutes(1)

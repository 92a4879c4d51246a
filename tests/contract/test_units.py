"""Units of work: all or nothing, run again when needed, and the caller always knows."""

import asyncio
import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from bot.adapters.db.database import Database, open_database
from bot.adapters.db.uow import Ticket
from bot.usecases.ports import NotSaved, OutcomeUnknown, StaleWrite, Store, Transactions
from bot.usecases.rows import IssueFilter
from tests.builders import NOON, T1, issue, workspace
from tests.fakes.chance import FakeChance
from tests.fakes.transactions import MemoryTransactions


async def test_a_unit_that_raises_changes_nothing_and_its_error_comes_out(transactions: Transactions) -> None:
    def unit(store: Store) -> None:
        store.workspaces.put(workspace(), NOON)
        raise ValueError("the caller's own mistake")

    with pytest.raises(ValueError, match="the caller's own mistake"):
        await transactions.run(unit)
    assert await transactions.read(lambda store: store.workspaces.get(T1)) is None


async def test_a_reading_unit_must_not_write(transactions: Transactions) -> None:
    with pytest.raises(RuntimeError, match="A reading unit must not write"):
        await transactions.read(lambda store: store.workspaces.put(workspace(), NOON))
    assert await transactions.read(lambda store: store.workspaces.get(T1)) is None


async def test_a_stale_unit_is_run_again(transactions: Transactions) -> None:
    runs: Counter[str] = Counter()

    def unit(store: Store) -> str:
        runs["tries"] += 1
        store.inbound.remember(T1, f"try {runs['tries']}", "", NOON)
        if runs["tries"] < 3:
            raise StaleWrite("somebody was faster")
        return "done"

    if isinstance(transactions, MemoryTransactions):
        transactions = MemoryTransactions(rehearse=False)
    assert await transactions.run(unit) == "done"
    assert await transactions.read(lambda store: store.inbound.answer(T1, "try 1")) is None
    assert await transactions.read(lambda store: store.inbound.answer(T1, "try 3")) == ""


async def test_a_unit_that_is_always_stale_is_not_saved(transactions: Transactions) -> None:
    def unit(store: Store) -> None:
        raise StaleWrite("always")

    with pytest.raises(NotSaved):
        await transactions.run(unit)


async def test_rehearsal_finds_a_unit_that_keeps_something_outside_of_its_result() -> None:
    given = iter(range(10))
    with pytest.raises(AssertionError, match="gave two results"):
        await MemoryTransactions().run(lambda store: next(given))


async def test_the_fake_can_refuse_or_lose_an_answer() -> None:
    transactions = MemoryTransactions()
    transactions.refuse_next()
    with pytest.raises(NotSaved):
        await transactions.run(lambda store: store.issues.next_number(T1))
    transactions.lose_next_reply()
    with pytest.raises(OutcomeUnknown):
        await transactions.run(lambda store: store.issues.next_number(T1))
    assert await transactions.run(lambda store: store.issues.next_number(T1)) == 2
    assert transactions.committed == [1, 2]


async def test_a_budget_that_is_enough_gives_the_result(database: Database) -> None:
    run = database.transactions.run(lambda store: store.issues.next_number(T1), budget=timedelta(seconds=10))
    assert await run == 1


async def test_whoever_is_told_not_saved_is_not_stored(database: Database) -> None:
    """Three hundred callers with random patience: each is told the truth."""
    await database.transactions.run(lambda store: store.issues.next_number(T1))
    patience = random.Random(20260302)
    told: dict[str, str] = {}

    async def call(key: str, budget: timedelta) -> None:
        def unit(store: Store) -> str:
            store.issues.next_number(T1)
            store.inbound.remember(T1, key, "stored", NOON)
            return "stored"

        try:
            told[key] = await database.transactions.run(unit, budget=budget)
        except NotSaved:
            told[key] = "not saved"
        except OutcomeUnknown:
            told[key] = "unknown"

    budgets = [timedelta(seconds=patience.uniform(0, 0.3) if n % 10 else 30) for n in range(300)]
    await asyncio.gather(*(call(f"click:{n}", budget) for n, budget in enumerate(budgets)))
    await settled(database)
    truth = await database.transactions.read(
        lambda store: {key: store.inbound.answer(T1, key) for key in told}
    )
    assert all(truth[key] == "stored" for key in told if told[key] == "stored")
    assert all(truth[key] is None for key in told if told[key] == "not saved")
    assert {"stored", "not saved"} <= set(told.values())


async def test_a_cancelled_caller_takes_the_unit_along_or_finds_it_whole(database: Database) -> None:
    await database.transactions.run(lambda store: store.issues.next_number(T1))
    patience = random.Random(7)

    async def call(n: int) -> None:
        def unit(store: Store) -> None:
            number = store.issues.next_number(T1)
            store.issues.add(issue(number))
            store.inbound.remember(T1, f"click:{n}", str(number), NOON)

        await database.transactions.run(unit)

    async def hang_up(n: int, after: float) -> None:
        task = asyncio.create_task(call(n))
        await asyncio.wait({task}, timeout=after)
        task.cancel()
        await asyncio.wait({task})

    await asyncio.gather(*(hang_up(n, patience.uniform(0, 0.1)) for n in range(100)))
    await settled(database)

    def whole(store: Store) -> bool:
        answers = [store.inbound.answer(T1, f"click:{n}") for n in range(100)]
        numbers = sorted(int(answer) for answer in answers if answer)
        return numbers == list(range(2, 2 + store.issues.count(T1, IssueFilter())))

    assert await database.transactions.read(whole)


async def settled(database: Database) -> None:
    """Units whose callers left may still be on their way to a rollback: ask until they are through."""
    transactions: Any = database.transactions  # the port does not say what is under way
    async with asyncio.timeout(20):
        while transactions.busy:
            await database.check_writable()


def test_either_the_caller_gives_up_or_the_worker_commits() -> None:
    ticket = Ticket()
    assert ticket.may_commit()
    assert not ticket.give_up()
    ticket.try_again()
    assert ticket.give_up()
    assert not ticket.may_commit()
    ticket.try_again()
    with pytest.raises(NotSaved, match="did not answer in time"):
        ticket.check()


async def test_the_database_can_be_asked_whether_it_works(database: Database) -> None:
    await database.check_writable()
    await database.check_writable()
    assert database.alive
    now = await database.database_time()
    assert (now is not None) == database.shared
    assert now is None or now.utcoffset() == timedelta(0)


async def test_close_finishes_what_is_under_way_and_takes_no_more(url: str, chance: FakeChance) -> None:
    database = open_database(url, chance=chance)

    async def raise_one() -> int:
        return await database.transactions.run(lambda store: store.issues.next_number(T1))

    running = [asyncio.create_task(raise_one()) for _ in range(5)]
    await asyncio.sleep(0)
    await database.close()
    assert sorted(await asyncio.gather(*running)) == [1, 2, 3, 4, 5]
    with pytest.raises(NotSaved, match="shutting down"):
        await database.transactions.run(lambda store: store.issues.next_number(T1))

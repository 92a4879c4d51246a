"""What only PostgreSQL can do wrong: others at the same time, and a network in between."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.util import await_only

from bot.adapters.db.database import Database, open_database
from bot.domain.delivery import LEASE
from bot.domain.issue import Issue
from bot.usecases.ports import NotSaved, OutcomeUnknown, Store
from tests.builders import NOON, T1, issue, notice, ping, ref, timer, workspace
from tests.contract.proxy import proxied
from tests.fakes.chance import FakeChance

SOMEBODY_WAITS = """
    SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
"""

Unit = Callable[[Store], Any]


@pytest.fixture
def kind() -> str:
    """Only this one."""
    return "postgres"


@pytest.fixture
async def replica(url: str) -> AsyncIterator[Database]:
    """A second process on the same database."""
    opened = open_database(url, chance=FakeChance(), name="two")
    yield opened
    await opened.close()


def sql(store: Store, statement: str) -> Any:
    """Past the facade."""
    past_the_port: Any = store.issues
    connection: sa.Connection = past_the_port._tx._connection
    return connection.execute(sa.text(statement)).scalar()


def two_issues(store: Store) -> None:
    for number in (1, 2):
        store.issues.next_number(T1)
        store.issues.add(issue(number))


def stored_issue(store: Store, number: int) -> Issue | None:
    return store.issues.get(ref(number))


def click(key: str, runs: list[str], trouble: str = "") -> Unit:
    """Remembers a key and counts a number up; `trouble` is executed in the first run only."""

    def unit(store: Store) -> int:
        runs.append(key)
        number = store.issues.next_number(T1)
        store.inbound.remember(T1, key, str(number), NOON)
        if trouble and len(runs) == 1:
            sql(store, trouble)
        return number

    return unit


@pytest.mark.parametrize(
    "trouble",
    [
        "SELECT pg_terminate_backend(pg_backend_pid())",
        "DO $$ BEGIN RAISE EXCEPTION SQLSTATE '40001'; END $$",
        "DO $$ BEGIN RAISE EXCEPTION SQLSTATE '55P03'; END $$",
        "DO $$ BEGIN RAISE EXCEPTION SQLSTATE '57P01'; END $$",
    ],
    ids=["killed", "serialization", "lock timeout", "shutdown"],
)
async def test_a_unit_is_run_again_after_trouble(database: Database, trouble: str) -> None:
    runs: list[str] = []
    assert await database.transactions.run(click("k", runs, trouble)) == 1
    assert len(runs) == 2
    assert await database.transactions.read(lambda store: store.inbound.answer(T1, "k")) == "1"


@pytest.mark.parametrize("state", ["53100", "57014", "25006"], ids=["disk full", "too slow", "read-only"])
async def test_a_server_that_cannot_store_is_told_at_once(database: Database, state: str) -> None:
    runs: list[str] = []
    with pytest.raises(NotSaved, match="could not store"):
        await database.transactions.run(
            click("k", runs, f"DO $$ BEGIN RAISE EXCEPTION SQLSTATE '{state}'; END $$")
        )
    assert len(runs) == 1


async def test_a_server_that_is_away_is_told(url: str) -> None:
    async with proxied(url) as (proxy, through):
        await proxy.refuse()
        database = open_database(through, chance=FakeChance(then=0.1))
        with pytest.raises(NotSaved, match="busy or away"):
            await database.transactions.run(click("k", []))
        with pytest.raises(NotSaved):
            await database.database_time()
        await proxy.listen()
        await database.check_writable()
        await database.close()


@pytest.mark.parametrize("cut", ["before", "after"])
async def test_a_lost_commit_is_looked_up_and_stored_exactly_once(url: str, cut: Any) -> None:
    async with proxied(url) as (proxy, through):
        database = open_database(through, chance=FakeChance())
        await database.transactions.run(click("first", []))
        proxy.cut = cut
        runs: list[str] = []
        assert await database.transactions.run(click("second", runs)) == 2
        assert proxy.cuts == 1
        assert len(runs) == (2 if cut == "before" else 1)
        assert await database.transactions.run(click("third", [])) == 3
        await database.close()


async def test_a_lost_commit_on_a_server_that_stays_away_is_unknown(url: str) -> None:
    async with proxied(url) as (proxy, through):
        database = open_database(through, chance=FakeChance())
        await database.transactions.run(click("first", []))
        proxy.cut = "after"
        await proxy.refuse()
        with pytest.raises(OutcomeUnknown):
            await database.transactions.run(click("second", []), budget=timedelta(seconds=0.5))
        await proxy.listen()
        await database.close()


async def test_a_deadlock_ends_with_both_stored(database: Database) -> None:
    await database.transactions.run(two_issues)
    both_hold_one = asyncio.Barrier(2)

    def crossing(first: int, second: int) -> Unit:
        runs: list[int] = []

        def unit(store: Store) -> int:
            runs.append(first)
            mine = store.issues.get(ref(first), lock=True)
            if len(runs) == 1:
                await_only(both_hold_one.wait())
            store.issues.get(ref(second), lock=True)
            assert mine is not None
            store.issues.save(mine, mine.bump(resolution=f"by {first}"))
            return len(runs)

        return unit

    tries = await asyncio.gather(
        database.transactions.run(crossing(1, 2)), database.transactions.run(crossing(2, 1))
    )
    assert sorted(tries) == [1, 2]
    for number in (1, 2):
        stored = await database.transactions.read(partial(stored_issue, number=number))
        assert stored is not None
        assert stored.resolution == f"by {number}"


async def test_locked_issues_are_left_out_not_waited_for(database: Database, replica: Database) -> None:
    await database.transactions.run(two_issues)

    def other(store: Store) -> list[int]:
        return [one.number for one in store.issues.lock_many([ref(1), ref(2)])]

    def holding(store: Store) -> list[int]:
        store.issues.get(ref(1), lock=True)
        return list(await_only(replica.transactions.run(other)))

    assert await database.transactions.run(holding) == [2]


async def test_two_replicas_never_claim_one_row(database: Database, replica: Database) -> None:
    await database.transactions.run(two_issues)
    notices = [*(ping(f"U{n}") for n in range(4)), notice(key="a"), notice(key="b")]
    await database.transactions.run(lambda store: store.outbox.put(T1, 1, notices, NOON))

    def claim(limit: int) -> Unit:
        return lambda store: [row.notice.key for row in store.outbox.claim(NOON, NOON + LEASE, limit)]

    def in_the_middle(store: Store) -> tuple[list[str], list[str]]:
        mine = claim(2)(store)
        return mine, await_only(replica.transactions.run(claim(10)))

    mine, others = await database.transactions.run(in_the_middle)
    assert mine == [ping("U0").key, ping("U1").key]
    assert others == [ping("U2").key, ping("U3").key, "a"]
    assert await replica.transactions.run(claim(10)) == []


async def test_the_same_post_by_two_replicas_at_once_is_stored_once(
    database: Database, replica: Database
) -> None:
    await database.transactions.run(two_issues)

    def put(store: Store) -> None:
        store.outbox.put(T1, 1, [ping()], NOON)

    def slowly(store: Store) -> "asyncio.Task[None]":
        put(store)
        other = asyncio.create_task(replica.transactions.run(put))
        while not other.done() and not sql(store, SOMEBODY_WAITS):
            pass  # each look gives the other one time
        return other

    await (await database.transactions.run(slowly))
    assert await database.transactions.read(lambda store: store.outbox.pending_count(T1)) == 1


async def test_a_reader_sees_one_moment(database: Database, replica: Database) -> None:
    def reading(store: Store) -> tuple[object, object]:
        before = store.workspaces.get(T1)
        await_only(replica.transactions.run(lambda inner: inner.workspaces.put(workspace(), NOON)))
        return before, store.workspaces.get(T1)

    assert await database.transactions.read(reading) == (None, None)
    assert await database.transactions.read(lambda store: store.workspaces.get(T1)) == workspace()


async def test_a_reading_transaction_cannot_write_at_all(database: Database) -> None:
    with pytest.raises((sa.exc.DBAPIError, NotSaved)) as refused:
        await database.transactions.read(lambda store: sql(store, "DELETE FROM inbound"))
    assert "read-only" in str(refused.value) or "read-only" in str(refused.value.__cause__)


async def test_connections_give_up_soon_and_say_who_they_are(database: Database) -> None:
    def settings(store: Store) -> list[str]:
        names = (
            "lock_timeout",
            "statement_timeout",
            "idle_in_transaction_session_timeout",
            "application_name",
        )
        return [str(sql(store, f"SHOW {name}")) for name in (*names, "transaction_isolation")]

    expected = ["3s", "15s", "10s", "one", "read committed"]
    assert await database.transactions.run(settings) == expected


async def test_replicas_hear_of_new_work_but_not_of_their_own(database: Database, replica: Database) -> None:
    heard, own = asyncio.Event(), asyncio.Event()
    await database.transactions.run(two_issues)
    await database.on_commit_elsewhere(own.set)
    await replica.on_commit_elsewhere(heard.set)
    await database.transactions.run(lambda store: store.inbound.remember(T1, "k", "", NOON))
    assert not heard.is_set()
    await database.transactions.run(lambda store: store.timers.set(ref(), [timer()]))
    async with asyncio.timeout(5):
        await heard.wait()
    await database.database_time()
    assert not own.is_set()


async def test_more_callers_than_connections_wait_their_turn(database: Database) -> None:
    numbers = await asyncio.gather(*(database.transactions.run(click(f"k{n}", [])) for n in range(60)))
    assert sorted(numbers) == list(range(1, 61))

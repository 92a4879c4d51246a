"""What only SQLite can do wrong: one writer for all, and one file on a disk."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event as Flag
from typing import Any

import pytest
import sqlalchemy as sa

from bot.adapters.db.database import open_database
from bot.adapters.db.errors import DatabaseGone
from bot.adapters.db.sqlite import SqliteDatabase
from bot.adapters.db.writer import BATCH
from bot.usecases.ports import NotSaved, OutcomeUnknown, Store
from tests.builders import NOON, T1, message, workspace
from tests.fakes.chance import FakeChance

Unit = Callable[[Store], Any]


@pytest.fixture
def kind() -> str:
    """Only this one."""
    return "sqlite"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "rung.db"


@pytest.fixture
async def sqlite(url: str) -> AsyncIterator[SqliteDatabase]:
    """An open, migrated database."""
    opened = opened_at(url)
    yield opened
    await opened.close()


def opened_at(url: str, on_death: Callable[[], None] = lambda: None) -> SqliteDatabase:
    database = open_database(url, chance=FakeChance(), on_death=on_death)
    assert isinstance(database, SqliteDatabase)
    return database


def raw(store: Store) -> sqlite3.Connection:
    """The driver's connection, which the facade hides."""
    past_the_port: Any = store.issues
    connection: sa.Connection = past_the_port._tx._connection
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def remember(key: str) -> Unit:
    return lambda store: store.inbound.remember(T1, key, "stored", NOON)


async def in_one_batch(database: SqliteDatabase, *units: Unit) -> list[Any]:
    """Hold the writer with a first unit until all the others wait in its queue."""
    began, go = Flag(), Flag()

    def hold(store: Store) -> None:
        began.set()
        go.wait(timeout=10)

    held = asyncio.create_task(database.transactions.run(hold))
    await asyncio.to_thread(began.wait, 10)
    running = [asyncio.create_task(database.transactions.run(unit)) for unit in units]
    await asyncio.sleep(0)
    go.set()
    await held
    return await asyncio.gather(*running, return_exceptions=True)


async def stored(database: SqliteDatabase, *keys: str) -> list[bool]:
    return await database.transactions.read(
        lambda store: [store.inbound.answer(T1, key) == "stored" for key in keys]
    )


async def test_waiting_units_share_one_commit(sqlite: SqliteDatabase) -> None:
    before = sqlite.transactions.writer.commits
    results = await in_one_batch(sqlite, *(remember(f"k{n}") for n in range(BATCH)))
    assert results == [None] * BATCH
    assert sqlite.transactions.writer.commits - before <= 3


async def test_a_unit_that_raises_takes_back_only_itself(sqlite: SqliteDatabase) -> None:
    def failing(store: Store) -> None:
        remember("failed")(store)
        raise KeyError("mine")

    good, bad, twice, also_good = await in_one_batch(
        sqlite, remember("a"), failing, lambda store: store.messages.put(message()), remember("b")
    )
    assert (good, also_good) == (None, None)
    assert isinstance(bad, KeyError)
    assert isinstance(twice, sa.exc.IntegrityError)
    assert await stored(sqlite, "a", "failed", "b") == [True, False, True]


def unread_rows(store: Store) -> None:
    remember("poison")(store)
    CURSORS.append(raw(store).execute("UPDATE pulse SET beats = beats + 1 RETURNING beats"))


def rollback(store: Store) -> None:
    remember("poison")(store)
    raw(store).execute("ROLLBACK")


def broken_at_commit(store: Store) -> None:
    remember("poison")(store)
    raw(store).execute("PRAGMA defer_foreign_keys = ON")
    store.messages.put(message(number=99))


CURSORS: list[sqlite3.Cursor] = []


@pytest.mark.parametrize("poison", [unread_rows, rollback, broken_at_commit])
async def test_a_poisoned_unit_harms_nobody_else(sqlite: SqliteDatabase, poison: Unit) -> None:
    await sqlite.check_writable()
    results = await in_one_batch(sqlite, remember("a"), poison, remember("b"))
    CURSORS.clear()
    assert [results[0], results[2]] == [None, None]
    assert isinstance(results[1], NotSaved)
    assert await stored(sqlite, "a", "poison", "b") == [True, False, True]
    await sqlite.transactions.run(remember("later"))
    assert sqlite.alive


async def test_when_the_writer_dies_everybody_learns_it(url: str) -> None:
    died = Flag()
    database = opened_at(url, died.set)

    def deadly(store: Store) -> None:
        remember("deadly")(store)
        raise SystemExit

    results = await in_one_batch(database, remember("a"), deadly, remember("b"))
    assert [type(result) for result in results] == [NotSaved] * 3
    assert died.wait(timeout=5)
    assert not database.alive
    with pytest.raises(NotSaved, match="Restart Rung"):
        await database.transactions.run(remember("c"))
    assert await stored(database, "a", "deadly", "b", "c") == [False] * 4
    await database.close()


async def test_a_disk_that_fails_during_commit_leaves_the_outcome_unknown(url: str) -> None:
    died = Flag()
    database = opened_at(url, died.set)
    await database.transactions.run(remember("before"))

    def fail(_connection: sa.Connection) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
        raise sa.exc.OperationalError("COMMIT", {}, error)

    sa.event.listen(database._writing, "commit", fail)
    with pytest.raises(OutcomeUnknown):
        await database.transactions.run(remember("perhaps"))
    assert died.wait(timeout=5)
    await database.close()


async def test_a_full_disk_is_told_and_does_not_last(sqlite: SqliteDatabase) -> None:
    def limit(store: Store) -> None:
        (pages,) = raw(store).execute("PRAGMA page_count").fetchone()
        raw(store).execute(f"PRAGMA max_page_count = {pages}").close()

    def much(store: Store) -> None:
        store.inbound.remember(T1, "much", "x" * 1_000_000, NOON)

    await sqlite.transactions.run(limit)
    with pytest.raises(NotSaved, match="could not store"):
        await sqlite.transactions.run(much)
    await sqlite.transactions.run(lambda store: raw(store).execute("PRAGMA max_page_count = 1000000").close())
    await sqlite.transactions.run(much)
    await sqlite.check_writable()


async def test_a_caller_does_not_wait_for_a_locked_file(sqlite: SqliteDatabase, file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(NotSaved, match="in time"):
        await sqlite.transactions.run(remember("a"), budget=timedelta(milliseconds=100))
    other.execute("ROLLBACK")
    other.close()
    await sqlite.transactions.run(remember("b"))
    assert await stored(sqlite, "a", "b") == [False, True]


async def test_a_reader_sees_one_moment(sqlite: SqliteDatabase) -> None:
    loop = asyncio.get_running_loop()
    put = sqlite.transactions.run

    def reading(store: Store) -> tuple[object, object]:
        before = store.workspaces.get(T1)
        writing = put(lambda inner: inner.workspaces.put(workspace(), NOON))
        asyncio.run_coroutine_threadsafe(writing, loop).result(timeout=10)
        return before, store.workspaces.get(T1)

    assert await sqlite.transactions.read(reading) == (None, None)
    assert await sqlite.transactions.read(lambda store: store.workspaces.get(T1)) == workspace()


async def test_a_reading_connection_cannot_write_at_all(sqlite: SqliteDatabase) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await sqlite.transactions.read(lambda store: raw(store).execute("DELETE FROM inbound"))


async def test_the_file_is_used_the_safe_way(sqlite: SqliteDatabase, file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None, timeout=0, check_same_thread=False)

    def look(store: Store) -> list[object]:
        with pytest.raises(sqlite3.OperationalError, match="locked"):  # from the beginning, before it writes
            other.execute("BEGIN IMMEDIATE")
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return [raw(store).execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert await sqlite.transactions.run(look) == ["wal", 2, 1, 5000]
    other.close()


async def test_a_datetime_without_a_zone_is_refused(sqlite: SqliteDatabase) -> None:
    naive = datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001
    with pytest.raises(sa.exc.StatementError, match="has no time zone"):
        await sqlite.transactions.run(lambda store: store.inbound.remember(T1, "k", "", naive))


def move_away(file: Path) -> Path:
    return file.rename(file.with_suffix(".away"))


async def test_no_empty_database_takes_the_place_of_one_that_vanished(url: str, file: Path) -> None:
    move_away(file)
    with pytest.raises(DatabaseGone, match="Put it back from a backup"):
        opened_at(url)
    move_away(file.with_name("rung.db.lock"))
    await opened_at(url).close()


@pytest.mark.parametrize("replaced", [True, False])
async def test_a_file_that_vanishes_while_running_is_noticed(
    sqlite: SqliteDatabase, file: Path, replaced: bool
) -> None:
    kept = move_away(file)
    if replaced:
        shutil.copy(kept, file)
    with pytest.raises(DatabaseGone, match="deleted or replaced"):
        await sqlite.check_writable()


async def test_a_backup_is_whole_while_everything_goes_on(sqlite: SqliteDatabase, tmp_path: Path) -> None:
    await sqlite.transactions.run(remember("a"))
    await sqlite.backup(tmp_path / "copy.db")
    with pytest.raises(FileExistsError, match="choose another name"):
        await sqlite.backup(tmp_path / "copy.db")
    copy = opened_at(f"sqlite:///{tmp_path / 'copy.db'}")
    assert await stored(copy, "a") == [True]
    await copy.close()

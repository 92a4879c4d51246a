"""SQLite files with all tables in them: migrated once, then copied, so that they take no time. Units without threads.

A story runs its units of work in its own thread, one after the other, each at its turn of the event loop: the same SQL
in the same transactions, without a hand-over to another thread and back for every one of them, which cost a story more
than the database did. Readers beside a writer, and units that share a COMMIT, are what tests/contract, the browser and
the killed processes have.
"""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from bot.adapters.db.commits import Commits, Job
from bot.adapters.db.database import open_database
from bot.adapters.db.migrate import Migrations
from bot.adapters.db.sqlite import SqliteDatabase, SqliteUnits
from bot.adapters.db.uow import Ticket
from bot.usecases.ports import Unit
from tests.fakes.chance import FakeChance

T = TypeVar("T")


class SqliteTemplate:
    """A file with all tables and nothing in them, and its lock file, which says that a database belongs there."""

    def __init__(self, file: Path) -> None:
        self._file = file

    async def migrated(self, copy: Path) -> str:
        """The address of a new database with all tables, in the file `copy`."""
        if not self._file.exists():
            database = open_database(f"sqlite:///{self._file}", chance=FakeChance())
            await database.migrate()
            await database.close()
        for ending in ("", ".lock"):
            shutil.copyfile(f"{self._file}{ending}", f"{copy}{ending}")
        return f"sqlite:///{copy}"


class UnitsInTurn(SqliteUnits):
    """Port Transactions on one SQLite file, in the thread of who asks."""

    def __init__(self, writing: sa.Engine, reading: sa.Engine, on_death: Callable[[], None]) -> None:
        super().__init__(writing, reading, on_death)
        self._commits = Commits(writing)

    async def read(self, unit: Unit[T]) -> T:
        """See Transactions. Others have their turn before, as they have while a thread reads."""
        await asyncio.sleep(0)
        return self._read(unit)

    def _start(self, unit: Unit[T], ticket: Ticket) -> "asyncio.Future[T]":
        loop = asyncio.get_running_loop()
        job = Job(unit, ticket, loop.create_future())
        loop.call_soon(self._store, job)
        return job.future

    def _store(self, job: Job) -> None:
        for outcome in self._commits.store([job]):
            outcome.deliver()

    def stop(self) -> None:
        """See SqliteUnits."""
        super().stop()
        self._commits.throw_away()


def open_in_turn(file: Path) -> SqliteDatabase:
    """The database in this file, for a story."""
    return SqliteDatabase(file, Migrations(), lambda: None, UnitsInTurn)

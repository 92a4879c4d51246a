"""SQLite: one process, one writing thread, a few reading threads."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from bot.adapters.db.errors import DatabaseError
from bot.adapters.db.facade import Tx
from bot.adapters.db.lockfile import LockFile
from bot.adapters.db.migrate import Migrations, SchemaState
from bot.adapters.db.store import SqlStore, beat
from bot.adapters.db.types import unread
from bot.adapters.db.uow import Ticket, Units
from bot.adapters.db.writer import Writer
from bot.usecases.ports import Unit

T = TypeVar("T")
READERS = 3
BUSY = "PRAGMA busy_timeout = 5000"
WRITING = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON", BUSY)
BEGIN = "begin"
"""Under which name a connection keeps the words that begin its transactions."""
READING = ("PRAGMA query_only = ON", BUSY)
MENDED = (3, 51, 3)
"""The first SQLite that cannot spoil its log when one connection empties it at the instant another one writes."""


def caution(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """What to keep in mind with this SQLite, as sentences; empty when there is nothing."""
    if version >= MENDED:
        return ""
    named = ".".join(str(number) for number in version)
    return (
        f"SQLite {named} can spoil a file that two programs write at the same instant (mended in 3.51.3). "
        "Let nothing but Rung and its own commands write to it."
    )


def make_engine(path: Path, pragmas: tuple[str, ...], begin: str, size: int) -> sa.Engine:
    """An engine that begins transactions in its own words, because the driver would begin them too late."""
    engine = sa.create_engine(
        sa.URL.create("sqlite+pysqlite", database=str(path)),
        poolclass=sa.pool.QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_use_lifo=True,  # one that has prepared its statements already
        connect_args={"check_same_thread": False},
        json_deserializer=unread,
    )

    def connected(connection: sqlite3.Connection, record: sa.pool.ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        record.info[BEGIN] = begin
        for pragma in pragmas:
            connection.execute(pragma).close()

    sa.event.listen(engine, "connect", connected)
    engine.dialect.do_begin = _begin  # type: ignore[method-assign] # an event costs every statement a tenth of its time
    return engine


def _begin(dbapi_connection: sa.PoolProxiedConnection) -> None:
    """See Dialect.do_begin."""
    driver: sqlite3.Connection = dbapi_connection.driver_connection  # type: ignore[assignment]
    driver.execute(dbapi_connection.info[BEGIN]).close()


class SqliteUnits(Units):
    """Port Transactions on one SQLite file."""

    def __init__(self, writing: sa.Engine, reading: sa.Engine, on_death: Callable[[], None]) -> None:
        super().__init__()
        self.writer = Writer(writing, on_death)
        self._reading = reading
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="rung-sqlite-reader")

    async def read(self, unit: Unit[T]) -> T:
        """In a reading thread, on what was committed when it began."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self._read, unit)

    def stop(self) -> None:
        """Blocks until all threads have ended."""
        self.writer.stop()
        self._readers.shutdown()

    def _start(self, unit: Unit[T], ticket: Ticket) -> "asyncio.Future[T]":
        return self.writer.submit(unit, ticket)

    def _read(self, unit: Unit[T]) -> T:
        with self._reading.connect() as connection, connection.begin():
            return unit(SqlStore(Tx(connection, writable=False)))


class SqliteDatabase:
    """Protocol Database on one file. Holds the file's lock until it is closed."""

    shared = False
    caution = caution()

    def __init__(
        self,
        path: Path,
        migrations: Migrations,
        on_death: Callable[[], None],
        units: type[SqliteUnits] = SqliteUnits,
    ) -> None:
        self._path = path
        self._migrations = migrations
        self._lock = LockFile(path)
        if path.exists():
            self._lock.remember()
        self._writing = make_engine(path, WRITING, "BEGIN IMMEDIATE", 2)
        self._reading = make_engine(path, READING, "BEGIN", READERS)
        self._units = units(self._writing, self._reading, on_death)

    @property
    def transactions(self) -> SqliteUnits:
        """Port Transactions."""
        return self._units

    @property
    def alive(self) -> bool:
        """Whether units can still be stored."""
        return self._units.writer.alive

    async def schema_state(self) -> SchemaState:
        """Raises DatabaseTooNew."""
        return await asyncio.to_thread(self._schema_state)

    async def migrate(self) -> Path | None:
        """Bring the tables up to date. Returns the backup made before, if there was anything to keep."""
        return await asyncio.to_thread(self._migrate)

    async def backup(self, to: Path) -> None:
        """A complete copy while everything goes on. Raises FileExistsError."""
        await asyncio.to_thread(self._backup, to)

    async def check_writable(self) -> None:
        """Write and commit something. Raises NotSaved or DatabaseGone."""
        self._lock.check()
        await self._units.run(beat)

    async def database_time(self) -> datetime | None:
        """None: the database has no other clock than the machine's."""
        return None

    async def on_commit_elsewhere(self, callback: Callable[[], None]) -> None:
        """There is no elsewhere."""

    async def close(self) -> None:
        """Finish what is under way, then let the file go."""
        await self._units.drain()
        await asyncio.to_thread(self._units.stop)
        self._reading.dispose()
        self._writing.dispose()
        self._lock.close()

    def _schema_state(self) -> SchemaState:
        if not self._path.exists():
            return SchemaState.EMPTY
        with self._writing.connect() as connection:
            return self._migrations.state_of(connection)

    def _migrate(self) -> Path | None:
        try:
            state = self._schema_state()
        except sa.exc.DBAPIError as error:
            raise DatabaseError(
                f"{self._path} cannot be read as a database: {error.orig}. Check DATABASE_URL, or put a backup back."
            ) from error
        backup = None
        if state is SchemaState.BEHIND:
            backup = self._path.with_name(f"{self._path.name}.before-{self._migrations.head}")
            backup.unlink(missing_ok=True)
            self._backup(backup)
        if state is not SchemaState.CURRENT:
            self._upgrade()
        self._lock.remember()
        return backup

    def _upgrade(self) -> None:
        """With foreign keys off, because SQLite changes a table by copying it, and checked before COMMIT."""
        with self._writing.connect() as connection:
            raw: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
            raw.execute("PRAGMA foreign_keys = OFF")
            try:
                with connection.begin():
                    self._migrations.upgrade(connection)
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                    if broken:
                        raise RuntimeError(
                            f"The migration would leave rows without their issue: {broken[:5]}"
                        )
            finally:
                raw.execute("PRAGMA foreign_keys = ON")

    def _backup(self, to: Path) -> None:
        if to.exists():
            raise FileExistsError(f"{to} exists already; choose another name for the backup.")
        raw = self._writing.raw_connection()
        try:
            raw.cursor().execute("VACUUM INTO ?", (str(to),))
        finally:
            raw.close()

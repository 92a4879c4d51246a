"""The database beside a Rung that may be running on it: for commands that read, or store one whole thing.

A running Rung holds the lock of a SQLite file to be the only one that sends messages and fires timers. Neither is done
here, and SQLite lets one process after the other write, so the lock is left alone; what was stored is found by whoever
runs.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import sqlalchemy as sa

from bot.adapters.db.database import Database, open_database, parse_url
from bot.adapters.db.errors import DatabaseError
from bot.adapters.db.migrate import Migrations, SchemaState
from bot.adapters.db.sqlite import READING, WRITING, SqliteUnits, make_engine
from bot.usecases.outside import Chance
from bot.usecases.ports import Transactions

LEAVE_THE_LOG = "PRAGMA wal_autocheckpoint = 0"
"""Only the running Rung empties the log: before 3.51.3 two that do can spoil the file."""


@asynccontextmanager
async def beside(url: str, *, chance: Chance, name: str) -> AsyncIterator[Transactions]:
    """Units of work on the database at this address, which must be there and up to date; `name` is this program's.

    Raises DatabaseError with a sentence: nothing is made and nothing is migrated from here.
    """
    database = _open(url, chance, name)
    try:
        await _must_be_usable(database)
        yield database.transactions
    finally:
        await database.close()


class SqliteBeside:
    """One SQLite file without its lock."""

    def __init__(self, path: Path) -> None:
        self._writing = make_engine(path, (*WRITING, LEAVE_THE_LOG), "BEGIN IMMEDIATE", 2)
        self._reading = make_engine(path, READING, "BEGIN", 3)
        self._units = SqliteUnits(self._writing, self._reading, lambda: None)

    @property
    def transactions(self) -> Transactions:
        """The way to run units of work."""
        return self._units

    async def schema_state(self) -> SchemaState:
        """Raises DatabaseTooNew."""
        return await asyncio.to_thread(self._schema_state)

    async def close(self) -> None:
        """Finish what is under way, then let the file go."""
        await self._units.drain()
        await asyncio.to_thread(self._units.stop)
        self._reading.dispose()
        self._writing.dispose()

    def _schema_state(self) -> SchemaState:
        with self._reading.connect() as connection:
            return Migrations().state_of(connection)


def _open(url: str, chance: Chance, name: str) -> "SqliteBeside | Database":
    address = parse_url(url)
    if address.drivername != "sqlite":
        return open_database(url, chance=chance, name=name)
    path = Path(address.database or "")
    if not path.is_file():
        raise DatabaseError(
            f"There is no database at {path} yet. Start Rung once: it makes one and learns which workspace it is for. "
            "If it is somewhere else, set DATABASE_URL."
        )
    return SqliteBeside(path)


async def _must_be_usable(database: "SqliteBeside | Database") -> None:
    try:
        state = await database.schema_state()
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise DatabaseError(f"The database cannot be read: {error}. Check DATABASE_URL.") from error
    if state is SchemaState.EMPTY:
        raise DatabaseError("The database is empty. Start Rung once, then try again.")
    if state is SchemaState.BEHIND:
        raise DatabaseError("The database is from an older Rung. Start the new one once, then try again.")

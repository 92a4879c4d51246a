"""The door to the database: one call, and the address decides which kind it is."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from bot.adapters.db.errors import BadDatabaseUrl
from bot.adapters.db.migrate import Migrations, SchemaState
from bot.usecases.outside import Chance
from bot.usecases.ports import Transactions

HELP = "Use sqlite:///path/to/rung.db or postgresql://user:password@host/database."


class Database(Protocol):
    """What the program needs of its database besides units of work."""

    @property
    def transactions(self) -> Transactions:
        """The way to run units of work."""

    @property
    def shared(self) -> bool:
        """Whether several replicas may use it at once."""

    @property
    def caution(self) -> str:
        """What whoever runs it should keep in mind, as sentences; empty when there is nothing."""

    @property
    def alive(self) -> bool:
        """False when nothing can be stored until the process is started again."""

    async def schema_state(self) -> SchemaState:
        """How the tables compare to the program. Raises DatabaseTooNew."""

    async def migrate(self) -> Path | None:
        """Bring the tables up to date; returns the backup made before, if any. Raises DatabaseTooNew."""

    async def backup(self, to: Path) -> None:
        """A complete copy (SQLite only). Raises FileExistsError, DatabaseError."""

    async def check_writable(self) -> None:
        """Store something that means nothing. Raises NotSaved or DatabaseError."""

    async def database_time(self) -> datetime | None:
        """The server's clock (UTC); None where there is no server."""

    async def on_commit_elsewhere(self, callback: Callable[[], None]) -> None:
        """Call back when another replica stored something that a loop should look at."""

    async def close(self) -> None:
        """Finish the units under way and let everything go."""


def open_database(
    url: str,
    *,
    chance: Chance,
    name: str = "rung",
    on_death: Callable[[], None] = lambda: None,
    migrations: Migrations | None = None,
) -> Database:
    """A database by its address: ``sqlite:///rung.db`` or ``postgresql://...``. Nothing is changed in it yet.

    `name` tells replicas apart, so it must differ between them. `on_death` is called, in another thread, when
    nothing can be stored any more and the process must be started again. Raises BadDatabaseUrl, DatabaseInUse or
    DatabaseGone.
    """
    address = parse_url(url)
    history = migrations or Migrations()
    if address.drivername == "sqlite":  # each with its driver: a process needs one of them
        from bot.adapters.db.sqlite import SqliteDatabase

        return SqliteDatabase(Path(address.database or ""), history, on_death)
    from bot.adapters.db.postgres import PostgresDatabase

    return PostgresDatabase(address, history, chance, name)


def parse_url(url: str) -> sa.URL:
    """The address with the driver Rung uses. Raises BadDatabaseUrl."""
    try:
        address = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise BadDatabaseUrl(f"This is not a database address. {HELP}") from error
    kind = address.drivername.split("+")[0]
    if kind == "sqlite":
        if address.database in (None, "", ":memory:"):
            raise BadDatabaseUrl(f"The database must be a file. {HELP}")
        return address.set(drivername="sqlite")
    if kind in ("postgresql", "postgres"):
        return _asyncpg(address)
    raise BadDatabaseUrl(f"{kind} is not a database that Rung can use. {HELP}")


def _asyncpg(address: sa.URL) -> sa.URL:
    """Libpq's word for TLS is another one than the driver's."""
    query = dict(address.query)
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    return address.set(drivername="postgresql+asyncpg", query=query)

"""PostgreSQL: what several replicas share."""

from collections.abc import Callable, Mapping
from contextlib import aclosing
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.adapters.db.errors import DatabaseError
from bot.adapters.db.migrate import Migrations, SchemaState
from bot.adapters.db.nudge import Nudge
from bot.adapters.db.postgres_units import UNREACHABLE, PostgresUnits
from bot.adapters.db.store import beat
from bot.adapters.db.types import unread
from bot.usecases.outside import Chance

POOL = 6
OVERFLOW = 2
SETTINGS = {
    "lock_timeout": "3s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "10s",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
ONE_MIGRATION = sa.text("SELECT pg_advisory_xact_lock(1383427687)")
"""One replica migrates while the others wait."""


def make_engine(url: sa.URL, name: str, settings: Mapping[str, str] = SETTINGS) -> AsyncEngine:
    """Connections that give up soon, so that a hung replica frees its locks."""
    return create_async_engine(
        url,
        pool_size=POOL,
        max_overflow=OVERFLOW,
        pool_timeout=2,
        pool_recycle=1800,
        json_deserializer=unread,
        isolation_level="READ COMMITTED",
        connect_args={
            "timeout": 5,
            "command_timeout": 20,
            "server_settings": {**settings, "application_name": name},
        },
    )


class PostgresDatabase:
    """Protocol Database on a PostgreSQL server."""

    shared = True
    alive = True
    caution = ""

    def __init__(self, url: sa.URL, migrations: Migrations, chance: Chance, name: str) -> None:
        self._url = url
        self._migrations = migrations
        self._engine = make_engine(url, name)
        self._nudge = Nudge(self._engine.dialect.create_connect_args(url)[1], name)
        self._units = PostgresUnits(self._engine, chance, name)

    @property
    def transactions(self) -> PostgresUnits:
        """Port Transactions."""
        return self._units

    async def schema_state(self) -> SchemaState:
        """Raises DatabaseTooNew."""
        async with self._engine.connect() as connection:
            return await connection.run_sync(self._migrations.state_of)

    async def migrate(self) -> Path | None:
        """Bring the tables up to date, one replica at a time. Backups are the server's business: None.

        Raises DatabaseError when the server cannot be reached or does not let Rung in."""
        patient = make_engine(self._url, "rung migration", {"lock_timeout": "0", "statement_timeout": "0"})
        try:
            async with aclosing(await self._reached(patient)) as connection, connection.begin():
                await connection.execute(ONE_MIGRATION)
                if await connection.run_sync(self._migrations.state_of) is not SchemaState.CURRENT:
                    await connection.run_sync(self._migrations.upgrade)
        finally:
            await patient.dispose()
        return None

    async def _reached(self, engine: AsyncEngine) -> AsyncConnection:
        try:
            return await engine.connect()
        except (sa.exc.DBAPIError, *UNREACHABLE) as error:
            where = f"{self._url.database} at {self._url.host or 'this machine'}"
            why = str(error) or "no answer in time"
            raise DatabaseError(
                f"The database {where} cannot be used: {why}. Check that it runs, and DATABASE_URL."
            ) from error

    async def backup(self, to: Path) -> None:
        """Raises DatabaseError: the server has its own tools."""
        raise DatabaseError("PostgreSQL has its own tools for backups: use pg_dump.")

    async def check_writable(self) -> None:
        """Write and commit something. Raises NotSaved."""
        await self._units.run(beat)

    async def database_time(self) -> datetime | None:
        """The server's clock, aware, UTC: the one that all replicas agree on. Raises NotSaved when it is away."""
        return await self._units.server_time()

    async def on_commit_elsewhere(self, callback: Callable[[], None]) -> None:
        """Call back, on the event loop, when another replica stored something that a loop should look at."""
        await self._nudge.listen(callback)

    async def close(self) -> None:
        """Finish what is under way, then close all connections."""
        await self._nudge.close()
        await self._units.drain()
        await self._engine.dispose()

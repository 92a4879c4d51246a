"""Databases to measure on: SQLite files and an embedded PostgreSQL, filled quickly and thrown away at the end."""

import shutil
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bot.adapters.db.database import Database, open_database, parse_url
from bot.adapters.db.tables import workspaces
from tests.builders import NOON, T1
from tests.fakes.chance import FakeChance
from tests.postgres import PostgresServer, running_postgres

Rows = Mapping[sa.Table, Sequence[Mapping[str, Any]]]
"""Rows to insert, tables in the order of their foreign keys."""
SQLITE, POSTGRES = "SQLite", "PostgreSQL"
KINDS = (SQLITE, POSTGRES)
WORKSPACE = {"id": T1, "name": "Acme", "bot_user": "U_RUNG", "last_number": 1_000_000, "updated_at": NOON}
"""New issues are numbered from a million on, clear of those that were filled in."""


class Databases:
    """Fresh databases of both kinds. What was filled once is copied afterwards."""

    def __init__(self, folder: Path, server: PostgresServer) -> None:
        self._folder, self._server = folder, server
        self._numbers = count(1)
        self._models: dict[tuple[str, str], str] = {}

    async def fresh(self, kind: str, model: str = "empty", rows: Rows | None = None) -> str:
        """The address of a migrated database with one workspace and these rows. `model` names the rows."""
        if (kind, model) not in self._models:
            self._models[kind, model] = await self._make(kind, f"model_{model}", rows or {})
        return await self._copy(kind, self._models[kind, model])

    async def without_tables(self, kind: str) -> str:
        """The address of a database nobody has used yet."""
        if kind == POSTGRES:
            return await self._server.empty()
        return f"sqlite:///{self._folder / f'new_{next(self._numbers)}'}.db"

    @asynccontextmanager
    async def open(
        self, kind: str, model: str = "empty", rows: Rows | None = None
    ) -> AsyncIterator[Database]:
        """The same, opened."""
        database = open_database(await self.fresh(kind, model, rows), chance=FakeChance(), name="bench")
        try:
            yield database
        finally:
            await database.close()

    async def _make(self, kind: str, name: str, rows: Rows) -> str:
        if kind == POSTGRES:
            await self._server.sql(f"CREATE DATABASE {name}")
            address = self._server.url(name)
        else:
            address = f"sqlite:///{self._folder / name}.db"
        await lay_tables(address)
        await _fill(address, {workspaces: [WORKSPACE], **rows})
        return address

    async def _copy(self, kind: str, model: str) -> str:
        name = f"bench_{next(self._numbers)}"
        if kind == SQLITE:
            shutil.copy(model.removeprefix("sqlite:///"), self._folder / f"{name}.db")
            return f"sqlite:///{self._folder / name}.db"
        template = sa.make_url(model).database
        await self._server.sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._server.url(name)


@contextmanager
def databases() -> Iterator[Databases]:
    """A folder and a server, gone at the end."""
    with (
        TemporaryDirectory(prefix="rung-bench-", ignore_cleanup_errors=True) as folder,
        running_postgres() as server,
    ):
        yield Databases(Path(folder), server)


async def lay_tables(address: str) -> None:
    """In a database nobody has used yet."""
    database = open_database(address, chance=FakeChance(), name="model")
    await database.migrate()
    await database.close()


async def _fill(address: str, rows: Rows) -> None:
    url = parse_url(address)
    if url.drivername == "sqlite":
        engine = sa.create_engine(url)
        with engine.begin() as connection:
            _insert(connection, rows)
        engine.dispose()
        return
    server = create_async_engine(url)
    async with server.begin() as connection:
        await connection.run_sync(_insert, rows)
    async with server.connect() as connection:
        await (await connection.execution_options(isolation_level="AUTOCOMMIT")).exec_driver_sql(
            "VACUUM ANALYZE"
        )
    await server.dispose()


def _insert(connection: sa.Connection, rows: Rows) -> None:
    for table, some in rows.items():
        connection.execute(sa.insert(table), list(some))

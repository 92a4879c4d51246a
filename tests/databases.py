"""Fresh databases for tests, of either kind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.postgres import PostgresServer
from tests.sqlite import SqliteTemplate


@asynccontextmanager
async def fresh(kind: str, request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[str]:
    """The address of a database with all tables and nothing in them. `kind` is ``sqlite`` (a file in this folder) or
    ``postgres``."""
    if kind == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        async with server.lent() as address:
            yield address
    else:
        template: SqliteTemplate = request.getfixturevalue("sqlite_template")
        yield await template.migrated(folder / "rung.db")

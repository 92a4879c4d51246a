"""The same tests on three stores: in memory, on SQLite, on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.db.database import Database, open_database
from bot.usecases.ports import Transactions
from tests.databases import fresh
from tests.fakes.chance import FakeChance
from tests.fakes.transactions import MemoryTransactions


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database."""
    return str(request.param)


@pytest.fixture
async def url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database with tables, used by nobody else."""
    async with fresh(kind, request, tmp_path) as address:
        yield address


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """An open, migrated database."""
    opened = open_database(url, chance=FakeChance(), name="one")
    yield opened
    await opened.close()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
async def transactions(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Transactions]:
    """An empty store."""
    if request.param == "memory":
        yield MemoryTransactions()
        return
    async with fresh(request.param, request, tmp_path) as url:
        opened = open_database(url, chance=FakeChance(), name="one")
        yield opened.transactions
        await opened.close()

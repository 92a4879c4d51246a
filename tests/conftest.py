"""Fixtures that every test may use."""

import gc
import os
from asyncio import AbstractEventLoop
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path

import pytest
import uvloop

from tests import tries
from tests.databases import fresh
from tests.dialects import remember_sql
from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tests.fakes.transactions import MemoryTransactions
from tests.postgres import Keeper, PostgresServer, shared_postgres
from tests.sqlite import SqliteTemplate

pytest_plugins = ("tests.workers",)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make test-postgres` runs what asks for a `database_url` on PostgreSQL, and nothing else; else it is SQLite.

    `make test-deep` tries every property ten times as often.
    """
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.addoption("--deep", action="store_true")


def pytest_configure(config: pytest.Config) -> None:
    """Before the tests are read."""
    tries.begin(deep=config.getoption("deep"))
    remember_sql()
    gc.disable()
    if config.getoption("workers") > 1 and not config.option.collectonly:
        config.pluginmanager.register(Keeper())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--database=postgres` the rest has nothing new to say."""
    if config.getoption("database") == "postgres":
        there = {item for item in items if "database_url" in getattr(item, "fixturenames", ())}
        config.hook.pytest_deselected(items=[item for item in items if item not in there])
        items[:] = [item for item in items if item in there]


def pytest_collection_finish() -> None:
    """What collecting made stays to the end: the collector of garbage need never look through it."""
    gc.freeze()
    gc.set_threshold(200_000, 20, 1000)
    gc.enable()


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], AbstractEventLoop]]:
    """The event loop that `rung run` has."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
def clock() -> FakeClock:
    """Monday noon, standing still."""
    return FakeClock()


@pytest.fixture
def chance() -> FakeChance:
    """Always one half."""
    return FakeChance()


@pytest.fixture
def transactions() -> MemoryTransactions:
    """An empty store in memory."""
    return MemoryTransactions()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    """One template for the whole session."""
    return SqliteTemplate(tmp_path_factory.mktemp("sqlite") / "template.db")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """One server for all workers of the run, started when a test first asks for it."""
    with shared_postgres(tmp_path_factory.getbasetemp() / "postgres", f"w{os.getpid()}") as server:
        yield server


@pytest.fixture
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database of the chosen kind, with all tables and nothing in them."""
    async with fresh(request.config.getoption("database"), request, tmp_path) as url:
        yield url

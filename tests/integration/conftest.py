"""A database that a Rung is running on, and the command line beside it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.db.database import Database, open_database
from bot.config import Settings
from tests.builders import NOON, workspace
from tests.fakes.chance import FakeChance
from tests.integration.rung_matrix import DEMO, FASTER, SOONER, RungMatrix
from tests.postgres import PostgresServer
from tests.sqlite import SqliteTemplate


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, and none of our settings in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(params=["sqlite", "postgres"])
async def url(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: SqliteTemplate
) -> AsyncIterator[str]:
    """The address of a database that a Rung is running on."""
    if request.param == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        async with server.lent() as address:
            yield address
    else:
        yield await sqlite_template.migrated(tmp_path / "rung.db")


@pytest.fixture
async def running(url: str) -> AsyncIterator[Database]:
    """What that Rung has open; it knows whose workspace it is."""
    database = open_database(url, chance=FakeChance(), name="running")
    await database.transactions.run(lambda store: store.workspaces.put(workspace(), NOON))
    yield database
    await database.close()


@pytest.fixture
def rung(bare: None, running: Database, url: str, tmp_path: Path) -> RungMatrix:
    """The command, and files to publish."""
    for name, document in (("demo", DEMO), ("faster", FASTER), ("sooner", SOONER)):
        (tmp_path / f"{name}.yaml").write_bytes(document)
    return RungMatrix(url, running)

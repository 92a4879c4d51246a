"""A database that a Rung is running on, and the command line beside it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.db.database import Database, open_database
from bot.config import Settings
from tests.builders import NOON, workspace
from tests.fakes.chance import FakeChance
from tests.integration.rung_matrix import DEMO, FASTER, SOONER, RungMatrix


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, and none of our settings in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
async def running(database_url: str) -> AsyncIterator[Database]:
    """What that Rung has open; it knows whose workspace it is."""
    database = open_database(database_url, chance=FakeChance(), name="running")
    await database.transactions.run(lambda store: store.workspaces.put(workspace(), NOON))
    yield database
    await database.close()


@pytest.fixture
def rung(bare: None, running: Database, database_url: str, tmp_path: Path) -> RungMatrix:
    """The command, and files to publish."""
    for name, document in (("demo", DEMO), ("faster", FASTER), ("sooner", SOONER)):
        (tmp_path / f"{name}.yaml").write_bytes(document)
    return RungMatrix(database_url, running)

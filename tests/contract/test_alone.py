"""One process on a SQLite file: a second one is sent away until the first is gone; a command keeps out of the way."""

import asyncio
import sys
from typing import Any

import pytest

from bot.adapters.db.beside import beside
from bot.adapters.db.database import Database, open_database
from bot.adapters.db.errors import DatabaseInUse
from bot.adapters.db.sqlite import caution
from bot.usecases.ports import Store
from tests.fakes.chance import FakeChance


@pytest.fixture
def kind() -> str:
    """PostgreSQL is made for several."""
    return "sqlite"


async def test_a_second_opening_is_refused(database: Database, url: str) -> None:
    with pytest.raises(DatabaseInUse, match="Stop that one first"):
        open_database(url, chance=FakeChance())


SECOND_PROCESS = """
import sys
from bot.adapters.db.database import open_database
from tests.fakes.chance import FakeChance
database = open_database(sys.argv[1], chance=FakeChance())
print("open", flush=True)
sys.stdin.read()
"""


async def test_a_second_process_is_refused_until_the_first_is_gone(url: str) -> None:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SECOND_PROCESS, url, stdin=pipe, stdout=pipe
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"open\n"
    with pytest.raises(DatabaseInUse):
        open_database(url, chance=FakeChance())
    process.kill()
    await process.communicate()
    second = open_database(url, chance=FakeChance())
    await second.check_writable()
    await second.close()


async def test_a_command_beside_it_leaves_emptying_the_log_to_it(database: Database, url: str) -> None:
    def look(store: Store) -> Any:
        past_the_port: Any = store.issues
        return past_the_port._tx._connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar()

    async with beside(url, chance=FakeChance(), name="command") as transactions:
        assert await transactions.run(look) == 0
    assert await database.transactions.run(look) > 0


@pytest.mark.parametrize(("version", "old"), [((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False)])
def test_an_sqlite_that_can_spoil_the_file_is_named(version: tuple[int, ...], old: bool) -> None:
    assert ("mended in 3.51.3" in caution(version)) is old

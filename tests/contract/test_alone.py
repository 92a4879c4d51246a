"""One process on a SQLite file: a second one is sent away until the first is gone."""

import asyncio
import sys

import pytest

from bot.adapters.db.database import Database, open_database
from bot.adapters.db.errors import DatabaseInUse
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

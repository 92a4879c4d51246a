"""A database that cannot be used is a sentence that says what to check, never a traceback."""

from pathlib import Path

import pytest

from bot.adapters.db.database import open_database
from bot.adapters.db.errors import DatabaseError
from tests.fakes.chance import FakeChance
from tests.postgres import PostgresServer


async def refusal(url: str) -> str:
    """What is said about it."""
    with pytest.raises(DatabaseError) as refused:
        database = open_database(url, chance=FakeChance())
        try:
            await database.migrate()
        finally:
            await database.close()
    return str(refused.value)


async def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    said = await refusal(f"sqlite:///{tmp_path / 'nowhere' / 'rung.db'}")
    assert "No such file or directory" in said
    assert "Check DATABASE_URL" in said


async def test_a_file_that_is_something_else(tmp_path: Path) -> None:
    letter = tmp_path / "letter.db"
    letter.write_text("Dear database, this is a letter. " * 40, encoding="utf-8")
    said = await refusal(f"sqlite:///{letter}")
    assert f"{letter} cannot be read as a database: file is not a database" in said
    assert letter.read_text(encoding="utf-8").startswith("Dear"), "what is not ours is not touched"


async def test_a_server_that_is_not_there() -> None:
    said = await refusal("postgresql://rung:hunter2@127.0.0.1:1/rung")
    assert "The database rung at 127.0.0.1 cannot be used" in said
    assert "Check that it runs, and DATABASE_URL." in said
    assert "hunter2" not in said


async def test_a_server_that_does_not_know_the_database(postgres: PostgresServer) -> None:
    said = await refusal(postgres.url("nobody_made_this"))
    assert 'database "nobody_made_this" does not exist' in said

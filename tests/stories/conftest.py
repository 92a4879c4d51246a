"""Stories run on SQLite; those that ask for `postgres` on PostgreSQL too. Each is judged by log and journal as well."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.reliability.watch import strange_calls, watched_log
from tests.sqlite import SqliteTemplate
from tests.story import Story, story


@pytest.fixture(autouse=True)
def expected_errors() -> Iterator[list[str]]:
    """A story in whose course an error is logged fails, unless it has put a piece of that error into this list."""
    yield from watched_log()


@pytest.fixture
async def database_url(sqlite_template: SqliteTemplate, tmp_path: Path) -> str:
    """The address of a fresh SQLite file."""
    return await sqlite_template.migrated(tmp_path / "story.db")


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """A story on a fresh SQLite file."""
    async with story(database_url) as telling:
        yield telling
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []

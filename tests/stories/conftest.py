"""Stories run on SQLite; with `--stories-on=postgres` all on PostgreSQL. Each is judged by log and journal as well."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.postgres import PostgresServer
from tests.reliability.watch import strange_calls, watched_log
from tests.sqlite import SqliteTemplate
from tests.story import Story, story


@pytest.fixture(autouse=True)
def expected_errors() -> Iterator[list[str]]:
    """A story in whose course an error is logged fails, unless it has put a piece of that error into this list."""
    yield from watched_log()


@pytest.fixture
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a fresh database with all tables."""
    if request.config.getoption("stories_on") == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        async with server.lent() as url:
            yield url
    else:
        template: SqliteTemplate = request.getfixturevalue("sqlite_template")
        yield await template.migrated(tmp_path / "story.db")


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """A story on a fresh database."""
    async with story(database_url) as telling:
        yield telling
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []

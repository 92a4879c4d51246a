"""Each story is judged by its log and journal as well."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.reliability.watch import strange_calls, watched_log
from tests.story import Story, story


@pytest.fixture(autouse=True)
def expected_errors() -> Iterator[list[str]]:
    """A story in whose course an error is logged fails, unless it has put a piece of that error into this list."""
    yield from watched_log()


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """A story on a fresh database."""
    async with story(database_url) as telling:
        yield telling
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []

"""Stories run on SQLite; those named in `postgres` tests on PostgreSQL too."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.story import Story, story


@pytest.fixture
async def tale(tmp_path: Path) -> AsyncIterator[Story]:
    """A story on a fresh SQLite file."""
    async with story(f"sqlite:///{tmp_path / 'story.db'}") as telling:
        yield telling

"""SQLite's writer before its first job: it needs no thread yet, and can be stopped all the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.adapters.db.sqlite import WRITING, make_engine
from bot.adapters.db.uow import Ticket
from bot.adapters.db.writer import Writer
from bot.usecases.ports import NotSaved


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    """Of an empty file."""
    made = make_engine(tmp_path / "rung.db", WRITING, "BEGIN IMMEDIATE", 1)
    yield made
    made.dispose()


async def test_a_stopped_writer_takes_nothing_more(engine: sa.Engine) -> None:
    writer = Writer(engine)
    assert writer.alive
    writer.stop()
    assert not writer.alive
    with pytest.raises(NotSaved, match="Restart Rung"):
        writer.submit(lambda store: None, Ticket())


async def test_it_ends_what_it_was_given_before(engine: sa.Engine) -> None:
    writer = Writer(engine)
    given = writer.submit(lambda store: "stored", Ticket())
    writer.stop()
    assert await given == "stored"
    assert writer.commits == 1

"""Killed in the middle of publishing: the old version is in force, whole, and publishing again just works."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from bot.adapters.db.database import Database, open_database
from bot.domain.matrix.model import PublishedMatrix
from bot.usecases import publish_matrix
from tests.builders import T1, matrix, path
from tests.fakes.bell import FakeBell
from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tests.reliability.process import PATIENCE
from tests.reliability.publisher import AFTER_NEWS, BEFORE_NEWS

HOME = Path(__file__).parents[2]
ONE = PublishedMatrix(1, matrix(path()), "# one\n")
TWO = PublishedMatrix(2, matrix(path(repeat=2)), "# two\n")


class Office:
    """What publishing needs."""

    def __init__(self, database: Database) -> None:
        self.transactions, self.clock, self.bell = database.transactions, FakeClock(), FakeBell()


async def publish(database: Database, one: PublishedMatrix) -> PublishedMatrix:
    """This version, on the one before."""
    base = one.version - 1
    return await publish_matrix.apply(
        Office(database), T1, one.matrix, one.source, base_version=base, author=""
    )


async def kill_at(step: str, url: str) -> None:
    """Another process begins to publish version 2, and is killed at this step."""
    arguments = (sys.executable, "-m", "tests.reliability.publisher", url, step)
    process = await asyncio.create_subprocess_exec(*arguments, stdout=PIPE, cwd=HOME)
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        assert (await process.stdout.readline()).decode().strip() == step
        process.send_signal(signal.SIGKILL)
        await process.wait()


@pytest.mark.parametrize("step", [BEFORE_NEWS, AFTER_NEWS])
async def test_a_kill_leaves_no_half_of_a_version(step: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'rung.db'}"
    database = open_database(url, chance=FakeChance())
    await database.migrate()
    await publish(database, ONE)
    await database.close()
    await kill_at(step, url)
    database = open_database(url, chance=FakeChance())
    try:
        read = database.transactions.read
        assert await read(lambda store: store.matrices.latest(T1)) == ONE
        assert len(await read(lambda store: store.matrices.history(T1))) == 1
        assert await read(lambda store: store.outbox.pending_count(T1)) == 0
        assert await publish(database, TWO) == TWO
        assert await read(lambda store: store.outbox.pending_count(T1)) == 1
    finally:
        await database.close()

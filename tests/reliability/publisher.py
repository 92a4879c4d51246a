"""A process that publishes the next version and stops in the middle, at the step it is told, until it is killed.

``python -m tests.reliability.publisher DATABASE_URL STEP`` prints a line once it stands there.
"""

import asyncio
import sys
import threading
from typing import Any

from bot.adapters.db.database import open_database
from bot.adapters.system import SystemChance, SystemClock
from bot.usecases import publish_matrix
from bot.usecases.ports import Transactions, Unit
from tests.builders import T1, matrix, path
from tests.fakes.bell import FakeBell

BEFORE_NEWS, AFTER_NEWS = "before the news", "after the news"


def stand(step: str) -> None:
    """Say so, and go no further."""
    print(step, flush=True)
    threading.Event().wait()


class StandingOutbox:
    """The real outbox, with a stop before or after something is put into it."""

    def __init__(self, outbox: Any, step: str) -> None:
        self.outbox, self.step = outbox, step

    def put(self, *values: Any) -> None:
        """The version was written in this transaction a moment ago."""
        if self.step == BEFORE_NEWS:
            stand(self.step)
        self.outbox.put(*values)
        stand(self.step)


class StandingStore:
    """The real store with that outbox."""

    def __init__(self, store: Any, step: str) -> None:
        self.matrices, self.issues, self.outbox = (
            store.matrices,
            store.issues,
            StandingOutbox(store.outbox, step),
        )


class Office:
    """What publishing needs; its own transactions."""

    def __init__(self, transactions: Transactions, step: str) -> None:
        self.inner, self.step = transactions, step
        self.clock, self.bell = SystemClock(), FakeBell()

    @property
    def transactions(self) -> Any:
        """This very object: see `run`."""
        return self

    async def run(self, unit: Unit[Any], **limits: Any) -> Any:
        """As the real ones, until the step."""
        standing: Any = StandingStore
        return await self.inner.run(lambda store: unit(standing(store, self.step)), **limits)


async def main(url: str, step: str) -> None:
    """Begin to publish version 2."""
    database = open_database(url, chance=SystemChance())
    await publish_matrix.apply(
        Office(database.transactions, step),
        T1,
        matrix(path(repeat=2)),
        "# two\n",
        base_version=1,
        author="U_ANA",
    )


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

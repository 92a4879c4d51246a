"""Transactions in memory: all or nothing, every unit rehearsed, and failures that a test orders."""

from collections import deque
from datetime import timedelta
from typing import TypeVar

from bot.usecases.ports import NotSaved, OutcomeUnknown, StaleWrite, Unit
from tests.fakes.store import MemoryStore
from tests.fakes.tables import Tables

T = TypeVar("T")
TRIES = 5


class MemoryTransactions:
    """Port Transactions.

    With `rehearse`, each unit is run, rolled back and run again, and both results must be equal: a unit may be
    retried at any time, so it must keep all that it decides in its result.
    """

    def __init__(self, *, rehearse: bool = True) -> None:
        self.tables = Tables()
        self.committed: list[object] = []
        """The results of all units that were committed, oldest first."""
        self._rehearse = rehearse
        self._orders: deque[Exception] = deque()

    @property
    def store(self) -> MemoryStore:
        """What is committed, to look at or to prepare outside of any unit."""
        return MemoryStore(self.tables)

    def refuse_next(self, times: int = 1) -> None:
        """The next units are not saved."""
        self._orders.extend(NotSaved("The test ordered this.") for _ in range(times))

    def lose_next_reply(self) -> None:
        """The next unit is committed, but nobody learns it."""
        self._orders.append(OutcomeUnknown("The test ordered this."))

    async def run(self, unit: Unit[T], *, budget: timedelta | None = None) -> T:
        """Run and keep, or leave everything as it was."""
        order = self._orders.popleft() if self._orders else None
        if isinstance(order, NotSaved):
            raise order
        result = self._retried(unit)
        self.committed.append(result)
        if order is not None:
            raise order
        return result

    async def read(self, unit: Unit[T]) -> T:
        """Run on a snapshot; raises RuntimeError when the unit wrote."""
        tables = self.tables.snapshot()
        result = unit(MemoryStore(tables))
        if tables != self.tables:
            raise RuntimeError("A reading unit must not write.")
        return result

    def _retried(self, unit: Unit[T]) -> T:
        for _ in range(TRIES):
            try:
                return self._once(unit)
            except StaleWrite as stale:
                last = stale
        raise NotSaved("Others were always faster; nothing was changed.") from last

    def _once(self, unit: Unit[T]) -> T:
        rehearsed = unit(MemoryStore(self.tables.snapshot())) if self._rehearse else None
        tables = self.tables.snapshot()
        result = unit(MemoryStore(tables))
        if self._rehearse and rehearsed != result:
            raise AssertionError(f"Run twice, the unit gave two results: {rehearsed!r}, then {result!r}")
        self.tables = tables
        return result

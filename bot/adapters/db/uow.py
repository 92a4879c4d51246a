"""Budgets: whoever asks for a unit of work learns exactly whether it was stored.

A caller that waits no longer and a worker that is about to commit meet at a `Ticket`. Only one of them wins: either the
caller gives up and the worker rolls back, or the worker commits and the caller waits for the outcome.
"""

import asyncio
from abc import ABC, abstractmethod
from datetime import timedelta
from enum import Enum
from threading import Lock
from typing import Any, TypeVar

from bot.usecases.ports import NotSaved, OutcomeUnknown, Unit

T = TypeVar("T")
TRIES = 5
"""How often a unit is run before it counts as not saved."""
SETTLE = timedelta(milliseconds=500)
"""How much longer than its budget a caller waits for a COMMIT that is under way."""


class _Stand(Enum):
    WAITING = "waiting"
    GIVEN_UP = "given up"
    COMMITTING = "committing"


class Ticket:
    """Where a unit stands between its caller and its worker, which may be in another thread."""

    __slots__ = ("_lock", "_stand")

    def __init__(self) -> None:
        self._lock = Lock()
        self._stand = _Stand.WAITING

    def give_up(self) -> bool:
        """The caller leaves. True: the unit will certainly not be committed."""
        with self._lock:
            if self._stand is _Stand.WAITING:
                self._stand = _Stand.GIVEN_UP
            return self._stand is _Stand.GIVEN_UP

    def may_commit(self) -> bool:
        """The worker asks just before COMMIT. False: the caller has left."""
        with self._lock:
            if self._stand is _Stand.WAITING:
                self._stand = _Stand.COMMITTING
            return self._stand is _Stand.COMMITTING

    def try_again(self) -> None:
        """The worker found that its COMMIT had no effect."""
        with self._lock:
            if self._stand is _Stand.COMMITTING:
                self._stand = _Stand.WAITING

    def check(self) -> None:
        """Raises NotSaved when the caller has left."""
        if self._stand is _Stand.GIVEN_UP:
            raise out_of_time()


class Units(ABC):
    """Port Transactions, apart from what differs between databases."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Future[Any]] = set()
        self._closing = False

    async def run(self, unit: Unit[T], *, budget: timedelta | None = None) -> T:
        """Run in one transaction and commit. A caller that is cancelled takes an uncommitted unit along."""
        if self._closing:
            raise NotSaved("Rung is shutting down; nothing was changed.")
        ticket = Ticket()
        outcome = self._start(unit, ticket)
        self._under_way.add(outcome)
        outcome.add_done_callback(self._landed)
        try:
            await self._wait(outcome, ticket, budget)
        except asyncio.CancelledError:
            ticket.give_up()
            raise
        return outcome.result()

    @abstractmethod
    async def read(self, unit: Unit[T]) -> T:
        """Run on a stable snapshot; writing is refused."""

    @property
    def busy(self) -> int:
        """How many units are under way, those included whose callers have left."""
        return len(self._under_way)

    async def drain(self) -> None:
        """Take no more units, and wait until those under way have ended."""
        self._closing = True
        if self._under_way:
            await asyncio.wait(set(self._under_way))

    @abstractmethod
    def _start(self, unit: Unit[T], ticket: Ticket) -> "asyncio.Future[T]":
        """Begin to run the unit; the future ends when it is committed or certainly is not."""

    async def _wait(self, outcome: "asyncio.Future[Any]", ticket: Ticket, budget: timedelta | None) -> None:
        await asyncio.wait({outcome}, timeout=None if budget is None else budget.total_seconds())
        if outcome.done():
            return
        if ticket.give_up():
            raise out_of_time()
        await asyncio.wait({outcome}, timeout=SETTLE.total_seconds())
        if outcome.done():
            return
        if ticket.give_up():
            raise out_of_time()
        raise OutcomeUnknown(
            "The database is still busy storing this. Ask again to see whether it was stored."
        )

    def _landed(self, outcome: "asyncio.Future[Any]") -> None:
        self._under_way.discard(outcome)
        if not outcome.cancelled():
            outcome.exception()  # looked at, so that a caller who left causes no warning


def out_of_time() -> NotSaved:
    """The database was too slow for this caller."""
    return NotSaved("The database did not answer in time; nothing was changed. Try again.")

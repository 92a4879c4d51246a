"""SQLite's only writer: one thread, one connection, and what waits meanwhile shares the next COMMIT."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import TypeVar

import sqlalchemy as sa

from bot.adapters.db.commits import Commits, Job, Outcome, Unsure
from bot.adapters.db.uow import Ticket
from bot.usecases.ports import NotSaved, OutcomeUnknown, Unit

T = TypeVar("T")
LOG = logging.getLogger(__name__)
BATCH = 64
"""How many units share one COMMIT at most."""


class Writer:
    """Runs jobs in its thread until it is stopped, or dies. `on_death` is called in that thread.

    The thread begins with the first job.
    """

    def __init__(self, engine: sa.Engine, on_death: Callable[[], None] = lambda: None) -> None:
        self._commits = Commits(engine)
        self._on_death = on_death
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._gate = Lock()
        self._open = True
        self._batch: list[Job] = []
        self._thread = Thread(target=self._live, name="rung-sqlite-writer", daemon=True)

    @property
    def alive(self) -> bool:
        """Whether units can still be stored."""
        return self._open

    @property
    def commits(self) -> int:
        """How many COMMITs there were."""
        return self._commits.count

    def submit(self, unit: Unit[T], ticket: Ticket) -> "asyncio.Future[T]":
        """The outcome to come. Raises NotSaved when the writer is gone."""
        job = Job(unit, ticket, asyncio.get_running_loop().create_future())
        with self._gate:
            if not self._open:
                raise NotSaved("The database writer has stopped; nothing was changed. Restart Rung.")
            self._queue.put(job)
            if self._thread.ident is None:
                self._thread.start()
        return job.future

    def stop(self) -> None:
        """Finish what is queued, then end. Blocks until the thread has ended."""
        with self._gate:
            self._queue.put(None)
            begun, self._open = self._thread.ident is not None, False
        if begun:
            self._thread.join()

    def _live(self) -> None:
        stopped = False
        try:
            while self._take_batch():
                self._tell(self._commits.store(self._batch))
                self._batch = []
            stopped = True
        except Unsure as unsure:
            LOG.critical("The SQLite writer stops: %s", unsure, exc_info=True)
            self._tell([job.refuse(OutcomeUnknown(str(unsure))) for job in self._batch])
            self._batch = []
        except BaseException:  # the thread dies of it, and nobody above could learn it
            LOG.critical("The SQLite writer died.", exc_info=True)
        finally:
            self._bury()
            if not stopped:
                self._on_death()

    def _take_batch(self) -> bool:
        """Wait for one job, then take what else is there. False: asked to stop."""
        job = self._queue.get()
        while job is not None:
            self._batch.append(job)
            if len(self._batch) == BATCH:
                return True
            try:
                job = self._queue.get_nowait()
            except Empty:
                return True
        if self._batch:
            self._queue.put(None)
        return bool(self._batch)

    def _bury(self) -> None:
        """The thread ends: nobody may be left waiting."""
        with self._gate:
            self._open = False
            left = [*self._batch, *self._rest()]
        error = NotSaved("The database writer has stopped; nothing was changed. Restart Rung.")
        self._tell([job.refuse(error) for job in left])
        self._commits.throw_away()

    def _rest(self) -> Iterator[Job]:
        while not self._queue.empty():
            job = self._queue.get_nowait()
            if job is not None:
                yield job

    def _tell(self, outcomes: Sequence[Outcome]) -> None:
        for loop, some in groupby(outcomes, key=lambda outcome: outcome.job.future.get_loop()):
            if not loop.is_closed():
                loop.call_soon_threadsafe(_deliver, list(some))


def _deliver(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        outcome.deliver()

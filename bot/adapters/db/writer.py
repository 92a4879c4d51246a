"""SQLite's only writer: one thread, one connection, many units in one COMMIT, each under a savepoint of its own.

A unit that raises takes back only itself. When the shared transaction is spoiled, the connection is thrown away and
each unit runs again alone: the innocent pass, only the culprit is not saved.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

import sqlalchemy as sa

from bot.adapters.db.facade import Tx
from bot.adapters.db.store import SqlStore
from bot.adapters.db.uow import TRIES, Ticket, out_of_time
from bot.usecases.ports import NotSaved, OutcomeUnknown, StaleWrite, Unit

T = TypeVar("T")
LOG = logging.getLogger(__name__)
BATCH = 64
"""How many units share one COMMIT at most."""
SPOILT = (sa.exc.SQLAlchemyError, sqlite3.Error)


@dataclass(eq=False, slots=True)
class Job:
    """A unit and who waits for it."""

    unit: Unit[Any]
    ticket: Ticket
    future: asyncio.Future[Any]

    def refuse(self, error: Exception) -> "Outcome":
        """This job ended with an error."""
        return Outcome(self, None, error)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended."""

    job: Job
    result: Any = None
    error: Exception | None = None

    def deliver(self) -> None:
        """Tell who waits. Runs on the waiter's event loop."""
        if self.job.future.done():
            return
        if self.error is not None:
            self.job.future.set_exception(self.error)
        else:
            self.job.future.set_result(self.result)


class Shut(Exception):
    """No transaction could be begun."""


class Unsure(Exception):
    """COMMIT failed in a way that may have reached the disk."""


class Writer:
    """Runs jobs in its thread until it is stopped, or dies. `on_death` is called in that thread."""

    def __init__(self, engine: sa.Engine, on_death: Callable[[], None] = lambda: None) -> None:
        self._engine = engine
        self._on_death = on_death
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._gate = Lock()
        self._open = True
        self._connection: sa.Connection | None = None
        self._batch: list[Job] = []
        self.commits = 0
        """How many COMMITs there were."""
        self._thread = Thread(target=self._live, name="rung-sqlite-writer", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether units can still be stored."""
        return self._open

    def submit(self, unit: Unit[T], ticket: Ticket) -> "asyncio.Future[T]":
        """The outcome to come. Raises NotSaved when the writer is gone."""
        job = Job(unit, ticket, asyncio.get_running_loop().create_future())
        with self._gate:
            if not self._open:
                raise NotSaved("The database writer has stopped; nothing was changed. Restart Rung.")
            self._queue.put(job)
        return job.future

    def stop(self) -> None:
        """Finish what is queued, then end. Blocks until the thread has ended."""
        with self._gate:
            self._queue.put(None)
        self._thread.join()

    def _live(self) -> None:
        stopped = False
        try:
            while self._take_batch():
                self._tell(self._commit(self._batch))
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

    def _commit(self, jobs: Sequence[Job]) -> list[Outcome]:
        try:
            return self._together(jobs)
        except Shut as error:
            self._throw_away()
            return [job.refuse(_not_saved(error)) for job in jobs]
        except SPOILT:
            self._throw_away()
            return [self._alone(job) for job in jobs]

    def _alone(self, job: Job) -> Outcome:
        job.ticket.try_again()
        try:
            (outcome,) = self._together([job])
        except (Shut, *SPOILT) as error:
            self._throw_away()
            return job.refuse(_not_saved(error))
        return outcome

    def _together(self, jobs: Sequence[Job]) -> list[Outcome]:
        connection, transaction = self._begin()
        outcomes = [self._guarded(connection, job) for job in jobs]
        try:
            transaction.commit()
        except sa.exc.DBAPIError as error:
            if _may_be_stored(error):
                raise Unsure(
                    "The disk failed while this was being stored. Restart Rung, then look."
                ) from error
            raise
        self.commits += 1
        return outcomes

    def _guarded(self, connection: sa.Connection, job: Job) -> Outcome:
        raw = _driver(connection)
        last: Exception | None = None
        for _ in range(TRIES):
            raw.execute("SAVEPOINT unit")
            try:
                result = _run(connection, job)
            except Exception as error:  # whatever a unit raises belongs to its caller
                raw.execute("ROLLBACK TO unit")
                raw.execute("RELEASE unit")
                if not isinstance(error, StaleWrite):
                    return job.refuse(_not_saved(error) if _is_database_trouble(error) else error)
                last = error
            else:
                raw.execute("RELEASE unit")
                return Outcome(job, result)
        return job.refuse(_not_saved(last))

    def _begin(self) -> tuple[sa.Connection, sa.RootTransaction]:
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            return self._connection, self._connection.begin()
        except SPOILT as error:
            raise Shut from error

    def _throw_away(self) -> None:
        if self._connection is not None:
            with suppress(*SPOILT):  # a forgotten cursor would keep a closed connection's locks
                _driver(self._connection).rollback()
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _bury(self) -> None:
        """The thread ends: nobody may be left waiting."""
        with self._gate:
            self._open = False
            left = [*self._batch, *self._rest()]
        error = NotSaved("The database writer has stopped; nothing was changed. Restart Rung.")
        self._tell([job.refuse(error) for job in left])
        self._throw_away()

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


def _driver(connection: sa.Connection) -> sqlite3.Connection:
    raw: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    return raw


def _run(connection: sa.Connection, job: Job) -> Any:
    job.ticket.check()
    result = job.unit(SqlStore(Tx(connection)))
    if not job.ticket.may_commit():
        raise out_of_time()
    return result


def _not_saved(cause: Exception | None) -> NotSaved:
    error = NotSaved("The database could not store this; nothing was changed. Try again.")
    error.__cause__ = cause
    return error


def _is_database_trouble(error: Exception) -> bool:
    """Disk full, read-only, locked: not the unit's fault. A broken rule is, and comes out as it is."""
    return isinstance(error, sa.exc.OperationalError)


def _may_be_stored(error: sa.exc.DBAPIError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", 0)
    return bool(code & 0xFF == sqlite3.SQLITE_IOERR)

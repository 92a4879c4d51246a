"""What happens between BEGIN and COMMIT on SQLite: many units in one transaction, each under a savepoint of its own.

A unit that raises takes back only itself. When the shared transaction is spoiled, the connection is thrown away and
each unit runs again alone: the innocent pass, only the culprit is not saved.
"""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.adapters.db.facade import Tx
from bot.adapters.db.store import SqlStore
from bot.adapters.db.uow import TRIES, Ticket, out_of_time
from bot.usecases.ports import NotSaved, StaleWrite, Unit

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


class Commits:
    """The writing connection. Not for two threads at once."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._connection: sa.Connection | None = None
        self.count = 0
        """How many COMMITs there were."""

    def store(self, jobs: Sequence[Job]) -> list[Outcome]:
        """How each of them ended. Raises Unsure when nobody can know whether they are stored."""
        try:
            return self._together(jobs)
        except Shut as error:
            self.throw_away()
            return [job.refuse(_not_saved(error)) for job in jobs]
        except SPOILT:
            self.throw_away()
            return [self._alone(job) for job in jobs]

    def _alone(self, job: Job) -> Outcome:
        job.ticket.try_again()
        try:
            (outcome,) = self._together([job])
        except (Shut, *SPOILT) as error:
            self.throw_away()
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
        self.count += 1
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

    def throw_away(self) -> None:
        """Let the connection go, with whatever was not committed; the next job opens a new one."""
        if self._connection is not None:
            with suppress(*SPOILT):  # a forgotten cursor would keep a closed connection's locks
                _driver(self._connection).rollback()
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


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

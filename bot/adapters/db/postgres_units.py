"""Units of work on PostgreSQL: retried whole, and never in doubt about a COMMIT whose answer was lost."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

import asyncpg
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.adapters.db.facade import Tx
from bot.adapters.db.store import SqlStore
from bot.adapters.db.uow import TRIES, Ticket, Units, out_of_time
from bot.usecases.outside import Chance
from bot.usecases.ports import NotSaved, OutcomeUnknown, StaleWrite, Unit

T = TypeVar("T")
LOG = logging.getLogger(__name__)
PAUSE = 0.05
"""Seconds before the second try; twice as long before each further one, shortened by chance."""
LOOKS = 20
"""How often to ask what became of a COMMIT, PAUSE seconds apart at first."""
CHANNEL = "rung"
AGAIN = frozenset({"40001", "40P01", "55P03", "23505"})
"""SQLSTATEs worth another try: serialization failure, deadlock, lock timeout, and a unique key that somebody else
stored a moment earlier (run again, the unit sees it)."""
UNREACHABLE = (
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    sa.exc.TimeoutError,
)
"""What a connection that cannot be made raises, before SQLAlchemy wraps anything."""

CLOCK = sa.select(sa.func.clock_timestamp())
READ_ONLY = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
RECEIPT = sa.text("SELECT CAST(pg_current_xact_id_if_assigned() AS text)")
RECEIPT_AND_NEWS = sa.text(
    "SELECT CAST(pg_current_xact_id_if_assigned() AS text), pg_notify(:channel, :sender)"
)
STATUS = sa.text("SELECT pg_xact_status(CAST(CAST(:receipt AS text) AS xid8))")


class CommitLost(Exception):
    """The connection broke during COMMIT, and it had no effect."""


class PostgresUnits(Units):
    """Port Transactions on PostgreSQL."""

    def __init__(self, engine: AsyncEngine, chance: Chance, sender: str) -> None:
        super().__init__()
        self._engine = engine
        self._reading = engine.execution_options(**READ_ONLY)
        self._chance = chance
        self._sender = sender

    async def read(self, unit: Unit[T]) -> T:
        """In a read-only transaction. Raises NotSaved when the database cannot be reached."""
        return await self._retried(lambda: self._read(unit), Ticket())

    async def server_time(self) -> datetime:
        """The clock of the database server, aware, UTC."""
        return await self._retried(self._server_time, Ticket())

    def _start(self, unit: Unit[T], ticket: Ticket) -> "asyncio.Future[T]":
        return asyncio.create_task(self._retried(lambda: self._once(unit, ticket), ticket))

    async def _server_time(self) -> datetime:
        async with self._reading.connect() as connection:
            now: datetime = (await connection.execute(CLOCK)).scalar_one()
            return now.astimezone(UTC)

    async def _read(self, unit: Unit[T]) -> T:
        async with self._reading.connect() as connection, connection.begin():
            return await connection.run_sync(lambda sync: unit(SqlStore(Tx(sync, writable=False))))

    async def _retried(self, once: Callable[[], Awaitable[T]], ticket: Ticket) -> T:
        for failures in range(1, TRIES + 1):
            ticket.check()
            try:
                return await once()
            except Exception as error:
                if _is_trouble(error):
                    raise NotSaved(
                        "The database could not store this; nothing was changed. Try again."
                    ) from error
                if not _worth_another_try(error):
                    raise
                last = error
            LOG.info("A unit of work is tried again after try %d: %r", failures, last)
            if failures < TRIES:
                await asyncio.sleep(PAUSE * 2**failures * self._chance.fraction())
        raise NotSaved("The database is busy or away; nothing was changed. Try again.") from last

    async def _once(self, unit: Unit[T], ticket: Ticket) -> T:
        async with self._engine.connect() as connection:
            transaction = await connection.begin()
            result, news = await connection.run_sync(_run, unit)
            receipt = await self._receipt(connection, news)
            if not ticket.may_commit():
                raise out_of_time()
            try:
                await transaction.commit()
            except (sa.exc.DBAPIError, *UNREACHABLE) as error:
                lost = error
            else:
                return result
        if _connection_lost(lost) and await self._was_committed(receipt):
            return result
        ticket.try_again()
        raise CommitLost from lost

    async def _receipt(self, connection: AsyncConnection, news: bool) -> str | None:
        """The transaction's id, to ask for it should the answer to COMMIT be lost. None: nothing was written."""
        if news:
            row = (
                await connection.execute(RECEIPT_AND_NEWS, {"channel": CHANNEL, "sender": self._sender})
            ).one()
        else:
            row = (await connection.execute(RECEIPT)).one()
        receipt: str | None = row[0]
        return receipt

    async def _was_committed(self, receipt: str | None) -> bool:
        """What became of a transaction. Raises OutcomeUnknown when the server does not say."""
        if receipt is None:
            return True
        for look in range(LOOKS):
            try:
                async with self._engine.connect() as connection:
                    status = (await connection.execute(STATUS, {"receipt": receipt})).scalar_one()
            except (sa.exc.DBAPIError, *UNREACHABLE) as error:
                LOG.info("Cannot ask yet what became of transaction %s: %r", receipt, error)
                status = "in progress"
            if status != "in progress":
                return bool(status == "committed")
            await asyncio.sleep(min(1.0, PAUSE * 2**look))
        raise OutcomeUnknown(
            "The database went away while storing this. Ask again to see whether it was stored."
        )


def _run(connection: sa.Connection, unit: Unit[T]) -> tuple[T, bool]:
    tx = Tx(connection)
    return unit(SqlStore(tx)), tx.news


def _worth_another_try(error: Exception) -> bool:
    if isinstance(error, (StaleWrite, CommitLost, *UNREACHABLE)):
        return True
    return isinstance(error, sa.exc.DBAPIError) and (_connection_lost(error) or _sqlstate(error) in AGAIN)


def _is_trouble(error: Exception) -> bool:
    """Disk full, statement too slow, read-only server: neither the unit's fault nor mended by another try at once."""
    state = _sqlstate(error) or "" if isinstance(error, sa.exc.DBAPIError) else ""
    return state[:2] in ("53", "25", "58") or state == "57014"


def _connection_lost(error: Exception) -> bool:
    """Gone for good: as SQLAlchemy sees it, or by an SQLSTATE of class 08 (connection) or 57P (shutdown, kill)."""
    if not isinstance(error, sa.exc.DBAPIError):
        return True
    return error.connection_invalidated or (_sqlstate(error) or "")[:3] in ("080", "57P")


def _sqlstate(error: sa.exc.DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)

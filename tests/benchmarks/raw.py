"""The floor under everything that stores: the driver alone, four ready-made rows in one transaction."""

import json
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from datetime import datetime
from itertools import count
from typing import Any

import asyncpg

from bot.adapters.db.issue_rows import fixed_row, moving_row
from bot.adapters.db.postgres import OVERFLOW, POOL
from bot.adapters.db.sqlite import WRITING
from tests import builders
from tests.benchmarks.databases import SQLITE, Databases
from tests.benchmarks.world import timer_rows

Call = Callable[[int], Awaitable[object]]
Rows = Sequence[tuple[str, Mapping[str, Any]]]


@asynccontextmanager
async def four_rows(databases: Databases, kind: str) -> AsyncIterator[Call]:
    """A call that stores an issue, a line of its timeline, a timer and a message, and commits."""
    url = await databases.fresh(kind)
    if kind == SQLITE:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
            for pragma in WRITING:
                connection.execute(pragma)
            yield _on_sqlite(connection)
    else:
        async with asyncpg.create_pool(url, min_size=POOL, max_size=POOL + OVERFLOW) as pool:
            yield _on_postgres(pool)


def _on_sqlite(connection: sqlite3.Connection) -> Call:
    numbers = count(1)
    statements = [_insert(table, row, "?") for table, row in _rows(_for_sqlite)]
    values = [tuple(row.values()) for _, row in _rows(_for_sqlite)]

    async def call(_: int) -> None:
        number = next(numbers)
        connection.execute("BEGIN IMMEDIATE")
        for statement, row in zip(statements, values, strict=True):
            connection.execute(statement, (number, *row[1:]))
        connection.execute("COMMIT")

    return call


def _on_postgres(pool: asyncpg.Pool) -> Call:
    numbers = count(1)
    statements = [_insert(table, row, "${}") for table, row in _rows(_for_postgres)]
    values = [tuple(row.values()) for _, row in _rows(_for_postgres)]

    async def call(_: int) -> None:
        number = next(numbers)
        async with pool.acquire() as connection, connection.transaction():
            for statement, row in zip(statements, values, strict=True):
                await connection.execute(statement, number, *row[1:])

    return call


def _rows(convert: Callable[[Any], Any]) -> Rows:
    """The same four that Rung stores; the number of the issue comes first in each."""
    issue = builders.issue(asks=())
    event, message = builders.event(title="Checkout is down"), builders.notice()
    of_issue: dict[str, Any] = {"issue": 0, "workspace": builders.T1}
    line: dict[str, Any] = {
        "kind": event.kind.value,
        "at": event.at,
        "actor": event.actor,
        "data": dict(event.data),
    }
    letter: dict[str, Any] = {
        "key": message.key, "kind": message.kind.value, "op": message.op.value, "to_kind": message.to.kind.value,
        "to_id": message.to.id, "lane": message.lane, "rank": int(message.rank), "args": {}, "state": "pending",
        "due_at": builders.NOON, "attempts": 0, "claim": 0, "looked_up": False, "last_error": "",
        "created_at": builders.NOON,
    }  # fmt: skip
    rows = [
        ("issues", {"number": 0, "workspace": builders.T1} | fixed_row(issue) | moving_row(issue)),
        ("timeline", of_issue | line),
        ("timers", of_issue | timer_rows(issue)[0]),
        ("outbox", of_issue | letter),
    ]
    return [(table, {name: convert(value) for name, value in row.items()}) for table, row in rows]


def _insert(table: str, row: Mapping[str, Any], mark: str) -> str:
    marks = ", ".join(mark.format(place) for place in range(1, len(row) + 1))
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"


def _for_postgres(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict) else value


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return _for_postgres(value)

"""What a check-up reads from rows: who cannot be told, what failed or waits, timers that nobody makes take effect."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.domain.checks import Check, attention, broken, ok
from bot.domain.ids import WorkspaceId, issue_name
from bot.domain.wording.unsent import what, whom
from bot.usecases.ports import Store, Transactions
from bot.usecases.rows import DueTimer, OutboxRow
from bot.usecases.stranded import said, stranded

SLOW = timedelta(minutes=5)
"""A message that waits for longer, or a timer that is late by more, needs somebody to look."""
STUCK = timedelta(hours=1)
"""Somebody should have been told long ago."""
GRACE = timedelta(minutes=1)
"""A timer may be late by so much when very many are due at once."""
COUNTED = 1000

LIST_THEM = "Look at them with rung outbox list."
IS_IT_RUNNING = "Is Rung running? Start it, or look at its log."


async def look_at_rows(transactions: Transactions, workspace: WorkspaceId, now: datetime) -> list[Check]:
    """Each of these as it is stored right now. Raises DatabaseError."""

    def unit(store: Store) -> list[Check]:
        return [
            _failed(store.outbox.dead(workspace, COUNTED)),
            _waiting(store.outbox.waiting(workspace, COUNTED), now),
            _overdue(_late(store, workspace, now), now),
        ]

    return [
        *_untold(await stranded(transactions, workspace, now)),
        *await transactions.read(unit),
    ]


def _untold(numbers: Sequence[int]) -> Iterator[Check]:
    for sentence in said(numbers):
        yield broken("open issues", sentence)
    if not numbers:
        yield ok("open issues", "somebody can be told about each of them.")


def _failed(dead: Sequence[OutboxRow]) -> Check:
    if not dead:
        return ok("failed messages", "none.")
    return attention(
        "failed messages", f"{_many(dead)} failed for good; the newest: {_row(dead[0])}", LIST_THEM
    )


def _waiting(rows: Sequence[OutboxRow], now: datetime) -> Check:
    name = "oldest message on its way"
    if not rows:
        return ok(name, "every message went out.")
    age = now - rows[0].created_at
    told = f"{_many(rows)} on the way, the oldest for {_age(age)}: {_row(rows[0])}"
    if age > STUCK:
        return broken(name, told, LIST_THEM)
    return attention(name, told, LIST_THEM) if age > SLOW else ok(name, told)


def _late(store: Store, workspace: WorkspaceId, now: datetime) -> list[DueTimer]:
    return [one for one in store.timers.due(now - GRACE, COUNTED) if one.ref.workspace == workspace]


def _overdue(late: Sequence[DueTimer], now: datetime) -> Check:
    if not late:
        return ok("timers", "none is overdue.")
    behind = now - late[0].due_at
    told = f"{_number(len(late))} overdue, the oldest by {_age(behind)}, of {issue_name(late[0].ref.number)}."
    made = broken if behind > SLOW else attention
    return made("timers", told, IS_IT_RUNNING)


def _row(row: OutboxRow) -> str:
    about = f"{issue_name(row.issue)}, " if row.issue is not None else ""
    error = f" ({row.last_error.rstrip('.')})" if row.last_error else ""
    return f"{about}{what(row.notice)} to {whom(row.notice.to)}{error}."


def _many(rows: Sequence[OutboxRow]) -> str:
    return "1 message" if len(rows) == 1 else f"{_number(len(rows))} messages"


def _number(many: int) -> str:
    return f"{many} or more" if many >= COUNTED else str(many)


def _age(span: timedelta) -> str:
    seconds = max(0, int(span.total_seconds()))
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"

"""What `rung outbox` does, beside a Rung that may be running: each command is a function that gives a report."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.desk import Desk
from bot.domain.delivery import RowState
from bot.domain.ids import issue_name
from bot.domain.notification import NoticeKind
from bot.domain.wording.unsent import stands, what, whom
from bot.report import DIFFERENT, FINE, Report
from bot.usecases.rows import OutboxRow
from bot.usecases.unsent import MOST, cancel, list_unsent, retry, retry_all

SOON = "A running Rung takes it up within a second."
HELP = "To try again: rung outbox retry ID, or --all. To give one up: rung outbox cancel ID --reason WHY."


async def listed(desk: Desk, limit: int) -> Report:
    """What has not gone out; 1 when something failed for good."""
    unsent, now = await list_unsent(desk, desk.workspace, min(limit, MOST)), desk.clock.now()
    data = {
        "dead": [_data(one) for one in unsent.dead],
        "waiting": [_data(one) for one in unsent.waiting],
    }
    if not unsent.dead and not unsent.waiting:
        return Report(("Every message went out.",), data)
    lines = [
        *_part("Failed for good", unsent.dead, limit, now),
        *_part("On their way", unsent.waiting, limit, now),
        *([HELP] if unsent.dead else []),
    ]
    return Report(tuple(lines), data, DIFFERENT if unsent.dead else FINE)


async def tried_again(desk: Desk, row_id: int) -> Report:
    """One that failed for good. Raises NotFound, Refused."""
    row = await retry(desk, desk.workspace, row_id)
    return Report((_retried(row),), _data(row))


async def all_tried_again(desk: Desk) -> Report:
    """Every one that failed for good."""
    rows = await retry_all(desk, desk.workspace)
    lines = [_retried(row) for row in rows] or ["No message failed for good: there is nothing to try again."]
    return Report(tuple(lines), [_data(row) for row in rows])


async def cancelled(desk: Desk, row_id: int, why: str) -> Report:
    """One that has not gone out. Raises NotFound, Refused."""
    row = await cancel(desk, desk.workspace, row_id, why)
    kept = f" The timeline of {issue_name(row.issue)} says so." if row.issue is not None else ""
    if row.notice.kind is NoticeKind.BUNDLE:
        kept = " Nor will any of its parts. The timeline of each issue in it says so."
    return Report((f"{_named(row)} will not be sent.{kept}",), _data(row))


def _part(title: str, rows: Sequence[OutboxRow], limit: int, now: datetime) -> list[str]:
    if not rows:
        return []
    cut = f", the first {limit}" if len(rows) == limit else ""
    return [f"{title} ({len(rows)}{cut}):", *(f"  {_line(row, now)}" for row in rows)]


def _line(row: OutboxRow, now: datetime) -> str:
    since = f"{row.created_at:%Y-%m-%d %H:%M:%S} UTC"
    why = f" Last error: {row.last_error}" if row.last_error else ""
    return f"{_named(row)}: since {since}; {stands(row.state, row.due_at, now)}.{why}"


def _named(row: OutboxRow) -> str:
    about = f"{issue_name(row.issue)}, " if row.issue is not None else ""
    return f"{row.id}: {about}{what(row.notice)} to {whom(row.notice.to)}"


def _retried(row: OutboxRow) -> str:
    if row.state is RowState.CANCELLED:
        return f"{_named(row)}: a newer picture of it waits already, so this one is not needed."
    return f"{_named(row)}: is tried again. {SOON}"


def _data(row: OutboxRow) -> dict[str, Any]:
    """For programs; what the message says is left out."""
    return {
        "id": row.id,
        "issue": row.issue,
        "what": what(row.notice),
        "kind": row.notice.kind.value,
        "to": row.notice.to.id,
        "state": row.state.value,
        "since": row.created_at.isoformat(),
        "due_at": row.due_at.isoformat(),
        "attempts": row.attempts,
        "last_error": row.last_error,
    }

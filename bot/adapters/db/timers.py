"""Timers: a row is something that will happen. It needs no lease, because taking it is the transaction itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.db.facade import Tx
from bot.adapters.db.tables import timers
from bot.domain.ids import IssueRef
from bot.domain.timers import Timer, TimerKind
from bot.usecases.rows import DueTimer

_OF_ISSUE = (
    timers.c.workspace == sa.bindparam("of_workspace"),
    timers.c.issue == sa.bindparam("of_issue"),
)
_THIS = (
    *_OF_ISSUE,
    timers.c.epoch == sa.bindparam("of_epoch"),
    timers.c.kind == sa.bindparam("of_kind"),
    timers.c.n == sa.bindparam("of_n"),
)
_ORDER = (timers.c.due_at, timers.c.workspace, timers.c.issue, timers.c.epoch, timers.c.kind, timers.c.n)

SET = insert(timers).on_conflict_do_nothing()
DROP = sa.delete(timers).where(*_THIS)
OF_ISSUE = sa.select(timers).where(*_OF_ISSUE).order_by(*_ORDER)
DUE = (
    sa.select(timers)
    .where(timers.c.due_at <= sa.bindparam("now"))
    .order_by(*_ORDER)
    .limit(sa.bindparam("limit_to"))
)
NEXT_DUE = sa.select(sa.func.min(timers.c.due_at).label("due_at"))
POSTPONE = sa.update(timers).where(*_THIS).values(due_at=sa.bindparam("until"))


class SqlTimers:
    """Port Timers."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def set(self, ref: IssueRef, timers: Sequence[Timer]) -> None:
        """One that is there is left alone."""
        self._tx.write_many(SET, [_row(ref, timer) for timer in timers])
        self._tx.news |= bool(timers)

    def drop(self, ref: IssueRef, timers: Sequence[Timer]) -> None:
        """Gone ones do not matter."""
        self._tx.write_many(DROP, [_key(ref, timer.epoch, timer.kind, timer.n) for timer in timers])

    def of(self, ref: IssueRef) -> list[Timer]:
        """By due_at."""
        rows = self._tx.rows(OF_ISSUE, {"of_workspace": ref.workspace, "of_issue": ref.number})
        return [Timer(TimerKind(row.kind), row.epoch, row.n, row.due_at) for row in rows]

    def due(self, now: datetime, limit: int) -> list[DueTimer]:
        """Earliest first."""
        return [_due(row) for row in self._tx.rows(DUE, {"now": now, "limit_to": limit})]

    def next_due(self) -> datetime | None:
        """The earliest."""
        (row,) = self._tx.rows(NEXT_DUE)
        due_at: datetime | None = row.due_at
        return due_at

    def take(self, timer: DueTimer) -> bool:
        """Once."""
        return self._tx.write(DROP, _key(timer.ref, timer.epoch, timer.kind, timer.n)) == 1

    def postpone(self, timer: DueTimer, until: datetime) -> None:
        """When it is still there."""
        self._tx.write(POSTPONE, _key(timer.ref, timer.epoch, timer.kind, timer.n) | {"until": until})


def _row(ref: IssueRef, timer: Timer) -> dict[str, Any]:
    return {
        "workspace": ref.workspace,
        "issue": ref.number,
        "epoch": timer.epoch,
        "kind": timer.kind.value,
        "n": timer.n,
        "due_at": timer.due_at,
    }


def _key(ref: IssueRef, epoch: int, kind: TimerKind, n: int) -> dict[str, Any]:
    return {
        "of_workspace": ref.workspace,
        "of_issue": ref.number,
        "of_epoch": epoch,
        "of_kind": kind.value,
        "of_n": n,
    }


def _due(row: Any) -> DueTimer:
    return DueTimer(IssueRef(row.workspace, row.issue), TimerKind(row.kind), row.epoch, row.n, row.due_at)

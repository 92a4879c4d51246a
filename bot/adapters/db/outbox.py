"""The outbox: lanes keep their order, a claim is a number, and who records with an old number changes nothing."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from bot.adapters.db import outbox_statements as sql
from bot.adapters.db import outlived
from bot.adapters.db.facade import Tx
from bot.domain.delivery import RowState
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Target, TargetKind
from bot.domain.notification import Notice, NoticeKind, Op, Rank
from bot.domain.outlived import Old
from bot.usecases.rows import OutboxRow


class SqlOutbox:
    """Port Outbox."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def put(
        self, workspace: WorkspaceId, issue: int | None, notices: Sequence[Notice], now: datetime
    ) -> None:
        """Append in order; known POSTs are left alone, a pending EDIT takes over the newer picture."""
        for op, run in groupby(notices, key=lambda notice: notice.op):
            rows = [_row(workspace, issue, notice, now) for notice in run]
            self._tx.write_many(sql.PUT[op, issue is not None], rows)
        self._tx.news |= bool(notices)

    def claim(self, now: datetime, lease_until: datetime, limit: int) -> list[OutboxRow]:
        """Due heads of lanes, by rank, then id, each with its attempt written down."""
        params = {"now": now, "until": lease_until, "limit_to": limit}
        claimed = [_outbox_row(row) for row in self._tx.changed(sql.CLAIM, params)]
        claimed.sort(key=lambda row: (row.notice.rank, row.id))
        self._tx.write_many(sql.BEGIN_ATTEMPT, [_attempt(row, now) for row in claimed])
        return claimed

    def release_expired(self, now: datetime) -> int:
        """Claims past their lease become unknown."""
        return self._tx.write(sql.RELEASE_EXPIRED, {"now": now})

    def release_all(self, now: datetime) -> int:
        """Claims of processes that are gone become unknown."""
        return self._tx.write(sql.RELEASE_ALL, {"now": now})

    def settle(
        self,
        row: OutboxRow,
        state: RowState,
        *,
        now: datetime,
        due_at: datetime | None = None,
        error: str = "",
        counts: bool = True,
    ) -> bool:
        """Record an outcome, unless a newer claim exists or it was recorded already."""
        if state is RowState.PENDING and self._superseded(row):
            state = RowState.CANCELLED
        claim = {"of_id": row.id, "of_workspace": row.workspace, "of_claim": row.claim}
        outcome = {
            "to_state": state.value,
            "to_due_at": due_at or now,
            "to_error": error,
            "to_looked_up": state is RowState.UNKNOWN,
            "taken_back": 0 if counts else 1,
        }
        if not self._tx.changed(sql.SETTLE, claim | outcome):
            return False
        ended = {"now": now, "to_state": state.value, "to_error": error}
        self._tx.write(sql.END_ATTEMPT, claim | ended)
        return True

    def cancel(self, ref: IssueRef, keys: Sequence[str]) -> int:
        """Pending rows with these keys are not sent."""
        if not keys:
            return 0
        which = {"of_workspace": ref.workspace, "of_issue": ref.number, "keys": list(keys)}
        return self._tx.write(sql.CANCEL, which)

    def next_due(self) -> datetime | None:
        """The earliest due instant of what heads its lane."""
        row = self._tx.one(sql.NEXT_DUE)
        due_at: datetime | None = None if row is None else row.due_at
        return due_at

    def dead(self, workspace: WorkspaceId, limit: int = 50) -> list[OutboxRow]:
        """Newest first."""
        rows = self._tx.rows(sql.DEAD, {"of_workspace": workspace, "limit_to": limit})
        return [_outbox_row(row) for row in rows]

    def waiting(self, workspace: WorkspaceId, limit: int = 50) -> list[OutboxRow]:
        """Oldest first."""
        rows = self._tx.rows(sql.WAITING, {"of_workspace": workspace, "limit_to": limit})
        return [_outbox_row(row) for row in rows]

    def revive(self, row: OutboxRow, now: datetime) -> bool:
        """Dead rows only."""
        state = RowState.CANCELLED if self._superseded(row) else RowState.PENDING
        which = {"of_id": row.id, "of_workspace": row.workspace}
        revived = self._tx.write(sql.REVIVE, which | {"to_state": state.value, "now": now}) > 0
        self._tx.news |= revived
        return revived

    def call_off(self, row: OutboxRow, why: str) -> bool:
        """Rows that nobody sends right now."""
        which = {"of_id": row.id, "of_workspace": row.workspace}
        return self._tx.write(sql.CALL_OFF, which | {"to_error": why}) > 0

    def get(self, row_id: int) -> OutboxRow | None:
        """One row."""
        row = self._tx.one(sql.GET, {"of_id": row_id})
        return None if row is None else _outbox_row(row)

    def outlived(self, old: Old, after: int, limit: int) -> list[int]:
        """By id."""
        which = {"rows": old.rows, "posts": old.posts, "after": after, "limit_to": limit}
        return [row.id for row in self._tx.rows(outlived.OUTLIVED, which)]

    def remove(self, ids: Sequence[int]) -> int:
        """What depends on a row goes first."""
        which = {"ids": list(ids)}
        self._tx.write(outlived.REMOVE_ATTEMPTS, which)
        self._tx.write(outlived.REMOVE_PLACES, which)
        return self._tx.write(outlived.REMOVE, which)

    def pending_count(self, workspace: WorkspaceId) -> int:
        """Rows on their way."""
        (row,) = self._tx.rows(sql.PENDING_COUNT, {"of_workspace": workspace})
        return int(row[0])

    def _superseded(self, row: OutboxRow) -> bool:
        """Whether a newer edit of the same message is waiting already."""
        which = {"of_workspace": row.workspace, "of_issue": row.issue, "of_key": row.notice.key}
        return row.notice.op is Op.EDIT and self._tx.one(sql.SUPERSEDED, which) is not None


def _row(workspace: WorkspaceId, issue: int | None, notice: Notice, now: datetime) -> dict[str, Any]:
    return {
        "workspace": workspace,
        "issue": issue,
        "key": notice.key,
        "kind": notice.kind.value,
        "op": notice.op.value,
        "to_kind": notice.to.kind.value,
        "to_id": notice.to.id,
        "lane": notice.lane,
        "rank": int(notice.rank),
        "args": dict(notice.args),
        "state": RowState.PENDING.value,
        "due_at": now,
        "attempts": 0,
        "claim": 0,
        "looked_up": False,
        "last_error": "",
        "created_at": now,
    }


def _attempt(row: OutboxRow, now: datetime) -> dict[str, Any]:
    return {
        "workspace": row.workspace,
        "row_id": row.id,
        "claim": row.claim,
        "started_at": now,
        "error": "",
    }


def _outbox_row(row: Any) -> OutboxRow:
    return OutboxRow(
        id=row.id,
        workspace=row.workspace,
        issue=row.issue,
        notice=_notice(row),
        state=RowState(row.state),
        due_at=row.due_at,
        attempts=row.attempts,
        claim=row.claim,
        created_at=row.created_at,
        looked_up=row.looked_up,
        last_error=row.last_error,
    )


def _notice(row: Any) -> Notice:
    return Notice(
        kind=NoticeKind(row.kind),
        key=row.key,
        to=Target(TargetKind(row.to_kind), row.to_id),
        lane=row.lane,
        rank=Rank(row.rank),
        op=Op(row.op),
        args=row.args,
    )

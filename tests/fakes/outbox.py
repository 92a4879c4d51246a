"""The outbox in memory: lanes, claims, leases, and edits that fall together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.delivery import RowState
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.notification import Notice, Op
from bot.domain.outlived import Old
from bot.usecases.rows import OutboxRow
from tests.fakes.outlived import OVER, outlived
from tests.fakes.tables import Attempt, Entry, Tables

CLAIMABLE = (RowState.PENDING, RowState.UNKNOWN)


class MemoryOutbox:
    """Port Outbox."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def put(
        self, workspace: WorkspaceId, issue: int | None, notices: Sequence[Notice], now: datetime
    ) -> None:
        """Append in order; known POSTs are left alone, a pending EDIT takes over the newer picture."""
        if issue is not None:
            self._tables.must_know(IssueRef(workspace, issue))
        for notice in notices:
            twin = self._twin(workspace, issue, notice)
            if twin is None:
                self._insert(workspace, issue, notice, now)
            elif notice.op is Op.EDIT:
                self._store(replace(twin.row, notice=replace(notice, lane=twin.row.notice.lane)))

    def claim(self, now: datetime, lease_until: datetime, limit: int) -> list[OutboxRow]:
        """Due heads of lanes, by rank, then id."""
        due = [row for row in self._heads() if row.state in CLAIMABLE and row.due_at <= now]
        due.sort(key=lambda row: (row.notice.rank, row.id))
        return [self._claim(row, now, lease_until) for row in due[:limit]]

    def release_expired(self, now: datetime) -> int:
        """Claims past their lease become unknown."""
        claimed = self._claimed()
        return self._release([one.row for one in claimed if one.lease_until and one.lease_until <= now], now)

    def release_all(self, now: datetime) -> int:
        """Claims of processes that are gone become unknown."""
        return self._release([one.row for one in self._claimed()], now)

    def _claimed(self) -> list[Entry]:
        return [entry for entry in self._tables.outbox.values() if entry.row.state is RowState.CLAIMED]

    def _release(self, lost: Sequence[OutboxRow], now: datetime) -> int:
        for row in lost:
            self._store(replace(row, state=RowState.UNKNOWN, looked_up=True, due_at=now))
        return len(lost)

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
        entry = self._tables.outbox.get(row.id)
        if entry is None or entry.row.claim != row.claim:
            return False
        if entry.row.state not in (RowState.CLAIMED, RowState.UNKNOWN, RowState.BUNDLED):
            return False
        present = entry.row
        if state is RowState.PENDING and self._superseded(present):
            state = RowState.CANCELLED
        self._store(
            replace(
                present,
                state=state,
                due_at=due_at or now,
                last_error=error,
                looked_up=state is RowState.UNKNOWN,
                attempts=present.attempts if counts else present.attempts - 1,
            )
        )
        attempt = self._tables.attempts[row.id, row.claim]
        self._tables.attempts[row.id, row.claim] = replace(attempt, outcome=state)
        return True

    def cancel(self, ref: IssueRef, keys: Sequence[str]) -> int:
        """Pending rows with these keys are not sent."""
        found = [
            entry.row
            for entry in self._tables.outbox.values()
            if entry.row.state is RowState.PENDING
            and (entry.row.workspace, entry.row.issue) == (ref.workspace, ref.number)
            and entry.row.notice.key in keys
        ]
        for row in found:
            self._store(replace(row, state=RowState.CANCELLED))
        return len(found)

    def next_due(self) -> datetime | None:
        """The earliest due instant of what heads its lane."""
        return min((row.due_at for row in self._heads() if row.state in CLAIMABLE), default=None)

    def dead(self, workspace: WorkspaceId, limit: int = 50) -> list[OutboxRow]:
        """Newest first."""
        rows = [
            entry.row
            for entry in reversed(self._tables.outbox.values())
            if entry.row.workspace == workspace and entry.row.state is RowState.DEAD
        ]
        return rows[:limit]

    def waiting(self, workspace: WorkspaceId, limit: int = 50) -> list[OutboxRow]:
        """Oldest first."""
        alive = (entry.row for entry in self._tables.outbox.values() if entry.alive)
        return [row for row in alive if row.workspace == workspace][:limit]

    def revive(self, row: OutboxRow, now: datetime) -> bool:
        """Dead rows only."""
        present = self._present(row)
        if present is None or present.state is not RowState.DEAD:
            return False
        state = RowState.CANCELLED if self._superseded(present) else RowState.PENDING
        again = present.notice.op is Op.POST
        self._store(replace(present, state=state, due_at=now, attempts=0, looked_up=again))
        return True

    def call_off(self, row: OutboxRow, why: str) -> bool:
        """Rows that nobody sends right now."""
        present = self._present(row)
        if present is None or present.state not in (RowState.DEAD, *CLAIMABLE):
            return False
        self._store(replace(present, state=RowState.CANCELLED, last_error=why))
        return True

    def _present(self, row: OutboxRow) -> OutboxRow | None:
        entry = self._tables.outbox.get(row.id)
        return entry.row if entry is not None and entry.row.workspace == row.workspace else None

    def get(self, row_id: int) -> OutboxRow | None:
        """One row."""
        entry = self._tables.outbox.get(row_id)
        return entry.row if entry else None

    def outlived(self, old: Old, after: int, limit: int) -> list[int]:
        """By id."""
        rows = [entry.row for entry in self._tables.outbox.values()]
        return [row.id for row in rows if row.id > after and outlived(self._tables, row, old)][:limit]

    def remove(self, ids: Sequence[int]) -> int:
        """What depends on a row goes too."""
        rows = [row for row in map(self.get, ids) if row is not None and row.state in OVER]
        for row in rows:
            del self._tables.outbox[row.id]
            self._tables.free_messages.pop((row.workspace, row.notice.key), None)
        going = {row.id for row in rows}
        for key in [one for one in self._tables.attempts if one[0] in going]:
            del self._tables.attempts[key]
        return len(rows)

    def pending_count(self, workspace: WorkspaceId) -> int:
        """Rows on their way."""
        return sum(entry.alive and entry.row.workspace == workspace for entry in self._tables.outbox.values())

    def _heads(self) -> Iterator[OutboxRow]:
        lanes: set[tuple[WorkspaceId, str]] = set()
        for entry in self._tables.outbox.values():
            lane = entry.row.workspace, entry.row.notice.lane
            if entry.alive and lane not in lanes:
                lanes.add(lane)
                yield entry.row

    def _claim(self, row: OutboxRow, now: datetime, lease_until: datetime) -> OutboxRow:
        claimed = replace(row, state=RowState.CLAIMED, claim=row.claim + 1, attempts=row.attempts + 1)
        self._tables.outbox[row.id] = Entry(claimed, lease_until)
        self._tables.attempts[row.id, claimed.claim] = Attempt(row.id, claimed.claim, now)
        return claimed

    def _twin(self, workspace: WorkspaceId, issue: int | None, notice: Notice) -> Entry | None:
        for entry in self._tables.outbox.values():
            row = entry.row
            same = (row.workspace, row.issue, row.notice.key, row.notice.op)
            if same == (workspace, issue, notice.key, notice.op) and (
                notice.op is Op.POST or row.state is RowState.PENDING
            ):
                return entry
        return None

    def _superseded(self, row: OutboxRow) -> bool:
        if row.notice.op is Op.POST:
            return False
        twin = self._twin(row.workspace, row.issue, row.notice)
        return twin is not None and twin.row.id != row.id

    def _insert(self, workspace: WorkspaceId, issue: int | None, notice: Notice, now: datetime) -> None:
        row_id = self._tables.next_id("outbox")
        self._tables.outbox[row_id] = Entry(
            OutboxRow(row_id, workspace, issue, notice, RowState.PENDING, now, 0, 0, now)
        )

    def _store(self, row: OutboxRow) -> None:
        self._tables.outbox[row.id] = replace(self._tables.outbox[row.id], row=row)

"""What people changed about schedules. A withdrawn change stays in the table, with who withdrew it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.adapters.db.facade import Tx
from bot.adapters.db.people_tables import oncall_changes
from bot.adapters.db.tables import workspaces
from bot.domain.ids import WorkspaceId
from bot.domain.oncall.model import ChangeKind, OnCallChange

_IN_FORCE = (
    oncall_changes.c.workspace == sa.bindparam("of_workspace"),
    sa.text("withdrawn_at IS NULL"),
)
_THIS = (*_IN_FORCE, oncall_changes.c.id == sa.bindparam("of_id"))
LOCK = (
    sa.select(workspaces.c.id)
    .where(workspaces.c.id == sa.bindparam("of_workspace"))
    .with_for_update(key_share=True)
)
"""Lets others store what belongs to the workspace meanwhile. On SQLite there is one writer anyway."""
ADD = sa.insert(oncall_changes).returning(oncall_changes.c.id)
GET = sa.select(oncall_changes).where(*_THIS)
WITHDRAW = (
    sa.update(oncall_changes)
    .where(*_THIS)
    .values(withdrawn_by=sa.bindparam("by"), withdrawn_at=sa.bindparam("now"))
)
BETWEEN = sa.select(oncall_changes).where(
    *_IN_FORCE,
    oncall_changes.c.begins < sa.bindparam("until"),
    oncall_changes.c.ends > sa.bindparam("since"),
)
"""Without an order: SQLite would rather read the whole table by id than sort a few rows."""


class SqlOnCallChanges:
    """Port OnCallChanges."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def lock(self, workspace: WorkspaceId) -> None:
        """Waits for whoever has it."""
        self._tx.changed(LOCK, {"of_workspace": workspace})

    def add(self, workspace: WorkspaceId, change: OnCallChange) -> OnCallChange:
        """The database counts the ids."""
        (row,) = self._tx.changed(ADD, _row(workspace, change))
        return replace(change, id=row.id)

    def get(self, workspace: WorkspaceId, change_id: int) -> OnCallChange | None:
        """None when it was withdrawn."""
        row = self._tx.one(GET, {"of_workspace": workspace, "of_id": change_id})
        return None if row is None else _change(row)

    def withdraw(self, workspace: WorkspaceId, change_id: int, by: str, now: datetime) -> bool:
        """Once."""
        which = {"of_workspace": workspace, "of_id": change_id}
        return self._tx.write(WITHDRAW, which | {"by": by, "now": now}) == 1

    def between(self, workspace: WorkspaceId, start: datetime, end: datetime) -> list[OnCallChange]:
        """Those that begin before the end and end after the start, sorted here."""
        which = {"of_workspace": workspace, "since": start, "until": end}
        return sorted(map(_change, self._tx.rows(BETWEEN, which)), key=lambda change: change.id)


def _row(workspace: WorkspaceId, change: OnCallChange) -> dict[str, Any]:
    return {
        "workspace": workspace,
        "kind": change.kind.value,
        "person": change.person,
        "schedule": change.schedule,
        "instead_of": change.instead_of,
        "begins": change.start,
        "ends": change.end,
        "made_by": change.made_by,
        "made_at": change.made_at,
        "note": change.note,
    }


def _change(row: Any) -> OnCallChange:
    return OnCallChange(
        id=row.id,
        kind=ChangeKind(row.kind),
        person=row.person,
        start=row.begins,
        end=row.ends,
        schedule=row.schedule,
        instead_of=row.instead_of,
        made_by=row.made_by,
        made_at=row.made_at,
        note=row.note,
    )

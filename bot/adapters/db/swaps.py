"""Requests to take over a colleague's time."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.adapters.db.facade import Tx
from bot.adapters.db.people_tables import swaps
from bot.domain.ids import WorkspaceId
from bot.usecases.people_ports import Swap, SwapState

_THIS = (swaps.c.workspace == sa.bindparam("of_workspace"), swaps.c.id == sa.bindparam("of_id"))
ADD = sa.insert(swaps).returning(swaps.c.id)
GET = sa.select(swaps).where(*_THIS)
LOCK = GET.with_for_update()
DECIDE = (
    sa.update(swaps)
    .where(*_THIS)
    .values(state=sa.bindparam("to_state"), decided_at=sa.bindparam("to_decided_at"))
)
OPEN_OF = (
    sa.select(swaps)
    .where(
        swaps.c.workspace == sa.bindparam("of_workspace"),
        sa.text("state = 'asked'"),
        swaps.c.ends > sa.bindparam("now"),
        sa.or_(swaps.c.asker == sa.bindparam("person"), swaps.c.colleague == sa.bindparam("person")),
    )
    .order_by(swaps.c.begins, swaps.c.id)
)
UNANSWERED = (
    sa.select(swaps)
    .where(
        swaps.c.workspace == sa.bindparam("of_workspace"),
        sa.text("state = 'asked'"),
        swaps.c.begins <= sa.bindparam("now"),
    )
    .order_by(swaps.c.begins, swaps.c.id)
)


class SqlSwaps:
    """Port Swaps."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def add(self, workspace: WorkspaceId, swap: Swap) -> Swap:
        """The database counts the ids."""
        (row,) = self._tx.changed(ADD, _row(workspace, swap))
        return replace(swap, id=row.id)

    def get(self, workspace: WorkspaceId, swap_id: int, *, lock: bool = False) -> Swap | None:
        """With `lock`, waits for whoever has it."""
        which = {"of_workspace": workspace, "of_id": swap_id}
        rows = self._tx.changed(LOCK, which) if lock else self._tx.rows(GET, which)
        return _swap(rows[0]) if rows else None

    def decide(self, workspace: WorkspaceId, swap: Swap) -> None:
        """Its state and when that was decided; nothing else of a swap changes."""
        decision = {"to_state": swap.state.value, "to_decided_at": swap.decided_at}
        self._tx.write(DECIDE, {"of_workspace": workspace, "of_id": swap.id} | decision)

    def open_of(self, workspace: WorkspaceId, user: str, now: datetime) -> list[Swap]:
        """By start, then id."""
        which = {"of_workspace": workspace, "person": user, "now": now}
        return [_swap(row) for row in self._tx.rows(OPEN_OF, which)]

    def unanswered(self, workspace: WorkspaceId, now: datetime) -> list[Swap]:
        """By start, then id."""
        return [_swap(row) for row in self._tx.rows(UNANSWERED, {"of_workspace": workspace, "now": now})]


def _row(workspace: WorkspaceId, swap: Swap) -> dict[str, Any]:
    return {
        "workspace": workspace,
        "asker": swap.asker,
        "colleague": swap.colleague,
        "schedule": swap.schedule,
        "begins": swap.start,
        "ends": swap.end,
        "state": swap.state.value,
        "asked_at": swap.asked_at,
        "decided_at": swap.decided_at,
        "whoever": swap.whoever,
        "note": swap.note,
    }


def _swap(row: Any) -> Swap:
    return Swap(
        id=row.id,
        asker=row.asker,
        colleague=row.colleague,
        start=row.begins,
        end=row.ends,
        state=SwapState(row.state),
        asked_at=row.asked_at,
        schedule=row.schedule,
        decided_at=row.decided_at,
        whoever=row.whoever,
        note=row.note,
    )

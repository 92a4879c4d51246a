"""Workspaces. Their row also holds the counter of issue numbers, which `put` leaves alone."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.db.facade import Tx
from bot.adapters.db.tables import workspaces
from bot.domain.ids import WorkspaceId
from bot.usecases.rows import WorkspaceRow

GET = sa.select(workspaces).where(workspaces.c.id == sa.bindparam("of_workspace"))
FIRST_TWO = sa.select(workspaces).order_by(workspaces.c.id).limit(2)
_INSERT = insert(workspaces)
PUT = _INSERT.on_conflict_do_update(
    index_elements=["id"],
    set_={name: _INSERT.excluded[name] for name in ("name", "bot_user", "updated_at")},
)


class SqlWorkspaces:
    """Port Workspaces."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def get(self, workspace: WorkspaceId) -> WorkspaceRow | None:
        """By id."""
        row = self._tx.one(GET, {"of_workspace": workspace})
        return None if row is None else _workspace(row)

    def only(self) -> WorkspaceRow | None:
        """None when there are several."""
        known = self._tx.rows(FIRST_TWO)
        return _workspace(known[0]) if len(known) == 1 else None

    def put(self, row: WorkspaceRow, now: datetime) -> None:
        """Insert or replace; the counter stays."""
        self._tx.write(
            PUT,
            {"id": row.id, "name": row.name, "bot_user": row.bot_user, "last_number": 0, "updated_at": now},
        )


def _workspace(row: Any) -> WorkspaceRow:
    return WorkspaceRow(row.id, row.name, row.bot_user)

"""Who agreed to which place on which path."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.db.facade import Tx
from bot.adapters.db.people_tables import agreements
from bot.domain.ids import WorkspaceId
from bot.usecases.people_ports import Agreement, Consent

_SAID = ("terms", "version", "asked_at", "consent", "answered_at", "reason", "reminders")
_INSERT = insert(agreements)
_ASKED = Consent.ASKED.value
PUT = _INSERT.on_conflict_do_update(
    index_elements=["workspace", "path", "level", "person"],
    set_={name: _INSERT.excluded[name] for name in _SAID},
    where=(_INSERT.excluded.consent != _ASKED)
    | (_INSERT.excluded.terms != agreements.c.terms)
    | (agreements.c.consent == _ASKED),
)
"""An answer that came in meanwhile is not replaced by its question."""
_OF_WORKSPACE = agreements.c.workspace == sa.bindparam("of_workspace")
_OF_PATH = agreements.c.path == sa.bindparam("of_path")
_THIS = (
    _OF_WORKSPACE,
    _OF_PATH,
    agreements.c.level == sa.bindparam("of_level"),
    agreements.c.person == sa.bindparam("of_person"),
)
GET = sa.select(agreements).where(*_THIS)
ALL = sa.select(agreements).where(_OF_WORKSPACE)
OF_PATH = ALL.where(_OF_PATH)
REMOVE = sa.delete(agreements).where(*_THIS)


class SqlAgreements:
    """Port Agreements."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def put(self, workspace: WorkspaceId, agreements: Sequence[Agreement]) -> None:
        """Insert or replace, but no answer by its question."""
        self._tx.write_many(PUT, [_row(workspace, one) for one in agreements])

    def get(self, workspace: WorkspaceId, path: str, level: int, user: str) -> Agreement | None:
        """By what names it."""
        row = self._tx.one(GET, _key(workspace, path, level, user))
        return None if row is None else _agreement(row)

    def of(self, workspace: WorkspaceId, path: str | None = None) -> list[Agreement]:
        """Sorted here: databases differ in how they order text."""
        which = {"of_workspace": workspace}
        rows = (
            self._tx.rows(ALL, which) if path is None else self._tx.rows(OF_PATH, which | {"of_path": path})
        )
        return sorted(map(_agreement, rows), key=lambda one: (one.path, one.level, one.user))

    def remove(self, workspace: WorkspaceId, agreements: Sequence[Agreement]) -> None:
        """Gone ones do not matter."""
        keys = [_key(workspace, one.path, one.level, one.user) for one in agreements]
        self._tx.write_many(REMOVE, keys)


def _key(workspace: WorkspaceId, path: str, level: int, user: str) -> dict[str, Any]:
    return {"of_workspace": workspace, "of_path": path, "of_level": level, "of_person": user}


def _row(workspace: WorkspaceId, agreement: Agreement) -> dict[str, Any]:
    return {
        "workspace": workspace,
        "path": agreement.path,
        "level": agreement.level,
        "person": agreement.user,
        "terms": agreement.terms,
        "version": agreement.version,
        "asked_at": agreement.asked_at,
        "consent": agreement.consent.value,
        "answered_at": agreement.answered_at,
        "reason": agreement.reason,
        "reminders": agreement.reminders,
    }


def _agreement(row: Any) -> Agreement:
    return Agreement(
        path=row.path,
        level=row.level,
        user=row.person,
        terms=row.terms,
        version=row.version,
        asked_at=row.asked_at,
        consent=Consent(row.consent),
        answered_at=row.answered_at,
        reason=row.reason,
        reminders=row.reminders,
    )

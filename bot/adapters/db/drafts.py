"""Drafts: what somebody submitted and what is no issue yet, one per person."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.db.facade import Tx
from bot.adapters.db.search_tables import drafts
from bot.domain.ids import WorkspaceId
from bot.usecases.finding_ports import Draft

_OF = (drafts.c.workspace == sa.bindparam("of_workspace"), drafts.c.person == sa.bindparam("of_person"))
GET = sa.select(drafts).where(*_OF)
_ROW = insert(drafts)
PUT = _ROW.on_conflict_do_update(
    index_elements=["workspace", "person"],
    set_={name: _ROW.excluded[name] for name in ("key", "fields", "known", "saved_at")},
)
DROP = sa.delete(drafts).where(*_OF)
DROP_OF = DROP.where(drafts.c.key.in_(sa.bindparam("of_keys", expanding=True)))
FORGET = sa.delete(drafts).where(drafts.c.saved_at < sa.bindparam("then", type_=drafts.c.saved_at.type))


class SqlDrafts:
    """Port Drafts."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def get(self, workspace: WorkspaceId, person: str) -> Draft | None:
        """Theirs."""
        row = self._tx.one(GET, {"of_workspace": workspace, "of_person": person})
        return None if row is None else Draft(row.person, row.key, row.fields, row.known, row.saved_at)

    def put(self, workspace: WorkspaceId, draft: Draft) -> None:
        """In the place of the one before."""
        self._tx.write(
            PUT,
            {
                "workspace": workspace,
                "person": draft.person,
                "key": draft.key,
                "fields": dict(draft.fields),
                "known": dict(draft.known),
                "saved_at": draft.saved_at,
            },
        )

    def drop(self, workspace: WorkspaceId, person: str, keys: Sequence[str] = ()) -> bool:
        """Whichever, or only that of one of these forms."""
        which = {"of_workspace": workspace, "of_person": person}
        if keys:
            return self._tx.write(DROP_OF, which | {"of_keys": list(keys)}) > 0
        return self._tx.write(DROP, which) > 0

    def forget_before(self, then: datetime) -> int:
        """Older ones."""
        return self._tx.write(FORGET, {"then": then})

"""Keys of what came in, with the answer that was given. The workspace may be one that was never met before."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.db.facade import Tx
from bot.adapters.db.tables import inbound
from bot.domain.ids import WorkspaceId
from bot.usecases.ports import StaleWrite

ANSWER = sa.select(inbound.c.answer).where(
    inbound.c.workspace == sa.bindparam("of_workspace"), inbound.c.key == sa.bindparam("of_key")
)
REMEMBER = insert(inbound).on_conflict_do_nothing().returning(inbound.c.key)
_KEY = sa.tuple_(inbound.c.workspace, inbound.c.key)
FORGET = sa.delete(inbound).where(
    _KEY.in_(
        sa.select(inbound.c.workspace, inbound.c.key)
        .where(inbound.c.at < sa.bindparam("then", type_=inbound.c.at.type))
        .limit(sa.bindparam("limit_to"))
    )
)


class SqlInbound:
    """Port Inbound."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def answer(self, workspace: WorkspaceId, key: str) -> str | None:
        """As it was given."""
        row = self._tx.one(ANSWER, {"of_workspace": workspace, "of_key": key})
        return None if row is None else str(row.answer)

    def remember(self, workspace: WorkspaceId, key: str, answer: str, now: datetime) -> None:
        """Raises StaleWrite when the key came in twice at once: run again, the unit finds the first answer."""
        row = {"workspace": workspace, "key": key, "answer": answer, "at": now}
        if not self._tx.changed(REMEMBER, row):
            raise StaleWrite(f"{key} was answered by somebody else.")

    def forget_before(self, then: datetime, limit: int) -> int:
        """How many were forgotten."""
        return self._tx.write(FORGET, {"then": then, "limit_to": limit})

"""Messages about no issue that were sent and may be edited later, by key."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.db.facade import Tx
from bot.adapters.db.people_tables import free_messages
from bot.domain.ids import WorkspaceId
from bot.usecases.people_ports import FreeMessage

_INSERT = insert(free_messages)
PUT = _INSERT.on_conflict_do_update(
    index_elements=["workspace", "key"],
    set_={name: _INSERT.excluded[name] for name in ("place", "stamp")},
)
GET = sa.select(free_messages).where(
    free_messages.c.workspace == sa.bindparam("of_workspace"), free_messages.c.key == sa.bindparam("of_key")
)


class SqlFreeMessages:
    """Port FreeMessages."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def put(self, message: FreeMessage) -> None:
        """Insert or replace."""
        row = {"workspace": message.workspace, "key": message.key}
        self._tx.write(PUT, row | {"place": message.place, "stamp": message.stamp})

    def get(self, workspace: WorkspaceId, key: str) -> FreeMessage | None:
        """By key."""
        row = self._tx.one(GET, {"of_workspace": workspace, "of_key": key})
        return None if row is None else FreeMessage(WorkspaceId(row.workspace), row.key, row.place, row.stamp)

"""Messages that were sent, by key and by where they are."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.db.facade import Tx
from bot.adapters.db.snapshot import dump
from bot.adapters.db.tables import messages
from bot.domain.ids import IssueRef, WorkspaceId
from bot.usecases.rows import MessageRef

_OF_ISSUE = (
    messages.c.workspace == sa.bindparam("of_workspace"),
    messages.c.issue == sa.bindparam("of_issue"),
)
_INSERT = insert(messages)
PUT = _INSERT.on_conflict_do_update(
    index_elements=["workspace", "issue", "key"],
    set_={name: _INSERT.excluded[name] for name in ("notice", "place", "stamp", "version", "live")},
)
GET = sa.select(messages).where(*_OF_ISSUE, messages.c.key == sa.bindparam("of_key"))
OF = sa.select(messages).where(*_OF_ISSUE).order_by(messages.c.key)
LIVE = OF.where(messages.c.live)
TOGETHER = (
    sa.select(messages)
    .where(
        messages.c.workspace == sa.bindparam("of_workspace"),
        messages.c.place == sa.bindparam("of_place"),
        messages.c.stamp == sa.bindparam("of_stamp"),
    )
    .order_by(messages.c.issue, messages.c.key)
)
AT = TOGETHER.limit(1)


class SqlMessages:
    """Port Messages."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def put(self, message: MessageRef) -> None:
        """Insert or replace."""
        self._tx.write(PUT, _row(message))

    def get(self, ref: IssueRef, key: str) -> MessageRef | None:
        """By key."""
        which = {"of_workspace": ref.workspace, "of_issue": ref.number, "of_key": key}
        return _first(self._tx.one(GET, which))

    def live(self, ref: IssueRef) -> list[MessageRef]:
        """In the order of their keys."""
        rows = self._tx.rows(LIVE, {"of_workspace": ref.workspace, "of_issue": ref.number})
        return [_message(row) for row in rows]

    def of(self, ref: IssueRef) -> list[MessageRef]:
        """In the order of their keys."""
        rows = self._tx.rows(OF, {"of_workspace": ref.workspace, "of_issue": ref.number})
        return [_message(row) for row in rows]

    def at(self, workspace: WorkspaceId, place: str, stamp: str) -> MessageRef | None:
        """By where it is."""
        which = {"of_workspace": workspace, "of_place": place, "of_stamp": stamp}
        return _first(self._tx.one(AT, which))

    def together(self, workspace: WorkspaceId, place: str, stamp: str) -> list[MessageRef]:
        """By issue and key."""
        which = {"of_workspace": workspace, "of_place": place, "of_stamp": stamp}
        return [_message(row) for row in self._tx.rows(TOGETHER, which)]


def _row(message: MessageRef) -> dict[str, Any]:
    return {
        "workspace": message.workspace,
        "issue": message.issue,
        "key": message.key,
        "notice": dump(message.notice),
        "place": message.place,
        "stamp": message.stamp,
        "version": message.version,
        "live": message.live,
    }


def _first(row: sa.Row[Any] | None) -> MessageRef | None:
    return None if row is None else _message(row)


def _message(row: Any) -> MessageRef:
    return MessageRef(
        workspace=row.workspace,
        issue=row.issue,
        key=row.key,
        notice=row.notice,
        place=row.place,
        stamp=row.stamp,
        version=row.version,
        live=row.live,
    )

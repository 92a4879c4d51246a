"""Calendar feeds. Every look-up names the workspace but one: a secret cannot be guessed, and says whose it is."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.db.facade import Tx
from bot.adapters.db.people_tables import feeds
from bot.domain.ids import WorkspaceId
from bot.usecases.people_ports import Feed, FeedKind

_INSERT = insert(feeds)
PUT = _INSERT.on_conflict_do_update(
    index_elements=["workspace", "kind", "key"],
    set_={name: _INSERT.excluded[name] for name in ("secret", "made_by", "made_at")},
)
OF = sa.select(feeds).where(
    feeds.c.workspace == sa.bindparam("of_workspace"),
    feeds.c.kind == sa.bindparam("of_kind"),
    feeds.c.key == sa.bindparam("of_key"),
)
BY_SECRET = sa.select(feeds).where(feeds.c.secret == sa.bindparam("of_secret"))


class SqlFeeds:
    """Port Feeds."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def put(self, feed: Feed) -> None:
        """The old secret leads nowhere from now on."""
        self._tx.write(PUT, _row(feed))

    def of(self, workspace: WorkspaceId, kind: FeedKind, key: str) -> Feed | None:
        """At most one."""
        row = self._tx.one(OF, {"of_workspace": workspace, "of_kind": kind.value, "of_key": key})
        return None if row is None else _feed(row)

    def by_secret(self, secret: str) -> Feed | None:
        """At most one."""
        row = self._tx.one(BY_SECRET, {"of_secret": secret})
        return None if row is None else _feed(row)


def _row(feed: Feed) -> dict[str, Any]:
    return {
        "workspace": feed.workspace,
        "kind": feed.kind.value,
        "key": feed.key,
        "secret": feed.secret,
        "made_by": feed.made_by,
        "made_at": feed.made_at,
    }


def _feed(row: Any) -> Feed:
    return Feed(WorkspaceId(row.workspace), FeedKind(row.kind), row.key, row.secret, row.made_by, row.made_at)

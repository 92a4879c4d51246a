"""Pages for clients, and who agreed on them. A secret cannot be guessed, and says whose page it is.

Secrets are kept as they are, like those of calendar feeds: who gave a page can look its address up and send it again,
and all that it leads to is in the same database.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.db.facade import Tx
from bot.adapters.db.people_tables import client_pages, client_yeses
from bot.domain.ids import WorkspaceId
from bot.usecases.client_ports import ClientPage, ClientYes

_IN_FORCE = sa.text("withdrawn_at IS NULL")
_OF_WORKSPACE = client_pages.c.workspace == sa.bindparam("of_workspace")
_THIS = (_OF_WORKSPACE, client_pages.c.id == sa.bindparam("of_id"), _IN_FORCE)
_GIVEN = ("workspace", "path", "client", "name")
ADD = (
    insert(client_pages)
    .on_conflict_do_nothing(index_elements=list(_GIVEN), index_where=_IN_FORCE)
    .returning(client_pages.c.id)
)
GIVEN = sa.select(client_pages).where(
    *(client_pages.c[name] == sa.bindparam(f"of_{name}") for name in _GIVEN), _IN_FORCE
)
GET = sa.select(client_pages).where(*_THIS)
BY_SECRET = sa.select(client_pages).where(client_pages.c.secret == sa.bindparam("of_secret"), _IN_FORCE)
ALL = sa.select(client_pages).where(_OF_WORKSPACE, _IN_FORCE).order_by(client_pages.c.id)
OF_PATH = ALL.where(client_pages.c.path == sa.bindparam("of_path"))
WITHDRAW = (
    sa.update(client_pages)
    .where(*_THIS)
    .values(withdrawn_by=sa.bindparam("by_whom"), withdrawn_at=sa.bindparam("at_instant"))
)
AGREE = insert(client_yeses).on_conflict_do_nothing(index_elements=["workspace", "page", "terms", "name"])
YESES = sa.select(client_yeses).where(
    client_yeses.c.workspace == sa.bindparam("of_workspace"),
    client_yeses.c.page.in_(sa.bindparam("of_pages", expanding=True)),
)


class SqlClientPages:
    """Port ClientPages."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def add(self, page: ClientPage) -> ClientPage:
        """The database counts the ids, and holds the rule that a client has one page of a path."""
        stored = self._tx.changed(ADD, _row(page))
        if stored:
            return replace(page, id=stored[0].id)
        given = {f"of_{name}": getattr(page, name) for name in _GIVEN}
        (row,) = self._tx.rows(GIVEN, given)
        return _page(row)

    def get(self, workspace: WorkspaceId, page_id: int) -> ClientPage | None:
        """By id."""
        row = self._tx.one(GET, {"of_workspace": workspace, "of_id": page_id})
        return None if row is None else _page(row)

    def by_secret(self, secret: str) -> ClientPage | None:
        """At most one."""
        row = self._tx.one(BY_SECRET, {"of_secret": secret})
        return None if row is None else _page(row)

    def of(self, workspace: WorkspaceId, path: str | None = None) -> list[ClientPage]:
        """By id."""
        which = {"of_workspace": workspace}
        rows = (
            self._tx.rows(ALL, which) if path is None else self._tx.rows(OF_PATH, which | {"of_path": path})
        )
        return [_page(row) for row in rows]

    def withdraw(self, workspace: WorkspaceId, page_id: int, by: str, now: datetime) -> bool:
        """Once."""
        which = {"of_workspace": workspace, "of_id": page_id, "by_whom": by, "at_instant": now}
        return self._tx.write(WITHDRAW, which) > 0

    def agree(self, workspace: WorkspaceId, yes: ClientYes) -> bool:
        """Once for each name and terms."""
        row = {
            "workspace": workspace,
            "page": yes.page,
            "terms": yes.terms,
            "name": yes.name,
            "version": yes.version,
            "said_at": yes.said_at,
        }
        return self._tx.write(AGREE, row) > 0

    def yeses(self, workspace: WorkspaceId, pages: Sequence[int]) -> list[ClientYes]:
        """Sorted here: databases differ in how they order text."""
        rows = self._tx.rows(YESES, {"of_workspace": workspace, "of_pages": list(pages)})
        return sorted(map(_yes, rows), key=lambda one: (one.said_at, one.name, one.page))


def _row(page: ClientPage) -> dict[str, Any]:
    return {
        "workspace": page.workspace,
        "path": page.path,
        "client": page.client,
        "name": page.name,
        "secret": page.secret,
        "made_by": page.made_by,
        "made_at": page.made_at,
    }


def _page(row: Any) -> ClientPage:
    return ClientPage(
        row.id,
        WorkspaceId(row.workspace),
        row.path,
        row.client,
        row.name,
        row.secret,
        row.made_by,
        row.made_at,
    )


def _yes(row: Any) -> ClientYes:
    return ClientYes(row.page, row.name, row.version, row.terms, row.said_at)

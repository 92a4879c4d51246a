"""Published matrix versions: the document as it was written, and its value so that reading needs no parser."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.db.facade import Tx
from bot.adapters.db.snapshot import dump
from bot.adapters.db.tables import matrices
from bot.domain.ids import WorkspaceId
from bot.domain.matrix.model import PublishedMatrix
from bot.usecases.ports import StaleWrite
from bot.usecases.rows import VersionInfo

LATEST = (
    sa.select(matrices)
    .where(matrices.c.workspace == sa.bindparam("of_workspace"))
    .order_by(matrices.c.version.desc())
    .limit(1)
)
GET = sa.select(matrices).where(
    matrices.c.workspace == sa.bindparam("of_workspace"), matrices.c.version == sa.bindparam("of_version")
)
HISTORY = (
    sa.select(matrices.c.version, matrices.c.author, matrices.c.note, matrices.c.published_at)
    .where(matrices.c.workspace == sa.bindparam("of_workspace"))
    .order_by(matrices.c.version.desc())
    .limit(sa.bindparam("limit_to"))
)
PUBLISH = insert(matrices).on_conflict_do_nothing().returning(matrices.c.version)


class SqlMatrices:
    """Port Matrices."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def latest(self, workspace: WorkspaceId) -> PublishedMatrix | None:
        """The highest version."""
        row = self._tx.one(LATEST, {"of_workspace": workspace})
        return None if row is None else _published(row)

    def get(self, workspace: WorkspaceId, version: int) -> PublishedMatrix | None:
        """As it was published."""
        row = self._tx.one(GET, {"of_workspace": workspace, "of_version": version})
        return None if row is None else _published(row)

    def history(self, workspace: WorkspaceId, limit: int = 50) -> list[VersionInfo]:
        """Without the documents, which are large."""
        rows = self._tx.rows(HISTORY, {"of_workspace": workspace, "limit_to": limit})
        return [VersionInfo(row.version, row.author, row.note, row.published_at) for row in rows]

    def publish(
        self, workspace: WorkspaceId, matrix: PublishedMatrix, author: str, note: str, now: datetime
    ) -> None:
        """Raises StaleWrite when somebody published that version a moment earlier."""
        row = {
            "workspace": workspace,
            "version": matrix.version,
            "document": dump(matrix.matrix),
            "source": matrix.source,
            "author": author,
            "note": note,
            "published_at": now,
        }
        if not self._tx.changed(PUBLISH, row):
            raise StaleWrite(f"Version {matrix.version} of the matrix was published by somebody else.")
        self._tx.news = True


def _published(row: Any) -> PublishedMatrix:
    return PublishedMatrix(row.version, row.document, row.source)

"""Published matrix versions: the document as it was written, and its value so that reading needs no parser."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.db.facade import Tx
from bot.adapters.db.snapshot import dump, load
from bot.adapters.db.tables import matrices
from bot.domain.ids import WorkspaceId
from bot.domain.matrix.model import Matrix, PublishedMatrix
from bot.usecases.ports import StaleWrite

LATEST = (
    sa.select(matrices)
    .where(matrices.c.workspace == sa.bindparam("of_workspace"))
    .order_by(matrices.c.version.desc())
    .limit(1)
)
PUBLISH = insert(matrices).on_conflict_do_nothing().returning(matrices.c.version)


class SqlMatrices:
    """Port Matrices."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def latest(self, workspace: WorkspaceId) -> PublishedMatrix | None:
        """The highest version."""
        row = self._tx.one(LATEST, {"of_workspace": workspace})
        if row is None:
            return None
        return PublishedMatrix(row.version, load(Matrix, row.document), row.source)

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

"""Publishing a matrix: a new version, and every replica's picture of it in memory."""

from bot.domain.ids import WorkspaceId
from bot.domain.matrix.model import Matrix, PublishedMatrix
from bot.usecases.ports import Clock, Store, Transactions


class PublishedMatrices:
    """The port MatrixHolder: what is in force, per workspace, so that forms need no database."""

    def __init__(self) -> None:
        self._current: dict[WorkspaceId, PublishedMatrix] = {}

    def current(self, workspace: WorkspaceId) -> PublishedMatrix | None:
        """The one in force as far as known."""
        return self._current.get(workspace)

    def hold(self, workspace: WorkspaceId, published: PublishedMatrix) -> None:
        """Take a version into memory."""
        self._current[workspace] = published


async def publish_at_start(
    transactions: Transactions, clock: Clock, workspace: WorkspaceId, matrix: Matrix, source: str
) -> PublishedMatrix:
    """Publish the document when it differs from the version in force; else keep that version."""
    now = clock.now()

    def unit(store: Store) -> PublishedMatrix:
        latest = store.matrices.latest(workspace)
        if latest is not None and latest.source == source:
            return latest
        version = latest.version + 1 if latest is not None else 1
        published = PublishedMatrix(version, matrix, source)
        store.matrices.publish(workspace, published, "", "published at start", now)
        return published

    return await transactions.run(unit)


async def refresh(transactions: Transactions, held: PublishedMatrices, workspace: WorkspaceId) -> None:
    """Look whether another replica published a newer version."""
    latest = await transactions.read(lambda store: store.matrices.latest(workspace))
    if latest is not None:
        held.hold(workspace, latest)

"""The history of the matrix: every version, and what each changed."""

from dataclasses import dataclass

from bot.domain.ids import WorkspaceId
from bot.domain.matrix.diff import Difference, diff
from bot.usecases.matrix_rights import Editor, editor
from bot.usecases.ports import Store
from bot.usecases.publish_matrix import unknown_version
from bot.usecases.rows import VersionInfo
from bot.usecases.services import Services
from bot.usecases.show_matrix import in_force

SHOWN = 20


@dataclass(frozen=True, slots=True)
class History:
    """The newest versions, newest first; `present` is the one in force."""

    versions: tuple[VersionInfo, ...]
    present: int
    editor: Editor


@dataclass(frozen=True, slots=True)
class Changed:
    """What one version changed against the one before it. The first one changed nothing."""

    version: int
    differences: tuple[Difference, ...]


async def history(services: Services, workspace: WorkspaceId, user: str) -> History:
    """Raises Refused when nothing was published yet."""
    published = in_force(services, workspace)
    found = await services.transactions.read(lambda store: store.matrices.history(workspace, SHOWN))
    present = max((one.version for one in found), default=published.version)
    return History(tuple(found), present, await editor(services, workspace, published.matrix, user))


async def changed(services: Services, workspace: WorkspaceId, version: int) -> Changed:
    """Raises NotFound for a version that there is not."""

    def unit(store: Store) -> Changed:
        after = store.matrices.get(workspace, version)
        if after is None:
            raise unknown_version(version)
        before = store.matrices.get(workspace, version - 1)
        return Changed(version, diff(before.matrix, after.matrix) if before else ())

    return await services.transactions.read(unit)

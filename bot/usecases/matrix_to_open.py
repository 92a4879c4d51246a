"""The matrix in force and the issues raised under an older version, as an admin sees and moves them in Slack."""

from collections.abc import Sequence

from bot.domain.ids import WorkspaceId
from bot.usecases.apply_to_open import OpenChange, apply_to_open, list_changes
from bot.usecases.matrix_rights import editor, require_admin
from bot.usecases.services import Services
from bot.usecases.show_matrix import in_force

AT_ONCE = 30
"""Issues that are shown, and moved by one press: both fit into the time Slack gives for an answer."""


async def open_changes(services: Services, workspace: WorkspaceId, user: str) -> list[OpenChange]:
    """What the matrix in force would change for open issues, oldest first. Raises NotAllowed."""
    matrix = in_force(services, workspace).matrix
    require_admin(await editor(services, workspace, matrix, user))
    return await list_changes(services, workspace)


async def move_open(
    services: Services, workspace: WorkspaceId, user: str, numbers: Sequence[int]
) -> list[OpenChange]:
    """Do it for these issues, `AT_ONCE` at most; those that stay as they are say why. Raises NotAllowed."""
    matrix = in_force(services, workspace).matrix
    require_admin(await editor(services, workspace, matrix, user))
    return await apply_to_open(services, workspace, by=user, numbers=frozenset(numbers[:AT_ONCE]))

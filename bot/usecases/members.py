"""What is for members only, about no single issue: the matrix, and who is on call."""

import asyncio
from datetime import timedelta

from bot.domain.errors import NotAllowed
from bot.domain.general_rights import Doing, may_do
from bot.domain.ids import WorkspaceId
from bot.usecases.outside import DirectoryDown
from bot.usecases.services import Services

LOOK_UP_TIME = timedelta(milliseconds=800)
ONLY_MEMBERS = (
    "Only members of this workspace may see the matrix and who is on call. "
    "Guests raise issues and follow their own."
)


async def require_look(services: Services, workspace: WorkspaceId, user: str) -> None:
    """Raises NotAllowed for guests and outsiders; who cannot be looked up in time is not kept from it."""
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            person = await services.directory.person(workspace, user)
    except (DirectoryDown, TimeoutError):
        return
    stranger = person is not None and (person.guest or person.outsider)
    if not may_do(Doing.LOOK, member=not stranger, guest=stranger):
        raise NotAllowed(ONLY_MEMBERS)

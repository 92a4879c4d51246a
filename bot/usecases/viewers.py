"""Who looks at a list: what only a look-up can tell, fetched outside of any transaction."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.ids import WorkspaceId
from bot.usecases.find_people import find_people
from bot.usecases.outside import DirectoryDown
from bot.usecases.rows import PersonInfo, Viewer
from bot.usecases.services import Services

LOOK_UP_TIME = timedelta(milliseconds=800)
"""Leaves room in the answer's budget; who cannot be looked up in time has no rights yet."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Somebody who looks. `known` False = nobody could say who they are: rights can only get smaller."""

    user: str
    manager: bool = False
    admin: bool = False
    member: bool = False
    known: bool = True

    @property
    def viewer(self) -> Viewer:
        """What they may see of lists."""
        return Viewer(self.user, sees_all=self.manager, own_only=not self.member)


async def onlooker(services: Services, workspace: WorkspaceId, user: str) -> Onlooker:
    """Who this is, by the directory and the matrix in force. Never fails."""
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            person = await services.directory.person(workspace, user)
            manager = user in await managers(services, workspace)
    except (DirectoryDown, TimeoutError) as error:
        _log.warning("viewer not looked up: %s", error or "too slow", extra={"action": "viewer"})
        return Onlooker(user, known=False)
    member = _is_member(person)
    return Onlooker(user, manager and member, bool(person and person.admin) and member, member)


async def managers(services: Services, workspace: WorkspaceId) -> tuple[str, ...]:
    """The people who oversee what is escalated, now. Raises DirectoryDown."""
    published = services.matrix.current(workspace)
    if published is None:
        return ()
    (found,) = await find_people(services, workspace, [published.matrix.workspace.escalation_manager])
    return tuple(target.id for target in found.targets)


def _is_member(person: PersonInfo | None) -> bool:
    return person is not None and not (person.guest or person.outsider or person.deactivated or person.bot)

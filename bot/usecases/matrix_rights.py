"""Who may change the matrix: path owners their paths and the schedules these use, admins everything."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.contacts import Contact, ContactKind
from bot.domain.errors import NotAllowed
from bot.domain.general_rights import Doing, may_do
from bot.domain.ids import WorkspaceId
from bot.domain.matrix.model import Matrix, Path
from bot.domain.words import say
from bot.usecases.find_people import find_people
from bot.usecases.outside import DirectoryDown
from bot.usecases.services import Services

LOOK_UP_TIME = timedelta(milliseconds=800)
"""Leaves room in the answer's budget; who cannot be looked up in time has no rights yet."""


@dataclass(frozen=True, slots=True)
class Editor:
    """What one person may change: everything as `admin`, else the paths of these names and schedules of these keys."""

    user: str
    admin: bool = False
    paths: frozenset[str] = frozenset()
    schedules: frozenset[str] = frozenset()

    def may_edit_path(self, name: str) -> bool:
        """Contacts, timers and texts of a path."""
        return may_do(Doing.EDIT_PATH, admin=self.admin, path_owner=name in self.paths)

    def may_edit_schedule(self, key: str) -> bool:
        """People of a schedule."""
        return may_do(Doing.EDIT_SCHEDULE, admin=self.admin, path_owner=key in self.schedules)


async def editor(services: Services, workspace: WorkspaceId, matrix: Matrix, user: str) -> Editor:
    """What this person may change. With a slow or missing directory: nothing, because rights only get smaller."""
    owners = tuple(dict.fromkeys(path.owner for path in matrix.paths if path.owner is not None))
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            person = await services.directory.person(workspace, user)
            found = await find_people(services, workspace, owners)
    except (DirectoryDown, TimeoutError):
        return Editor(user)
    if person is None or person.guest or person.outsider or person.deactivated:
        return Editor(user)
    mine = {one.contact for one in found if any(target.id == user for target in one.targets)}
    paths = [path for path in matrix.paths if path.owner in mine]
    return Editor(
        user,
        admin=person.admin,
        paths=frozenset(path.name for path in paths),
        schedules=frozenset(key for path in paths for key in schedules_of(path)),
    )


def require_path(who: Editor, path: Path) -> None:
    """Raises NotAllowed with a sentence that says who may."""
    if not who.may_edit_path(path.name):
        owner = f"{path.owner}, who owns it, or " if path.owner else ""
        raise NotAllowed(
            say(
                "Only {owner}a workspace admin may change the path {path}.",
                owner=owner,
                path=path.name,
            )
        )


def require_schedule(who: Editor, key: str) -> None:
    """Raises NotAllowed with a sentence that says who may."""
    if not who.may_edit_schedule(key):
        raise NotAllowed(
            say(
                "Only the owner of a path that asks {key}, or a workspace admin, may change its people.",
                key=key,
            )
        )


def require_admin(who: Editor) -> None:
    """Raises NotAllowed with a sentence that says who may."""
    if not may_do(Doing.PUBLISH, admin=who.admin):
        raise NotAllowed("Only a workspace admin may publish a whole matrix. Please ask one of them.")


def schedules_of(path: Path) -> Iterator[str]:
    """The keys of the schedules this path asks or tells, in order, each maybe more than once."""
    for contact in contacts_of(path):
        if contact.kind is ContactKind.ONCALL:
            yield contact.value


def contacts_of(path: Path) -> Iterator[Contact]:
    """Everybody a path names: asked, told, and its owner."""
    for level in path.levels:
        yield from level.contacts
        yield from level.inform
    yield from path.inform
    if path.owner is not None:
        yield path.owner

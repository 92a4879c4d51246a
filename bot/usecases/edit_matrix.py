"""Changing the matrix in Slack: a form becomes edits, edits a document, which is checked, planned and published."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.errors import Refused
from bot.domain.ids import WorkspaceId
from bot.domain.matrix.edits import Edit, layer_edits, level_edits, path_edits
from bot.domain.matrix.flaw import Where
from bot.domain.matrix.model import Matrix, Path, PublishedMatrix
from bot.domain.words import NOTHING, Sentence, say
from bot.usecases import publish_matrix
from bot.usecases.document_port import Read
from bot.usecases.edits_as_text import dump_edits
from bot.usecases.matrix_rights import Editor, editor, require_admin, require_path, require_schedule
from bot.usecases.new_flaws import new_flaws
from bot.usecases.publish_matrix import Overtaken, Plan, unknown_version
from bot.usecases.services import ANSWER_BUDGET, Services

NOTHING_CHANGED = "Nothing is different from what is in force. Change something, or press Cancel."
GONE = "This part of the matrix is not there any more. Please look at the matrix again."


@dataclass(frozen=True, slots=True)
class Place:
    """What a form was opened for, in a version of the matrix: a level of a path, a path (`level` 0), or a layer of a
    schedule (`schedule`, `level` from 1)."""

    version: int
    path: int = 0
    level: int = 0
    schedule: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A checked change that nobody published yet: on which version, which edits, and what they mean in words.

    `doubts` are what would be wrong, or looks like a slip, and is not so in the version in force; `first` is what the
    reader must know before.
    """

    base: int
    edits: tuple[Edit, ...]
    plan: Plan
    doubts: tuple[str, ...]
    first: Sentence = NOTHING

    def dump(self) -> str:
        """What a form carries from the plan to publishing."""
        return dump_edits(self.base, self.edits)


async def version_of(services: Services, workspace: WorkspaceId, version: int) -> PublishedMatrix:
    """A version by number, from memory when it is the one in force. Raises NotFound."""
    current = services.matrix.current(workspace)
    if current is not None and current.version == version:
        return current
    found = await services.transactions.read(lambda store: store.matrices.get(workspace, version))
    if found is None:
        raise unknown_version(version)
    return found


async def may_edit(services: Services, workspace: WorkspaceId, user: str, place: Place) -> PublishedMatrix:
    """The version a form is about, once this person may change that place. Raises NotAllowed, NotFound, Refused."""
    published = await version_of(services, workspace, place.version)
    who = await editor(services, workspace, published.matrix, user)
    if place.schedule:
        require_schedule(who, place.schedule)
    else:
        require_path(who, path_at(published.matrix, place.path))
    return published


def path_at(matrix: Matrix, index: int) -> Path:
    """The path at this place. Raises Refused when there is none."""
    if not 0 <= index < len(matrix.paths):
        raise Refused(GONE)
    return matrix.paths[index]


async def propose(
    services: Services, workspace: WorkspaceId, user: str, place: Place, typed: Mapping[str, str]
) -> Proposal:
    """What the filled form means; when somebody published since it was opened, on the version in force.

    Raises FieldErrors by key of the document, Refused, NotAllowed, NotFound.
    """
    published = await may_edit(services, workspace, user, place)
    edits = _edits(published.matrix, place, typed)
    if not edits:
        raise Refused(NOTHING_CHANGED)
    try:
        return await _proposal(services, workspace, published, edits)
    except Overtaken as overtaken:
        return await again(services, workspace, place.version, edits, overtaken.sentence)


async def again(
    services: Services, workspace: WorkspaceId, base: int, edits: Sequence[Edit], first: Sentence
) -> Proposal:
    """The same change on the version in force, after somebody else published, of which `first` tells.

    Raises Refused when its part is gone, and when the other one made the same change.
    """
    before = await version_of(services, workspace, base)
    latest = await services.transactions.read(lambda store: store.matrices.latest(workspace))
    if latest is None:
        raise Refused(GONE)
    moved = tuple(Edit(_moved(one.where, before.matrix, latest.matrix), one.value) for one in edits)
    return replace(await _proposal(services, workspace, latest, moved), first=first)


async def publish(
    services: Services, workspace: WorkspaceId, user: str, base: int, edits: Sequence[Edit], note: str
) -> Sentence:
    """Publish the change, and ask those whose terms are new. Raises Overtaken, NotAllowed, Refused, NotSaved."""
    before = await version_of(services, workspace, base)
    who = await editor(services, workspace, before.matrix, user)
    for one in edits:
        _require(who, before.matrix, one.where)
    read = await _edit(services, before, edits)
    published = await publish_matrix.apply(
        services,
        workspace,
        read.matrix,
        read.source,
        base_version=base,
        author=user,
        note=note,
        budget=ANSWER_BUDGET,
    )
    return _published(services, workspace, published)


async def may_publish(services: Services, workspace: WorkspaceId, user: str) -> None:
    """Raises NotAllowed unless this person may publish whole documents, Refused when there is no matrix yet."""
    require_admin(await _editor_now(services, workspace, user))


async def plan_document(
    services: Services, workspace: WorkspaceId, user: str, text: bytes, name: str
) -> Proposal:
    """What publishing this whole document, a file of that name, would change. Raises Refused with every mistake and
    its line, NotAllowed."""
    require_admin(await _editor_now(services, workspace, user))
    read = await _read(services, text, name)
    plan = await publish_matrix.plan(services.transactions, workspace, read.matrix, read.source)
    if plan.nothing:
        raise Refused("This file says the same as the matrix in force. There is nothing to publish.")
    before = await version_of(services, workspace, plan.base)
    worse = await new_flaws(services, workspace, before.matrix, read)
    return Proposal(plan.base, (), worse.told_in(plan), worse.by_line())


async def publish_document(
    services: Services, workspace: WorkspaceId, user: str, text: bytes, name: str, base: int, note: str
) -> Sentence:
    """Publish the whole document. Raises as `plan_document` does, and Overtaken."""
    require_admin(await _editor_now(services, workspace, user))
    read = await _read(services, text, name)
    published = await publish_matrix.apply(
        services,
        workspace,
        read.matrix,
        read.source,
        base_version=base,
        author=user,
        note=note,
        budget=ANSWER_BUDGET,
    )
    return _published(services, workspace, published)


async def roll_back(
    services: Services, workspace: WorkspaceId, user: str, version: int, base: int
) -> Sentence:
    """Publish an old version again. Raises NotAllowed, NotFound, Overtaken, Refused."""
    require_admin(await _editor_now(services, workspace, user))
    published = await publish_matrix.roll_back(
        services, workspace, version, base_version=base, author=user, budget=ANSWER_BUDGET
    )
    return _published(services, workspace, published)


async def _read(services: Services, text: bytes, name: str) -> Read:
    """Beside the event loop: a document of a megabyte takes seconds, and others wait for their answers meanwhile."""
    return await asyncio.to_thread(services.documents.read, text, name)


async def _edit(services: Services, published: PublishedMatrix, edits: Sequence[Edit]) -> Read:
    """Beside the event loop, too."""
    return await asyncio.to_thread(services.documents.edit, published.source, edits)


async def _editor_now(services: Services, workspace: WorkspaceId, user: str) -> Editor:
    current = services.matrix.current(workspace)
    if current is None:
        raise Refused("There is no escalation matrix yet. Please publish one from the command line first.")
    return await editor(services, workspace, current.matrix, user)


def _published(services: Services, workspace: WorkspaceId, published: PublishedMatrix) -> Sentence:
    services.matrix.hold(workspace, published)
    return say(
        "Version {n} of the matrix is in force. The issue channel is told what changed, and whoever has new terms is "
        "asked whether they agree.",
        n=published.version,
    )


async def _proposal(
    services: Services, workspace: WorkspaceId, published: PublishedMatrix, edits: tuple[Edit, ...]
) -> Proposal:
    read = await _edit(services, published, edits)
    plan = await publish_matrix.plan(services.transactions, workspace, read.matrix, read.source)
    if plan.base != published.version:
        newest = await version_of(services, workspace, plan.base)
        raise Overtaken(published.version, newest, ())
    if plan.nothing:
        raise Refused(NOTHING_CHANGED)
    worse = await new_flaws(services, workspace, published.matrix, read)
    return Proposal(published.version, edits, worse.told_in(plan), worse.by_part())


def _edits(matrix: Matrix, place: Place, typed: Mapping[str, str]) -> tuple[Edit, ...]:
    if place.schedule:
        schedule = matrix.schedule(place.schedule)
        if schedule is None or not 0 < place.level <= len(schedule.layers):
            raise Refused(GONE)
        return layer_edits(place.schedule, place.level, schedule.layers[place.level - 1], typed)
    path = path_at(matrix, place.path)
    if place.level == 0:
        return path_edits(place.path, path, typed)
    if place.level > len(path.levels):
        raise Refused(GONE)
    return level_edits(place.path, place.level, path.levels[place.level - 1], typed)


def _require(who: Editor, matrix: Matrix, where: Where) -> None:
    """Edits come back from a form, so their places are looked at again."""
    match where:
        case ("paths", int(index), *_):
            require_path(who, path_at(matrix, index))
        case ("schedules", str(key), *_):
            require_schedule(who, key)
        case _:
            require_admin(who)


def _moved(where: Where, before: Matrix, after: Matrix) -> Where:
    """The same place in another version, by the names of path and level. Raises Refused when it is gone."""
    match where:
        case ("paths", int(index), *rest):
            name = path_at(before, index).name
            place = next((n for n, path in enumerate(after.paths) if path.name == name), None)
            if place is None:
                raise Refused(GONE)
            return ("paths", place, *_moved_level(rest, before.paths[index], after.paths[place]))
        case ("schedules", str(key), "layers", int(number), *_):
            schedule = after.schedule(key)
            if schedule is None or number >= len(schedule.layers):
                raise Refused(GONE)
    return where


def _moved_level(rest: Sequence[str | int], before: Path, after: Path) -> Where:
    match rest:
        case ["levels", int(number), *tail]:
            name = before.levels[number].name
            place = next((n for n, level in enumerate(after.levels) if level.name == name), None)
            if place is None:
                raise Refused(GONE)
            return ("levels", place, *tail)
    return tuple(rest)

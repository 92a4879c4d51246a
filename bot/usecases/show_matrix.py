"""Reading the matrix in force: every path at a glance, and one ladder with who is there right now."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.contacts import Contact
from bot.domain.errors import NotFound, Refused
from bot.domain.ids import WorkspaceId
from bot.domain.matrix.model import Matrix, Path, PublishedMatrix
from bot.domain.matrix.phrases import suggest
from bot.domain.text import unquoted
from bot.domain.words import say
from bot.usecases.find_people import find_people
from bot.usecases.matrix_rights import Editor, contacts_of, editor
from bot.usecases.outside import DirectoryDown
from bot.usecases.people_ports import Agreement
from bot.usecases.ports import Store
from bot.usecases.rows import Resolved, VersionInfo
from bot.usecases.services import Services

LOOK_UP_TIME = timedelta(milliseconds=900)
"""A page that says "right now" is worth a short wait; without the answer it shows what the matrix says."""
NO_MATRIX = "There is no escalation matrix yet. Please ask an admin to publish one."


@dataclass(frozen=True, slots=True)
class PathShown:
    """One path with who stands behind its contacts. `people` lacks what could not be looked up in time."""

    published: PublishedMatrix
    path: Path
    index: int
    people: Mapping[Contact, Resolved]
    agreements: tuple[Agreement, ...]
    editor: Editor
    looked_up: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """All paths of the version in force, who published it, and what this reader may change."""

    published: PublishedMatrix
    info: VersionInfo | None
    editor: Editor


def in_force(services: Services, workspace: WorkspaceId) -> PublishedMatrix:
    """The matrix in force. Raises Refused when there is none."""
    published = services.matrix.current(workspace)
    if published is None:
        raise Refused(NO_MATRIX)
    return published


async def overview(services: Services, workspace: WorkspaceId, user: str) -> Overview:
    """Every path. Raises Refused when nothing is published."""
    published = in_force(services, workspace)
    newest = await services.transactions.read(lambda store: store.matrices.history(workspace, 1))
    info = next((one for one in newest if one.version == published.version), None)
    return Overview(published, info, await editor(services, workspace, published.matrix, user))


async def show_path(services: Services, workspace: WorkspaceId, user: str, words: str) -> PathShown:
    """One path by its name or the beginning of it. Raises NotFound with what there is, Refused without a matrix."""
    published = in_force(services, workspace)
    path = find_path(published.matrix, words)

    def unit(store: Store) -> tuple[Agreement, ...]:
        return tuple(store.agreements.of(workspace, path.name))

    agreements = await services.transactions.read(unit)
    people = await _people(services, workspace, published.matrix, path)
    return PathShown(
        published,
        path,
        published.matrix.paths.index(path),
        people or {},
        agreements,
        await editor(services, workspace, published.matrix, user),
        looked_up=people is not None,
    )


def is_path(services: Services, workspace: WorkspaceId, words: str) -> bool:
    """Whether these words are the whole name of a path in force."""
    published = services.matrix.current(workspace)
    return published is not None and _spelled(words) in _by_name(published.matrix)


def find_path(matrix: Matrix, words: str) -> Path:
    """By name, in quotes or without, else by the only beginning that fits, whatever the case. Raises NotFound."""
    wanted, names = _spelled(unquoted(words)), _by_name(matrix)
    if wanted in names:
        return names[wanted]
    begins = [path for name, path in names.items() if wanted and name.startswith(wanted)]
    if len(begins) == 1:
        return begins[0]
    hint = suggest(words, [path.name for path in begins or matrix.paths])
    raise NotFound(say("There is no path “{words}”. {hint}", words=words, hint=hint))


def _by_name(matrix: Matrix) -> Mapping[str, Path]:
    return {_spelled(path.name): path for path in matrix.paths}


def _spelled(words: str) -> str:
    return " ".join(words.split()).casefold()


async def _people(
    services: Services, workspace: WorkspaceId, matrix: Matrix, path: Path
) -> Mapping[Contact, Resolved] | None:
    rules = matrix.workspace
    wanted = tuple(dict.fromkeys((*contacts_of(path), rules.escalation_manager, rules.catch_all)))
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            found = await find_people(services, workspace, wanted)
    except (DirectoryDown, TimeoutError):
        return None
    return {one.contact: one for one in found}

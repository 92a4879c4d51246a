"""What `rung matrix` does, without its words on the command line: each command is a function that gives a report."""

from collections.abc import AsyncIterator, Awaitable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.adapters.db.beside import beside
from bot.adapters.matrix_file import Finding, check_matrix, read_matrix_file
from bot.adapters.matrix_file.source import read_bytes
from bot.adapters.system import SystemChance, SystemClock, nonce
from bot.domain.errors import NotFound, RungError
from bot.domain.ids import WorkspaceId
from bot.domain.matrix.diff import Difference, diff
from bot.domain.matrix.model import Matrix, PublishedMatrix
from bot.usecases import publish_matrix
from bot.usecases.ports import Clock, Store, Transactions, VersionInfo
from bot.usecases.publish_matrix import (
    BY_COMMAND,
    NothingToPublish,
    Plan,
    author_name,
    unknown_version,
)

FINE, DIFFERENT = 0, 1
NOTHING = "Nothing to publish: the document in force says the same."


@dataclass(frozen=True, slots=True)
class Report:
    """Lines for people, data for programs (JSON), and the exit code: 0 = fine, 1 = differences or findings."""

    lines: tuple[str, ...]
    data: Any
    code: int = FINE


class NoBell:
    """A running Rung looks by itself every two seconds."""

    def ring(self) -> None:
        """See the port Bell."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The database, seen from the command line: what publishing needs, and whose matrix it is."""

    transactions: Transactions
    workspace: WorkspaceId
    clock: Clock
    bell: NoBell


@asynccontextmanager
async def open_desk(database_url: str, workspace: str = "") -> AsyncIterator[Desk]:
    """The database beside whoever runs on it. Raises RungError with a sentence."""
    async with beside(database_url, chance=SystemChance(), name=f"rung-matrix-{nonce()}") as transactions:
        known = await transactions.read(lambda store: _workspace(store, workspace))
        yield Desk(transactions, known, SystemClock(), NoBell())


def check(file: Path, strict: bool = False) -> Report:
    """What is wrong with a file, and what looks like a slip (with `strict` that is wrong too).

    Raises MatrixFileError for a file that cannot be read.
    """
    matrix, findings = check_matrix(read_bytes(file), str(file))
    bad = matrix is None or (strict and findings)
    lines = [str(one) for one in findings]
    if matrix is not None:
        lines.append(f"{file}: can be used. {_sizes(matrix)}.")
    data = {"usable": matrix is not None, "findings": [_finding(one) for one in findings]}
    return Report(tuple(lines), data, DIFFERENT if bad else FINE)


async def plan(desk: Desk, file: Path) -> tuple[Plan, Report]:
    """What publishing this file would change. Raises MatrixFileError."""
    matrix, source = read_matrix_file(file)
    made = await publish_matrix.plan(desk.transactions, desk.workspace, matrix, source)
    _, findings = check_matrix(source, str(file))
    notes = [*(one.plain() for one in made.warnings), *(str(one) for one in findings)]
    data = {
        "base": made.base,
        "nothing": made.nothing,
        "differences": [_difference(one) for one in made.differences],
        "warnings": notes,
    }
    return made, Report(_plan_lines(made, file, notes), data, FINE if made.nothing else DIFFERENT)


async def apply(desk: Desk, file: Path, base: int, note: str) -> Report:
    """Publish this file on version `base`. Raises MatrixFileError, Overtaken."""
    matrix, source = read_matrix_file(file)
    return await _publish(
        publish_matrix.apply(
            desk, desk.workspace, matrix, source, base_version=base, author=BY_COMMAND, note=note
        )
    )


async def roll_back(desk: Desk, version: int, note: str) -> Report:
    """Publish an old version as a new one. Raises NotFound, Overtaken."""
    latest = await _latest(desk)
    return await _publish(
        publish_matrix.roll_back(
            desk, desk.workspace, version, base_version=latest.version, author=BY_COMMAND, note=note
        )
    )


async def export(desk: Desk, version: int | None) -> bytes:
    """A version's document as it was written. Raises NotFound."""
    found = await _version(desk, version) if version is not None else await _latest(desk)
    return found.source.encode()


async def versions(desk: Desk, limit: int) -> Report:
    """What was published when and by whom, newest first."""
    history = await desk.transactions.read(lambda store: store.matrices.history(desk.workspace, limit))
    return Report(tuple(_version_line(one) for one in history), [_version_data(one) for one in history])


async def differences(desk: Desk | None, before: str | None, after: str | None) -> Report:
    """From one matrix to another; each is a version's number or a file, None = the version in force.

    `desk` may be None when both are files. Raises MatrixFileError, NotFound.
    """
    found = diff(await _matrix(desk, before), await _matrix(desk, after))
    lines = [one.sentence.plain() for one in found] or ["No differences."]
    return Report(tuple(lines), [_difference(one) for one in found], DIFFERENT if found else FINE)


def is_number(which: str | None) -> bool:
    """Whether this names a version, not a file."""
    return which is None or which.isdecimal()


def _workspace(store: Store, wanted: str) -> WorkspaceId:
    found = store.workspaces.get(WorkspaceId(wanted)) if wanted else store.workspaces.only()
    if found is not None:
        return found.id
    if wanted:
        raise NotFound(f"There is no workspace {wanted} in this database. Check the id (T...).")
    raise RungError(
        "Whose matrix is it? This database knows no workspace yet, or several. Start Rung once, or name one with "
        "--workspace."
    )


async def _latest(desk: Desk) -> PublishedMatrix:
    found = await desk.transactions.read(lambda store: store.matrices.latest(desk.workspace))
    if found is None:
        raise NotFound("No matrix is published yet. To publish one: rung matrix apply FILE")
    return found


async def _version(desk: Desk, version: int) -> PublishedMatrix:
    found = await desk.transactions.read(lambda store: store.matrices.get(desk.workspace, version))
    if found is None:
        raise unknown_version(version)
    return found


async def _matrix(desk: Desk | None, which: str | None) -> Matrix:
    if which is not None and not is_number(which):
        return read_matrix_file(which)[0]
    if desk is None:
        raise NotFound("A version is in the database; only files can be compared without it.")
    found = await _latest(desk) if which is None else await _version(desk, int(which))
    return found.matrix


def _plan_lines(made: Plan, file: Path, notes: Iterable[str]) -> tuple[str, ...]:
    if made.nothing:
        return (NOTHING, *notes)
    told = [f"  {one.sentence.plain()}" for one in made.differences]
    if not told:
        told = ["  Nothing that anybody notices: only comments, or the way it is written."]
    present = f"Version {made.base} is in force." if made.base else "No version is in force yet."
    return (f"{present} Publishing {file} would change:", *told, *(f"Note: {one}" for one in notes))


async def _publish(work: Awaitable[PublishedMatrix]) -> Report:
    try:
        published = await work
    except NothingToPublish as nothing:
        return Report((NOTHING,), {"version": nothing.version, "published": False})
    sentence = f"Version {published.version} is in force. A running Rung takes it over within two seconds."
    return Report((sentence,), {"version": published.version, "published": True})


def _sizes(matrix: Matrix) -> str:
    return f"{len(matrix.types)} types, {len(matrix.priorities)} priorities, {len(matrix.paths)} paths"


def _finding(one: Finding) -> dict[str, Any]:
    place, _, line = one.place.rpartition(":")
    where = {"file": place, "line": int(line)} if line.isdecimal() else {"file": one.place, "line": None}
    return {"severity": str(one.severity), **where, "sentence": one.sentence}


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "kind": str(one.kind),
        "where": list(one.where),
        "sentence": one.sentence.plain(),
        "concerns": sorted(str(contact) for contact in one.concerns),
    }


def _version_data(one: VersionInfo) -> dict[str, Any]:
    return {
        "version": one.version,
        "published_at": one.published_at.isoformat(),
        "author": one.author,
        "note": one.note,
    }


def _version_line(one: VersionInfo) -> str:
    when = one.published_at.strftime("%Y-%m-%d %H:%M UTC")
    note = f": {one.note}" if one.note else ""
    return f"{one.version:>4}  {when}  {author_name(one.author).plain()}{note}"

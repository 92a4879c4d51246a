"""Checking a matrix against the world: who is there, who will be on call, which dates have passed."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.contacts import Contact
from bot.domain.ids import WorkspaceId
from bot.domain.issue import Target, TargetKind
from bot.domain.matrix.doubts import doubts
from bot.domain.matrix.finding import Finding
from bot.domain.matrix.flaw import Flaw, Where
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.parts import part_of
from bot.domain.matrix.world import AHEAD, Found, World, contacts_to_find, world_flaws
from bot.domain.oncall.lookup import gaps
from bot.domain.oncall.model import Gap, OnCallChange
from bot.usecases.oncall_rosters import People, people_of, roster
from bot.usecases.ports import Clock, Directory, DirectoryDown, Resolved, Transactions

AT_ONCE = 20
"""So many contacts are looked up in one go: what is known when Slack stops answering is not lost."""

Placing = Callable[[Where], tuple[int, str]]
"""The line (from 1, 0 = unknown) of a part of the document, and its place for people: ``matrix.yaml:12``."""


class Looking(Protocol):
    """What looking at the world needs; `Services` has it."""

    @property
    def directory(self) -> Directory: ...
    @property
    def transactions(self) -> Transactions: ...
    @property
    def clock(self) -> Clock: ...


async def check_matrix(
    looking: Looking, workspace: WorkspaceId, matrix: Matrix, placing: Placing
) -> tuple[Finding, ...]:
    """Everything about a sound matrix that is worth mending or knowing, by line.

    Never fails for want of Slack: what it could not be asked about is said in a note.
    """
    return _placed(matrix, await flaws_now(looking, workspace, matrix), placing)


async def flaws_now(looking: Looking, workspace: WorkspaceId, matrix: Matrix) -> tuple[Flaw, ...]:
    """The same before it is placed, in no particular order."""
    now = looking.clock.now()
    end = now + AHEAD
    changes = await looking.transactions.read(lambda store: store.oncall.between(workspace, now, end))
    on_call = people_of(matrix.schedules, changes)
    found = await _find(looking.directory, workspace, [*contacts_to_find(matrix), *on_call])
    world = World(
        now,
        {contact: _as_found(one) for contact, one in found.items()},
        _gaps(matrix, People(_taken_to_be_there(on_call) | found), changes, now, end),
    )
    return (*doubts(matrix), *world_flaws(matrix, world))


def _placed(matrix: Matrix, flaws: Iterable[Flaw], placing: Placing) -> tuple[Finding, ...]:
    def by_line(one: Flaw) -> tuple[int, str]:
        return placing(one.where)[0], one.sentence

    findings = (
        Finding(one.severity, placing(one.where)[1], one.sentence, part_of(matrix, one.where))
        for one in sorted(flaws, key=by_line)
    )
    return tuple(dict.fromkeys(findings))


async def _find(
    directory: Directory, workspace: WorkspaceId, contacts: Sequence[Contact]
) -> dict[Contact, Resolved]:
    wanted = list(dict.fromkeys(contacts))
    found: dict[Contact, Resolved] = {}
    try:
        for start in range(0, len(wanted), AT_ONCE):
            some = await directory.resolve(workspace, wanted[start : start + AT_ONCE])
            found |= {one.contact: one for one in some}
    except DirectoryDown:
        return found
    return found


def _taken_to_be_there(people: Iterable[Contact]) -> dict[Contact, Resolved]:
    """Nobody is called away because Slack could not be asked about them."""
    return {one: Resolved(one, (Target(TargetKind.USER, str(one)),)) for one in people}


def _as_found(one: Resolved) -> Found:
    people = frozenset(target.id for target in one.targets if target.kind is TargetKind.USER)
    channel = next((target.id for target in one.targets if target.kind is TargetKind.CHANNEL), "")
    return Found(people, channel, one.why, one.outside)


def _gaps(
    matrix: Matrix, people: People, changes: Sequence[OnCallChange], now: datetime, end: datetime
) -> dict[str, tuple[Gap, ...]]:
    """When nobody is on call, by schedule."""
    rosters = (roster(one, changes, people, now, end) for one in matrix.schedules)
    return {one.key: gaps(one.schedule, one.changes, now, end) for one in rosters}

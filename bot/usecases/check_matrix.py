"""Checking a matrix against the world: who is there, who will be on call, which dates have passed."""

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.contacts import Contact
from bot.domain.ids import WorkspaceId
from bot.domain.issue import Target, TargetKind
from bot.domain.matrix.doubts import doubts
from bot.domain.matrix.flaw import Flaw
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.world import AHEAD, Found, World, contacts_to_find, dated_flaws, world_flaws
from bot.domain.oncall.lookup import gaps
from bot.domain.oncall.model import Gap, OnCallChange
from bot.usecases.oncall_rosters import People, people_of, roster
from bot.usecases.outside import Clock, Directory, DirectoryDown
from bot.usecases.ports import Transactions
from bot.usecases.rows import Resolved

AT_ONCE = 20
"""So many contacts are looked up in one go: what is known when Slack stops answering is not lost."""


class Looking(Protocol):
    """What looking at the world needs; `Services` has it."""

    @property
    def directory(self) -> Directory: ...
    @property
    def transactions(self) -> Transactions: ...
    @property
    def clock(self) -> Clock: ...


async def flaws_now(looking: Looking, workspace: WorkspaceId, matrix: Matrix) -> tuple[Flaw, ...]:
    """Everything about a sound matrix that is worth mending or knowing, in no particular order.

    Never fails for want of Slack: what it could not be asked about is said in a note.
    """
    now = looking.clock.now()
    changes = await changes_ahead(looking.transactions, workspace, now)
    return (*doubts(matrix), *await flaws_in_slack(looking.directory, workspace, matrix, now, changes))


async def changes_ahead(
    transactions: Transactions, workspace: WorkspaceId, now: datetime
) -> Sequence[OnCallChange]:
    """What people changed about who is on call in the days that are looked at."""
    return await transactions.read(lambda store: store.oncall.between(workspace, now, now + AHEAD))


async def flaws_in_slack(
    directory: Directory,
    workspace: WorkspaceId,
    matrix: Matrix,
    now: datetime,
    changes: Sequence[OnCallChange] = (),
) -> tuple[Flaw, ...]:
    """What people, groups, channels, schedules and the date tell, without doubts about the matrix itself."""
    found: dict[Contact, Resolved] = {}
    await find(
        directory, workspace, [*contacts_to_find(matrix), *people_of(matrix.schedules, changes)], found
    )
    return world_flaws(matrix, world_of(matrix, found, now, changes))


def flaws_by_date(matrix: Matrix, now: datetime, changes: Sequence[OnCallChange] = ()) -> tuple[Flaw, ...]:
    """What schedules, calendars and the date tell when everybody is taken to be there. Pure."""
    return dated_flaws(matrix, world_of(matrix, {}, now, changes))


async def find(
    directory: Directory,
    workspace: WorkspaceId,
    contacts: Sequence[Contact],
    found: MutableMapping[Contact, Resolved],
) -> None:
    """Look these up, into `found`; whatever is in there when Slack stops answering, or the caller waiting, counts."""
    wanted = list(dict.fromkeys(contacts))
    try:
        for start in range(0, len(wanted), AT_ONCE):
            some = await directory.resolve(workspace, wanted[start : start + AT_ONCE])
            found.update({one.contact: one for one in some})
    except DirectoryDown:
        return


def world_of(
    matrix: Matrix, found: Mapping[Contact, Resolved], now: datetime, changes: Sequence[OnCallChange]
) -> World:
    """The world as far as it is known: nobody is called away because Slack could not be asked about them. Pure."""
    people = People(_taken_to_be_there(people_of(matrix.schedules, changes)) | dict(found))
    known = {contact: _as_found(one) for contact, one in found.items()}
    return World(now, known, _gaps(matrix, people, changes, now, now + AHEAD))


def _taken_to_be_there(people: Iterable[Contact]) -> dict[Contact, Resolved]:
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

"""Reading: who is on call now and next, the coming shifts of a schedule, and what is mine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.contacts import Contact, ContactKind
from bot.domain.errors import Refused
from bot.domain.ids import WorkspaceId
from bot.domain.matrix.model import Matrix
from bot.domain.oncall.lookup import HORIZON, LOOK_AROUND, next_on_duty, next_shifts, on_call
from bot.domain.oncall.model import OnCallChange, Schedule
from bot.domain.oncall.pieces import Piece, empty, pieces, title_of
from bot.usecases.oncall_rosters import NO_SCHEDULES, Roster, find_schedule, load_rosters
from bot.usecases.people_ports import Swap
from bot.usecases.services import Services

SHOWN_AHEAD = timedelta(days=14)
MY_SHIFTS = 5


@dataclass(frozen=True, slots=True)
class Duty:
    """Who has one schedule now and next. None = nobody has, or nobody will for three months.

    `always` = the present person has no end in sight; `mine` = the reader is one of its people, or has it now or next.
    """

    schedule: str
    title: str
    now: Piece | None
    next: Piece | None
    always: bool = False
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Coming:
    """A schedule's days from `at` (UTC) on: who has it when, and when nobody does, each in order."""

    schedule: str
    title: str
    shifts: tuple[Piece, ...]
    gaps: tuple[Piece, ...]
    gone: tuple[str, ...]
    """Why people of the schedule cannot be on call, in words."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Mine:
    """My next shifts on all schedules, my changes that are not over, and requests that wait for an answer."""

    user: str
    shifts: tuple[Piece, ...]
    changes: tuple[OnCallChange, ...]
    swaps: tuple[Swap, ...]


async def duties(services: Services, workspace: WorkspaceId, user: str) -> tuple[Duty, ...]:
    """Every schedule, those of this person first. Empty without schedules. Raises DirectoryDown."""
    now = services.clock.now()
    schedules = _schedules(services, workspace)
    rosters = await load_rosters(services, workspace, schedules, now - LOOK_AROUND, now + HORIZON)
    found = [_duty(one, user, now) for one in rosters]
    return tuple(sorted(found, key=lambda one: not one.mine))


async def coming(services: Services, workspace: WorkspaceId, key: str) -> Coming:
    """The next two weeks of a schedule. Raises Refused, NotFound, DirectoryDown."""
    now = services.clock.now()
    schedule = find_schedule(_matrix(services, workspace), key)
    end = now + SHOWN_AHEAD
    (one,) = await load_rosters(services, workspace, [schedule], now - LOOK_AROUND, end + LOOK_AROUND)
    standing = one.schedule, one.changes
    return Coming(
        one.key,
        title_of(schedule),
        pieces(standing, now, end),
        empty(standing, now, end),
        tuple(person.why for person in one.gone if person.why),
        now,
    )


def is_schedule(services: Services, workspace: WorkspaceId, words: str) -> bool:
    """Whether these words are the key or the title of a schedule."""
    try:
        find_schedule(_matrix(services, workspace), words)
    except Refused:
        return False
    return True


async def mine(services: Services, workspace: WorkspaceId, user: str) -> Mine:
    """What concerns this person. Raises Refused without any schedule, DirectoryDown."""
    now = services.clock.now()
    schedules = _matrix(services, workspace).schedules
    rosters = await load_rosters(services, workspace, schedules, now - LOOK_AROUND, now + HORIZON)
    shifts = sorted(
        (piece for one in rosters for piece in _next_of(one, user, now)), key=lambda one: one.start
    )
    changes, swaps = await services.transactions.read(
        lambda store: (
            store.oncall.between(workspace, now, now + HORIZON),
            store.swaps.open_of(workspace, user, now),
        )
    )
    concerning = [one for one in changes if user in (one.person, one.instead_of, one.made_by)]
    return Mine(user, tuple(shifts[:MY_SHIFTS]), tuple(concerning), tuple(swaps))


def _duty(roster: Roster, user: str, now: datetime) -> Duty:
    schedule, changes = roster.schedule, roster.changes
    present = on_call(schedule, changes, now)
    after = present.end if present is not None else now
    endless = present is not None and present.end >= now + LOOK_AROUND
    following = None if endless else next_on_duty(schedule, changes, after)
    title = title_of(schedule)
    pair = [
        Piece(schedule.key, title, one.who.value, one.start, one.end) if one is not None else None
        for one in (present, following)
    ]
    mine = user in roster.people or any(one is not None and one.who == user for one in pair)
    return Duty(schedule.key, title, pair[0], pair[1], endless, mine)


def _next_of(roster: Roster, user: str, now: datetime) -> list[Piece]:
    who = Contact(ContactKind.USER, user)
    found = next_shifts(roster.schedule, roster.changes, who, now, MY_SHIFTS)
    return [Piece(roster.key, title_of(roster.schedule), user, one.start, one.end) for one in found]


def _schedules(services: Services, workspace: WorkspaceId) -> Sequence[Schedule]:
    published = services.matrix.current(workspace)
    return published.matrix.schedules if published is not None else ()


def _matrix(services: Services, workspace: WorkspaceId) -> Matrix:
    published = services.matrix.current(workspace)
    if published is None or not published.matrix.schedules:
        raise Refused(NO_SCHEDULES)
    return published.matrix

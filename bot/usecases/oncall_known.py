"""What a command about on-call knows before it stores anything: who acts, who is meant, which schedule, which time."""

import asyncio
import re
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.contacts import PEOPLE, Contact
from bot.domain.errors import NotAllowed, Refused
from bot.domain.general_rights import Doing, may_do
from bot.domain.ids import WorkspaceId
from bot.domain.matrix.model import Matrix
from bot.domain.oncall.lookup import HORIZON, LOOK_AROUND
from bot.domain.oncall.model import OnCallChange, Schedule
from bot.domain.oncall.pieces import Piece, pieces
from bot.domain.when import parse_when
from bot.domain.words import Person, listed, say
from bot.usecases.commands import Command
from bot.usecases.matrix_rights import Editor, editor
from bot.usecases.oncall_commands import OnCallCommand
from bot.usecases.oncall_rosters import NO_SCHEDULES, People, Roster, ask_directory, people_of, roster
from bot.usecases.outside import DirectoryDown
from bot.usecases.ports import Store
from bot.usecases.rows import PersonInfo
from bot.usecases.services import Services

_QUOTES = re.compile(r'["“”„«»]')
"""People put them around names; a time has none."""
LOOK_UP_TIME = timedelta(milliseconds=800)
"""Leaves more than half of the time that Slack waits for storing."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """Looked up before the transaction; changes are read inside of it."""

    workspace: WorkspaceId
    user: str
    matrix: Matrix
    people: People
    me: PersonInfo | None
    editor: Editor

    def rosters(self, store: Store, start: datetime, end: datetime) -> list[Roster]:
        """Every schedule as it stands now, for questions about the time from `start` to `end`."""
        changes = store.oncall.between(self.workspace, start, end)
        return [self.roster(one, changes, start, end) for one in self.matrix.schedules]

    def roster(
        self, schedule: Schedule, changes: Sequence[OnCallChange], start: datetime, end: datetime
    ) -> Roster:
        """One schedule with these changes."""
        return roster(schedule, changes, self.people, start, end)

    @property
    def on(self) -> tuple[Schedule, ...]:
        """The schedules this person is on."""
        return tuple(one for one in self.matrix.schedules if self.is_on(self.user, one))

    def is_on(self, user: str, schedule: Schedule) -> bool:
        """Whether somebody is one of the people of a schedule."""
        everybody = (who for layer in schedule.layers for who in layer.people)
        return any(self.people.id_of(who) == user for who in everybody)

    def may_serve(self, key: str) -> bool:
        """Whether this person may be on call for a schedule, or put others there with their consent."""
        schedule = self.matrix.schedule(key)
        on_it = schedule is not None and self.is_on(self.user, schedule)
        return may_do(Doing.SERVE, on_schedule=on_it, **self._rights_on([key]))

    def require_serving(self, keys: Sequence[str]) -> None:
        """Raises NotAllowed with a sentence that says who may."""
        for key in keys:
            if not self.may_serve(key):
                raise NotAllowed(
                    say(
                        "Only the people of {key}, the owner of a path that asks it, and workspace admins may "
                        "do that. Ask one of them, or ask a path owner to add you.",
                        key=key,
                    )
                )

    def require_over(self, user: str) -> None:
        """For what concerns somebody else's time without asking them. Raises NotAllowed."""
        if self.is_over(user):
            return
        raise NotAllowed(
            say(
                "Only {who}, the owner of a path that asks their schedule, and workspace admins may do that.",
                who=Person(user),
            )
        )

    def may_undo(self, change: OnCallChange) -> bool:
        """Everybody whom a change concerns may take it back, and who may change the schedule."""
        if self.user in (change.person, change.instead_of, change.made_by):
            return True
        return self.may_serve(change.schedule) if change.schedule else self.is_over(change.person)

    def is_over(self, user: str) -> bool:
        """Whether this person decides about somebody's time without asking them."""
        theirs = [one.key for one in self.matrix.schedules if self.is_on(user, one)]
        me = user == self.user
        return may_do(Doing.DECIDE, self=me, **self._rights_on(theirs))

    def _rights_on(self, keys: Sequence[str]) -> dict[str, bool]:
        """What they are to one of these schedules."""
        return {
            "admin": self.editor.admin and bool(keys),
            "path_owner": bool(self.editor.schedules.intersection(keys)),
        }

    def zone(self, schedule: Schedule | None = None) -> str:
        """The time zone where this person reads the clock; if that is not known, where the schedule does."""
        own = self.me.tz if self.me else ""
        try:
            return ZoneInfo(own).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return schedule.timezone if schedule else self.matrix.workspace.timezone


async def in_time(asking: Awaitable[T]) -> T:
    """What the directory says. Raises DirectoryDown also when it is too slow for an answer to a click."""
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            return await asking
    except TimeoutError:
        raise DirectoryDown("Slack is slow to say who is who.") from None


async def get_to_know(services: Services, command: Command, *also: Contact) -> Known:
    """Everything a command needs that only the directory and the matrix know. Raises Refused, DirectoryDown."""
    return await in_time(_get_to_know(services, command, also))


async def _get_to_know(services: Services, command: Command, also: Sequence[Contact]) -> Known:
    published = services.matrix.current(command.workspace)
    if published is None or not published.matrix.schedules:
        raise Refused(NO_SCHEDULES)
    matrix, now = published.matrix, services.clock.now()
    changes = await services.transactions.read(
        lambda store: store.oncall.between(command.workspace, now - LOOK_AROUND, now + HORIZON)
    )
    contacts = [*people_of(matrix.schedules, changes), *also]
    people, me, rights = await asyncio.gather(
        ask_directory(services, command.workspace, contacts),
        services.directory.person(command.workspace, command.user),
        editor(services, command.workspace, matrix, command.user),
    )
    if me is not None and (me.guest or me.outsider):
        raise NotAllowed("Guests and people of other organisations cannot be on call here.")
    return Known(command.workspace, command.user, matrix, people, me, rights)


async def with_colleague(services: Services, command: OnCallCommand) -> tuple[Known, PersonInfo]:
    """What is known, and whom the command is about. Raises Refused when that is nobody who could be on call."""
    contact = command.colleague
    if contact is None or contact.kind not in PEOPLE:
        raise Refused(
            say(
                "Whom do you mean? Please name one person, as in {called} cover @ann tomorrow.",
                called=command.called,
            )
        )
    known = await get_to_know(services, command, contact)
    user = known.people.id_of(contact)
    if user is None:
        raise Refused(known.people.found[contact].why or f"{contact} is nobody in this Slack.")
    person = await in_time(services.directory.person(command.workspace, user)) or PersonInfo(user, user)
    if person.guest or person.outsider:
        raise Refused(say("{who} is a guest here and cannot be on call.", who=Person(user)))
    return known, person


def named_schedule(known: Known, words: str) -> tuple[Schedule | None, str]:
    """The schedule whose key or title the last or the first of these words are, if any, and the other words."""
    parts = _QUOTES.sub(" ", words).split()
    spelled = [part.casefold() for part in parts]
    for name, schedule in _names(known.matrix.schedules):
        size = len(name)
        if spelled[-size:] == name:
            return schedule, " ".join(parts[:-size])
        if spelled[:size] == name:
            return schedule, " ".join(parts[size:])
    return None, words


def _names(schedules: Sequence[Schedule]) -> list[tuple[list[str], Schedule]]:
    """What schedules are called, in words: keys before titles, longer names before those that they end with."""
    keys = [(one.key.casefold().split(), one) for one in schedules]
    titles = [(one.title.casefold().split(), one) for one in schedules if one.title.strip()]
    return [pair for some in (keys, titles) for pair in sorted(some, key=lambda pair: -len(pair[0]))]


def time_named(words: str, now: datetime, zone: str) -> tuple[datetime, datetime]:
    """A time in words, for somebody in this time zone; what has passed of it is left out. Raises Refused."""
    start, end = parse_when(words, now, zone)
    return max(start, now), end


def had_by(rosters: Sequence[Roster], user: str, start: datetime, end: datetime) -> tuple[Piece, ...]:
    """When this person is on call from `start` to `end`, on all these schedules."""
    found = (one for each in rosters for one in pieces((each.schedule, each.changes), start, end))
    return tuple(one for one in found if one.who == user)


def which_schedule(known: Known, words: str, called: str) -> Refused:
    """Several would fit and none was named."""
    keys = [say("{key}", key=one.key) for one in known.on or known.matrix.schedules]
    example = (known.on or known.matrix.schedules)[0].key
    return Refused(
        say(
            "Which schedule? You can choose {keys}: for example {called} {words} {example}",
            keys=listed(keys, last="or"),
            called=called,
            words=words,
            example=example,
        )
    )

"""Schedules as they stand: their people as user ids, with what people changed about them, those who left set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.contacts import Contact, ContactKind
from bot.domain.errors import NotFound
from bot.domain.ids import WorkspaceId
from bot.domain.issue import TargetKind
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.phrases import suggest
from bot.domain.oncall.lookup import with_ids
from bot.domain.oncall.model import ChangeKind, OnCallChange, Schedule
from bot.domain.text import clean_line, unquoted
from bot.domain.words import say
from bot.usecases.outside import Directory
from bot.usecases.rows import Resolved
from bot.usecases.services import Services

NO_SCHEDULES = "The matrix has no on-call schedules yet. Please ask an admin to add one."


@dataclass(frozen=True, slots=True)
class Roster:
    """One schedule whose people are user ids, and the changes that concern it, by id.

    Who has left Slack or cannot be found is away all the time, so that the next of the layer stands in.
    """

    schedule: Schedule
    changes: tuple[OnCallChange, ...]
    gone: tuple[Resolved, ...] = ()
    """Contacts of the schedule that stand for nobody, and why."""

    @property
    def key(self) -> str:
        """The schedule's key."""
        return self.schedule.key

    @property
    def people(self) -> frozenset[str]:
        """User ids of everybody on it who is there."""
        everybody = {who.value for layer in self.schedule.layers for who in layer.people}
        return frozenset(everybody - {str(one.contact) for one in self.gone})


@dataclass(frozen=True, slots=True)
class People:
    """Who stands behind contacts, as the directory said."""

    found: Mapping[Contact, Resolved]

    def id_of(self, contact: Contact) -> str | None:
        """The user id of one person; None when they are gone or never were."""
        one = self.found.get(contact)
        users = [target.id for target in one.targets if target.kind is TargetKind.USER] if one else []
        return users[0] if users else None


def find_schedule(matrix: Matrix, key: str) -> Schedule:
    """By key or title, whatever the case, in quotes or without. Raises NotFound with what there is."""
    wanted = unquoted(key).casefold().split()
    for one in matrix.schedules:
        if wanted in (one.key.casefold().split(), one.title.casefold().split()):
            return one
    hint = suggest(unquoted(key), [one.key for one in matrix.schedules])
    raise NotFound(say("There is no schedule “{key}”. {hint}", key=clean_line(key, 40), hint=hint))


class Asking(Protocol):
    """What asking the directory needs; `Services` has it."""

    @property
    def directory(self) -> Directory: ...


async def ask_directory(services: Asking, workspace: WorkspaceId, contacts: Sequence[Contact]) -> People:
    """Look all of them up in one call. Raises DirectoryDown."""
    wanted = list(dict.fromkeys(contacts))
    found = await services.directory.resolve(workspace, wanted) if wanted else []
    return People({one.contact: one for one in found})


def people_of(schedules: Sequence[Schedule], changes: Sequence[OnCallChange]) -> list[Contact]:
    """Everybody who may be on call: the people of the schedules, and those whom a change puts there."""
    named = [who for one in schedules for layer in one.layers for who in layer.people]
    return [*named, *(_user(one.person) for one in changes)]


def roster(
    schedule: Schedule, changes: Sequence[OnCallChange], people: People, start: datetime, end: datetime
) -> Roster:
    """The schedule from `start` to `end` with what the directory said. Pure."""
    contacts = dict.fromkeys(who for layer in schedule.layers for who in layer.people)
    ids = {who: people.id_of(who) for who in contacts}
    gone = [who for who, id_ in ids.items() if id_ is None]
    away = [OnCallChange(0, ChangeKind.AWAY, str(who), start, end, schedule.key) for who in gone]
    kept = [one for one in changes if one.schedule in (None, schedule.key) and _there(one, people)]
    named = with_ids(schedule, {who: id_ or str(who) for who, id_ in ids.items()})
    return Roster(named, (*away, *kept), tuple(people.found.get(who) or Resolved(who, ()) for who in gone))


async def load_rosters(
    services: Services, workspace: WorkspaceId, schedules: Sequence[Schedule], start: datetime, end: datetime
) -> list[Roster]:
    """These schedules as they stand from `start` to `end` (UTC). Raises DirectoryDown."""
    changes = await services.transactions.read(lambda store: store.oncall.between(workspace, start, end))
    people = await ask_directory(services, workspace, people_of(schedules, changes))
    return [roster(one, changes, people, start, end) for one in schedules]


def _there(change: OnCallChange, people: People) -> bool:
    """A cover by somebody who has left Slack since counts for nothing. One made just now is taken at its word."""
    who = _user(change.person)
    return change.kind is ChangeKind.AWAY or who not in people.found or people.id_of(who) is not None


def _user(id_: str) -> Contact:
    return Contact(ContactKind.USER, id_)

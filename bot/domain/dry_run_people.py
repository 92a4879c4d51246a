"""Who is there at a time to come: by the schedules, and by what the directory said of everybody else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Protocol

from bot.domain.contacts import PEOPLE, Contact, ContactKind
from bot.domain.issue import Target, TargetKind
from bot.domain.oncall.lookup import LOOK_AROUND, next_on_duty, on_call, shifts
from bot.domain.oncall.model import OnCallChange, Schedule, Shift


class Rota(Protocol):
    """A schedule and the changes people made to it."""

    @property
    def schedule(self) -> Schedule: ...
    @property
    def changes(self) -> Sequence[OnCallChange]: ...


class StandsFor(Protocol):
    """Whom a contact stands for, as the directory said; without targets `why` says why."""

    @property
    def targets(self) -> Sequence[Target]: ...
    @property
    def why(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A contact who is asked at `start`.

    `person` is who that is: on call for a schedule, until `end` as far as known, or as the directory said.
    """

    contact: Contact
    start: datetime
    person: Contact | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """A contact behind whom nobody is: until `again` as far as a schedule tells, or for a reason in words."""

    contact: Contact
    again: datetime | None = None
    why: str = ""
    title: str = ""

    @property
    def name(self) -> str:
        """Of the schedule, as people call it."""
        return self.title or self.contact.value


@dataclass(frozen=True, slots=True)
class People:
    """`rotas` by the schedule's key; `looked` is what the directory said, and whom it was not asked about is there."""

    rotas: Mapping[str, Rota] = field(default_factory=dict)
    looked: Mapping[Contact, StandsFor] = field(default_factory=dict)
    _found: dict[tuple[str, datetime], Shift | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def at(self, contacts: Sequence[Contact], at: datetime) -> tuple[tuple[Asked, ...], tuple[Absent, ...]]:
        """Who is asked at this instant, each person once, and which contacts stand for nobody."""
        found = {contact: self._one(contact, at) for contact in contacts}
        asked = [one for one in found.values() if isinstance(one, Asked)]
        return tuple(self._once(asked)), tuple(one for one in found.values() if isinstance(one, Absent))

    def during(self, contacts: Sequence[Contact], start: datetime, end: datetime) -> tuple[Asked, ...]:
        """Who is asked at `start`, and who comes on duty later, before `end`; by time."""
        asked, _ = self.at(contacts, start)
        later = [
            one for contact in contacts for one in self._shifts(contact, start, end) if one.start > start
        ]
        return tuple(self._once([*asked, *sorted(later, key=lambda one: one.start)]))

    def _one(self, contact: Contact, at: datetime) -> Asked | Absent:
        if contact.kind is not ContactKind.ONCALL:
            looked = self.looked.get(contact)
            if looked is not None and not looked.targets:
                return Absent(contact, None, looked.why)
            return Asked(contact, at, _person(contact, looked))
        rota = self.rotas.get(contact.value)
        if rota is None:
            return Absent(contact)
        shift = self._on_call(rota, at)
        if shift is not None:
            return Asked(contact, at, shift.who, _known(shift, at))
        following = next_on_duty(rota.schedule, rota.changes, at)
        return Absent(contact, following.start if following else None, title=rota.schedule.title)

    def _shifts(self, contact: Contact, start: datetime, end: datetime) -> Iterator[Asked]:
        """The turns of a schedule in this time; the last one as long as it really is."""
        rota = self.rotas.get(contact.value) if contact.kind is ContactKind.ONCALL else None
        if rota is None:
            return
        found = shifts(rota.schedule, rota.changes, start, end)
        for who, run in groupby(found, key=lambda shift: shift.who):
            turn = list(run)
            last = self._on_call(rota, turn[-1].start) if turn[-1] is found[-1] else turn[-1]
            yield Asked(contact, turn[0].start, who, _known(last or turn[-1], turn[0].start))

    def _on_call(self, rota: Rota, at: datetime) -> Shift | None:
        """Looked up once: the same instants are asked about again and again."""
        key = rota.schedule.key, at
        if key not in self._found:
            self._found[key] = on_call(rota.schedule, rota.changes, at)
        return self._found[key]

    def _once(self, asked: Sequence[Asked]) -> Iterator[Asked]:
        """One ping per person: a contact that adds nobody is left out."""
        seen: set[Target | Contact] = set()
        for one in asked:
            who = self._identity(one.person or one.contact)
            if not who <= seen:
                yield one
            seen |= who

    def _identity(self, contact: Contact) -> set[Target | Contact]:
        looked = self.looked.get(contact)
        if looked is not None and looked.targets:
            return set(looked.targets)
        return {Target(TargetKind.USER, contact.value) if contact.kind is ContactKind.USER else contact}


def _person(contact: Contact, looked: StandsFor | None) -> Contact | None:
    if looked is None or contact.kind not in PEOPLE:
        return None
    users = [one.id for one in looked.targets if one.kind is TargetKind.USER]
    return Contact(ContactKind.USER, users[0]) if users else None


def _known(shift: Shift, at: datetime) -> datetime | None:
    return shift.end if shift.end < at + LOOK_AROUND else None

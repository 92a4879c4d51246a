"""Whom contacts stand for right now: schedules by who is on call, everything else as the directory says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.contacts import Contact, ContactKind
from bot.domain.ids import WorkspaceId
from bot.domain.issue import Target, TargetKind
from bot.domain.oncall.lookup import HORIZON, LOOK_AROUND, next_on_duty, on_call
from bot.domain.oncall.model import Schedule
from bot.usecases.on_leave import on_leave
from bot.usecases.oncall_rosters import People, Roster, ask_directory, people_of, roster
from bot.usecases.outside import Clock, Directory, MatrixHolder
from bot.usecases.ports import Transactions
from bot.usecases.rows import Resolved

SOON = timedelta(days=6)
"""So far a weekday says enough."""


class Finding(Protocol):
    """What finding people needs; `Services` has it."""

    @property
    def directory(self) -> Directory: ...
    @property
    def transactions(self) -> Transactions: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def matrix(self) -> MatrixHolder: ...


async def find_people(
    services: Finding, workspace: WorkspaceId, contacts: Sequence[Contact]
) -> list[Resolved]:
    """Whom each contact stands for now, in the order given.

    A schedule stands for who is on call by the matrix in force and the changes people made. Who has left Slack is
    skipped, and the next of the layer stands in. Of a person named by their id it is said when they are on leave.
    Raises DirectoryDown.
    """
    scheduled = _schedules(services, workspace, contacts)
    plain = [one for one in contacts if one.kind is not ContactKind.ONCALL]
    now = services.clock.now()
    if len(plain) == len(contacts):
        return await _with_leave(
            services, workspace, await services.directory.resolve(workspace, contacts), now
        )
    until = now + HORIZON
    changes = await services.transactions.read(lambda store: store.oncall.between(workspace, now, until))
    people = await ask_directory(services, workspace, [*plain, *people_of(list(scheduled.values()), changes)])
    rosters = {key: roster(schedule, changes, people, now, until) for key, schedule in scheduled.items()}
    found = [_resolved(one, rosters, people, now) for one in contacts]
    return await _with_leave(services, workspace, found, now)


def on_duty(one: Contact, schedule: Roster, now: datetime) -> Resolved:
    """Who is on call by this roster."""
    shift = on_call(schedule.schedule, schedule.changes, now)
    if shift is not None:
        until = shift.end if shift.end < now + LOOK_AROUND else None
        return Resolved(one, (Target(TargetKind.USER, shift.who.value),), until=until)
    following = next_on_duty(schedule.schedule, schedule.changes, now)
    again = following.start if following is not None else None
    return Resolved(one, (), _nobody(schedule, again, now), again_at=again)


async def _with_leave(
    services: Finding, workspace: WorkspaceId, found: list[Resolved], now: datetime
) -> list[Resolved]:
    users = [one for one in found if one.contact.kind is ContactKind.USER and one.targets]
    if not users:
        return found
    leave = await services.transactions.read(lambda store: on_leave(store, workspace, now))
    since = {one.person: one.start for one in sorted(leave, key=lambda one: one.start)}
    return [replace(one, away_since=since.get(one.contact.value)) if one in users else one for one in found]


def _schedules(services: Finding, workspace: WorkspaceId, contacts: Sequence[Contact]) -> dict[str, Schedule]:
    published = services.matrix.current(workspace)
    if published is None:
        return {}
    keys = [one.value for one in contacts if one.kind is ContactKind.ONCALL]
    found = {key: published.matrix.schedule(key) for key in keys}
    return {key: schedule for key, schedule in found.items() if schedule is not None}


def _resolved(one: Contact, rosters: dict[str, Roster], people: People, now: datetime) -> Resolved:
    if one.kind is not ContactKind.ONCALL:
        return people.found[one]
    if one.value not in rosters:
        return Resolved(one, (), f"There is no schedule {one.value} any more.")
    return on_duty(one, rosters[one.value], now)


def _nobody(schedule: Roster, again: datetime | None, now: datetime) -> str:
    said = f"Nobody is on call for {schedule.key}"
    if again is not None:
        local = again.astimezone(ZoneInfo(schedule.schedule.timezone))
        said += f" until {local:%a %H:%M}" if again - now <= SOON else f" until {local:%a %d %b %H:%M}"
    gone = [one.why for one in schedule.gone if one.why]
    return " ".join([f"{said}.", *gone])

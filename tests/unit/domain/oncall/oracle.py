"""Who is on call at one instant, by the plainest code there is: nothing is cut, swept, merged or remembered."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.contacts import Contact, ContactKind
from bot.domain.oncall.model import ChangeKind, Layer, OnCallChange, Schedule, Shift

Reason = tuple[Contact, int | None, int | None]
"""Who, the layer, the change."""


def asked_every(
    step: timedelta, schedule: Schedule, changes: Sequence[OnCallChange], start: datetime, end: datetime
) -> list[Reason | None]:
    """The answer at `start` and every `step` later, before `end`."""
    boundaries = [_boundaries(layer, end) for layer in schedule.layers]
    answers = []
    for at, wall in _clock_that_never_goes_back(ZoneInfo(schedule.timezone), start, end, step):
        orders = [
            _order(layer, times, wall) for layer, times in zip(schedule.layers, boundaries, strict=True)
        ]
        now = [one for one in changes if one.schedule in (None, schedule.key) and one.start <= at < one.end]
        answers.append(_after(sorted(now, key=lambda one: one.id), orders))
    return answers


def answers_of(
    shifts: Sequence[Shift], start: datetime, end: datetime, step: timedelta
) -> list[Reason | None]:
    """What the shifts say at the same instants."""
    answers: list[Reason | None] = []
    at = start
    while at < end:
        here = [one for one in shifts if one.start <= at < one.end]
        assert len(here) <= 1
        answers.append((here[0].who, here[0].layer, here[0].change) if here else None)
        at += step
    return answers


def _clock_that_never_goes_back(
    zone: ZoneInfo, start: datetime, end: datetime, step: timedelta
) -> Iterator[tuple[datetime, datetime]]:
    """A wall clock that stands still while the others show an hour for the second time."""
    at, shown = start - 100 * step, datetime(1, 1, 1)  # noqa: DTZ001
    while at < end:
        shown = max(shown, at.astimezone(zone).replace(tzinfo=None))
        if at >= start:
            yield at.astimezone(UTC), shown
        at += step


def _boundaries(layer: Layer, end: datetime) -> list[datetime]:
    """When each turn begins, on a wall clock."""
    times = [datetime.combine(layer.start, layer.handoff)]
    if layer.rotate is None:
        return times
    if layer.weekday is not None and layer.start.weekday() != layer.weekday:
        short = times[0]
        while short.weekday() != layer.weekday:
            short += timedelta(days=1)
        times.append(short)
    while times[-1] < end.replace(tzinfo=None) + timedelta(days=2):
        times.append(times[-1] + layer.rotate.clock)
    return times


def _order(layer: Layer, boundaries: list[datetime], wall: datetime) -> list[Contact]:
    """Whose turn it is and who is next; nobody outside the layer's time."""
    if wall < boundaries[0]:
        return []
    if layer.until and wall >= datetime.combine(layer.until, layer.handoff):
        return []
    minute = wall.hour * 60 + wall.minute
    if layer.hours and not any(one.start <= minute < one.end for one in layer.hours[wall.weekday()]):
        return []
    first = bisect_right(boundaries, wall) - 1
    return [layer.people[(first + place) % len(layer.people)] for place in range(len(layer.people))]


def _after(changes: Sequence[OnCallChange], orders: list[list[Contact]]) -> Reason | None:
    """Who it is after all these changes, told by what the last one does to who it was before."""
    if not changes:
        return _by_turn(orders, set(), None)
    *before, last = changes
    was = _after(before, orders)
    if last.kind is ChangeKind.COVER:
        theirs = last.instead_of is None or (was is not None and was[0] == _user(last.instead_of))
        return (_user(last.person), None, last.id) if theirs else was
    if was is None or was[0] != _user(last.person):
        return was
    who_are_away = [one for one in changes if one.kind is ChangeKind.AWAY]
    if was[1] is None:  # they took it by a change: as if they had not, knowing that they are away
        return _after(
            [one for one in before if one.id < (was[2] or 0) or one in who_are_away] + [last], orders
        )
    return _by_turn(orders, {_user(one.person) for one in who_are_away}, last.id)


def _by_turn(orders: list[list[Contact]], away: set[Contact], change: int | None) -> Reason | None:
    for layer, order in enumerate(orders):
        for who in order:
            if who not in away:
                return who, layer, change
    return None


def _user(id_: str) -> Contact:
    return Contact(ContactKind.USER, id_)

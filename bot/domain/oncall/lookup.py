"""Who is on call: a schedule and what people changed about it, as shifts and gaps.

All instants, taken and given, are aware UTC. Changes name user ids: give schedules `with_ids` so that they meet.
`changes` may be all there are, in any order; those of other schedules count for nothing here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from typing import Generic, Protocol, TypeVar

from bot.domain.contacts import Contact, ContactKind
from bot.domain.oncall.changes import Duty, on_duty
from bot.domain.oncall.model import Gap, OnCallChange, Schedule, Shift
from bot.domain.oncall.turns import turns

LOOK_AROUND = timedelta(days=62)
"""How far to each side the start and end of a shift are looked for; a longer shift is cut there."""
HORIZON = timedelta(days=92)

_NEAR = timedelta(days=8)  # most shifts are over in a week


class _Piece(Protocol):
    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...


P = TypeVar("P", bound=_Piece)


def shifts(
    schedule: Schedule, changes: Iterable[OnCallChange], start: datetime, end: datetime
) -> tuple[Shift, ...]:
    """Who is on call from `start` to `end` (exclusive): in order, apart from each other, cut at both ends."""
    if start >= end:
        return ()
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    return tuple(_merged(_sweep(schedule, changes, start, end)))


def gaps(
    schedule: Schedule, changes: Iterable[OnCallChange], start: datetime, end: datetime
) -> tuple[Gap, ...]:
    """When nobody is on call from `start` to `end` (exclusive): in order, cut at both ends."""
    covered = shifts(schedule, changes, start, end)
    edges = [
        start.astimezone(UTC),
        *(edge for one in covered for edge in (one.start, one.end)),
        end.astimezone(UTC),
    ]
    return tuple(
        Gap(begin, stop) for begin, stop in zip(edges[::2], edges[1::2], strict=True) if begin < stop
    )


def on_call(schedule: Schedule, changes: Sequence[OnCallChange], at: datetime) -> Shift | None:
    """Who is on call at this instant, with the whole shift as far as `LOOK_AROUND`. None: nobody is."""
    for around in (_NEAR, LOOK_AROUND):
        low, high = at - around, at + around
        found = next((one for one in shifts(schedule, changes, low, high) if one.start <= at < one.end), None)
        if found is None or (low < found.start and found.end < high):
            return found
    return found


def next_on_duty(
    schedule: Schedule, changes: Sequence[OnCallChange], after: datetime, horizon: timedelta = HORIZON
) -> Shift | None:
    """The shift under way at `after`, else the next one that begins before `horizon` has passed."""
    for ahead in (min(_NEAR, horizon), horizon):
        first = next(iter(shifts(schedule, changes, after, after + ahead)), None)
        if first is not None:
            return on_call(schedule, changes, first.start)
    return None


def next_shifts(
    schedule: Schedule,
    changes: Sequence[OnCallChange],
    who: Contact,
    after: datetime,
    limit: int = 5,
    horizon: timedelta = HORIZON,
) -> tuple[Shift, ...]:
    """The shifts of one person that are under way at `after` or begin before `horizon` has passed, whole."""
    end = after + horizon
    theirs = [one for one in shifts(schedule, changes, after, end) if one.who == who][: max(limit, 0)]
    whole = (
        on_call(schedule, changes, one.start) if one.start <= after or one.end >= end else one
        for one in theirs
    )
    return tuple(one for one in whole if one is not None)


def with_ids(schedule: Schedule, ids: Mapping[Contact, str]) -> Schedule:
    """The same schedule with people as user ids; who has none in `ids` stays as written."""
    named = {who: Contact(ContactKind.USER, id_) for who, id_ in ids.items()}
    layers = (
        replace(one, people=tuple(named.get(who, who) for who in one.people)) for one in schedule.layers
    )
    return replace(schedule, layers=tuple(layers))


def _sweep(
    schedule: Schedule, changes: Iterable[OnCallChange], start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, Duty | None]]:
    """From one instant at which anything changes to the next."""
    ours = [_cut(one, start, end) for one in changes if one.schedule in (None, schedule.key)]
    ours = [one for one in ours if one.start < one.end]
    by_turn = turns(schedule, start, end)
    layers = _InForce(by_turn, lambda turn: turn.layer)
    changed = _InForce(ours, lambda change: change.id)
    for begin, stop in pairwise(sorted(_edges(by_turn) | _edges(ours))):
        yield begin, stop, on_duty(layers.at(begin), changed.at(begin))


def _edges(pieces: Iterable[_Piece]) -> set[datetime]:
    return {edge for one in pieces for edge in (one.start, one.end)}


def _cut(change: OnCallChange, start: datetime, end: datetime) -> OnCallChange:
    if start <= change.start and change.end <= end:
        return change
    return replace(change, start=max(start, change.start), end=min(end, change.end))


def _merged(pieces: Iterable[tuple[datetime, datetime, Duty | None]]) -> Iterator[Shift]:
    """Neighbours for the same reason are one shift."""
    for duty, run in groupby(pieces, key=lambda piece: piece[2]):
        if duty is not None:
            same = list(run)
            yield Shift(same[0][0], same[-1][1], *duty)


class _InForce(Generic[P]):
    """What is true at instants that only go forward, in the order of `rank`."""

    def __init__(self, all_of_them: Iterable[P], rank: Callable[[P], int]) -> None:
        self._coming = sorted(all_of_them, key=lambda one: one.start, reverse=True)
        self._now: list[P] = []
        self._rank = rank

    def at(self, instant: datetime) -> Sequence[P]:
        """Those that have begun and are not over."""
        begun = []
        while self._coming and self._coming[-1].start <= instant:
            begun.append(self._coming.pop())
        if begun or any(one.end <= instant for one in self._now):
            self._now = sorted([one for one in (*self._now, *begun) if one.end > instant], key=self._rank)
        return self._now

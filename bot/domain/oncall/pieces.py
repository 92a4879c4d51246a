"""Pieces of time on schedules: what each person has, and what a change gives to whom and takes from whom."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.contacts import ContactKind
from bot.domain.oncall.lookup import gaps, shifts
from bot.domain.oncall.model import OnCallChange, Schedule

Standing = tuple[Schedule, Sequence[OnCallChange]]
"""A schedule whose people are user ids, and what was changed about it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One person (a user id) is on call for a schedule from `start` to `end` (UTC); `who` empty = nobody is.

    `schedule` is its key, `title` what people call it.
    """

    schedule: str
    title: str
    who: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does: time that people have now and had not before, and the other way round."""

    gained: tuple[Piece, ...]
    lost: tuple[Piece, ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody whom it concerns."""
        return tuple(dict.fromkeys(one.who for one in (*self.gained, *self.lost) if one.who))

    @property
    def gaps(self) -> tuple[Piece, ...]:
        """Time in which nobody is on call any more."""
        return self.gained_by("")

    def gained_by(self, user: str) -> tuple[Piece, ...]:
        """What this person has in addition."""
        return tuple(one for one in self.gained if one.who == user)

    def lost_by(self, user: str) -> tuple[Piece, ...]:
        """What this person has no more."""
        return tuple(one for one in self.lost if one.who == user)


def title_of(schedule: Schedule) -> str:
    """What people call it."""
    return schedule.title or schedule.key


def pieces(standing: Standing, start: datetime, end: datetime) -> tuple[Piece, ...]:
    """Everybody's time from `start` to `end`, in order and cut there; the same person twice in a row is one piece."""
    schedule, changes = standing
    found = shifts(schedule, changes, start, end)
    mine = schedule.key, title_of(schedule)
    users = (one for one in found if one.who.kind is ContactKind.USER)
    return tuple(_joined(Piece(*mine, one.who.value, one.start, one.end) for one in users))


def empty(standing: Standing, start: datetime, end: datetime) -> tuple[Piece, ...]:
    """When nobody is on call from `start` to `end`."""
    schedule, changes = standing
    mine = schedule.key, title_of(schedule)
    return tuple(Piece(*mine, "", one.start, one.end) for one in gaps(schedule, changes, start, end))


def effect(before: Sequence[Standing], after: Sequence[Standing], start: datetime, end: datetime) -> Effect:
    """The difference between `start` and `end`, over all these schedules."""
    old, new = ([one for each in side for one in _whole(each, start, end)] for side in (before, after))
    return Effect(tuple(_minus(new, old)), tuple(_minus(old, new)))


def _whole(standing: Standing, start: datetime, end: datetime) -> tuple[Piece, ...]:
    return (*pieces(standing, start, end), *empty(standing, start, end))


def _minus(some: Sequence[Piece], others: Sequence[Piece]) -> Iterator[Piece]:
    """What is left of each piece without the time the same person has among `others`, by start."""
    theirs: dict[tuple[str, str], list[Piece]] = {}
    for other in others:
        theirs.setdefault((other.schedule, other.who), []).append(other)
    for piece in sorted(some, key=lambda one: one.start):
        yield from _without(piece, theirs.get((piece.schedule, piece.who), []))


def _without(piece: Piece, holes: Sequence[Piece]) -> Iterator[Piece]:
    """The parts of a piece between these, which are in order and apart from each other."""
    start = piece.start
    for hole in holes[bisect_right(holes, start, key=lambda one: one.end) :]:
        if piece.end <= hole.start:
            break
        if start < hole.start:
            yield replace(piece, start=start, end=hole.start)
        start = hole.end
    if start < piece.end:
        yield replace(piece, start=start)


def _joined(some: Iterable[Piece]) -> Iterator[Piece]:
    last: Piece | None = None
    for one in some:
        if last and (last.who, last.end) == (one.who, one.start):
            last = replace(last, end=one.end)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last

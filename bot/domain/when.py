"""Times as people write them, as instants: ``fri 09:00-17:00``, ``24 dec - 2 jan``, ``until mon 09:00``, ``2h``.

What is meant is the next such time: one that is under way counts, one that is over does not. Days begin and end at
midnight where the person is, times of day are those of their wall clock, and the clock may be changed in between.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.errors import Refused
from bot.domain.text import clean_line
from bot.domain.wall_clock import instant, wall_clock
from bot.domain.when_words import (
    DAY_MINUTES,
    Day,
    DaysAhead,
    Length,
    MeansNothing,
    MonthDay,
    NoEnd,
    Point,
    Range,
    Weekday,
    read_point,
    read_range,
)
from bot.domain.words import say

FARTHEST = timedelta(days=366)
"""How far ahead a time may lie."""

_DAY = timedelta(days=1)
_WEEKDAY_AGO, _DATE_AGO = 6 * _DAY, 92 * _DAY  # what began longer ago is not meant, but the next one
_YEARS_AHEAD = 9  # from one 29 February to the next
_SHOWN = 60

T = TypeVar("T")


def parse_when(text: str, now: datetime, zone: str) -> tuple[datetime, datetime]:
    """From when (UTC) to when (UTC, exclusive, after `now`), for somebody in this time zone.

    What is under way has begun before `now`: ``today`` begins at midnight. A day that ends a time belongs to it
    (``mon - fri``), but ``until mon`` ends as Monday begins. The end is at most `FARTHEST` from now.
    Raises Refused with examples.
    """
    asked = _Asked(text, now.astimezone(UTC), ZoneInfo(zone))
    wanted = asked.read(read_range, "2h, fri 09:00-17:00, tomorrow, 24 dec - 2 jan or until mon 09:00")
    for start, end in asked.ranges(wanted):
        if start < end and asked.now < end:
            return start, asked.near(end)
    raise asked.refused(
        '"{text}" has passed, or ends before it begins. Please write a time ahead, for example tomorrow 09:00-17:00.'
    )


def parse_instant(text: str, now: datetime, zone: str) -> datetime:
    """The next such instant (UTC) for somebody in this time zone; `now` itself for ``now``.

    A day without a time begins at midnight. At most `FARTHEST` from now. Raises Refused with examples.
    """
    asked = _Asked(text, now.astimezone(UTC), ZoneInfo(zone))
    wanted = asked.read(read_point, "sunday 03:00, tomorrow 9am, 24 dec 09:00, in 2h or now")
    return asked.near(asked.end_of(asked.now, wanted))


def parse_start(text: str, now: datetime, zone: str) -> datetime:
    """When something begins (UTC), not before `now`: as `parse_instant`, but ``today`` is from now on.

    Raises Refused with examples.
    """
    asked = _Asked(text, now.astimezone(UTC), ZoneInfo(zone))
    wanted = asked.read(read_point, "now, tomorrow, fri 17:00 or 2027-01-31 08:00")
    if isinstance(wanted, Point) and wanted.minute is None:
        dates = _dates(wanted.day, asked.today, asked.today)
        if next(dates, None) == asked.today:
            return asked.now
    return asked.near(asked.end_of(asked.now, wanted))


def parse_end(text: str, start: datetime, now: datetime, zone: str) -> datetime:
    """When what begins at `start` (UTC) is over: so long after it, or at the first such instant after it.

    A day without a time belongs to it: it ends at the midnight after. Raises Refused with examples.
    """
    asked = _Asked(text, now.astimezone(UTC), ZoneInfo(zone))
    wanted = asked.read(read_point, "8h, 17:00, mon 09:00 or 2027-01-31 08:00")
    if isinstance(wanted, Length):
        found = asked.end_of(start, wanted)
    else:
        begin = wall_clock(start, asked.zone)
        found = next((instant(local, asked.zone) for local in asked.ends(begin, wanted)), start)
    if found <= start:
        raise asked.refused(
            '"{text}" is not after the beginning. Please write a later time, or how long: 8h.'
        )
    return asked.near(found)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was written, when and where."""

    text: str
    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return wall_clock(self.now, self.zone).date()

    def read(self, reader: Callable[[str], T], examples: str) -> T:
        """What the words mean."""
        try:
            return reader(self.text)
        except NoEnd:
            endless = (
                '"{text}" has no end. Please write until when, for example 14:00-18:00 or 2h from 14:00.'
            )
            raise self.refused(endless) from None
        except MeansNothing:
            unknown = 'I do not know when "{text}" is. Please write it like this: {examples}.'
            template = unknown if clean_line(self.text) else "Please write when, like this: {examples}."
            raise self.refused(template, examples) from None

    def refused(self, template: str, examples: str = "") -> Refused:
        """With what was written, on one short line."""
        shown = self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]}…"
        return Refused(say(template, text=clean_line(shown), examples=examples))

    def near(self, at: datetime) -> datetime:
        """The same instant, unless it is too far."""
        if at - self.now > FARTHEST:
            raise self.refused('"{text}" is more than a year away. Please choose an earlier time.')
        return at

    def ranges(self, wanted: Range) -> Iterator[tuple[datetime, datetime]]:
        """All that may be meant, in order."""
        if wanted.start is None:
            yield self.now, self.end_of(self.now, wanted.end)
            return
        for day in _dates(wanted.start.day, self.today, self._earliest(wanted.start, wanted.end)):
            begin = _local(day, wanted.start.minute or 0)
            start = instant(begin, self.zone)
            if isinstance(wanted.end, Length):
                yield start, self.end_of(start, wanted.end)
            else:
                yield from ((start, instant(end, self.zone)) for end in self.ends(begin, wanted.end))

    def end_of(self, start: datetime, end: Point | Length) -> datetime:
        """So much later, or the first such instant after the start; days keep the time of day."""
        if isinstance(end, Length):
            later = wall_clock(start, self.zone) + end.days * _DAY
            return (instant(later, self.zone) if end.days else start) + timedelta(minutes=end.minutes)
        for day in _dates(end.day, self.today, wall_clock(start, self.zone).date()):
            at = instant(_local(day, end.minute or 0), self.zone)
            if at > start:
                return at
        raise self.refused('"{text}" has passed. Please write a time ahead, for example tomorrow 09:00.')

    def _earliest(self, start: Point, end: Point | Length) -> date:
        """The first day on which what is under way may have begun."""
        match start.day:
            case Weekday():
                return self.today - _WEEKDAY_AGO
            case MonthDay():
                return self.today - _DATE_AGO
        over_night = isinstance(end, Point) and end.day is None
        return self.today - _DAY if over_night else self.today

    def ends(self, begin: datetime, end: Point) -> Iterator[datetime]:
        """On the wall clock: the end of the day of the start, the next such time of day, or the next such day."""
        minute = DAY_MINUTES if end.minute is None else end.minute
        days = _dates(end.day, self.today, begin.date())
        found = next((local for local in (_local(day, minute) for day in days) if local > begin), None)
        if found:
            yield found


def _local(day: date, minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def _dates(day: Day | None, today: date, first: date) -> Iterator[date]:
    """The days that fit, in order; those that come again and again from `first` on."""
    match day:
        case DaysAhead(count):
            yield today + count * _DAY
        case Weekday(number):
            nearest = first + (number - first.weekday()) % 7 * _DAY
            yield from (nearest + weeks * 7 * _DAY for weeks in range(4))
        case MonthDay(month, number, None):
            yield from _yearly(month, number, first)
        case MonthDay(month, number, int(year)):
            yield date(year, month, number)
        case None:
            yield from (first + days * _DAY for days in range(4))


def _yearly(month: int, number: int, first: date) -> Iterator[date]:
    for year in range(first.year, first.year + _YEARS_AHEAD):
        try:
            found = date(year, month, number)
        except ValueError:
            continue  # 29 February
        if found >= first:
            yield found

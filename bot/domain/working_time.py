"""Counting working time in a calendar, exact over changes of the clock, odd time zones and leap days.

An instant is open when the wall clock of the calendar's zone is inside the hours of its date. So a range that
contains a change of the clock is really shorter or longer, and what the clock jumps over never was. All instants,
taken and given, are aware UTC. Nothing here walks minutes: it takes days at a time, and ``always`` is plain sums.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from bot.domain.calendar import Calendar, Day
from bot.domain.errors import Refused
from bot.domain.span import Span, Unit
from bot.domain.wall_clock import clock_change, instant, wall_clock
from bot.domain.words import say

LOOK_AHEAD = timedelta(days=2 * 365 + 1)
"""How far `next_opening` looks, and how far ahead the days off of a calendar are known."""

_COUNT_AHEAD = timedelta(days=20 * 365)  # whatever is not reached by then never is
_LAST = datetime(9990, 1, 1, tzinfo=UTC)
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_WINDOW = timedelta(days=5)  # no zone changed its clock twice in so few days since 2000
_TICK = timedelta(microseconds=1)
_NOTHING = timedelta()


class NeverReached(Refused):
    """The calendar has no hours, or the length goes on for more than twenty years."""

    def __init__(self, calendar: Calendar) -> None:
        super().__init__(
            say(
                "Calendar {name} never gets that far. Give it hours, or write a shorter time.",
                name=calendar.key,
            )
        )


@dataclass(frozen=True, slots=True)
class _Range:
    """Open from `start` to `end` (UTC, end exclusive), all of it on one local date."""

    day: date
    start: datetime
    end: datetime


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether this instant counts."""
    local = at.astimezone(ZoneInfo(calendar.timezone))
    minute = local.hour * 60 + local.minute
    return any(hours.start <= minute < hours.end for hours in _hours(calendar, local.date()))


def next_opening(calendar: Calendar, at: datetime) -> datetime | None:
    """The first open instant from `at` on: `at` itself when open, None when nothing opens in the next two years."""
    if calendar.always:
        return at
    return next((one.start for one in _ranges(calendar, at, _until(at, LOOK_AHEAD))), None)


def add_working(calendar: Calendar, start: datetime, length: Span) -> datetime:
    """The deadline `length` after `start`.

    Seconds, minutes and hours are working time. Days are working days: from the next opening on, the same time of day
    so many dates with hours later; where that is closed, the last closing before it on that date, else the next
    opening. A week is as many working days as the calendar's normal week has. A calendar that is ``always`` open has
    days of 24 hours. Raises NeverReached.
    """
    if length.counts_days and not calendar.always:
        return _add_days(calendar, start, length)
    return extend(calendar, start, length.clock)


def extend(calendar: Calendar, at: datetime, by: timedelta) -> datetime:
    """The earliest instant with `by` of working time after `at`; `at` itself for nothing. Raises NeverReached."""
    if by <= _NOTHING:
        return at
    if calendar.always:
        if by > _LAST - at:
            raise NeverReached(calendar)
        return at + by
    left = by
    for one in _ranges(calendar, at, _until(at, _COUNT_AHEAD)):
        held = one.end - one.start
        if left <= held:
            return one.start + left
        left -= held
    raise NeverReached(calendar)


def working_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """The working time from `start` to `end`; none when `end` is not later."""
    if end <= start:
        return _NOTHING
    if calendar.always:
        return end - start
    return sum((one.end - one.start for one in _ranges(calendar, start, end)), _NOTHING)


def share(calendar: Calendar, start: datetime, end: datetime, part: Fraction | float) -> datetime:
    """The instant at which that part (0 to 1) of the working time from `start` to `end` has passed."""
    ticks = working_between(calendar, start, end) // _TICK
    return extend(calendar, start, round(ticks * part) * _TICK)


def around(calendar: Calendar, at: datetime) -> Calendar:
    """The same calendar with only those differing days that lie a week before to two years and a week after `at`."""
    today = at.astimezone(ZoneInfo(calendar.timezone)).date()
    first, last = today - _WEEK, today + LOOK_AHEAD + _WEEK
    return replace(
        calendar,
        off=frozenset(day for day in calendar.off if first <= day <= last),
        special={day: hours for day, hours in calendar.special.items() if first <= day <= last},
    )


def _hours(calendar: Calendar, day: date) -> Day:
    if day in calendar.off:
        return ()
    special = calendar.special.get(day)
    return calendar.week[day.weekday()] if special is None else special


def _until(at: datetime, ahead: timedelta) -> datetime:
    return _LAST if at > _LAST - ahead else at + ahead


def _ranges(calendar: Calendar, start: datetime, end: datetime) -> Iterator[_Range]:
    """What is open between the two, in order; a range over midnight comes in parts."""
    for since, until, offset in _steady(ZoneInfo(calendar.timezone), start, end):
        day = (since + offset).date()
        midnight = datetime.combine(day, time(), UTC) - offset
        while midnight < until:
            for hours in _hours(calendar, day):
                opens = max(since, midnight + timedelta(minutes=hours.start))
                closes = min(until, midnight + timedelta(minutes=hours.end))
                if opens < closes:
                    yield _Range(day, opens, closes)
            day, midnight = day + _DAY, midnight + _DAY


def _steady(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Windows in which the clock does not change, with what it is ahead of UTC."""
    since, offset = start, _offset(zone, start)
    while since < end:
        until = min(end, since + _WINDOW)
        after = _offset(zone, until)
        if after != offset:
            until = clock_change(since, until, zone)
        yield since, until, offset
        since, offset = until, after


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None  # a ZoneInfo always knows
    return offset


def _add_days(calendar: Calendar, start: datetime, length: Span) -> datetime:
    if not length.count:
        return start
    opening = next_opening(calendar, start)
    if opening is None:
        raise NeverReached(calendar)
    days = length.count
    if length.unit is Unit.WEEK:
        days *= max(1, sum(1 for day in calendar.week if day))
    local = wall_clock(opening, ZoneInfo(calendar.timezone))
    return _at_time(calendar, _working_day(calendar, opening, local.date(), days), local.time())


def _working_day(calendar: Calendar, start: datetime, today: date, days: int) -> date:
    """The date so many working days after `today`."""
    latest, left = today, days
    for one in _ranges(calendar, start, _until(start, _COUNT_AHEAD)):
        if one.day > latest:
            latest, left = one.day, left - 1
            if not left:
                return latest
    raise NeverReached(calendar)


def _at_time(calendar: Calendar, day: date, wall: time) -> datetime:
    """That time on a day that has hours; when closed then: the closing before it, or the next opening."""
    at = instant(datetime.combine(day, wall), ZoneInfo(calendar.timezone))
    ranges = [one for one in _ranges(calendar, at - 2 * _DAY, at + 2 * _DAY) if one.day == day]
    for one in ranges:
        if at < one.end:
            return max(at, one.start)
    return ranges[-1].end

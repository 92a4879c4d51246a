"""Working time counted the slow way, minute by minute: what `bot.domain.working_time` has to agree with."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.domain.calendar import Calendar

MINUTE = timedelta(minutes=1)
DAYS = 7


class Minutes:
    """Every minute of the week from `start` on (a whole minute of UTC): its wall clock, and whether it counts."""

    def __init__(self, calendar: Calendar, start: datetime) -> None:
        self.start = start
        self.calendar = calendar
        self.walls = wall_clock(calendar.timezone, start)
        self.open = [self._counts(wall) for wall in self.walls]

    def at(self, n: int) -> datetime:
        """The instant at which minute `n` begins."""
        return self.start + n * MINUTE

    def opening(self, n: int) -> int | None:
        """The first open minute from `n` on."""
        return next((one for one in range(n, len(self.open)) if self.open[one]), None)

    def after(self, n: int, working: int) -> int | None:
        """The first minute by which so many have counted since `n`."""
        for one in range(n, len(self.open)):
            if not working:
                return one
            working -= self.open[one]
        return None

    def between(self, first: int, last: int) -> int:
        """How many minutes count."""
        return sum(self.open[first:last])

    def working_days_after(self, n: int, days: int) -> int | None:
        """The same time so many working days later, clamped into that day's hours."""
        first = self.opening(n)
        dates = sorted({wall.date() for wall, counts in zip(self.walls, self.open, strict=True) if counts})
        later = [] if first is None else [day for day in dates if day > self.walls[first].date()]
        if first is None or len(later) <= days:  # the last date may be cut off
            return None
        wanted = datetime.combine(later[days - 1], self.walls[first].time())
        there = next(one for one, wall in enumerate(self.walls) if wall >= wanted)
        hours = [one for one in self._minutes_of(wanted.date()) if self.open[one]]
        return next((one for one in hours if one >= there), hours[-1] + 1)

    def _minutes_of(self, day: date) -> list[int]:
        return [one for one, wall in enumerate(self.walls) if wall.date() == day]

    def _counts(self, wall: datetime) -> bool:
        day = wall.date()
        if day in self.calendar.off:
            return False
        hours = self.calendar.special.get(day, self.calendar.week[day.weekday()])
        minute = wall.hour * 60 + wall.minute
        return any(one.start <= minute < one.end for one in hours)


@cache
def wall_clock(timezone: str, start: datetime) -> Sequence[datetime]:
    """What a clock on the wall shows each minute of that week."""
    instants = (start + n * MINUTE for n in range(DAYS * 24 * 60))
    return [at.astimezone(ZoneInfo(timezone)).replace(tzinfo=None) for at in instants]


def utc(text: str) -> datetime:
    """``2026-03-27 15:30`` as an instant of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)

"""A length of time as people write it, number and unit, so that "1d" can be one working day where a calendar counts."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import total_ordering


class Unit(StrEnum):
    """What is counted."""

    SECOND = "s"
    MINUTE = "m"
    HOUR = "h"
    DAY = "d"
    WEEK = "w"


_LENGTHS = {
    Unit.SECOND: timedelta(seconds=1),
    Unit.MINUTE: timedelta(minutes=1),
    Unit.HOUR: timedelta(hours=1),
    Unit.DAY: timedelta(days=1),
    Unit.WEEK: timedelta(weeks=1),
}
_WRITTEN = re.compile(r"([0-9]{1,8})([smhdw])")  # eight digits of weeks still fit a timedelta


@total_ordering
@dataclass(frozen=True, slots=True)
class Span:
    """So many of one unit, ordered by `clock`. ``24h`` and ``1d`` differ: a calendar counts days its own way."""

    count: int
    unit: Unit

    @property
    def clock(self) -> timedelta:
        """The length around the clock, where a day is 24 hours."""
        return self.count * _LENGTHS[self.unit]

    @property
    def counts_days(self) -> bool:
        """Whether a calendar counts it in working days instead of working time."""
        return self.unit in (Unit.DAY, Unit.WEEK)

    def __lt__(self, other: "Span") -> bool:
        return self.clock < other.clock

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


def parse_span(text: str) -> Span | None:
    """``30s 15m 4h 3d 1w``; None for anything else."""
    found = _WRITTEN.fullmatch(text)
    return Span(int(found[1]), Unit(found[2])) if found else None


def span(text: str) -> Span:
    """A span that stands in our own code. Raises ValueError when it is written wrongly."""
    parsed = parse_span(text)
    if parsed is None:
        raise ValueError(f"not a span: {text!r}")
    return parsed

"""Working time: when an organisation, a desk or a contract counts the hours, exact over changes of the clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """A part of one local day in minutes after midnight: ``0 <= start < end <= 1440``."""

    start: int
    end: int


Day = tuple[Hours, ...]
"""The hours of one day: in order, apart from each other; the breaks are what lies between. Empty = closed."""

ROUND_THE_CLOCK: Day = (Hours(0, DAY_MINUTES),)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working hours of a week, Monday first, in a time zone; with days that differ.

    `holidays` are the names the document gave (``GB``, ``DE-BY``), `off` the dates they and its own days stand for,
    `special` the days with hours of their own. `off` wins over `special`, which wins over the week.
    """

    key: str
    timezone: str
    week: tuple[Day, Day, Day, Day, Day, Day, Day] = (ROUND_THE_CLOCK,) * 7
    holidays: tuple[str, ...] = ()
    off: frozenset[date] = frozenset()
    special: Mapping[date, Day] = field(default_factory=dict)

    @property
    def always(self) -> bool:
        """Whether every minute counts."""
        return not self.off and not self.special and all(day == ROUND_THE_CLOCK for day in self.week)


ALWAYS = Calendar("always", "UTC")
"""Around the clock: a day is 24 hours."""

"""How long a time of the matrix takes on the clock, so that times counted in different calendars can be compared."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import Calendar
from bot.domain.errors import Refused
from bot.domain.matrix.model import Matrix
from bot.domain.span import Span
from bot.domain.working_time import add_working, next_opening

_ORDINARY = datetime(2026, 3, 1, 12, tzinfo=UTC)
"""A Sunday before three weeks in which few clocks change; days off are left aside."""
FOREVER = timedelta.max
"""How long a calendar takes that never gets there."""


@dataclass(slots=True)
class Measure:
    """Times of one matrix, measured in an ordinary week. Nothing can be said of calendars that are broken."""

    matrix: Matrix
    _known: dict[tuple[str | None, Span], timedelta | None] = field(default_factory=dict)

    def takes(self, length: Span, key: str | None) -> timedelta | None:
        """From the first opening of calendar `key` in an ordinary week; None = unknown."""
        if (key, length) not in self._known:
            self._known[key, length] = self._measured(length, key)
        return self._known[key, length]

    def _measured(self, length: Span, key: str | None) -> timedelta | None:
        calendar = self._ordinary(key)
        start = next_opening(calendar, _ORDINARY) if calendar is not None else None
        if calendar is None or start is None:
            return None
        try:
            return add_working(calendar, start, length) - start
        except Refused:
            return FOREVER

    def _ordinary(self, key: str | None) -> Calendar | None:
        try:
            calendar = self.matrix.calendar(key)
            ZoneInfo(calendar.timezone)
        except (KeyError, ValueError, OSError):  # an unknown calendar or time zone: said elsewhere
            return None
        return replace(calendar, off=frozenset(), special={}) if any(calendar.week) else None

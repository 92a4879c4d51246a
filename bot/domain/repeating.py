"""What happens again and again: the instant of the n-th time, and how many times have passed."""

from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime

from bot.domain.calendar import Calendar
from bot.domain.span import Span
from bot.domain.working_time import add_working


def nth(calendar: Calendar, start: datetime, every: Span, n: int) -> datetime:
    """The n-th time `every` has passed since `start`, in this calendar; `start` itself for 0. Raises NeverReached."""
    return add_working(calendar, start, Span(every.count * n, every.unit)) if n else start


def passed(at: Callable[[int], datetime], now: datetime) -> int:
    """How many of the rising instants ``at(1), at(2) ...`` have come by now: found by halving, not by counting."""
    end = 1
    while at(end) <= now:
        end *= 2
    return bisect_right(range(1, end), now, key=at)

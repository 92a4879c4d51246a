"""Wall-clock times of a place as instants, exact over changes of the clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) at which clocks in `zone` show the naive `local`, or have jumped over it.

    What the clock shows twice is meant the first time. A later `local` is never an earlier instant.
    """
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return clock_change(second, first, zone) if second < first else first


def wall_clock(at: datetime, zone: ZoneInfo) -> datetime:
    """What clocks in `zone` show at an instant, naive."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def clock_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The one instant (UTC) after `before` and not after `after` at which clocks in `zone` jump, to the second."""
    low = before.replace(microsecond=0)
    steps = -((low - after) // _SECOND)
    offset = low.astimezone(zone).utcoffset()
    while steps > 1:
        half = steps // 2
        middle = low + half * _SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            low, steps = middle, steps - half
        else:
            steps = half
    return low + _SECOND

"""A week of local time as the bits of one number, minute by minute from Monday 00:00, to compare hours with hours."""

from collections.abc import Sequence

from bot.domain.calendar import DAY_MINUTES, Day

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES = 7 * DAY_MINUTES
FULL = (1 << MINUTES) - 1


def bits_of(week: Sequence[Day]) -> int:
    """Bit n is set when minute n of the week has hours."""
    return sum(
        ((1 << hours.end - hours.start) - 1) << (DAY_MINUTES * number + hours.start)
        for number, day in enumerate(week)
        for hours in day
    )


def longest_run(bits: int) -> int:
    """How many minutes the longest stretch without a break has; a stretch may go on from Sunday into Monday."""
    if bits & FULL == FULL:
        return MINUTES
    twice = bits | bits << MINUTES
    low, high = 0, MINUTES
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _runs(twice, middle) else (low, middle - 1)
    return low


def first_stretch(bits: int) -> str:
    """The first stretch in words: ``mon 09:00-12:30``, cut at midnight. `bits` has at least one minute."""
    start = (bits & -bits).bit_length() - 1
    day, minute = divmod(start, DAY_MINUTES)
    rest = ~(bits >> start)
    end = min(minute + (rest & -rest).bit_length() - 1, DAY_MINUTES)
    return f"{DAYS[day]} {_clock(minute)}-{_clock(end)}"


def _runs(bits: int, length: int) -> bool:
    """Whether `length` set bits follow each other: each step doubles how far a bit speaks for those above it."""
    have = 1
    while have < length and bits:
        step = min(have, length - have)
        bits &= bits >> step
        have += step
    return bits != 0


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"

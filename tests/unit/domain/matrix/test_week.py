"""Hours of a week as bits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import ROUND_THE_CLOCK, Day, Hours
from bot.domain.matrix.week import FULL, MINUTES, bits_of, first_stretch, longest_run
from tests.tries import tries

CLOSED: tuple[Day, ...] = ((),) * 7


def minutes_of(week: tuple[Day, ...]) -> set[int]:
    """Minute by minute."""
    return {
        number * 1440 + minute
        for number, day in enumerate(week)
        for hours in day
        for minute in range(hours.start, hours.end)
    }


DAYS = st.lists(st.integers(0, 72), max_size=4, unique=True).map(
    lambda edges: tuple(
        Hours(start * 20, end * 20)
        for start, end in zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False)
    )
)


@tries(12)
@given(st.tuples(*[DAYS] * 7))
def test_bits_are_the_minutes(week: tuple[Day, ...]) -> None:
    bits = bits_of(week)
    assert {number for number in range(MINUTES) if bits >> number & 1} == minutes_of(week)


@tries(12)
@given(st.sets(st.integers(0, 6), max_size=5), st.integers(0, 71), st.integers(1, 72))
def test_the_longest_run_is_what_walking_finds(days: set[int], first: int, length: int) -> None:
    day = (Hours(first * 20, min(first + length, 72) * 20),)
    week = tuple(day if number in days else () for number in range(7))
    minutes = minutes_of(week)
    starts = {minute for minute in minutes if minute - 1 not in minutes}
    walked = max((_run_from(start, minutes) for start in starts), default=0)
    assert longest_run(bits_of(week)) == walked


def _run_from(start: int, minutes: set[int]) -> int:
    length = 0
    while (start + length) % MINUTES in minutes:
        length += 1
    return length


def test_a_stretch_goes_on_from_sunday_into_monday() -> None:
    week = ((Hours(0, 60),), *CLOSED[1:6], (Hours(1400, 1440),))
    assert longest_run(bits_of(week)) == 100


def test_the_ends_of_a_week() -> None:
    assert longest_run(0) == 0
    assert longest_run(FULL) == MINUTES
    assert bits_of((ROUND_THE_CLOCK,) * 7) == FULL


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ((*CLOSED[:2], (Hours(545, 720), Hours(800, 900)), *CLOSED[3:]), "wed 09:05-12:00"),
        (((Hours(1320, 1440),), (Hours(0, 360),), *CLOSED[2:]), "mon 22:00-24:00"),
        ((*CLOSED[:6], ROUND_THE_CLOCK), "sun 00:00-24:00"),
    ],
)
def test_the_first_stretch_in_words(week: tuple[Day, ...], said: str) -> None:
    assert first_stretch(bits_of(week)) == said

"""How long times of different calendars take on the clock."""

from datetime import timedelta

import pytest

from bot.domain.calendar import Calendar, Day, Hours
from bot.domain.matrix.measure import FOREVER, Measure
from bot.domain.span import span
from tests.builders import matrix

Week = tuple[Day, Day, Day, Day, Day, Day, Day]
OFFICE: Week = (*((Hours(540, 1020),),) * 5, (), ())
CLOSED: Week = ((), (), (), (), (), (), ())
MEASURE = Measure(
    matrix(
        calendars=(
            Calendar("office", "Europe/Berlin", OFFICE),
            Calendar("closed", "Europe/Berlin", CLOSED),
            Calendar("nowhere", "Mars", OFFICE),
        )
    )
)


@pytest.mark.parametrize(
    ("length", "calendar", "hours"),
    [
        ("1d", None, 24),
        ("1d", "always", 24),
        ("90m", "office", 1.5),
        ("8h", "office", 8),
        ("9h", "office", 25),
        ("1d", "office", 24),
        ("5d", "office", 7 * 24),
        ("1w", "office", 7 * 24),
        ("41h", "office", 7 * 24 + 1),
    ],
)
def test_from_the_opening_on_a_monday(length: str, calendar: str | None, hours: float) -> None:
    assert MEASURE.takes(span(length), calendar) == timedelta(hours=hours)


@pytest.mark.parametrize("calendar", ["closed", "nowhere", "unknown"])
def test_of_a_broken_calendar_nothing_can_be_said(calendar: str) -> None:
    assert MEASURE.takes(span("1h"), calendar) is None


def test_what_is_never_reached_takes_forever() -> None:
    assert MEASURE.takes(span("99999999w"), "office") == FOREVER

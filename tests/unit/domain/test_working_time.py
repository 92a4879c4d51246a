"""When working time has passed: examples to read, and agreement with counting minute by minute."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import ALWAYS, ROUND_THE_CLOCK, Calendar, Day, Hours
from bot.domain.span import span
from bot.domain.working_time import (
    NeverReached,
    add_working,
    around,
    extend,
    is_open,
    next_opening,
    share,
    working_between,
)
from tests.tries import tries
from tests.unit.domain.minutes import DAYS, MINUTE, Minutes, utc


def hours(*texts: str) -> Day:
    """``hours("09:00-12:30", "13:30-17:30")``."""
    return tuple(Hours(*map(_minute, text.split("-"))) for text in texts)


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


FULL = hours("09:00-17:30")
OFFICE = Calendar("office", "Europe/London", (FULL, FULL, FULL, FULL, hours("09:00-16:00"), (), ()))
HOLIDAYS = Calendar(
    "uk", "Europe/London", OFFICE.week, ("GB",), frozenset({date(2026, 4, 3), date(2026, 4, 6)})
)
LUNCH = Calendar("lunch", "Europe/London", (*(hours("08:00-12:00", "13:00-17:00"),) * 5, (), ()))
LUNCH_TUESDAY = Calendar("b", "UTC", (FULL, hours("09:00-12:00", "14:00-17:00"), *((),) * 5))
LATE_MONDAY = Calendar("late", "Europe/London", (hours("12:00-20:00"), FULL, FULL, FULL, FULL, (), ()))
NIGHTS = Calendar("nights", "Europe/London", (hours("00:00-06:00", "22:00-24:00"),) * 7)
NEW_YORK_NIGHTS = Calendar("ny", "America/New_York", (hours("00:00-06:00", "22:00-24:00"),) * 7)
HALF_HOUR = Calendar("island", "Australia/Lord_Howe", (hours("00:00-06:00"),) * 7)
SAMOA = Calendar("samoa", "Pacific/Apia", (*(hours("09:00-17:00"),) * 6, ()))
KATHMANDU = Calendar("kathmandu", "Asia/Kathmandu", (hours("10:00-17:00"),) * 7)
LEAP = Calendar("leap", "UTC", (hours("09:00-17:00"),) * 7)
NEWFOUNDLAND = Calendar("nl", "America/St_Johns", off=frozenset({date(2010, 12, 25)}))
NO_HOLIDAY = Calendar("shop", "Europe/London", off=frozenset({date(2026, 12, 25)}))
SHORT_EVE = Calendar("eve", "UTC", OFFICE.week, special={date(2026, 12, 24): hours("09:00-12:00")})
CLOSED = Calendar("closed", "UTC", ((),) * 7)
SUNDAY_NIGHT = Calendar("window", "Europe/London", (*((),) * 6, hours("01:00-02:00")))

DEADLINES = {
    "hours of one day": (OFFICE, "2026-03-23 09:00", "4h", "2026-03-23 13:00"),
    "exactly to the closing": (OFFICE, "2026-03-23 09:00", "510m", "2026-03-23 17:30"),
    "the closing and not the next opening": (OFFICE, "2026-03-27 09:00", "7h", "2026-03-27 16:00"),
    "a minute more is the next day": (OFFICE, "2026-03-23 17:00", "31m", "2026-03-24 09:01"),
    "over the weekend and the spring change": (OFFICE, "2026-03-27 15:30", "4h", "2026-03-30 11:30"),
    "hours from Saturday begin on Monday": (OFFICE, "2026-03-28 11:00", "15m", "2026-03-30 08:15"),
    "a break does not count": (LUNCH, "2026-03-23 11:30", "1h", "2026-03-23 13:30"),
    "over a holiday": (HOLIDAYS, "2026-04-02 15:30", "2h", "2026-04-07 09:00"),
    "a special short day": (SHORT_EVE, "2026-12-24 11:00", "2h", "2026-12-25 10:00"),
    "a spring night is an hour shorter": (NIGHTS, "2026-03-28 22:00", "8h", "2026-03-29 22:00"),
    "an autumn night is an hour longer": (NIGHTS, "2026-10-24 21:00", "9h", "2026-10-25 06:00"),
    "a New York spring night": (NEW_YORK_NIGHTS, "2026-03-08 03:00", "7h", "2026-03-08 10:00"),
    "half an hour on Lord Howe, gained": (HALF_HOUR, "2026-04-04 13:00", "390m", "2026-04-04 19:30"),
    "a zone of 45 minutes": (KATHMANDU, "2026-03-23 04:15", "7h", "2026-03-23 11:15"),
    "seconds": (OFFICE, "2026-03-23 17:29", "90s", "2026-03-24 09:00:30"),
    "a day": (OFFICE, "2026-03-24 10:00", "1d", "2026-03-25 10:00"),
    "Friday 15:30 and a day is Monday 15:30": (OFFICE, "2026-03-27 15:30", "1d", "2026-03-30 14:30"),
    "Thursday 17:00 and a day: Friday closes before": (OFFICE, "2026-03-26 17:00", "1d", "2026-03-27 16:00"),
    "from Saturday a day: Tuesday morning": (OFFICE, "2026-03-28 11:00", "1d", "2026-03-31 08:00"),
    "from the evening a day: the morning after next": (OFFICE, "2026-03-23 20:00", "1d", "2026-03-25 09:00"),
    "a day over Easter": (HOLIDAYS, "2026-04-02 11:00", "1d", "2026-04-07 11:00"),
    "before that day opens: its opening": (LATE_MONDAY, "2026-03-20 10:00", "1d", "2026-03-23 12:00"),
    "into a break: when it is over": (LUNCH_TUESDAY, "2026-03-23 12:30", "1d", "2026-03-24 14:00"),
    "to the minute a break begins: when it is over": (
        LUNCH_TUESDAY,
        "2026-03-23 12:00",
        "1d",
        "2026-03-24 14:00",
    ),
    "a week is five working days": (OFFICE, "2026-03-23 10:00", "1w", "2026-03-30 09:00"),
    "a week with two holidays is longer": (HOLIDAYS, "2026-04-01 11:00", "1w", "2026-04-10 11:00"),
    "a leap day is a day": (LEAP, "2028-02-28 10:00", "2d", "2028-03-01 10:00"),
    "without a leap day": (LEAP, "2026-02-28 10:00", "2d", "2026-03-02 10:00"),
    "the date that Samoa skipped": (SAMOA, "2011-12-29 20:00", "1d", "2011-12-30 20:00"),
    "a date that came in two parts is one day": (NEWFOUNDLAND, "2010-11-06 14:30", "2d", "2010-11-08 15:30"),
    "a time that the clock jumps over": (NIGHTS, "2026-03-28 01:30", "1d", "2026-03-29 01:00"),
    "a time that comes twice is the first": (NIGHTS, "2026-10-24 00:30", "1d", "2026-10-25 00:30"),
    "round the clock but for holidays": (NO_HOLIDAY, "2026-12-24 18:00", "1d", "2026-12-26 18:00"),
    "always: a day is 24 hours": (ALWAYS, "2026-03-28 18:00", "1d", "2026-03-29 18:00"),
    "always: a week is seven of them": (ALWAYS, "2026-03-28 18:00", "1w", "2026-04-04 18:00"),
    "always in a zone that changes its clock": (
        Calendar("24x7", "Europe/London"),
        "2026-03-28 18:00",
        "1d",
        "2026-03-29 18:00",
    ),
    "an hour that a night did not have": (SUNDAY_NIGHT, "2026-03-23 00:00", "1m", "2026-04-05 00:01"),
    "a day that had no hours is no working day": (SUNDAY_NIGHT, "2026-03-22 01:30", "1d", "2026-04-05 00:30"),
    "nothing to wait for": (OFFICE, "2026-03-28 11:00", "0m", "2026-03-28 11:00"),
    "no days to wait for": (OFFICE, "2026-03-28 11:00", "0d", "2026-03-28 11:00"),
}


@pytest.mark.parametrize(("calendar", "start", "length", "end"), DEADLINES.values(), ids=DEADLINES)
def test_a_deadline(calendar: Calendar, start: str, length: str, end: str) -> None:
    assert add_working(calendar, utc(start), span(length)) == utc(end)


@pytest.mark.parametrize(
    ("calendar", "at", "opening"),
    [
        pytest.param(OFFICE, "2026-03-23 09:00", "2026-03-23 09:00", id="open now"),
        pytest.param(OFFICE, "2026-03-23 17:30", "2026-03-24 09:00", id="the closing is closed"),
        pytest.param(LUNCH, "2026-03-23 12:00", "2026-03-23 13:00", id="in a break"),
        pytest.param(OFFICE, "2026-03-27 16:00", "2026-03-30 08:00", id="after the weekend, in summer time"),
        pytest.param(NIGHTS, "2026-03-28 23:59:59", "2026-03-28 23:59:59", id="midnight does not close"),
        pytest.param(CLOSED, "2026-03-23 09:00", None, id="never"),
        pytest.param(ALWAYS, "2026-03-23 03:00", "2026-03-23 03:00", id="always"),
    ],
)
def test_the_next_opening(calendar: Calendar, at: str, opening: str | None) -> None:
    assert next_opening(calendar, utc(at)) == (opening and utc(opening))


def test_what_lies_beyond_two_years_does_not_open_soon_enough() -> None:
    def opens_on(day: date) -> Calendar:
        return Calendar("once", "UTC", ((),) * 7, special={day: hours("09:00-10:00")})

    now = utc("2026-03-02 12:00")
    assert next_opening(opens_on(date(2028, 3, 1)), now) == utc("2028-03-01 09:00")
    assert next_opening(opens_on(date(2028, 3, 4)), now) is None
    assert next_opening(OFFICE, utc("9998-12-31 12:00")) is None, "dates end"


@pytest.mark.parametrize(
    ("calendar", "length"),
    [
        pytest.param(CLOSED, "1m", id="no hours for a minute"),
        pytest.param(CLOSED, "1d", id="no hours for a day"),
        pytest.param(OFFICE, "5300d", id="more than twenty years of working days"),
        pytest.param(OFFICE, "99999999w", id="longer than the world"),
        pytest.param(ALWAYS, "99999999w", id="longer than dates go"),
        pytest.param(ALWAYS, "99999999d", id="more days than dates go"),
    ],
)
def test_what_is_never_reached_is_refused(calendar: Calendar, length: str) -> None:
    with pytest.raises(NeverReached, match="never gets that far"):
        add_working(calendar, utc("2026-03-23 09:00"), span(length))


def test_the_end_of_an_interval_before_its_start_leaves_nothing() -> None:
    for calendar in (OFFICE, ALWAYS):
        assert working_between(calendar, utc("2026-03-24 09:00"), utc("2026-03-23 09:00")) == timedelta()


@pytest.mark.parametrize(
    ("calendar", "start", "end", "part", "instant"),
    [
        pytest.param(ALWAYS, "2026-03-23 09:00", "2026-03-23 13:00", 0.8, "2026-03-23 12:12", id="always"),
        pytest.param(
            OFFICE, "2026-03-27 14:00", "2026-03-30 10:00", Fraction(4, 5), "2026-03-30 09:12", id="weekend"
        ),
        pytest.param(OFFICE, "2026-03-27 14:00", "2026-03-30 10:00", 0.5, "2026-03-27 16:00", id="closing"),
        pytest.param(OFFICE, "2026-03-28 14:00", "2026-03-30 08:00", 0.8, "2026-03-28 14:00", id="nothing"),
        pytest.param(ALWAYS, "2026-03-23 09:00", "2026-03-23 13:00", 1, "2026-03-23 13:00", id="all of it"),
    ],
)
def test_the_warning_comes_when_that_part_of_the_working_time_has_passed(
    calendar: Calendar, start: str, end: str, part: float, instant: str
) -> None:
    assert share(calendar, utc(start), utc(end), part) == utc(instant)


def test_a_snapshot_keeps_a_week_before_and_two_years_after() -> None:
    near = {date(2026, 3, 16), date(2026, 12, 25), date(2028, 3, 30)}
    far = {date(2026, 3, 15), date(2028, 3, 31), date(2031, 1, 1)}
    special = {day: hours("10:00-11:00") for day in near | far}
    whole = Calendar("all", "Europe/London", OFFICE.week, ("GB",), frozenset(near | far), special)
    kept = around(whole, utc("2026-03-23 12:00"))
    assert kept.off == near and set(kept.special) == near
    assert (kept.key, kept.timezone, kept.week, kept.holidays) == (
        "all",
        "Europe/London",
        OFFICE.week,
        ("GB",),
    )


def test_the_days_of_a_snapshot_are_local_days() -> None:
    day = date(2026, 3, 16)
    whole = Calendar("all", "Asia/Tokyo", OFFICE.week, off=frozenset({day}))
    assert around(whole, utc("2026-03-23 14:59")).off == {day}
    assert not around(whole, utc("2026-03-23 15:00")).off


CHANGES = {
    "Europe/London": ["2026-03-28", "2026-10-23", "2028-02-27"],
    "America/New_York": ["2026-03-06", "2026-10-31"],
    "Asia/Kolkata": ["2026-03-28"],
    "Asia/Kathmandu": ["2028-02-27"],
    "Australia/Lord_Howe": ["2026-04-03", "2026-10-02"],
    "Pacific/Apia": ["2011-12-28"],
    "America/St_Johns": ["2010-11-05"],  # at 00:01: one date comes in two parts
    "UTC": ["2028-02-27"],
}
"""Zones, and days (UTC) from which on something happens to the clock."""


def _day(cuts: set[int]) -> Day:
    ends = sorted(cuts)
    return tuple(Hours(15 * a, 15 * b) for a, b in zip(ends[::2], ends[1::2], strict=False))


DAY = st.one_of(
    st.sets(st.integers(0, 96), max_size=6).map(_day),
    st.sampled_from(((), ROUND_THE_CLOCK, hours("00:00-06:00", "22:00-24:00"), hours("01:00-02:00"))),
)


@st.composite
def counted(draw: st.DrawFn) -> Minutes:
    """A calendar of any shape, counted over days in which the clock changes."""
    zone = draw(st.sampled_from(sorted(CHANGES)))
    start = utc(draw(st.sampled_from(CHANGES[zone])))
    near = st.integers(0, DAYS).map(lambda n: start.date() + timedelta(days=n))
    off = draw(st.sets(near, max_size=2))
    special = draw(st.dictionaries(near, DAY, max_size=2))
    return Minutes(Calendar("any", zone, draw(st.tuples(*[DAY] * 7)), (), frozenset(off), special), start)


MOMENT = st.integers(0, 3 * 24 * 60)
WHOLE = tries(12)


@WHOLE
@given(counted(), MOMENT)
def test_open_and_opening_agree_with_counting(minutes: Minutes, n: int) -> None:
    for one in range(n, n + 26 * 60, 13):
        assert is_open(minutes.calendar, minutes.at(one)) == minutes.open[one]
    opening = minutes.opening(n)
    if opening is not None:
        assert next_opening(minutes.calendar, minutes.at(n)) == minutes.at(opening)


@WHOLE
@given(counted(), MOMENT, st.integers(0, 2800))
def test_working_time_agrees_with_counting(minutes: Minutes, n: int, length: int) -> None:
    start, end = minutes.at(n), minutes.at(n + length)
    passed = minutes.between(n, n + length)
    assert working_between(minutes.calendar, start, end) == passed * MINUTE
    reached = minutes.after(n, passed)
    assert reached is not None
    assert extend(minutes.calendar, start, passed * MINUTE) == minutes.at(reached)
    assert share(minutes.calendar, start, end, 1) == minutes.at(reached)


@WHOLE
@given(counted(), MOMENT, st.integers(1, 3))
def test_working_days_agree_with_counting(minutes: Minutes, n: int, days: int) -> None:
    reached = minutes.working_days_after(n, days)
    if reached is not None and not minutes.calendar.always:
        assert add_working(minutes.calendar, minutes.at(n), span(f"{days}d")) == minutes.at(reached)


MONDAYS = st.integers(0, 400).map(
    lambda n: datetime(2026, 1, 5, 9, tzinfo=ZoneInfo("UTC")) + n * timedelta(hours=7)
)


@given(MONDAYS, st.integers(0, 90 * 24 * 60), st.floats(0, 1))
def test_a_part_of_the_time_is_that_part_and_never_later_than_the_end(
    start: datetime, length: int, part: float
) -> None:
    end = start + length * MINUTE
    warned = share(LUNCH, start, end, part)
    assert start <= warned <= max(start, end)
    gone = working_between(LUNCH, start, end) * part - working_between(LUNCH, start, warned)
    assert abs(gone) <= timedelta(microseconds=1)

"""Times as people write them: a table of what they mean, what is refused, and what must hold for any text at all."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.errors import Refused
from bot.domain.wall_clock import instant, wall_clock
from bot.domain.when import FARTHEST, parse_instant, parse_when

LONDON = "Europe/London"
NOW = "2026-12-09 10:30"
"""A Wednesday."""


def _at(local: str, zone: str = LONDON) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _shown(at: datetime, zone: str = LONDON) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%a %d %b %Y %H:%M}"


RANGES = {
    "2h": "Wed 09 Dec 2026 10:30 - Wed 09 Dec 2026 12:30",
    "30m": "Wed 09 Dec 2026 10:30 - Wed 09 Dec 2026 11:00",
    "1h 30min": "Wed 09 Dec 2026 10:30 - Wed 09 Dec 2026 12:00",
    "2 days": "Wed 09 Dec 2026 10:30 - Fri 11 Dec 2026 10:30",
    "for 1w": "Wed 09 Dec 2026 10:30 - Wed 16 Dec 2026 10:30",
    "2h from 14:00": "Wed 09 Dec 2026 14:00 - Wed 09 Dec 2026 16:00",
    "2h from 09:00": "Wed 09 Dec 2026 09:00 - Wed 09 Dec 2026 11:00",
    "1h from 09:00": "Thu 10 Dec 2026 09:00 - Thu 10 Dec 2026 10:00",
    "2d from 14:00": "Wed 09 Dec 2026 14:00 - Fri 11 Dec 2026 14:00",
    "2h from now": "Wed 09 Dec 2026 10:30 - Wed 09 Dec 2026 12:30",
    "2h starting fri 9am": "Fri 11 Dec 2026 09:00 - Fri 11 Dec 2026 11:00",
    "fri 9am for 2h": "Fri 11 Dec 2026 09:00 - Fri 11 Dec 2026 11:00",
    "fri 09:00-17:00": "Fri 11 Dec 2026 09:00 - Fri 11 Dec 2026 17:00",
    "Friday, 9:00 – 17:00": "Fri 11 Dec 2026 09:00 - Fri 11 Dec 2026 17:00",
    "on FRI at 9 a.m. to 5 p.m.": "Fri 11 Dec 2026 09:00 - Fri 11 Dec 2026 17:00",
    "wed 09:00-10:00": "Wed 16 Dec 2026 09:00 - Wed 16 Dec 2026 10:00",
    "wed 09:00-11:00": "Wed 09 Dec 2026 09:00 - Wed 09 Dec 2026 11:00",
    "wed 11:00-12:00": "Wed 09 Dec 2026 11:00 - Wed 09 Dec 2026 12:00",
    "tue 22:00-11:00": "Tue 08 Dec 2026 22:00 - Wed 09 Dec 2026 11:00",
    "fri": "Fri 11 Dec 2026 00:00 - Sat 12 Dec 2026 00:00",
    "wed": "Wed 09 Dec 2026 00:00 - Thu 10 Dec 2026 00:00",
    "thurs": "Thu 10 Dec 2026 00:00 - Fri 11 Dec 2026 00:00",
    "tue": "Tue 15 Dec 2026 00:00 - Wed 16 Dec 2026 00:00",
    "mon - fri": "Mon 07 Dec 2026 00:00 - Sat 12 Dec 2026 00:00",
    "fri until mon": "Fri 11 Dec 2026 00:00 - Tue 15 Dec 2026 00:00",
    "fri 17:00 - mon 09:00": "Fri 11 Dec 2026 17:00 - Mon 14 Dec 2026 09:00",
    "thu - weds": "Thu 03 Dec 2026 00:00 - Thu 10 Dec 2026 00:00",
    "wed 17:00 - wed 12:00": "Wed 09 Dec 2026 17:00 - Wed 16 Dec 2026 12:00",
    "mon 09:00 - mon 09:00": "Mon 07 Dec 2026 09:00 - Mon 14 Dec 2026 09:00",
    "mon 17:00 - mon 09:00": "Mon 07 Dec 2026 17:00 - Mon 14 Dec 2026 09:00",
    "today": "Wed 09 Dec 2026 00:00 - Thu 10 Dec 2026 00:00",
    "today 14:00-18:00": "Wed 09 Dec 2026 14:00 - Wed 09 Dec 2026 18:00",
    "today 22:00-24:00": "Wed 09 Dec 2026 22:00 - Thu 10 Dec 2026 00:00",
    "today - fri": "Wed 09 Dec 2026 00:00 - Sat 12 Dec 2026 00:00",
    "tomorrow": "Thu 10 Dec 2026 00:00 - Fri 11 Dec 2026 00:00",
    "tomorrow 09:00-12:00": "Thu 10 Dec 2026 09:00 - Thu 10 Dec 2026 12:00",
    "9am-5pm tomorrow": "Thu 10 Dec 2026 09:00 - Thu 10 Dec 2026 17:00",
    "tomorrow 9-17": "Thu 10 Dec 2026 09:00 - Thu 10 Dec 2026 17:00",
    "14:00 - 09:00 tomorrow": "Wed 09 Dec 2026 14:00 - Thu 10 Dec 2026 09:00",
    "14:00 - fri 17:00": "Wed 09 Dec 2026 14:00 - Fri 11 Dec 2026 17:00",
    "09:00 - fri 17:00": "Wed 09 Dec 2026 09:00 - Fri 11 Dec 2026 17:00",
    "24 dec": "Thu 24 Dec 2026 00:00 - Fri 25 Dec 2026 00:00",
    "8 dec": "Wed 08 Dec 2027 00:00 - Thu 09 Dec 2027 00:00",
    "24 dec - 2 jan": "Thu 24 Dec 2026 00:00 - Sun 03 Jan 2027 00:00",
    "24 dec 09:00 - 24 dec 17:00": "Thu 24 Dec 2026 09:00 - Thu 24 Dec 2026 17:00",
    "24th–26th December": "Thu 24 Dec 2026 00:00 - Sun 27 Dec 2026 00:00",
    "1 dec - 12 dec": "Tue 01 Dec 2026 00:00 - Sun 13 Dec 2026 00:00",
    "24 dec 2026 12:00 - 1 jan 2027": "Thu 24 Dec 2026 12:00 - Sat 02 Jan 2027 00:00",
    "2026-12-24": "Thu 24 Dec 2026 00:00 - Fri 25 Dec 2026 00:00",
    "2026-12-24 09:00 - 2026-12-25 17:00": "Thu 24 Dec 2026 09:00 - Fri 25 Dec 2026 17:00",
    "2026-12-24T09:00 to 17:00": "Thu 24 Dec 2026 09:00 - Thu 24 Dec 2026 17:00",
    "until mon 09:00": "Wed 09 Dec 2026 10:30 - Mon 14 Dec 2026 09:00",
    "until mon": "Wed 09 Dec 2026 10:30 - Mon 14 Dec 2026 00:00",
    "till 9am": "Wed 09 Dec 2026 10:30 - Thu 10 Dec 2026 09:00",
    "now - 17:00": "Wed 09 Dec 2026 10:30 - Wed 09 Dec 2026 17:00",
    "from now until 5pm tomorrow": "Wed 09 Dec 2026 10:30 - Thu 10 Dec 2026 17:00",
    "09:00-17:00": "Wed 09 Dec 2026 09:00 - Wed 09 Dec 2026 17:00",
    "08:00-10:30": "Thu 10 Dec 2026 08:00 - Thu 10 Dec 2026 10:30",
    "9am-5pm": "Wed 09 Dec 2026 09:00 - Wed 09 Dec 2026 17:00",
    "12pm-12am": "Wed 09 Dec 2026 12:00 - Thu 10 Dec 2026 00:00",
    "noon - 1:30pm": "Wed 09 Dec 2026 12:00 - Wed 09 Dec 2026 13:30",
    "22:00-06:00": "Wed 09 Dec 2026 22:00 - Thu 10 Dec 2026 06:00",
    "22:00-11:00": "Tue 08 Dec 2026 22:00 - Wed 09 Dec 2026 11:00",
    "\u200f fri\u00a009:00‑１７:00 \u202c": "Fri 11 Dec 2026 09:00 - Fri 11 Dec 2026 17:00",
}


@pytest.mark.parametrize("text", RANGES)
def test_on_a_wednesday_morning_in_december(text: str) -> None:
    start, end = parse_when(text, _at(NOW), LONDON)
    assert f"{_shown(start)} - {_shown(end)}" == RANGES[text]


OTHER_DAYS = {
    "a week of leave that has begun last year": (
        "24 dec - 2 jan", LONDON, "2027-01-01 12:00", "Thu 24 Dec 2026 00:00 - Sun 03 Jan 2027 00:00"),
    "the last day of February in a leap year": (
        "29 feb", LONDON, "2027-06-01 12:00", "Tue 29 Feb 2028 00:00 - Wed 01 Mar 2028 00:00"),
    "a day of 23 hours": (
        "sun", LONDON, "2026-03-28 12:00", "Sun 29 Mar 2026 00:00 - Mon 30 Mar 2026 00:00"),
    "the same time of day after the change": (
        "1d", LONDON, "2026-03-28 12:00", "Sat 28 Mar 2026 12:00 - Sun 29 Mar 2026 12:00"),
    "24 hours over the change": (
        "24h", LONDON, "2026-03-28 12:00", "Sat 28 Mar 2026 12:00 - Sun 29 Mar 2026 13:00"),
    "what the clock jumps over begins at the jump": (
        "sun 01:30-03:00", LONDON, "2026-03-28 12:00", "Sun 29 Mar 2026 02:00 - Sun 29 Mar 2026 03:00"),
    "what is jumped over whole is the next such time": (
        "01:15-01:45", LONDON, "2026-03-28 12:00", "Mon 30 Mar 2026 01:15 - Mon 30 Mar 2026 01:45"),
    "what is shown twice is both hours": (
        "sun 01:00-02:00", LONDON, "2026-10-24 12:00", "Sun 25 Oct 2026 01:00 - Sun 25 Oct 2026 02:00"),
    "it is Friday already in Kathmandu": (
        "today", "Asia/Kathmandu", "2026-12-11 00:15", "Fri 11 Dec 2026 00:00 - Sat 12 Dec 2026 00:00"),
    "a night under way on the morning after": (
        "fri 22:00-06:00", LONDON, "2026-12-12 03:00", "Fri 11 Dec 2026 22:00 - Sat 12 Dec 2026 06:00"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "zone", "now", "meant"), OTHER_DAYS.values(), ids=OTHER_DAYS)
def test_on_other_days(text: str, zone: str, now: str, meant: str) -> None:
    start, end = parse_when(text, _at(now, zone), zone)
    assert f"{_shown(start, zone)} - {_shown(end, zone)}" == meant


def test_hours_are_hours_when_the_clock_is_changed() -> None:
    start, end = parse_when("sun 01:00-02:00", _at("2026-10-24 12:00"), LONDON)
    assert end - start == timedelta(hours=2)
    second_time = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert parse_when("1h", second_time, LONDON) == (second_time, second_time + timedelta(hours=1))


INSTANTS = {
    "now": "Wed 09 Dec 2026 10:30",
    "in 2h": "Wed 09 Dec 2026 12:30",
    "3 weeks": "Wed 30 Dec 2026 10:30",
    "sunday 03:00": "Sun 13 Dec 2026 03:00",
    "wed 10:30": "Wed 16 Dec 2026 10:30",
    "wed 10:31": "Wed 09 Dec 2026 10:31",
    "tomorrow 9am": "Thu 10 Dec 2026 09:00",
    "9am tomorrow": "Thu 10 Dec 2026 09:00",
    "noon on fri": "Fri 11 Dec 2026 12:00",
    "09:00": "Thu 10 Dec 2026 09:00",
    "14:00": "Wed 09 Dec 2026 14:00",
    "fri": "Fri 11 Dec 2026 00:00",
    "2026-12-24 03:00": "Thu 24 Dec 2026 03:00",
    "9 dec 09:00": "Thu 09 Dec 2027 09:00",
}


@pytest.mark.parametrize("text", INSTANTS)
def test_an_instant(text: str) -> None:
    assert _shown(parse_instant(text, _at(NOW), LONDON)) == INSTANTS[text]


def test_a_jumped_over_instant_is_the_jump() -> None:
    assert parse_instant("sun 01:30", _at("2026-03-28 12:00"), LONDON) == datetime(2026, 3, 29, 1, tzinfo=UTC)


PASSED = "passed"
UNKNOWN = "I do not know when"
REFUSED = {
    "next blursday": UNKNOWN,
    "blursday - fri": UNKNOWN,
    "31 feb": UNKNOWN,
    "sus": UNKNOWN,
    "2026-13-01": UNKNOWN,
    "25:00-26:00": UNKNOWN,
    "09:60-10:00": UNKNOWN,
    "24:01-25:00": UNKNOWN,
    "13pm-14pm": UNKNOWN,
    "0am-1am": UNKNOWN,
    "fri 09:00-17:00-18:00": UNKNOWN,
    "2h from": UNKNOWN,
    "2h from blursday": UNKNOWN,
    "from now": UNKNOWN,
    "until": UNKNOWN,
    "fri -": UNKNOWN,
    "-": UNKNOWN,
    "12": UNKNOWN,
    "٣ ساعات": UNKNOWN,
    "🍕" * 200: UNKNOWN,
    "fri " * 5000: UNKNOWN,
    "1m " * 40: UNKNOWN,
    "": "Please write when",
    " \u200b ": "Please write when",
    "14:00": "has no end",
    "fri 09:00": "has no end",
    "today 08:00-09:00": PASSED,
    "until 2026-12-01": PASSED,
    "2026-12-01": PASSED,
    "24 dec 2026 - 2 dec 2026": PASSED,
    "0h": PASSED,
    "2027-12-24": "more than a year away",
    "10 jan - 5 jan": "more than a year away",
    "9999w": "more than a year away",
    "29 feb": "more than a year away",
}


@pytest.mark.parametrize("text", REFUSED, ids=[ascii(text)[:40] for text in REFUSED])
def test_refused_with_a_short_sentence_that_helps(text: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_when(text, _at(NOW), LONDON)
    sentence = str(caught.value)
    assert REFUSED[text] in sentence
    assert "Please" in sentence
    assert len(sentence) < 250 and "\n" not in sentence


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("today 09:00", PASSED),
        ("2026-01-01", PASSED),
        ("400d", "year"),
        ("next blursday", UNKNOWN),
        ("2h from 3", UNKNOWN),
    ],
)
def test_an_instant_refused(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        parse_instant(text, _at(NOW), LONDON)


ZONES = st.sampled_from(
    [
        "UTC",
        LONDON,
        "America/New_York",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Apia",
    ]
)
NOWS = st.datetimes(datetime(2005, 1, 1), datetime(2095, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
DAYS = ("mon", "Tuesday", "wed", "thu", "fri", "sat", "sun")
WORDS = st.lists(
    st.sampled_from(
        [*DAYS, "today", "tomorrow", "now", "until", "from", "for", "to", "at", "on", "-", "–", "/", "2h", "30m", "1w",
         "9999w", "24", "29", "feb", "dec", "dec.", "2028", "2027-02-29", "2026-12-24", "09:00", "24:00", "9am",
         "12 pm", "noon", "99:99", "in", "st", "th", "next", "٢", "²", "İ", "🕘", "\u202e", "\x00", "\ud800"]
    ),
    max_size=7,
)  # fmt: skip
ANY_TEXT = st.text(max_size=30) | WORDS.map(" ".join) | WORDS.map("".join)


@given(ANY_TEXT, NOWS, ZONES)
@example("﷽" * 80, datetime(2026, 12, 9, tzinfo=UTC), LONDON)
def test_any_text_is_a_time_ahead_or_refused(text: str, now: datetime, zone: str) -> None:
    try:
        start, end = parse_when(text, now, zone)
    except Refused:
        return
    assert start < end
    assert now < end <= now + FARTHEST


@given(ANY_TEXT, NOWS, ZONES)
def test_any_text_is_an_instant_ahead_or_refused(text: str, now: datetime, zone: str) -> None:
    try:
        at = parse_instant(text, now, zone)
    except Refused:
        return
    assert now <= at <= now + FARTHEST


LOCAL = st.integers(1, 300 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(NOWS, ZONES, LOCAL, LOCAL)
def test_what_is_written_whole_is_meant_exactly(
    now: datetime, zone: str, first: timedelta, second: timedelta
) -> None:
    local = wall_clock(now, ZoneInfo(zone)) + timedelta(days=1)
    begin, stop = sorted((local + first, local + second))
    expected = tuple(instant(one.replace(second=0, microsecond=0), ZoneInfo(zone)) for one in (begin, stop))
    if expected[0] < expected[1]:
        assert parse_when(f"{begin:%Y-%m-%d %H:%M} - {stop:%Y-%m-%d %H:%M}", now, zone) == expected


@given(NOWS, ZONES, st.integers(0, 6), st.integers(0, 23), st.integers(1, 23))
def test_a_weekday_is_the_next_one_that_is_not_over(
    now: datetime, zone: str, weekday: int, hour: int, hours: int
) -> None:
    """Unless the clock is changed in these two weeks: those are in the table."""
    place = ZoneInfo(zone)
    offsets = {(now + timedelta(days=day)).astimezone(place).utcoffset() for day in range(-8, 16)}
    start, end = parse_when(f"{DAYS[weekday]} {hour:02}:00-{(hour + hours) % 24:02}:00", now, zone)
    if len(offsets) == 1:
        assert (wall_clock(start, place).weekday(), wall_clock(start, place).hour) == (weekday, hour)
        assert end - start == timedelta(hours=hours)
        assert now < end <= now + timedelta(days=7)

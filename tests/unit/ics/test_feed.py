"""Shifts as a calendar: what a calendar program reads, whatever people typed."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.adapters.ics.feed import shift_feed
from bot.domain.oncall.pieces import Piece
from bot.domain.text import clean_line

NOW = datetime(2026, 12, 9, 10, 30, tzinfo=UTC)
NINE = datetime(2026, 12, 14, 9, tzinfo=UTC)
WEEK = timedelta(weeks=1)
MAYA, OMAR = "U_MAYA", "U_OMAR"
NAMES = {MAYA: "Maya Jones", OMAR: "Omar Reyes"}


def _shift(
    who: str = MAYA, start: datetime = NINE, title: str = "Care leads", key: str = "care-leads"
) -> Piece:
    return Piece(key, title, who, start, start + WEEK)


def _read(name: str, shifts: Sequence[Piece], names: dict[str, str]) -> Calendar:
    return Calendar.from_ical(shift_feed(name, shifts, names, NOW))


def _lines(raw: bytes) -> list[bytes]:
    assert raw.endswith(b"\r\n")
    lines = raw[:-2].split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    return lines


def test_the_whole_text() -> None:
    shift = Piece("care", "Care leads", MAYA, NINE, NINE + timedelta(hours=8))
    head, uid, *rest = shift_feed("On call: Maya", [shift], {}, NOW).decode().split("UID:")
    assert head.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rung//On call//EN",
        "METHOD:PUBLISH",
        "NAME:On call: Maya",
        "X-WR-CALNAME:On call: Maya",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "",
    ]
    assert uid.split("\r\n")[1:] == [
        "X-PUBLISHED-TTL:PT1H",
        "BEGIN:VEVENT",
        "SUMMARY:On call: Care leads",
        "DTSTART:20261214T090000Z",
        "DTEND:20261214T170000Z",
        "DTSTAMP:20261209T103000Z",
        "",
    ]
    assert [part.split("\r\n")[1:] for part in rest] == [
        ["CATEGORIES:Care leads", "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", ""]
    ]


def test_a_persons_calendar_says_for_what_they_are_on_call() -> None:
    events = _read("On call: Maya Jones", [_shift(), _shift(title="Duty", key="duty")], {}).events
    assert [event.summary for event in events] == ["On call: Care leads", "On call: Duty"]
    assert [event.categories for event in events] == [["Care leads"], ["Duty"]]


def test_the_calendar_of_a_schedule_says_who_is_on_call() -> None:
    shifts = [_shift(MAYA), _shift(OMAR, NINE + WEEK), _shift("U_GONE", NINE + 2 * WEEK)]
    events = _read("On call: Care leads", shifts, NAMES).events
    assert [event.summary for event in events] == ["Maya Jones", "Omar Reyes", "U_GONE"]
    assert {event.description for event in events} == {"On call: Care leads"}


def test_times_are_utc_wherever_they_come_from() -> None:
    tokyo = timezone(timedelta(hours=9))
    (event,) = _read("x", [_shift(start=NINE.astimezone(tokyo))], {}).events
    assert (event.start, event.end) == (NINE, NINE + WEEK)
    assert b"DTSTART:20261214T090000Z" in shift_feed("x", [_shift(start=NINE.astimezone(tokyo))], {}, NOW)


def test_the_same_shift_is_the_same_event_next_time() -> None:
    before = shift_feed("x", [_shift(), _shift(OMAR, NINE + WEEK)], {}, NOW)
    assert before == shift_feed("x", [_shift(), _shift(OMAR, NINE + WEEK)], {}, NOW)
    renamed = Calendar.from_ical(shift_feed("y", [_shift(title="Leads")], NAMES, NOW + WEEK))
    assert renamed.events[0].uid == Calendar.from_ical(before).events[0].uid


@pytest.mark.parametrize(
    "other",
    [
        _shift(who=OMAR),
        _shift(start=NINE + WEEK),
        _shift(key="duty"),
    ],
    ids=["somebody else", "another week", "another schedule"],
)
def test_another_shift_is_another_event(other: Piece) -> None:
    first, second = _read("x", [_shift(), other], {}).events
    assert first.uid != second.uid


def test_a_calendar_without_shifts_is_a_calendar_all_the_same() -> None:
    """The standard wants one part at least: a time zone does no harm."""
    calendar = _read("On call: Maya", [], {})
    assert calendar.events == []
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]


def _unescaped(text: str) -> str:
    """The library reads headers that it does not know as they are written."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


HOSTILE = {
    "commas": "a,b;c\\d",
    "a new line that would begin an event": "a\r\nBEGIN:VEVENT\nSUMMARY:owned",
    "what looks escaped": r"a\nb\,c\;d\\",
    "quotes": "\"a\" 'b' ^n ^'",
    "emoji, folded in the middle": "🧑‍🚒" * 40,
    "right to left": "\u202eevil\u202c משמרת",
    "controls": "a\x00b\x07c\x85d\u2028e",
    "half a letter": "a\ud800b",
    "long": "x" * 5000,
    "nothing": "",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_people_typed_stays_text(text: str) -> None:
    _stays_text(text, text, text)


@given(st.text(max_size=60), st.text(max_size=200), st.text(max_size=60))
@example("\u2029", "\x0b\x0c\x1c", "\x85")
def test_any_text_stays_text(name: str, title: str, person: str) -> None:
    _stays_text(name, title, person)


def _stays_text(name: str, title: str, person: str) -> None:
    raw = shift_feed(name, [_shift(title=title, key=title), _shift(OMAR)], {MAYA: person}, NOW)
    lines = _lines(raw)
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") == 2
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() for line in lines)
    calendar = Calendar.from_ical(raw)
    first, _ = calendar.events
    assert calendar.errors == first.errors == []
    for header in ("NAME", "X-WR-CALNAME"):
        assert _unescaped(str(calendar[header])) == clean_line(name)
    assert first.summary == clean_line(person)
    assert first.description == f"On call: {clean_line(title)}"
    assert first.categories == [clean_line(title)]

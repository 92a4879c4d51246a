"""Durations, turns, contacts, numbers, choices, dates and times as people write them."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.matrix_file.values import (
    channel_name,
    contact,
    day,
    duration,
    handoff,
    number,
    one_of,
    turns,
    yes_or_no,
)
from bot.domain.contacts import Contact, ContactKind
from bot.domain.span import span


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("30s", timedelta(seconds=30)),
        ("15m", timedelta(minutes=15)),
        ("4h", timedelta(hours=4)),
        ("3d", timedelta(days=3)),
        ("1w", timedelta(weeks=1)),
        ("0s", timedelta(0)),
        ("007m", timedelta(minutes=7)),
        ("31536000s", timedelta(days=365)),
        ("99999999w", timedelta(weeks=99_999_999)),
    ],
)
def test_durations(text: str, length: timedelta) -> None:
    assert duration(text).clock == length


@pytest.mark.parametrize(
    "text", ["", "15", "m", "15 m", "15M", "1.5h", "1h30m", "-5m", "1:30", "٣m", "15min", "9" * 5000 + "s"]
)
def test_no_durations(text: str) -> None:
    with pytest.raises(
        ValueError, match=r'" is not a duration\. Write a number and a unit: 30s, 15m, 4h, 3d or 1w\.$'
    ):
        duration(text)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("ann@example.com", ContactKind.EMAIL, "ann@example.com"),
        ("Ann.O'Neil+ops@mail.example.co.uk", ContactKind.EMAIL, "Ann.O'Neil+ops@mail.example.co.uk"),
        ("U012AB3CD", ContactKind.USER, "U012AB3CD"),
        ("W012AB3CD", ContactKind.USER, "W012AB3CD"),
        ("@ann", ContactKind.HANDLE, "ann"),
        ("@ann.o_neil-2", ContactKind.HANDLE, "ann.o_neil-2"),
        ("group:ops-managers", ContactKind.GROUP, "ops-managers"),
        ("oncall:care-leads", ContactKind.ONCALL, "care-leads"),
        ("#ops-desk", ContactKind.CHANNEL, "ops-desk"),
        ("#überwachung", ContactKind.CHANNEL, "überwachung"),
        ("#C012AB3CD", ContactKind.CHANNEL, "C012AB3CD"),
    ],
)
def test_contacts(text: str, kind: ContactKind, value: str) -> None:
    assert contact(text) == Contact(kind, value)
    assert str(contact(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ann",
        "@",
        "#",
        "group:",
        "oncall:",
        "oncall:care leads",
        "ann@",
        "ann@example",
        "@ann smith",
        "#ops desk",
        "<@U012AB3CD>",
        "mailto:ann@example.com",
        "a@b@c.de",
        "u012ab3cd",
        "C012AB3CD",
        "#general,#ops",
    ],
)
def test_no_contacts(text: str) -> None:
    with pytest.raises(ValueError, match=r'" is not a contact\. Write an e-mail, a Slack user id, "@handle"'):
        contact(text)


@pytest.mark.parametrize("text", ["@channel", "@here", "@everyone", "@Channel", "@HERE"])
def test_nobody_calls_everybody(text: str) -> None:
    with pytest.raises(
        ValueError, match=r"would call everybody at once\. Name people, groups or channels instead\.$"
    ):
        contact(text)


@pytest.mark.parametrize("text", ["", "one", "1.0", "1e3", "+1", "0x10", "1_000", "9" * 10])
def test_no_numbers(text: str) -> None:
    with pytest.raises(ValueError, match=r'" is not a number\. Write digits only'):
        number(text)


@pytest.mark.parametrize(
    ("text", "every"),
    [("daily", "1d"), ("weekly", "1w"), ("Weekly", "1w"), ("2w", "2w"), ("3d", "3d"), ("12h", "12h")],
)
def test_turns(text: str, every: str) -> None:
    assert turns(text) == span(every)


@pytest.mark.parametrize("text", ["", "monthly", "2 weeks", "w", "fortnightly"])
def test_no_turns(text: str) -> None:
    with pytest.raises(
        ValueError, match=r"does not say how often people take turns\. Write daily, weekly, or a time"
    ):
        turns(text)


@pytest.mark.parametrize(
    ("text", "weekday", "at"),
    [
        ("mon 09:00", 0, time(9)),
        ("Sun  17:30", 6, time(17, 30)),
        ("9:05", None, time(9, 5)),
        ("00:00", None, time(0)),
        ("23:59", None, time(23, 59)),
    ],
)
def test_handoffs(text: str, weekday: int | None, at: time) -> None:
    assert handoff(text) == (weekday, at)


@pytest.mark.parametrize("text", ["", "noon", "mon", "09:60", "24:00", "mon-fri 09:00", "09:00 mon", "9"])
def test_no_handoffs(text: str) -> None:
    with pytest.raises(ValueError, match=r'" is not a time to hand over\. Write "mon 09:00" or "09:00"\.$'):
        handoff(text)


def test_a_handoff_on_a_day_that_is_none() -> None:
    with pytest.raises(
        ValueError, match=r'^"monday" is not a day of the week\. Write one of: mon, tue, wed,'
    ):
        handoff("monday 09:00")


def test_dates() -> None:
    assert day("2028-02-29") == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5.1.2026", '"5.1.2026" is not a date. Write year, month and day, for example 2026-01-05.'),
        ("2026-1-5", '"2026-1-5" is not a date. Write year, month and day, for example 2026-01-05.'),
        ("2026-02-29", 'There is no day "2026-02-29" in the calendar. Check the month and the day.'),
        ("2026-13-01", 'There is no day "2026-13-01" in the calendar. Check the month and the day.'),
        ("0001-01-01", '"0001-01-01" is far away. Write a year from 2000 to 2100.'),
        ("9999-12-31", '"9999-12-31" is far away. Write a year from 2000 to 2100.'),
    ],
)
def test_no_dates(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"\.$") as refused:
        day(text)
    assert str(refused.value) == said


@pytest.mark.parametrize(("text", "meant"), [("yes", True), ("No", False), ("true", True), ("False", False)])
def test_yes_or_no(text: str, meant: bool) -> None:
    assert yes_or_no(text) is meant


def test_neither_yes_nor_no() -> None:
    with pytest.raises(ValueError, match=r'^"maybe" is neither yes nor no\. Write one of them\.$'):
        yes_or_no("maybe")


def test_a_choice_of_words() -> None:
    choose = one_of("skip", "hold")
    assert choose("hold") == "hold"
    with pytest.raises(ValueError, match=r'^"holt" is not one of the choices here\. Did you mean "hold"\?$'):
        choose("holt")
    with pytest.raises(ValueError, match=r'^"wait" is not one of the choices here\. Write skip or hold\.$'):
        choose("wait")


def test_channels() -> None:
    assert channel_name("#shop-floor") == "#shop-floor"
    with pytest.raises(
        ValueError, match=r'^"@ann" is not a channel\. Write "#name", for example "#shop-floor"\.$'
    ):
        channel_name("@ann")


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        (duration, "a duration such as 15m"),
        (turns, "how often people take turns, such as weekly"),
        (handoff, 'a time such as "mon 09:00"'),
        (day, "a date such as 2026-01-05"),
        (yes_or_no, "yes or no"),
        (number, "a number such as 1"),
        (contact, 'a contact such as "@ann"'),
    ],
)
def test_lists_and_sections_are_none_of_these(read: Callable[[object], object], wanted: str) -> None:
    for value, kind in (([], "a list"), ({}, "a section")):
        with pytest.raises(ValueError, match="Here must be") as refused:
            read(value)
        assert str(refused.value) == f"Here must be {wanted}, not {kind}."


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_contact_or_a_sentence(text: str) -> None:
    try:
        found = contact(text)
    except ValueError as error:
        assert str(error).endswith(".")
        assert str(error).isprintable()
    else:
        assert contact(str(found)) == found

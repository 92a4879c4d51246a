"""Durations, contacts and numbers as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.matrix_file.values import contact, duration, number
from bot.domain.contacts import Contact, ContactKind


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

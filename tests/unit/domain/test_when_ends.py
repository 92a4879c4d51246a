"""The two ends of a time, each written in a field of its own: what they mean, and what is refused."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import Refused
from bot.domain.when import parse_end, parse_start

LONDON = "Europe/London"
NOW = "2026-12-09 10:30"
"""A Wednesday."""


def _at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(LONDON)).astimezone(UTC)


def _shown(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(LONDON)):%a %d %b %Y %H:%M}"


STARTS = {
    "now": "Wed 09 Dec 2026 10:30",
    "today": "Wed 09 Dec 2026 10:30",
    "wed": "Wed 09 Dec 2026 10:30",
    "9 dec": "Wed 09 Dec 2026 10:30",
    "09:00": "Thu 10 Dec 2026 09:00",
    "tomorrow": "Thu 10 Dec 2026 00:00",
    "fri 17:00": "Fri 11 Dec 2026 17:00",
    "2026-12-24 08:00": "Thu 24 Dec 2026 08:00",
    "in 2h": "Wed 09 Dec 2026 12:30",
}


@pytest.mark.parametrize("text", STARTS)
def test_a_beginning_is_never_before_now(text: str) -> None:
    assert _shown(parse_start(text, _at(NOW), LONDON)) == STARTS[text]


ENDS = {
    "8h": "Sat 12 Dec 2026 01:00",
    "2d": "Sun 13 Dec 2026 17:00",
    "16:00": "Sat 12 Dec 2026 16:00",
    "18:00": "Fri 11 Dec 2026 18:00",
    "fri": "Sat 12 Dec 2026 00:00",
    "sun": "Mon 14 Dec 2026 00:00",
    "mon 09:00": "Mon 14 Dec 2026 09:00",
    "2026-12-24": "Fri 25 Dec 2026 00:00",
    "24 dec 08:00": "Thu 24 Dec 2026 08:00",
}


@pytest.mark.parametrize("text", ENDS)
def test_an_end_comes_after_the_beginning_on_friday_at_five(text: str) -> None:
    assert _shown(parse_end(text, _at("2026-12-11 17:00"), _at(NOW), LONDON)) == ENDS[text]


def test_a_day_of_an_end_lasts_as_long_as_the_clock_says() -> None:
    """On 29 March London goes from one to two o'clock."""
    end = parse_end("1d", _at("2026-03-28 12:00"), _at("2026-03-28 11:00"), LONDON)
    assert end - _at("2026-03-28 12:00") == timedelta(hours=23)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-12-10", "not after the beginning"),
        ("tomorrow 09:00", "not after the beginning"),
        ("now", "not after the beginning"),
        ("2028-01-01", "more than a year away"),
        ("whenever", "I do not know when"),
        ("", "Please write when"),
    ],
)
def test_an_end_that_is_none(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        parse_end(text, _at("2026-12-11 17:00"), _at(NOW), LONDON)

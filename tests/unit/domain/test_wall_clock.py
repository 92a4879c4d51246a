"""What a clock on the wall says, as an instant: held against looking at the clock second by second."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wall_clock import instant, wall_clock

CASES = {
    "any time": ("Europe/London", "2026-07-01 09:00", "2026-07-01 08:00"),
    "jumped over": ("Europe/London", "2026-03-29 01:30", "2026-03-29 01:00"),
    "the first minute jumped over": ("Europe/London", "2026-03-29 01:00", "2026-03-29 01:00"),
    "the last second jumped over": ("Europe/London", "2026-03-29 01:59:59.999999", "2026-03-29 01:00"),
    "after the jump": ("Europe/London", "2026-03-29 02:00", "2026-03-29 01:00"),
    "twice": ("Europe/London", "2026-10-25 01:30", "2026-10-25 00:30"),
    "after the second time": ("Europe/London", "2026-10-25 02:00", "2026-10-25 02:00"),
    "half an hour jumped over": ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30"),
    "a day that never was": ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00"),
    "five hours and three quarters": ("Asia/Kathmandu", "2026-01-01 05:45", "2026-01-01 00:00"),
}


@pytest.mark.parametrize(("zone", "local", "utc"), CASES.values(), ids=CASES)
def test_the_instant_of(zone: str, local: str, utc: str) -> None:
    expected = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert instant(datetime.fromisoformat(local), ZoneInfo(zone)) == expected


ZONES = st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"])
LOCAL = st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1))  # noqa: DTZ001


@given(ZONES, LOCAL)
def test_a_clock_shows_it_then_or_has_just_jumped_over_it(name: str, local: datetime) -> None:
    zone = ZoneInfo(name)
    at = instant(local, zone)
    moment = timedelta(microseconds=1)
    assert wall_clock(at, zone) >= local > wall_clock(at - moment, zone)


@given(ZONES, st.lists(LOCAL, min_size=2, max_size=2).map(sorted))
def test_later_on_the_wall_is_never_earlier(name: str, locals_: list[datetime]) -> None:
    first, second = (instant(one, ZoneInfo(name)) for one in locals_)
    assert first <= second

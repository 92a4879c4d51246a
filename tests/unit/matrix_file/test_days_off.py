"""Public holidays by the names of countries and their parts."""

import subprocess
import sys
from datetime import date

import pytest

from bot.adapters.matrix_file.days_off import YEARS, days_off, holiday_name
from tests.architecture.source import HOME


@pytest.mark.parametrize(
    ("name", "off", "open_"),
    [
        ("GB", date(2026, 12, 25), date(2026, 4, 6)),
        ("GB-ENG", date(2026, 4, 6), date(2026, 11, 30)),
        ("GB-SCT", date(2026, 11, 30), date(2026, 4, 6)),
        ("DE", date(2026, 10, 3), date(2026, 1, 6)),
        ("DE-BY", date(2026, 1, 6), date(2026, 1, 7)),
        ("US", date(2060, 7, 4), date(2060, 7, 6)),
        ("SA", date(2026, 9, 23), date(2026, 9, 24)),
    ],
)
def test_a_day_that_is_off_and_one_that_is_not(name: str, off: date, open_: date) -> None:
    days = days_off([holiday_name(name)])
    assert off in days
    assert open_ not in days
    assert {day.year for day in days} <= set(YEARS)


def test_several_names_are_off_together() -> None:
    both = days_off(["GB-ENG", "DE-BY"])
    assert {date(2026, 4, 6), date(2026, 1, 6), date(2026, 8, 31)} <= both
    assert days_off([]) == frozenset()


def test_calendars_that_follow_the_moon_bring_no_warnings() -> None:
    assert date(2026, 1, 26) in days_off(["IN"])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("UK", 'No public holidays are known for "UK". Did you mean "GB"?'),
        ("GBR", 'No public holidays are known for "GBR". Did you mean "GB"?'),
        ("gb", 'No public holidays are known for "gb". Did you mean "GB"?'),
        ("Germany", 'No public holidays are known for "Germany". Did you mean "DE"?'),
        ("United Kingdom", 'No public holidays are known for "United Kingdom". Did you mean "GB"?'),
        ("Netherland", 'No public holidays are known for "Netherland". Did you mean "NL"?'),
        (
            "XX",
            'No public holidays are known for "XX". Write its code of two letters, for example GB or DE-BY.',
        ),
        ("GB-England", 'GB has no part "England" with holidays. Did you mean "GB-ENG"?'),
        ("GB-", 'GB has no part "" with holidays. Use one of: ENG, NIR, SCT, WLS.'),
        ("DE-Bayern", 'DE has no part "Bayern" with holidays. Did you mean "DE-BY"?'),
        ("SA-RUH", 'SA has no part "RUH" with holidays. Write SA alone.'),
    ],
)
def test_unknown_names(name: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"\.|\?") as refused:
        holiday_name(name)
    assert str(refused.value) == said


def test_the_library_is_loaded_only_when_a_holiday_is_named() -> None:
    code = "import sys; import bot.adapters.matrix_file; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=HOME, check=False, timeout=30).returncode == 0

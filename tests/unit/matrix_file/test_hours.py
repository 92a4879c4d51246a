"""Hours of a week and of special dates, as people write them."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.matrix_file.hours import Problems, special, week
from bot.domain.calendar import ROUND_THE_CLOCK, Day, Hours
from bot.domain.matrix.week import DAYS
from tests.tries import tries

CLOSED: tuple[Day, ...] = ((),) * 7
WORK = (Hours(540, 1050),)
CASES: dict[str, tuple[object, tuple[Day, ...]]] = {
    "around the clock": ("24x7", (ROUND_THE_CLOCK,) * 7),
    "all of the day in other words": ({"mon-sun": "00:00-24:00"}, (ROUND_THE_CLOCK,) * 7),
    "an office": (
        {"mon-thu": "09:00-17:30", "fri": "9:00-16:00"},
        ((WORK,) * 4 + ((Hours(540, 960),), (), ())),
    ),
    "a break": (
        {"wed": ["09:00-12:00", "13:00-17:30"]},
        (*CLOSED[:2], (Hours(540, 720), Hours(780, 1050)), *CLOSED[3:]),
    ),
    "several days": ({"sat,sun": "10:00-12:00"}, (*CLOSED[:5], *((Hours(600, 720),),) * 2)),
    "days and ranges, odd spacing": (
        {"Mon - Tue , FRI": " 10:00 - 12:00 "},
        ((Hours(600, 720),), (Hours(600, 720),), (), (), (Hours(600, 720),), (), ()),
    ),
    "over the weekend": (
        {"sat-mon": "10:00-12:00"},
        ((Hours(600, 720),), *CLOSED[1:5], (Hours(600, 720),), (Hours(600, 720),)),
    ),
    "over midnight": ({"mon": "22:00-06:00"}, ((Hours(1320, 1440),), (Hours(0, 360),), *CLOSED[2:])),
    "over midnight, from Sunday into Monday": (
        {"sun": "22:00-06:00"},
        ((Hours(0, 360),), *CLOSED[1:6], (Hours(1320, 1440),)),
    ),
    "until midnight, both spellings": (
        {"mon": "22:00-24:00", "tue": "22:00-00:00"},
        ((Hours(1320, 1440),), (Hours(1320, 1440),), *CLOSED[2:]),
    ),
    "every night": ({"mon-sun": "22:00-06:00"}, ((Hours(0, 360), Hours(1320, 1440)),) * 7),
    "what touches is one": ({"mon": ["09:00-12:00", "12:00-17:30"]}, (WORK, *CLOSED[1:])),
    "in any order": (
        {"mon": ["13:00-14:00", "09:00-10:00"]},
        ((Hours(540, 600), Hours(780, 840)), *CLOSED[1:]),
    ),
    "a night that runs into the next day's hours": (
        {"mon": "22:00-06:00", "tue": "05:00-08:00"},
        ((Hours(1320, 1440),), (Hours(0, 480),), *CLOSED[2:]),
    ),
    "none": ({}, CLOSED),
}


@pytest.mark.parametrize(("written", "hours"), CASES.values(), ids=CASES)
def test_week(written: object, hours: tuple[Day, ...]) -> None:
    assert week(written) == hours


NO_PART = 'is not a part of a day. Write hours such as "09:00-17:30".'
NO_DAY = (
    "is not a day of the week. Write mon, tue, wed, thu, fri, sat, sun, "
    'a range such as mon-fri, or several such as "sat,sun".'
)
SECTION = 'Here must be 24x7, or days such as {mon-fri: "09:00-17:00"}, not'
WRONG: dict[str, tuple[object, list[tuple[tuple[Any, ...], str]]]] = {
    "a word": ("24/7", [((), f'{SECTION} "24/7".')]),
    "a list": (["mon"], [((), f"{SECTION} a list.")]),
    "no day": ({"monday": "09:00-17:00"}, [(("monday",), f'"monday" {NO_DAY}')]),
    "half a range": ({"mon-": "09:00-17:00"}, [(("mon-",), f'"mon-" {NO_DAY}')]),
    "three ends": ({"mon-tue-wed": "09:00-17:00"}, [(("mon-tue-wed",), f'"mon-tue-wed" {NO_DAY}')]),
    "a comma too many": ({"mon,": "09:00-17:00"}, [(("mon,",), f'"mon," {NO_DAY}')]),
    "a day twice": (
        {"mon-fri": "09:00-17:00", "fri": "09:00-16:00"},
        [(("fri",), '"fri" has hours in "mon-fri" already. Write them once.')],
    ),
    "a day twice in one key": (
        {"mon,mon": "09:00-17:00"},
        [(("mon,mon",), '"mon" has hours in "mon,mon" already. Write them once.')],
    ),
    "no minutes": ({"mon": "9-17"}, [(("mon",), f'"9-17" {NO_PART}')]),
    "another dash": ({"mon": "09:00–17:00"}, [(("mon",), f'"09:00–17:00" {NO_PART}')]),
    "no such time": (
        {"mon": "24:00-25:00"},
        [(("mon",), 'There is no time "24:00". A day goes from 00:00 to 24:00.')],
    ),
    "no such minute": (
        {"mon": "09:00-17:60"},
        [(("mon",), 'There is no time "17:60". A day goes from 00:00 to 24:00.')],
    ),
    "no length": (
        {"mon": "09:00-09:00"},
        [(("mon",), '"09:00-09:00" has no length. The whole day is "00:00-24:00".')],
    ),
    "overlap": (
        {"mon": ["09:00-12:00", "11:00-13:00"]},
        [(("mon", 1), '"11:00-13:00" overlaps with other hours of this day. Make one range of them.')],
    ),
    "overlap over midnight": (
        {"mon": ["22:00-06:00", "23:00-23:30"]},
        [(("mon", 1), '"23:00-23:30" overlaps with other hours of this day. Make one range of them.')],
    ),
    "an empty list": (
        {"mon": []},
        [
            (
                ("mon",),
                'Write hours such as "09:00-17:30" or a list of them, not an empty list. A day left out is closed.',
            )
        ],
    ),
    "a section": (
        {"mon": {"from": "09:00"}},
        [
            (
                ("mon",),
                'Write hours such as "09:00-17:30" or a list of them, not a section. A day left out is closed.',
            )
        ],
    ),
    "a list in a list": ({"mon": [["09:00-10:00"]]}, [(("mon", 0), f"A list {NO_PART}")]),
    "everything at once": (
        {"mon": ["x", "09:00-10:00", "y"], "zon": "z"},
        [
            (("mon", 0), f'"x" {NO_PART}'),
            (("mon", 2), f'"y" {NO_PART}'),
            (("zon",), f'"z" {NO_PART}'),
            (("zon",), f'"zon" {NO_DAY}'),
        ],
    ),
}


@pytest.mark.parametrize(("written", "problems"), WRONG.values(), ids=WRONG)
def test_no_week(written: object, problems: list[tuple[tuple[Any, ...], str]]) -> None:
    with pytest.raises(Problems) as refused:
        week(written)
    assert list(refused.value.entries) == problems


def test_special_dates() -> None:
    written = {
        "2026-12-24": "09:00-12:00",
        "2026-12-31": ["09:00-12:00", "13:00-14:00"],
        "2027-01-02": "20:00-24:00",
    }
    assert special(written) == {
        date(2026, 12, 24): (Hours(540, 720),),
        date(2026, 12, 31): (Hours(540, 720), Hours(780, 840)),
        date(2027, 1, 2): (Hours(1200, 1440),),
    }


def test_what_is_wrong_with_special_dates() -> None:
    with pytest.raises(Problems) as refused:
        special({"24.12.": "09:00-12:00", "2026-12-24": "22:00-02:00", "2026-12-31": "noon"})
    assert [place for place, _ in refused.value.entries] == [("24.12.",), ("2026-12-24",), ("2026-12-31",)]
    with pytest.raises(Problems, match=r"Here must be dates with hours, such as .*, not a list\."):
        special(["2026-12-24"])


TIMES = st.integers(0, 1439)


def clock(minute: int) -> str:
    """``09:05``."""
    return f"{minute // 60:02}:{minute % 60:02}"


@tries(24)
@given(st.dictionaries(st.sampled_from(DAYS), st.tuples(TIMES, TIMES).filter(lambda two: two[0] != two[1])))
def test_every_minute_that_is_written_is_open_and_no_other(written: dict[str, tuple[int, int]]) -> None:
    hours = week({name: f"{clock(start)}-{clock(end)}" for name, (start, end) in written.items()})
    opened = {
        (DAYS.index(name) * 1440 + minute) % (7 * 1440)
        for name, (start, end) in written.items()
        for minute in range(start, end if end > start else end + 1440)
    }
    assert {
        number * 1440 + minute
        for number, ranges in enumerate(hours)
        for one in ranges
        for minute in range(one.start, one.end)
    } == opened
    for ranges in hours:
        assert all(one.end < other.start for one, other in pairwise(ranges))


@tries(24)
@given(
    st.recursive(
        st.sampled_from(["mon", "09:00-17:00", "24x7", "", "22:00-06:00", "2026-12-24"])
        | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*DAYS, "x"]), inner, max_size=3)
        ),
        max_leaves=6,
    )
)
def test_anything_is_a_week_or_problems_with_sentences(written: object) -> None:
    try:
        assert len(week(written)) == 7
    except Problems as problems:
        assert problems.entries
        assert all(sentence.endswith(".") for _, sentence in problems.entries)

"""What schedules, calendars and dates tell about a matrix that is sound by itself."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.calendar import Calendar, Day, Hours
from bot.domain.matrix.flaw import Rule
from bot.domain.matrix.model import IfNobody, Level, Matrix
from bot.domain.matrix.world import World, world_flaws
from bot.domain.oncall.model import Gap
from tests.builders import NOON, contact, level, matrix, path, rules
from tests.unit.domain.matrix.worlds import DUTY, NOTE, TWO, WARN, Told, ladder, told, world

GAPS = tuple(Gap(NOON + timedelta(days=n), NOON + timedelta(days=n, hours=9)) for n in (2, 9, 16))
WORK: Day = (Hours(8 * 60, 18 * 60),)
OFFICE = (WORK, WORK, WORK, WORK, WORK, (), ())
NIGHT = Gap(NOON.replace(hour=17), NOON.replace(day=3, hour=7))  # in Berlin it is an hour later
LONG_NIGHT = Gap(NOON.replace(day=3, hour=17), NOON.replace(day=4, hour=11))
WEEKEND = Gap(NOON.replace(day=6, hour=17), NOON.replace(day=9, hour=7))


def office_hours(*levels: Level, **changes: Any) -> Matrix:
    """A matrix whose schedule is for office hours."""
    layers = (
        *(replace(one, hours=OFFICE) for one in DUTY.layers),
        replace(DUTY.layers[0], until=NOON.date()),
    )
    return replace(ladder(*levels, **changes), schedules=(replace(DUTY, layers=layers),))


CASES: dict[str, tuple[Matrix, World, list[Told]]] = {
    "nobody on call for a while": (
        ladder(level("Desk", "oncall:duty"), level("Lead", "@bo")),
        world(gaps={"duty": GAPS[:1]}),
        [
            (
                Rule.GAP,
                WARN,
                ("schedules", "duty"),
                "Nobody is on call from Wed 04 Mar 13:00 to Wed 04 Mar 22:00 in the next 30 days. "
                "Add somebody, or another layer below.",
            )
        ],
    ),
    "nobody on call now and then": (
        ladder(level("Desk", "oncall:duty"), level("Lead", "@bo")),
        world(gaps={"duty": GAPS}),
        [
            (
                Rule.GAP,
                WARN,
                ("schedules", "duty"),
                "Nobody is on call from Wed 04 Mar 13:00 to Wed 04 Mar 22:00 and 2 more times in the next 30 days. "
                "Add somebody, or another layer below.",
            )
        ],
    ),
    "nobody on call outside of the hours": (
        office_hours(level("Desk", "oncall:duty"), level("Lead", "@bo")),
        world(gaps={"duty": (NIGHT, WEEKEND)}),
        [
            (
                Rule.GAP,
                NOTE,
                ("schedules", "duty"),
                "Nobody is on call from Mon 02 Mar 18:00 to Tue 03 Mar 08:00 and once more in the next 30 days, "
                "as its hours say.",
            )
        ],
    ),
    "nobody on call outside of the hours, nor at noon": (
        office_hours(level("Desk", "oncall:duty"), level("Lead", "@bo")),
        world(gaps={"duty": (NIGHT, LONG_NIGHT, WEEKEND)}),
        [
            (
                Rule.GAP,
                WARN,
                ("schedules", "duty"),
                "Nobody is on call from Tue 03 Mar 18:00 to Wed 04 Mar 12:00 in the next 30 days. "
                "Add somebody, or another layer below.",
            )
        ],
    ),
    "nobody outside of the hours, and nobody after them": (
        office_hours(level("Lead", "@bo"), level("Desk", "oncall:duty")),
        world(gaps={"duty": (NIGHT,)}),
        [
            (
                Rule.GAP,
                WARN,
                ("schedules", "duty"),
                "Nobody is on call from Mon 02 Mar 18:00 to Tue 03 Mar 08:00 in the next 30 days. "
                "Add somebody, or another layer below.",
            )
        ],
    ),
    "nobody outside of the hours to oversee it": (
        office_hours(*TWO, workspace=rules(escalation_manager=contact("oncall:duty"))),
        world(gaps={"duty": (NIGHT,)}),
        [
            (
                Rule.GAP,
                WARN,
                ("schedules", "duty"),
                "Nobody is on call from Mon 02 Mar 18:00 to Tue 03 Mar 08:00 in the next 30 days. "
                "Add somebody, or another layer below.",
            )
        ],
    ),
    "nobody outside of the hours, and the last level waits": (
        office_hours(level("Lead", "@bo"), level("Desk", "oncall:duty", if_nobody=IfNobody.HOLD)),
        world(gaps={"duty": (NIGHT,)}),
        [
            (
                Rule.GAP,
                NOTE,
                ("schedules", "duty"),
                "Nobody is on call from Mon 02 Mar 18:00 to Tue 03 Mar 08:00 in the next 30 days, as its hours say.",
            )
        ],
    ),
    "nobody on call because the schedule has ended": (
        matrix(
            path("Care", levels=(level("Desk", "oncall:duty"), level("Lead", "@bo"))),
            schedules=(replace(DUTY, layers=(replace(DUTY.layers[0], until=date(2026, 3, 2)),)),),
        ),
        world(gaps={"duty": (NIGHT,)}),
        [
            (
                Rule.GAP,
                WARN,
                ("schedules", "duty"),
                "Nobody is on call from Mon 02 Mar 18:00 to Tue 03 Mar 08:00 in the next 30 days. "
                "Add somebody, or another layer below.",
            )
        ],
    ),
    "a review that is due": (
        matrix(path("Care", levels=TWO, review_by=NOON.date() - timedelta(days=1))),
        world(),
        [
            (
                Rule.REVIEW,
                WARN,
                ("paths", 0, "review_by"),
                "The review of this path was due on 2026-03-01. Look at it, then set a new date.",
            )
        ],
    ),
    "a layer that is over": (
        matrix(
            path("Care", levels=TWO),
            schedules=(replace(DUTY, layers=(replace(DUTY.layers[0], until=date(2026, 3, 1)),)),),
        ),
        world(),
        [
            (
                Rule.OVER,
                NOTE,
                ("schedules", "duty", "layers", 0, "until"),
                "This layer ended on 2026-03-01. Remove it, or give it a later end.",
            )
        ],
    ),
    "a calendar that is closed for weeks": (
        ladder(
            *TWO,
            calendars=(
                Calendar("office", "UTC", off=frozenset(NOON.date() + timedelta(days=n) for n in range(32))),
            ),
        ),
        world(),
        [
            (
                Rule.CLOSED,
                WARN,
                ("calendars", "office"),
                'Calendar "office" has no hours in the next 30 days, so nothing counted in it comes due. '
                "Check its days off.",
            )
        ],
    ),
}


@pytest.mark.parametrize(("document", "looked", "findings"), CASES.values(), ids=CASES)
def test_finding(document: Matrix, looked: World, findings: list[Told]) -> None:
    assert told(document, looked) == sorted(findings, key=lambda one: (one[0], one[3]))


def test_dates_are_those_of_the_place() -> None:
    late = replace(world(), now=NOON.replace(hour=23, minute=30))
    document = matrix(path("Care", levels=TWO, review_by=NOON.date()))
    assert [one.rule for one in world_flaws(document, late)] == [Rule.REVIEW]  # it is past midnight in Berlin


@pytest.mark.parametrize(
    ("document", "looked"),
    [
        (ladder(*TWO), world(gaps={"duty": GAPS})),
        (matrix(path("Care", levels=TWO, review_by=NOON.date())), world()),
        (ladder(*TWO, calendars=(Calendar("office", "UTC", off=frozenset({NOON.date()})),)), world()),
    ],
    ids=["a schedule that nobody is asked through", "the review is today", "a holiday"],
)
def test_these_are_fine(document: Matrix, looked: World) -> None:
    assert told(document, looked) == []

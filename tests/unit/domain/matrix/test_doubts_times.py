"""Levels whose times do not go with the targets of their issues."""

from dataclasses import replace

import pytest

from bot.domain.calendar import Calendar, Day, Hours
from bot.domain.matrix.doubts import doubts
from bot.domain.matrix.flaw import Flaw, Rule, Severity
from bot.domain.matrix.model import IfNobody, Level, Match, Matrix, TargetRule
from bot.domain.matrix.validate import flaws
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.span import span
from tests.builders import NOON, contact, level, matrix, minutes, path

Week = tuple[Day, Day, Day, Day, Day, Day, Day]
NINE_TO_FIVE: Week = (*((Hours(540, 1020),),) * 5, (), ())
EIGHT_TO_SIX: Week = (*((Hours(480, 1080),),) * 5, (), ())
CALENDARS = (
    Calendar("office", "Europe/Berlin", NINE_TO_FIVE),
    Calendar("desk", "Europe/Berlin", EIGHT_TO_SIX),
    Calendar("far", "Asia/Tokyo", NINE_TO_FIVE),
    Calendar("always", "UTC"),
)
DUTY = Schedule("duty", "Europe/Berlin", (Layer((contact("@ann"),), NOON.date()),))


def target(respond: str | None, calendar: str = "always", match: Match | None = None) -> TargetRule:
    """Answered within this time."""
    return TargetRule(match or {}, span(respond) if respond else None, span("9d"), calendar)


def document(targets: tuple[TargetRule, ...], *levels: Level) -> Matrix:
    """One path with these levels, and these targets."""
    return matrix(path(levels=levels), targets=targets, calendars=CALENDARS, schedules=(DUTY,))


def slow(within: str, calendar: str | None = None) -> Level:
    """A level with this time."""
    return replace(level(calendar=calendar), acknowledge_within=span(within))


def found(whole: Matrix, *, notes: bool = False) -> list[Flaw]:
    """The doubts, those about parts that are not used left aside."""
    assert flaws(whole) == ()
    severities = {Severity.WARNING, Severity.NOTE} if notes else {Severity.WARNING}
    return [one for one in doubts(whole) if one.rule is not Rule.UNUSED and one.severity in severities]


P1_SOON = target("15m", match={"priority": ("p1",)})
FIRST = "is longer than target 1 has for an answer (15m). Nobody else is asked before that."
CASES: dict[str, tuple[Matrix, Rule, int, str]] = {
    "a first level slower than the target": (
        document((target("15m"),), level(within=minutes(16))),
        Rule.LATE,
        0,
        f"960s {FIRST} Use a shorter time, or give the target more.",
    ),
    "a first level slower than one of the targets": (
        document((P1_SOON, target("4h")), level(within=minutes(16))),
        Rule.LATE,
        0,
        f"960s {FIRST} Use a shorter time, or give the target more.",
    ),
    "a later level slower than all targets": (
        document((P1_SOON, target("1h")), level(), level("Second", "@bo", within=minutes(61))),
        Rule.LATE,
        1,
        "3660s is longer than target 2 has for an answer (1h). No target of this path is slower. "
        "Use a shorter time, or give the target more.",
    ),
    "a working day is less than a day": (
        document((target("8h", "office"),), slow("25h")),
        Rule.LATE,
        0,
        "25h is longer than target 1 has for an answer (8h). Nobody else is asked before that. "
        "Use a shorter time, or give the target more.",
    ),
    "a timer that stands still at night": (
        document((target("1h"),), level(calendar="office")),
        Rule.STANDS_STILL,
        0,
        'Target 1 counts in calendar "always", this level in "office": outside of those hours the target can pass '
        "before the next level is asked. Use a calendar with the same hours or more.",
    ),
    "a timer that stands still for an hour": (
        document((target("1h", "desk"),), level(calendar="office")),
        Rule.STANDS_STILL,
        0,
        'Target 1 counts in calendar "desk", this level in "office": outside of those hours the target can pass '
        "before the next level is asked. Use a calendar with the same hours or more.",
    ),
    "holding without a schedule": (
        document((), level("Desk", "@ann", if_nobody=IfNobody.HOLD)),
        Rule.NOT_HELD,
        0,
        '"hold" waits until somebody is on call, but no contact of this level is a schedule. '
        'Add one, such as "oncall:duty", or remove if_nobody.',
    ),
}


@pytest.mark.parametrize(("whole", "rule", "number", "sentence"), CASES.values(), ids=CASES)
def test_doubt(whole: Matrix, rule: Rule, number: int, sentence: str) -> None:
    assert [(one.rule, one.where[3], one.sentence) for one in found(whole)] == [(rule, number, sentence)]


@pytest.mark.parametrize(
    "whole",
    [
        document((target("15m"),), level()),
        document((P1_SOON, target("1h")), level(), level("Second", "@bo", within=minutes(60))),
        document((target(None),), level(within=minutes(600), calendar="office")),
        document((target("9h", "office"),), slow("1d", "office")),
        document((target("61m", "desk"),), level(calendar="office")),
        document((target("1h", "office"),), level(calendar="desk")),
        document((target("1h", "office"),), level(calendar="always")),
        document((target("1h", "office"),), level(calendar="far")),
        document((), level("Desk", "oncall:duty", if_nobody=IfNobody.HOLD)),
        matrix(
            path("Hardware", levels=(level(within=minutes(90)),), match={"type": ("hardware",)}),
            path(levels=(level(),)),
            targets=(target("15m", match={"type": ("payments",)}), target("2h")),
        ),
    ],
    ids=[
        "as long as the target",
        "a later level within the slowest target",
        "no time to answer",
        "a working day within nine hours",
        "out of hours for less than the target",
        "more hours than the target",
        "around the clock",
        "other time zones are not compared",
        "holding with a schedule",
        "a target of other issues",
    ],
)
def test_these_are_meant(whole: Matrix) -> None:
    assert found(whole) == []


def test_the_most_urgent_is_never_held_and_that_is_said() -> None:
    held = level("Desk", "oncall:duty", if_nobody=IfNobody.HOLD)
    whole = matrix(
        path("Hardware", levels=(level(), held), match={"type": ("hardware",), "urgency": ("now",)}),
        path("Urgent", levels=(held,), match={"priority": ("p1", "p2")}),
        path("Rest", levels=(held,)),
        schedules=(DUTY,),
    )
    sentence = (
        'Priority "p1" never waits: when nobody is on call, its issues skip this level at once. '
        "All others are held."
    )
    notes = [one for one in found(whole, notes=True) if one.rule is Rule.NOT_HELD]
    assert [(one.where[1], one.where[3], one.sentence, one.severity) for one in notes] == [
        (0, 1, sentence, Severity.NOTE),
        (1, 0, sentence, Severity.NOTE),
    ]

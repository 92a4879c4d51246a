"""The time of a level counts in its own calendar: its end, its reminders, half of it, and patience."""

from datetime import datetime, timedelta

import pytest

from bot.domain import asking, reminding, working
from bot.domain.errors import Refused
from bot.domain.escalation import Step, enter
from bot.domain.events import Cause
from bot.domain.issue import Issue, Stage
from bot.domain.matrix.model import Level
from bot.domain.span import Span, Unit
from bot.domain.timers import TimerKind, plan
from tests.builders import ANA, RAVI, actor, issue, level, looked, minutes, promised, target
from tests.unit.domain.minutes import utc

DESK = level("Desk", ANA, within=timedelta(hours=2), remind_every=timedelta(minutes=45), calendar="office")
DAYS = Level("Desk", DESK.contacts, Span(2, Unit.DAY), calendar="office")
FRIDAY = utc("2026-03-06 16:00")
MONDAY = utc("2026-03-09 09:00")


def at(desk: Level, now: datetime) -> Issue:
    """The only level starts now."""
    one = issue(route=promised([desk], target=target()), asks=())
    return enter(one, Step(Stage.LEVEL, 1, 0), now, Cause.TIMER).issue


@pytest.mark.parametrize(
    ("desk", "starts", "ends"),
    [
        (DESK, "2026-03-06 12:00", "2026-03-06 14:00"),
        (DESK, "2026-03-06 16:00", "2026-03-09 10:00"),
        (DESK, "2026-03-07 03:00", "2026-03-09 11:00"),
        (DAYS, "2026-03-05 12:00", "2026-03-09 12:00"),
        (level("Desk", ANA, within=timedelta(hours=2)), "2026-03-07 03:00", "2026-03-07 05:00"),
    ],
    ids=["within the day", "over the weekend", "asked at night", "working days", "around the clock"],
)
def test_when_the_level_ends(desk: Level, starts: str, ends: str) -> None:
    assert at(desk, utc(starts)).position.ends_at == utc(ends)


def test_reminders_count_in_it_too() -> None:
    asked = asking.ask_people(at(DESK, FRIDAY), [looked(ANA, ANA)], FRIDAY).issue
    due = [FRIDAY + minutes(45), MONDAY + minutes(30)]
    for n, when in enumerate(due, start=1):
        (reminder,) = [one for one in plan(asked) if one.kind is TimerKind.REMIND]
        assert (reminder.n, reminder.due_at) == (n, when)
        asked = reminding.remind(asked, when).issue
    assert TimerKind.REMIND not in [one.kind for one in plan(asked)], "the level ends first"


def test_reminders_missed_while_rung_was_down_are_one() -> None:
    asked = asking.ask_people(at(DESK, FRIDAY), [looked(ANA, ANA)], FRIDAY).issue
    assert reminding.remind(asked, MONDAY + minutes(31)).issue.position.reminders == 2
    assert reminding.remind(asked, FRIDAY + timedelta(hours=20)).issue.position.reminders == 1


@pytest.mark.parametrize(
    ("asked", "ends"),
    [(FRIDAY + minutes(30), MONDAY + minutes(60)), (MONDAY + minutes(30), MONDAY + minutes(90))],
    ids=["a little late", "on Monday"],
)
def test_who_is_asked_late_has_half_of_its_time_in_it(asked: datetime, ends: datetime) -> None:
    change = asking.ask_people(at(DESK, FRIDAY), [looked(ANA, ANA)], asked)
    assert change.issue.position.ends_at == ends


def test_the_raisers_patience_is_one_time_of_the_level() -> None:
    pressed = at(DESK, FRIDAY).bump(pressed_at=FRIDAY)
    with pytest.raises(Refused, match="You can escalate again from"):
        working.escalate(pressed, actor(RAVI), (1, 0), MONDAY + minutes(59), "It burns.")
    assert working.escalate(pressed, actor(RAVI), (1, 0), MONDAY + minutes(60), "It burns.").events

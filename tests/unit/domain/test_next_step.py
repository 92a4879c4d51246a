"""Where it climbs to: levels x repeat x opening x state, and what ending a level means."""

from datetime import timedelta

import pytest

from bot.domain.escalation import Step, end_level, enter, next_step
from bot.domain.events import Cause, EventKind
from bot.domain.issue import AskStatus, Issue, Stage
from bot.domain.lifecycle import State
from tests.builders import (
    ANA,
    DIRECTOR,
    NOON,
    OMAR,
    QUARTER,
    ask,
    at_level_two,
    issue,
    ladder,
    level,
    minutes,
    path,
    position,
    route,
    unanswered,
)
from tests.builders import acknowledged as taken

CATCH_ALL = "catch-all"


def standing(
    at: int, *, of: int = 3, repeat: int = 0, round_: int = 0, opening: int = 1, taken_: bool = False
) -> Issue:
    """An issue on one rung of a ladder."""
    rungs = [level(f"Level {n}", f"U_{n}") for n in range(1, of + 1)]
    one = issue(
        route=route(path=path(levels=rungs, repeat=repeat)),
        position=position(level=at, round=round_, repeats=round_),
        opening=opening,
        asks=(ask(f"U_{at}", at, round_),),
    )
    return one.bump(state=State.ACKNOWLEDGED, owner=ANA, acknowledged_at=NOON) if taken_ else one


ROWS = [
    # at, of, repeat, round, opening, taken -> next (level, round) or the catch-all
    (1, 3, 0, 0, 1, False, (2, 0)),
    (2, 3, 0, 0, 1, False, (3, 0)),
    (3, 3, 0, 0, 1, False, CATCH_ALL),
    (1, 1, 0, 0, 1, False, CATCH_ALL),
    (1, 1, 1, 0, 1, False, (1, 1)),
    (1, 1, 1, 1, 1, False, CATCH_ALL),
    (3, 3, 1, 0, 1, False, (1, 1)),
    (3, 3, 2, 1, 1, False, (1, 2)),
    (3, 3, 2, 2, 1, False, CATCH_ALL),
    (1, 3, 2, 1, 1, False, (2, 1)),
    (2, 3, 2, 2, 1, False, (3, 2)),
    # a reopened issue does not start at level 1 again
    (1, 3, 1, 0, 2, False, (2, 0)),
    (3, 3, 1, 0, 2, False, CATCH_ALL),
    (3, 3, 5, 0, 3, False, CATCH_ALL),
    # nor does one that somebody has
    (1, 3, 1, 0, 1, True, (2, 0)),
    (3, 3, 1, 0, 1, True, CATCH_ALL),
    (3, 3, 1, 0, 2, True, CATCH_ALL),
]


@pytest.mark.parametrize(("at", "of", "repeat", "round_", "opening", "taken_", "then"), ROWS)
def test_the_next_step(
    at: int, of: int, repeat: int, round_: int, opening: int, taken_: bool, then: tuple[int, int] | str
) -> None:
    one = standing(at, of=of, repeat=repeat, round_=round_, opening=opening, taken_=taken_)
    expected = (Stage.CATCH_ALL, of, round_) if isinstance(then, str) else (Stage.LEVEL, *then)
    step = next_step(one)
    assert step is not None
    assert (step.stage, step.level, step.round) == expected
    assert step.repeats == (round_ + 1 if then == (1, round_ + 1) else None)


def test_the_catch_all_has_no_next_step_and_does_not_end() -> None:
    one = unanswered(issue())
    assert next_step(one) is None
    assert end_level(one, QUARTER, Cause.TIMER).issue is one
    assert end_level(one, QUARTER, Cause.TIMER).events == ()


def test_the_ladder_is_not_repeated_for_people_who_all_said_no() -> None:
    asks = tuple(
        ask(who, n, status=AskStatus.DECLINED) for n, who in enumerate((ANA, OMAR, DIRECTOR), start=1)
    )
    one = issue(route=route(path=path(repeat=1)), position=position(level=3), asks=asks)
    assert next_step(one) == Step(Stage.CATCH_ALL, 3, 0)


@pytest.mark.parametrize("silent", [AskStatus.ASKED, AskStatus.UNREACHABLE])
def test_it_is_repeated_when_somebody_may_still_answer(silent: AskStatus) -> None:
    asks = (ask(ANA, 1, status=silent), ask(OMAR, 2, status=AskStatus.DECLINED))
    one = issue(route=route(path=path(repeat=1)), position=position(level=3), asks=asks)
    assert next_step(one) == Step(Stage.LEVEL, 1, 1, 1)


def test_a_level_that_starts_has_a_new_epoch_its_own_time_and_nobody_asked_yet() -> None:
    before = issue()
    change = enter(before, Step(Stage.LEVEL, 2, 0), QUARTER, Cause.TIMER)
    after = change.issue
    assert (after.epoch, after.version) == (before.epoch + 1, before.version + 1)
    assert after.position == position(
        Stage.LEVEL, QUARTER, level=2, ends_at=QUARTER + minutes(30), asked=False
    )
    (started,) = change.events
    assert started.kind is EventKind.LEVEL_STARTED
    assert started.data == {
        "level": 2,
        "round": 0,
        "name": "Shift lead",
        "cause": "timer",
        "until": "2026-03-02T12:45:00+00:00",
        "stage": "level",
    }


def test_entering_the_catch_all_has_no_end() -> None:
    change = enter(issue(), Step(Stage.CATCH_ALL, 3, 0), QUARTER, Cause.TIMER)
    assert change.issue.position.ends_at is None
    assert [event.kind for event in change.events] == [EventKind.CATCH_ALL]


def test_the_catch_all_after_a_repeat_is_no_repeat() -> None:
    one = standing(3, repeat=1, round_=1)
    change = enter(one, Step(Stage.CATCH_ALL, 3, 2), QUARTER, Cause.TIMER)
    assert [event.kind for event in change.events] == [EventKind.CATCH_ALL]


def test_ending_a_level_says_why_and_starts_the_next() -> None:
    change = end_level(issue(), QUARTER, Cause.ALL_DECLINED)
    ended, started = change.events
    assert (ended.kind, ended.data) == (
        EventKind.LEVEL_ENDED,
        {"level": 1, "name": "Front desk", "cause": "all_declined"},
    )
    assert (started.kind, started.text("level"), started.text("cause")) == (
        EventKind.LEVEL_STARTED,
        "2",
        "all_declined",
    )


def test_a_repeat_is_told_as_one() -> None:
    change = end_level(standing(3, repeat=1), QUARTER, Cause.TIMER)
    assert [event.kind for event in change.events] == [EventKind.LEVEL_ENDED, EventKind.REPEATED]
    assert (change.issue.position.level, change.issue.position.round) == (1, 1)


def test_reminders_start_at_zero_on_each_level() -> None:
    reminded = issue(position=position(reminders=2))
    assert end_level(reminded, QUARTER, Cause.TIMER).issue.position.reminders == 0


def asking_the_owner() -> Issue:
    """Reopened; Ana, who had it, is asked before level 1 is."""
    return issue(opening=2, last_owner=ANA, position=position(Stage.OWNER))


def test_an_owner_who_stays_silent_had_the_levels_time_so_the_next_level_follows() -> None:
    after = end_level(asking_the_owner(), QUARTER, Cause.TIMER).issue
    assert (after.position.stage, after.position.level) == (Stage.LEVEL, 2)


@pytest.mark.parametrize("cause", [Cause.ALL_DECLINED, Cause.UNREACHABLE, Cause.NOBODY])
def test_an_owner_who_cannot_is_followed_by_the_contacts_of_that_level(cause: Cause) -> None:
    after = end_level(asking_the_owner(), NOON + minutes(3), cause).issue
    assert (after.position.stage, after.position.level) == (Stage.LEVEL, 1)
    assert after.position.ends_at == NOON + minutes(18), "with the full time of the level"


def test_the_level_an_issue_stands_at_never_leaves_the_ladder() -> None:
    assert issue(position=position(level=9)).level == ladder()[-1]
    assert at_level_two(issue()).level == ladder()[1]


def test_whoever_took_it_on_a_level_stands_there() -> None:
    one = taken(at_level_two(issue()), owner=OMAR)
    assert next_step(one) == Step(Stage.LEVEL, 3, 0)
    assert timedelta(0) < one.level.acknowledge_within.clock


def test_reaching_the_catch_all_once_more_asks_its_people_anew() -> None:
    before = taken(unanswered(issue()), owner=OMAR)
    step = next_step(before)
    assert step == Step(Stage.CATCH_ALL, 3, 1)
    assert enter(before, step, QUARTER, Cause.BY_HAND).issue.current_asks == ()

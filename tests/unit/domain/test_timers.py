"""Which timers run at each stage."""

from datetime import timedelta

import pytest

from bot.domain.issue import Issue, Position, Stage
from bot.domain.timers import Timer, TimerKind, plan
from tests.builders import (
    NOON,
    QUARTER,
    climbing,
    closed,
    issue,
    level,
    minutes,
    path,
    position,
    resolved,
    route,
    rules,
    timer,
    unanswered,
)
from tests.builders import acknowledged as taken

END = timer(TimerKind.LEVEL_END, QUARTER)
REMIND = TimerKind.REMIND


def at(where: Position, **changes: object) -> Issue:
    """The default issue at another place."""
    return issue(position=where, **changes)


ROWS: dict[str, tuple[Issue, tuple[Timer, ...]]] = {
    "a level that has not asked yet": (
        at(position(asked=False)),
        (timer(TimerKind.ASK, NOON), END),
    ),
    "a level that has asked": (issue(), (END, timer(REMIND, NOON + minutes(5)))),
    "after the first reminder": (
        at(position(reminders=1)),
        (END, timer(REMIND, NOON + minutes(10), n=2)),
    ),
    "the next reminder would fall on the end": (at(position(reminders=2)), (END,)),
    "a level without reminders": (issue(route=route([level()])), (END,)),
    "a later epoch": (issue(epoch=9), (timer(epoch=9), timer(REMIND, NOON + minutes(5), epoch=9))),
    "the last owner, after a dispute": (
        at(position(Stage.OWNER, asked=False)),
        (timer(TimerKind.ASK, NOON), END),
    ),
    "acknowledged": (taken(issue()), ()),
    "acknowledged and climbing": (
        climbing(issue()),
        (timer(TimerKind.LEVEL_END, QUARTER + minutes(30), epoch=3),),
    ),
    "the catch-all, nobody looked up": (
        at(position(Stage.CATCH_ALL, level=3, asked=False)),
        (timer(TimerKind.ASK, NOON), timer(TimerKind.NAG, QUARTER)),
    ),
    "the catch-all": (
        unanswered(issue()),
        (timer(TimerKind.NAG, QUARTER + minutes(15), epoch=2),),
    ),
    "the catch-all after seven nags": (
        at(position(Stage.CATCH_ALL, reminders=7)),
        (timer(TimerKind.NAG, NOON + minutes(120), n=8),),
    ),
    "resolved": (
        resolved(issue()),
        (timer(TimerKind.CLOSE, QUARTER + minutes(15) + timedelta(days=3), epoch=3),),
    ),
    "closed": (closed(issue()), ()),
}


@pytest.mark.parametrize("name", ROWS)
def test_the_plan_of(name: str) -> None:
    one, timers = ROWS[name]
    assert plan(one) == timers


def test_the_matrix_says_how_often_and_how_long() -> None:
    own = route(path=path(close_after=timedelta(hours=2)), rules=rules(nag_every=minutes(7)))
    assert plan(unanswered(issue(route=own)))[0].due_at == QUARTER + minutes(7)
    done = resolved(issue(route=own))
    assert plan(done)[0].due_at == QUARTER + minutes(15) + timedelta(hours=2)

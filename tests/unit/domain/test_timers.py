"""Which timers run at each stage."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.clocks import Clocks, Marks
from bot.domain.issue import Issue, Position, Stage
from bot.domain.raising import raise_issue
from bot.domain.timers import WHOLE_LIFE, Timer, TimerKind, plan
from tests.builders import (
    NOON,
    QUARTER,
    RAVI,
    climbing,
    closed,
    facts,
    issue,
    level,
    minutes,
    path,
    position,
    promised,
    ref,
    resolved,
    route,
    rules,
    target,
    timer,
    unanswered,
)
from tests.builders import acknowledged as taken

END = timer(TimerKind.LEVEL_END, QUARTER)
REMIND = TimerKind.REMIND


def at(where: Position, **changes: Any) -> Issue:
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


PROMISED = issue(route=promised([level()], target=target("10m", "1h", every="2h")))
WARN_ANSWER = Timer(TimerKind.RESPOND_WARN, WHOLE_LIFE, 1, NOON + minutes(8))
WARN_SOLUTION = Timer(TimerKind.RESOLVE_WARN, WHOLE_LIFE, 1, NOON + minutes(48))
LATE_ANSWER = Timer(TimerKind.RESPOND_BREACH, WHOLE_LIFE, 1, NOON + minutes(10))
LATE_SOLUTION = Timer(TimerKind.RESOLVE_BREACH, WHOLE_LIFE, 1, NOON + minutes(60))
TAKEN = taken(PROMISED, at=NOON + minutes(5))


def late(before: Issue, n: int) -> Issue:
    """Counted so often as too late to be solved."""
    last = NOON + minutes(60) + (n - 1) * minutes(120)
    return replace(before, clocks=Clocks(resolve=Marks(breaches=n, breached_at=last, last_breach=last)))


CLOCKS: dict[str, tuple[Issue, tuple[Timer, ...]]] = {
    "nobody answered": (PROMISED, (WARN_ANSWER, WARN_SOLUTION, LATE_ANSWER, LATE_SOLUTION)),
    "somebody has it": (TAKEN, (WARN_SOLUTION, LATE_SOLUTION)),
    "warned": (replace(TAKEN, clocks=Clocks(resolve=Marks(warned=True))), (LATE_SOLUTION,)),
    "late": (late(TAKEN, 1), (Timer(TimerKind.RESOLVE_BREACH, WHOLE_LIFE, 2, NOON + minutes(180)),)),
    "late again": (late(TAKEN, 2), (Timer(TimerKind.RESOLVE_BREACH, WHOLE_LIFE, 3, NOON + minutes(300)),)),
    "standing still": (replace(TAKEN, clocks=TAKEN.clocks.stopped(QUARTER, "requester", None)), ()),
    "resolved": (resolved(TAKEN), ()),
    "closed": (closed(TAKEN), ()),
}


@pytest.mark.parametrize("name", CLOCKS)
def test_the_clocks_timers_when(name: str) -> None:
    one, timers = CLOCKS[name]
    assert tuple(each for each in plan(one) if each.epoch == WHOLE_LIFE) == timers


def test_the_clocks_outlive_every_epoch() -> None:
    assert min(issue().epoch, raised_epoch()) > WHOLE_LIFE
    later = PROMISED.bump(epoch=9)
    assert [one for one in plan(PROMISED) if one.epoch == 0] == [one for one in plan(later) if one.epoch == 0]


def raised_epoch() -> int:
    """The first epoch an issue has."""
    change = raise_issue(ref(), facts(), route(), raiser=RAVI, requester=RAVI, updates_channel=None, now=NOON)
    return change.issue.epoch


def test_the_matrix_says_how_often_and_how_long() -> None:
    own = route(path=path(close_after=timedelta(hours=2)), rules=rules(nag_every=minutes(7)))
    assert plan(unanswered(issue(route=own)))[0].due_at == QUARTER + minutes(7)
    done = resolved(issue(route=own))
    assert plan(done)[0].due_at == QUARTER + minutes(15) + timedelta(hours=2)

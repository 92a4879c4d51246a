"""Which timers an issue needs: a pure function of the issue, so that a lost timer can always be set again."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.issue import Issue, Stage
from bot.domain.lifecycle import State


class TimerKind(StrEnum):
    """What can come due."""

    ASK = "ask"  # look up the people of this stage and ping them
    REMIND = "remind"
    LEVEL_END = "level_end"
    NAG = "nag"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer of one issue. It acts only while the issue has the same epoch. `n` counts reminders and nags from 1."""

    kind: TimerKind
    epoch: int
    n: int
    due_at: datetime


def plan(issue: Issue) -> tuple[Timer, ...]:
    """The timers that should be running for this issue now, with their due instants in UTC."""
    if issue.state is State.RESOLVED and issue.resolved_at:
        return (_timer(issue, TimerKind.CLOSE, issue.resolved_at + issue.route.path.close_after.clock),)
    if not issue.asking:
        return ()
    position = issue.position
    timers: list[Timer] = []
    if not position.asked:
        timers.append(_timer(issue, TimerKind.ASK, position.started_at))
    if position.stage is Stage.CATCH_ALL:
        n = position.reminders + 1
        timers.append(
            _timer(issue, TimerKind.NAG, position.started_at + n * issue.route.rules.nag_every.clock, n)
        )
    elif position.ends_at is not None:
        timers.append(_timer(issue, TimerKind.LEVEL_END, position.ends_at))
        timers.extend(_next_reminder(issue, position.ends_at))
    return tuple(timers)


def _next_reminder(issue: Issue, ends_at: datetime) -> tuple[Timer, ...]:
    remind = issue.level.remind_every
    if remind is None or not issue.position.asked:
        return ()
    n = issue.position.reminders + 1
    due = issue.position.started_at + n * remind.clock
    return (_timer(issue, TimerKind.REMIND, due, n),) if due < ends_at else ()


def _timer(issue: Issue, kind: TimerKind, due_at: datetime, n: int = 1) -> Timer:
    return Timer(kind, issue.epoch, n, due_at)

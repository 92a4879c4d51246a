"""Which timers an issue needs: a pure function of the issue, so that a lost timer can always be set again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain import still_on_it_time, targets
from bot.domain.caring_time import (
    LATE,
    follow_up_at,
    interval,
    late_at,
    nudge_at,
    tell_by,
    tell_nudge_at,
)
from bot.domain.clocks import ClockKind
from bot.domain.issue import Issue, Stage
from bot.domain.lifecycle import ENDED, State
from bot.domain.reminding import nag_at, remind_at
from bot.domain.sending_back_time import judge_remind_at, next_reminder
from bot.domain.snoozing_time import snoozed_until
from bot.domain.standing_in import REMINDED, TOLD_ON, oldest
from bot.domain.waiting_time import keeps_time, waits_until
from bot.domain.waiting_time import remind_at as wait_remind_at

WHOLE_LIFE = 0
"""The epoch of timers that outlive levels, owners and openings; the epochs of issues begin at 1."""


class TimerKind(StrEnum):
    """What can come due."""

    ASK = "ask"  # look up the people of this stage and ping them
    REMIND = "remind"
    LEVEL_END = "level_end"
    NAG = "nag"
    CLOSE = "close"
    SHIFT = "shift"  # somebody else is on duty: look up again
    INFORM = "inform"
    RESPOND_WARN = "respond_warn"
    RESPOND_BREACH = "respond_breach"
    RESOLVE_WARN = "resolve_warn"
    RESOLVE_BREACH = "resolve_breach"
    WAIT_REMIND = "wait_remind"
    WAIT_END = "wait_end"  # it has waited as long as it may
    STILL_ON_IT = "still_on_it"  # ask the owner whether they are
    STILL_SILENT = "still_silent"  # they did not say
    SNOOZE_END = "snooze_end"
    UPDATE_DUE = "update_due"  # nudge the owner
    UPDATE_LATE = "update_late"  # tell the manager
    TELL_DUE = "tell_due"  # the raiser still has to tell a requester without Slack
    TELL_LATE = "tell_late"
    FOLLOW_UP = "follow_up"
    JUDGE_REMIND = "judge_remind"  # an appeal still waits


WARNINGS = {
    TimerKind.RESPOND_WARN: ClockKind.RESPOND,
    TimerKind.RESOLVE_WARN: ClockKind.RESOLVE,
}
BREACHES = {
    TimerKind.RESPOND_BREACH: ClockKind.RESPOND,
    TimerKind.RESOLVE_BREACH: ClockKind.RESOLVE,
}


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer of one issue. It acts only while the issue has the same epoch, or when its epoch is WHOLE_LIFE.

    `n` counts reminders (of a level, of a waiting), nags and breaches from 1.
    """

    kind: TimerKind
    epoch: int
    n: int
    due_at: datetime


def plan(issue: Issue) -> tuple[Timer, ...]:
    """The timers that should be running for this issue now, with their due instants in UTC."""
    return (
        *_of_stage(issue),
        *_of_clocks(issue),
        *_of_waiting(issue),
        *_of_owner(issue),
        *_of_informing(issue),
        *_of_news(issue),
        *_of_standing_in(issue),
        *_of_follow_up(issue),
        *_of_appeal(issue),
    )


def _of_stage(issue: Issue) -> Iterator[Timer]:
    """Those that a new epoch makes void."""
    if issue.state is State.RESOLVED and (closes := targets.closes_at(issue)):
        yield _timer(issue, TimerKind.CLOSE, closes)
    if not issue.asking:
        return
    position = issue.position
    if not position.asked:
        yield _timer(issue, TimerKind.ASK, position.look_at or position.started_at)
    elif position.look_at is not None:
        yield _timer(issue, TimerKind.SHIFT, position.look_at)
    if keeps_time(issue):
        return
    if position.stage is Stage.CATCH_ALL:
        n = position.reminders + 1
        yield _timer(issue, TimerKind.NAG, nag_at(issue, n), n)
    elif position.ends_at is not None:
        yield _timer(issue, TimerKind.LEVEL_END, position.ends_at)
        yield from _next_reminder(issue, position.ends_at)


def _next_reminder(issue: Issue, ends_at: datetime) -> Iterator[Timer]:
    n = issue.position.reminders + 1
    due = remind_at(issue, n) if issue.position.asked else None
    if due is not None and due < ends_at:
        yield _timer(issue, TimerKind.REMIND, due, n)


def _of_clocks(issue: Issue) -> Iterator[Timer]:
    for kind, clock in WARNINGS.items():
        marks = issue.clocks.of(clock)
        at = targets.warn_at(issue, clock) if targets.running(issue, clock) else None
        if at is not None and not marks.warned and not marks.breaches:
            yield Timer(kind, WHOLE_LIFE, 1, at)
    for kind, clock in BREACHES.items():
        at = targets.next_breach(issue, clock) if targets.running(issue, clock) else None
        if at is not None:
            yield Timer(kind, WHOLE_LIFE, issue.clocks.of(clock).breaches + 1, at)


def _of_waiting(issue: Issue) -> Iterator[Timer]:
    until, n = waits_until(issue), issue.care.wait_reminders + 1
    reminder = wait_remind_at(issue, n)
    if reminder is not None:
        yield Timer(TimerKind.WAIT_REMIND, WHOLE_LIFE, n, reminder)
    if until is not None:
        yield Timer(TimerKind.WAIT_END, WHOLE_LIFE, 1, until)


def _of_owner(issue: Issue) -> Iterator[Timer]:
    """What the owner is asked, and when they are left alone no longer. Whatever they do puts the question off."""
    due = {
        TimerKind.STILL_ON_IT: still_on_it_time.asks_at(issue),
        TimerKind.STILL_SILENT: still_on_it_time.silent_at(issue),
        TimerKind.SNOOZE_END: snoozed_until(issue),
    }
    yield from (_timer(issue, kind, at) for kind, at in due.items() if at is not None)


def _of_informing(issue: Issue) -> Iterator[Timer]:
    """What is over so soon that nobody was told yet is no news any more."""
    if issue.informing.owed and issue.state not in ENDED:
        yield Timer(TimerKind.INFORM, WHOLE_LIFE, 1, issue.position.started_at)


def _of_news(issue: Issue) -> Iterator[Timer]:
    """The next time that news for the requester are due, and late."""
    n = interval(issue)
    nudge, late = nudge_at(issue, n), late_at(issue, n)
    if nudge is not None and issue.care.update_step % LATE == 0:
        yield Timer(TimerKind.UPDATE_DUE, WHOLE_LIFE, n, nudge)
    if late is not None:
        yield Timer(TimerKind.UPDATE_LATE, WHOLE_LIFE, n, late)


def _of_standing_in(issue: Issue) -> Iterator[Timer]:
    """The raiser is reminded of the oldest text that waits to be brought, then the manager hears of it."""
    remind, tell_on = oldest(issue, REMINDED), oldest(issue, TOLD_ON)
    if remind is not None:
        yield Timer(TimerKind.TELL_DUE, WHOLE_LIFE, remind.n, tell_nudge_at(issue, remind.at))
    if tell_on is not None:
        yield Timer(TimerKind.TELL_LATE, WHOLE_LIFE, tell_on.n, tell_by(issue, tell_on.at))


def _of_follow_up(issue: Issue) -> Iterator[Timer]:
    at = follow_up_at(issue)
    if at is not None:
        yield Timer(TimerKind.FOLLOW_UP, WHOLE_LIFE, 1, at)


def _of_appeal(issue: Issue) -> Iterator[Timer]:
    n = next_reminder(issue)
    at = judge_remind_at(issue, n)
    if at is not None:
        yield Timer(TimerKind.JUDGE_REMIND, WHOLE_LIFE, n, at)


def _timer(issue: Issue, kind: TimerKind, due_at: datetime, n: int = 1) -> Timer:
    return Timer(kind, issue.epoch, n, due_at)

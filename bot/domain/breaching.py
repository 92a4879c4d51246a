"""What happens when a clock runs low or out: it is said, counted, and climbs the ladder where it may."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.clocks import ClockKind
from bot.domain.escalation import climb, end_level, next_step
from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import Change, Issue, Stage
from bot.domain.targets import breaches_by, due_at, running


def warn(issue: Issue, kind: ClockKind, now: datetime) -> Change:
    """80 % of the time is used: said once. Nothing is said any more when the time is over: the breach says that."""
    due = due_at(issue, kind)
    marks = replace(issue.clocks.of(kind), warned=True)
    after = issue.bump(clocks=issue.clocks.marked(kind, marks))
    if due is None or now >= due:
        return Change(after, ())
    return Change(after, (Event(EventKind.WARNED, now, None, {"clock": kind, "due": due.isoformat()}),))


def breach(issue: Issue, kind: ClockKind, now: datetime) -> Change:
    """The time is over: always counted; climbs when the present level has had its own time, or nobody is asked now.

    What was missed while Rung was down is one event. One instant climbs one level: the next one has its own time.
    """
    counted = _count(issue, kind, now)
    if counted.issue is issue or not _may_climb(issue, now):
        return counted
    go_on = end_level if issue.asking else climb
    return counted.then(go_on(counted.issue, now, Cause.BREACH))


def settle_late(issue: Issue, kinds: Iterable[ClockKind], now: datetime) -> Change:
    """Count what was late before a person ends or stops a clock now, should its timer not have fired yet.

    At one instant the person comes first, so that is in time. Nothing climbs any more.
    """
    change = Change(issue, ())
    for kind in kinds:
        change = change.then(_count(change.issue, kind, now, before=True))
    return change


def pause(issue: Issue, now: datetime, reason: str, by: str | None) -> Change:
    """Both clocks stand still from now on. What was late before stays so."""
    late = settle_late(issue, ClockKind, now)
    return Change(late.issue.bump(clocks=late.issue.clocks.stopped(now, reason, by)), late.events)


def resume(issue: Issue, now: datetime) -> Change:
    """The clocks go on: each deadline moves by the working time of the pause."""
    return Change(issue.bump(clocks=issue.clocks.resumed(now)), ())


def _count(issue: Issue, kind: ClockKind, now: datetime, before: bool = False) -> Change:
    """`before` leaves out what is due at this very instant, and marks the event as found by a person's act."""
    if not running(issue, kind):
        return Change(issue, ())
    found = breaches_by(issue, kind, now - datetime.resolution if before else now)
    if found is None:
        return Change(issue, ())
    times, last = found
    marks = issue.clocks.of(kind)
    since = marks.breached_at or due_at(issue, kind)
    marks = replace(marks, breaches=marks.breaches + times, breached_at=since, last_breach=last)
    data: dict[str, str | int] = {"clock": kind, "n": marks.breaches, "times": times}
    if since is not None:
        data["due"] = since.isoformat()
    if before:
        data["ended"] = 1
    after = issue.bump(clocks=issue.clocks.marked(kind, marks))
    return Change(after, (Event(EventKind.BREACHED, now, None, data),))


def _may_climb(issue: Issue, now: datetime) -> bool:
    """A level that is asked, or waits for somebody to be on duty, keeps its own time; one instant climbs one level.

    Who took it from the catch-all has nobody above: it is not asked again and again.
    """
    place = issue.position
    if place.stage is Stage.CATCH_ALL or place.started_at == now:
        return False
    if issue.asking:
        return place.asked and place.ends_at is not None and now >= place.ends_at
    step = next_step(issue)
    last_resort = step is not None and step.stage is Stage.CATCH_ALL
    return not (last_resort and any(ask.level == 0 for ask in issue.asks))

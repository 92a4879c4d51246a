"""The two clocks of an issue, respond and resolve: when each is due, warns and is late; from facts alone.

Both start at the raise and count in the target's calendar. A pause moves a deadline by the working time it took, unless
the deadline had passed when the pause began.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.clocks import ClockKind, Limit, Pause
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.matrix.model import Route
from bot.domain.repeating import nth, passed
from bot.domain.span import Span
from bot.domain.working_time import add_working, extend, working_between

WARN_PART = 0.8
"""A warning is due when this part of the time is used."""
_NOTHING = timedelta()


def length(route: Route, kind: ClockKind) -> Span | None:
    """The time the target gives; None without a target."""
    if route.target is None:
        return None
    return route.target.respond if kind is ClockKind.RESPOND else route.target.resolve


def respond_by(issue: Issue) -> datetime | None:
    """When somebody should have acknowledged it; None without a target."""
    return due_at(issue, ClockKind.RESPOND)


def resolve_by(issue: Issue) -> datetime | None:
    """When it should be resolved; None without a target. While the clock stands still, as if it went on at once."""
    return due_at(issue, ClockKind.RESOLVE)


def due_at(issue: Issue, kind: ClockKind) -> datetime | None:
    """The deadline of a clock, by every pause that is over."""
    final = issue.clocks.of(kind).final
    return final if final is not None else min(_deadlines(issue, kind), default=None)


def ended_at(issue: Issue, kind: ClockKind) -> datetime | None:
    """When the clock ended; None while it may still go on."""
    return issue.responded_at if kind is ClockKind.RESPOND else issue.resolved_at


def running(issue: Issue, kind: ClockKind) -> bool:
    """Whether time is being counted right now."""
    alive = issue.state in (State.OPEN, State.ACKNOWLEDGED) and issue.clocks.pause is None
    return alive and ended_at(issue, kind) is None and due_at(issue, kind) is not None


def used(issue: Issue, kind: ClockKind, now: datetime) -> timedelta:
    """The working time counted by now."""
    end = min(ended_at(issue, kind) or now, now)
    return _active(issue, end, _pauses(issue, kind))


def allowed(issue: Issue, kind: ClockKind) -> timedelta | None:
    """The working time there is from the raise to the deadline; None without a target."""
    due = due_at(issue, kind)
    over = [one for one in _pauses(issue, kind) if one.end is not None]
    return None if due is None else _active(issue, due, over)


def left(issue: Issue, kind: ClockKind, now: datetime) -> timedelta | None:
    """The working time that is left by now, none when it is late; None without a target."""
    due = due_at(issue, kind)
    pause = issue.clocks.pause
    since = pause.start if pause is not None else now
    return None if due is None else working_between(issue.route.target_calendar, since, due)


def warn_at(issue: Issue, kind: ClockKind) -> datetime | None:
    """When 80 % of the time is used, whatever was paused."""
    total = allowed(issue, kind)
    if total is None:
        return None
    at = extend(issue.route.target_calendar, issue.raised_at, total * WARN_PART)
    return _moved(issue, kind, Limit(at, issue.raised_at))


def next_breach(issue: Issue, kind: ClockKind) -> datetime | None:
    """When the clock is late next: at its deadline, then every `breach_every` after the last time; None = never again.

    An issue that is late to be solved is not counted as late to be answered over and over as well.
    """
    marks = issue.clocks.of(kind)
    if not marks.breaches:
        return due_at(issue, kind)
    if kind is ClockKind.RESPOND and issue.clocks.resolve.breaches:
        return None
    return None if _every(issue) is None else _breach(issue, kind, 1)


def breaches_by(issue: Issue, kind: ClockKind, now: datetime) -> tuple[int, datetime] | None:
    """How many breaches are due by now and not counted yet, and the due instant of the last; None when none is."""
    due = next_breach(issue, kind)
    if due is None or due > now:
        return None
    if _every(issue) is None:
        return 1, due
    again = passed(lambda n: _breach(issue, kind, n), now)
    first = 0 if issue.clocks.of(kind).breaches else 1
    return first + again, _breach(issue, kind, again) if again else due


def retarget(issue: Issue, route: Route, now: datetime) -> Issue:
    """The issue on another route: each deadline is the earlier of old and new, counted from the raise.

    What was paused, warned and breached stays; a clock that has ended keeps its deadline. The version is not raised.
    """
    clocks = issue.clocks
    for kind in ClockKind:
        marks, due = clocks.of(kind), due_at(issue, kind)
        if due is None:
            continue
        if ended_at(issue, kind) is not None and kind is ClockKind.RESPOND:
            marks = replace(marks, final=due)
        else:
            marks = replace(marks, limit=Limit(_as_if_resumed(issue, due, now), now))
        clocks = clocks.marked(kind, marks)
    return replace(issue, route=route, clocks=clocks)


def closes_at(issue: Issue) -> datetime | None:
    """When a resolved issue closes unless somebody objects; None when it is not resolved."""
    if issue.resolved_at is None:
        return None
    return counted(issue, issue.resolved_at, issue.route.path.close_after)


def counted(issue: Issue, start: datetime, span: Span) -> datetime:
    """The end of a length that counts in the issue's target calendar. Raises NeverReached."""
    return add_working(issue.route.target_calendar, start, span)


def _deadlines(issue: Issue, kind: ClockKind) -> Iterator[datetime]:
    span, limit = length(issue.route, kind), issue.clocks.of(kind).limit
    if span is not None:
        promised = counted(issue, issue.raised_at, span)
        yield _moved(issue, kind, Limit(promised, issue.raised_at))
    if limit is not None:
        yield _moved(issue, kind, limit)


def _breach(issue: Issue, kind: ClockKind, n: int) -> datetime:
    """The n-th repetition after the last breach that was counted, or after the deadline."""
    last = issue.clocks.of(kind).last_breach or due_at(issue, kind)
    every = _every(issue)
    assert last is not None and every is not None
    return _moved(issue, kind, Limit(nth(issue.route.target_calendar, last, every, n), last))


def _every(issue: Issue) -> Span | None:
    return issue.route.target.breach_every if issue.route.target else None


def _moved(issue: Issue, kind: ClockKind, limit: Limit) -> datetime:
    """Later by the working time of every pause that is over and began before it."""
    at, calendar = limit.at, issue.route.target_calendar
    for pause in _pauses(issue, kind):
        start = max(pause.start, limit.since)
        if pause.end is not None and start < at:
            at = extend(calendar, at, working_between(calendar, start, pause.end))
    return at


def _as_if_resumed(issue: Issue, due: datetime, now: datetime) -> datetime:
    pause, calendar = issue.clocks.pause, issue.route.target_calendar
    if pause is None or pause.start >= due:
        return due
    return extend(calendar, due, working_between(calendar, pause.start, now))


def _active(issue: Issue, end: datetime, pauses: Iterable[Pause]) -> timedelta:
    """The working time from the raise to `end`, pauses left out."""
    calendar = issue.route.target_calendar
    stood = (working_between(calendar, pause.start, min(pause.end or end, end)) for pause in pauses)
    return working_between(calendar, issue.raised_at, end) - sum(stood, _NOTHING)


def _pauses(issue: Issue, kind: ClockKind) -> tuple[Pause, ...]:
    """Those that count for this clock: nothing moves one that has ended for good."""
    if kind is ClockKind.RESOLVE or issue.responded_at is None:
        return issue.clocks.pauses
    return tuple(one for one in issue.clocks.pauses if one.start < issue.responded_at)

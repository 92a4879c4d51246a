"""Asking once more: reminders within a level, in its calendar, and nags when the ladder is over."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.domain.escalation import somebody_can_answer
from bot.domain.events import Event, EventKind
from bot.domain.issue import AskStatus, Change, Issue
from bot.domain.repeating import nth, passed


def remind(issue: Issue, now: datetime) -> Change:
    """Ping those of this level who have not answered once more."""
    return _again(issue, now, EventKind.REMINDED, reminders_by(issue, issue.position.started_at, now))


def nag(issue: Issue, now: datetime) -> Change:
    """The ladder is over and nobody has it: ask again. When nobody could be reached, all are looked up anew."""
    nags = passed(partial(nag_at, issue), now)
    change = _again(_revived(issue), now, EventKind.NAGGED, nags)
    if somebody_can_answer(issue):
        return change
    position = replace(change.issue.position, asked=False, look_at=None)
    return Change(replace(change.issue, position=position), change.events)


def remind_at(issue: Issue, n: int) -> datetime | None:
    """When the n-th reminder of this level is due; None when it has none."""
    every = issue.level.remind_every
    return None if every is None else nth(issue.level_calendar, issue.position.started_at, every, n)


def nag_at(issue: Issue, n: int) -> datetime:
    """When the n-th nag is due: around the clock."""
    return issue.position.started_at + n * issue.route.rules.nag_every.clock


def reminders_by(issue: Issue, since: datetime, now: datetime) -> int:
    """How many reminders this level would have had from `since` by now."""
    every = issue.level.remind_every
    if every is None:
        return 0
    return passed(partial(nth, issue.level_calendar, since, every), now)


def _again(issue: Issue, now: datetime, kind: EventKind, due: int) -> Change:
    """Once, however many were missed while Rung was down."""
    n = max(issue.position.reminders + 1, due)
    after = issue.bump(position=replace(issue.position, reminders=n))
    return Change(
        after, (Event(kind, now, None, {"n": n, "level": issue.ask_level, "name": issue.level.name}),)
    )


def _revived(issue: Issue) -> Issue:
    """While nobody can answer, a message that failed is worth another try: the last resort is never silent.

    Why it failed is kept until one arrives."""
    if somebody_can_answer(issue):
        return issue
    here = issue.current_asks
    asks = tuple(
        replace(ask, status=AskStatus.ASKED) if ask in here and ask.status is AskStatus.UNREACHABLE else ask
        for ask in issue.asks
    )
    return replace(issue, asks=asks)

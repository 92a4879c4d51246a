"""News for the requester that are due: whoever has it is nudged, and the manager is told when they are late."""

from dataclasses import replace
from datetime import datetime

from bot.domain.care import Care
from bot.domain.caring_time import LATE, NUDGED, interval, intervals_by, late_at
from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Issue


def told(care: Care, now: datetime) -> Care:
    """The requester reads news of a person now: the time to the next ones counts from here."""
    return replace(care, told_at=now, update_step=0)


def afresh(care: Care) -> Care:
    """It is opened again: what was asked about its end is asked anew when it ends again."""
    return replace(care, update_step=0, rated=(), commented=(), followed_up_at=None, follow_up_answered=False)


def update_due(issue: Issue, now: datetime) -> Change:
    """Most of the time is used. When all of it is, the news are late, and that is said instead.

    Does nothing where none are promised.
    """
    n = interval(issue)
    by = late_at(issue, n)
    if by is None or issue.care.update_step % LATE:
        return Change(issue, ())
    if now >= by:
        return update_late(issue, now)
    care = replace(issue.care, update_step=issue.care.update_step + NUDGED)
    return Change(issue.bump(care=care), (_event(EventKind.UPDATE_DUE, now, n, by),))


def update_late(issue: Issue, now: datetime) -> Change:
    """An interval passed without news: said once, however many did while Rung was down."""
    n = max(interval(issue), intervals_by(issue, now))
    by = late_at(issue, n)
    if by is None:
        return Change(issue, ())
    care = replace(issue.care, update_step=n * LATE)
    return Change(issue.bump(care=care), (_event(EventKind.UPDATE_LATE, now, n, by),))


def _event(kind: EventKind, now: datetime, n: int, by: datetime) -> Event:
    return Event(kind, now, None, {"n": n, "by": by.isoformat()})

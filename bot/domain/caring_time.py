"""When the requester should read news again, when whoever has it is nudged for them, and when they are late.

Counted in the issue's target calendar from the last news of a person. While it waits for the requester, and while
nobody has it or who has it is gone, no news are promised: then every step of the ladder is told by itself.
"""

from datetime import datetime, timedelta

from bot.domain.clocks import PauseReason
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.repeating import nth, passed
from bot.domain.span import Span, span
from bot.domain.working_time import share

NUDGE_PART = 0.8
"""Whoever owes news is nudged when this part of the time is used, as the targets warn."""
TELL_WITHIN = span("4h")
"""How soon a requester without Slack is to be told where the priority says nothing of updates."""
NUDGED, LATE = 1, 2
"""What happened in one interval, as `Care.update_step` counts it: two steps for each."""


def news_since(issue: Issue) -> datetime | None:
    """From when the time to the next news counts, UTC; None when none are promised now."""
    if issue.route.priority.update_every is None or issue.state is not State.ACKNOWLEDGED or issue.gone:
        return None
    if not _somebody_else_reads(issue):
        return None
    pauses = [one for one in issue.clocks.pauses if one.reason == PauseReason.REQUESTER]
    if any(one.end is None for one in pauses):
        return None
    instants = issue.care.told_at, issue.acknowledged_at, *(one.end for one in pauses)
    return max((at for at in instants if at is not None), default=None)


def next_update_by(issue: Issue) -> datetime | None:
    """What the requester is promised, UTC; None when nothing is. Raises NeverReached."""
    return late_at(issue, interval(issue))


def interval(issue: Issue) -> int:
    """Which interval without news runs, from 1; the ones before are late already."""
    return issue.care.update_step // LATE + 1


def late_at(issue: Issue, n: int) -> datetime | None:
    """When the n-th interval without news ends."""
    since, every = news_since(issue), issue.route.priority.update_every
    return None if since is None or every is None else nth(issue.route.target_calendar, since, every, n)


def nudge_at(issue: Issue, n: int) -> datetime | None:
    """When whoever has it is nudged in that interval."""
    start, end = late_at(issue, n - 1), late_at(issue, n)
    return None if start is None or end is None else _most_of(issue, start, end)


def intervals_by(issue: Issue, now: datetime) -> int:
    """How many intervals without news are over by now."""
    return passed(lambda n: late_at(issue, n) or datetime.max.replace(tzinfo=now.tzinfo), now)


def tell_by(issue: Issue, since: datetime) -> datetime:
    """By when the raiser should have brought a text of `since` to a requester without Slack."""
    every: Span = issue.route.priority.update_every or TELL_WITHIN
    return nth(issue.route.target_calendar, since, every, 1)


def tell_nudge_at(issue: Issue, since: datetime) -> datetime:
    """When the raiser is reminded of that text."""
    return _most_of(issue, since, tell_by(issue, since))


def follow_up_at(issue: Issue) -> datetime | None:
    """When the requester is asked whether it lasted, UTC, around the clock; None when nobody asks (any more)."""
    after: timedelta | None = (
        issue.route.path.follow_up_after.clock if issue.route.path.follow_up_after else None
    )
    if after is None or issue.state is not State.CLOSED or issue.closed_at is None:
        return None
    return None if issue.care.followed_up_at is not None else issue.closed_at + after


def _most_of(issue: Issue, start: datetime, end: datetime) -> datetime:
    return share(issue.route.target_calendar, start, end, NUDGE_PART)


def _somebody_else_reads(issue: Issue) -> bool:
    """Who has it for themselves needs no news, and whom nothing reaches gets none."""
    nobody = {issue.owner, *issue.care.lost}
    return any(one not in nobody for one in (issue.requester, *issue.company.further)) or bool(
        issue.facts.requester_name or issue.company.absent
    )

"""Whether the owner is asked something, from when their silence counts, and until when they have to answer."""

from datetime import datetime

from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.snoozing_time import snoozed_until
from bot.domain.targets import counted
from bot.domain.working_time import add_working


def still_open(issue: Issue) -> bool:
    """Whether "Still on it?" waits for an answer of the present owner."""
    return _unanswered(issue, issue.care.still_asked_at)


def top_open(issue: Issue) -> bool:
    """Whether the present owner still has to say that they keep it at the top priority."""
    return _unanswered(issue, issue.care.top_asked_at)


def owner_is_asked(issue: Issue) -> tuple[object, ...]:
    """What messages that ask the owner go by: they are drawn anew when any of it changes."""
    care = issue.care
    open_ones = still_open(issue) and care.still_asked_at, top_open(issue) and care.top_asked_at
    return *open_ones, care.unheard, care.named


def asks_at(issue: Issue) -> datetime | None:
    """When a silent owner is asked "Still on it?", in the issue's target calendar; None = not as things stand."""
    span, since = issue.route.path.still_on_it_after, _quiet_since(issue)
    if span is None or since is None or _busy(issue) or snoozed_until(issue):
        return None
    return None if still_open(issue) or top_open(issue) else counted(issue, since, span)


def silent_at(issue: Issue) -> datetime | None:
    """Until when the owner has to answer what they are asked: as long as the level of the issue has to answer a ping.

    None while nothing is asked, while it waits, or while somebody else is asked anyway.
    """
    since = _asked_since(issue)
    if since is None or _busy(issue):
        return None
    known = (since, issue.care.quiet_from, _last_pause(issue))
    begun = max(at for at in known if at is not None)
    return add_working(issue.level_calendar, begun, issue.level.acknowledge_within)


def _asked_since(issue: Issue) -> datetime | None:
    still = issue.care.still_asked_at if still_open(issue) else None
    top = issue.care.top_asked_at if top_open(issue) else None
    return min((at for at in (still, top) if at is not None), default=None)


def _unanswered(issue: Issue, asked_at: datetime | None) -> bool:
    """What was asked of somebody who had it before is settled."""
    has_it, since = issue.state is State.ACKNOWLEDGED and issue.owner is not None, issue.acknowledged_at
    return has_it and asked_at is not None and (since is None or asked_at >= since)


def _quiet_since(issue: Issue) -> datetime | None:
    """When the owner last did something, or could not be expected to."""
    if issue.state is not State.ACKNOWLEDGED or issue.owner is None:
        return None
    care = issue.care
    known = (issue.acknowledged_at, care.active_at, care.quiet_from, _last_pause(issue))
    return max((at for at in known if at is not None), default=None)


def _last_pause(issue: Issue) -> datetime | None:
    return issue.clocks.pauses[-1].end if issue.clocks.pauses else None


def _busy(issue: Issue) -> bool:
    """It waits, or somebody is asked already."""
    return issue.asking or issue.waiting is not None

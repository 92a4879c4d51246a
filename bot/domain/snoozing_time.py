"""How long a snooze lasts: never into the last part of the time to solve it, and only while nothing else happens."""

from datetime import datetime, timedelta

from bot.domain.clocks import ClockKind
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.targets import running, warn_at

BEFORE_WARNING = timedelta(minutes=1)
"""A snooze ends so long before 80 % of the time to solve it is used."""


def snoozed_until(issue: Issue) -> datetime | None:
    """When the snooze ends; None when there is none, or when something happened that ended it."""
    until, care = issue.care.snoozed_until, issue.care
    if until is None or issue.state is not State.ACKNOWLEDGED or care.snoozed_epoch != issue.epoch:
        return None
    latest = latest_end(issue)
    return until if latest is None else min(until, latest)


def latest_end(issue: Issue) -> datetime | None:
    """The last instant at which a snooze may end; None while no clock runs towards the solution."""
    warned_at = warn_at(issue, ClockKind.RESOLVE) if running(issue, ClockKind.RESOLVE) else None
    return None if warned_at is None else warned_at - BEFORE_WARNING

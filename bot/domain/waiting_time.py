"""How long an issue may wait, and when it is said that it still does; counted in its target calendar."""

from datetime import datetime

from bot.domain.issue import Issue
from bot.domain.targets import counted
from bot.domain.working_time import extend, working_between

REMINDERS = 2
"""So often it is said that it still waits: after a third and after two thirds of the time it may wait."""


def waits_until(issue: Issue) -> datetime | None:
    """When it has waited as long as its path lets it, in the issue's target calendar; None = it may wait for ever."""
    pause, most = issue.waiting, issue.route.path.wait_at_most
    return None if pause is None or most is None else counted(issue, pause.start, most)


def remind_at(issue: Issue, n: int) -> datetime | None:
    """When the n-th reminder of this waiting is due; None when there is none."""
    pause, until, calendar = issue.waiting, waits_until(issue), issue.route.target_calendar
    if pause is None or until is None or not 1 <= n <= REMINDERS:
        return None
    whole = working_between(calendar, pause.start, until)
    return extend(calendar, pause.start, whole * n / (REMINDERS + 1))

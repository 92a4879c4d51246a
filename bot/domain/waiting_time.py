"""How long an issue may wait, and when it is said that it still does; counted in its target calendar.

Those who were asked before it began to wait keep what is left of their time until it goes on.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.domain.issue import Issue, Position, Stage
from bot.domain.reminding import nag_at, reminders_by
from bot.domain.repeating import passed
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


def keeps_time(issue: Issue) -> bool:
    """Whether it waits while a ping is still out: nobody is reminded, and the level does not end."""
    pause = issue.waiting
    return pause is not None and issue.asking and issue.position.started_at <= pause.start


def pinged_at(issue: Issue, at: datetime) -> datetime:
    """From when the time of somebody counts who is asked at `at`: while the place keeps its time, as if the waiting
    began then, because nothing of it passes before it goes on."""
    pause = issue.waiting
    return min(at, pause.start) if pause is not None and keeps_time(issue) else at


def with_time_left(issue: Issue, now: datetime) -> Position:
    """The place when it goes on now: what was left of its time counts from here. Missed reminders are not made up."""
    place, pause, calendar = issue.position, issue.waiting, issue.level_calendar
    if pause is None or not keeps_time(issue):
        return place
    if place.stage is Stage.CATCH_ALL:
        return replace(place, reminders=passed(partial(nag_at, issue), now))
    if place.ends_at is not None:
        left = working_between(calendar, pause.start, place.ends_at)
        place = replace(place, ends_at=extend(calendar, now, left))
    return replace(place, reminders=reminders_by(issue, place.started_at, now))

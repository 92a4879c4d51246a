"""When it is said again that an appeal waits: once a working day of its target calendar, until that is decided."""

from datetime import datetime

from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.repeating import nth
from bot.domain.span import Span, Unit

A_DAY = Span(1, Unit.DAY)


def judge_remind_at(issue: Issue, n: int) -> datetime | None:
    """When whoever judges the appeal is reminded for the n-th time; None when no appeal waits."""
    back = issue.care.sent_back
    if back is None or back.appealed_at is None or not issue.care.appeal_waits:
        return None
    if issue.state is not State.SENT_BACK:
        return None
    return nth(issue.route.target_calendar, back.appealed_at, A_DAY, n)


def next_reminder(issue: Issue) -> int:
    """The number of the next reminder, from 1."""
    return issue.care.sent_back.reminded + 1 if issue.care.sent_back else 1

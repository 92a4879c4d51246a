"""A wish to leave out a level: whether it still waits for the escalation manager, or was overtaken."""

from dataclasses import replace

from bot.domain.care import Bypass
from bot.domain.issue import Issue, Stage
from bot.domain.lifecycle import IN_WORK


def wish(issue: Issue) -> Bypass | None:
    """The wish that waits for the escalation manager; None once it was answered or is settled by itself."""
    one = issue.care.bypass
    if one is None or one.judge or one.over:
        return None
    return None if _overtaken(issue, one) else one


def settle(issue: Issue) -> Issue:
    """The same issue, in which a wish that was overtaken stays so, whatever comes later."""
    one = issue.care.bypass
    if one is None or one.judge or one.over or not _overtaken(issue, one):
        return issue
    return replace(issue, care=replace(issue.care, bypass=replace(one, over=True)))


def _overtaken(issue: Issue, one: Bypass) -> bool:
    """The ladder has come to that level, or has it no more; somebody took the issue, it is over, or it takes another
    path."""
    begun = (one.opening, one.path, one.repeats)
    here = (issue.opening, issue.route.path.name, issue.position.repeats)
    reached = issue.position.stage is Stage.CATCH_ALL or issue.position.level >= one.level
    over = issue.state not in IN_WORK or lost(issue, one)
    return over or begun != here or taken_since(issue, one) or reached


def lost(issue: Issue, one: Bypass) -> bool:
    """Whether its path has grown shorter than that."""
    return one.level > len(issue.route.levels)


def taken_since(issue: Issue, one: Bypass) -> bool:
    """Whether somebody took it since then."""
    if issue.owner is None or issue.acknowledged_at is None:
        return False
    return issue.owner != one.owner or issue.acknowledged_at > one.at

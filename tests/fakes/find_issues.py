"""Lists of issues in memory: each condition of a filter asked of each issue, as plainly as it can be said."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.ids import WorkspaceId
from bot.domain.issue import AskStatus, Issue, Stage, Target, TargetKind
from bot.domain.lifecycle import IN_WORK, State
from bot.domain.wishing import wish
from bot.usecases.rows import IssueFilter, Order, Viewer
from tests.fakes.tables import Tables


def find(tables: Tables, workspace: WorkspaceId, which: IssueFilter) -> list[Issue]:
    """All of them, in order."""
    here = [one for one in tables.issues.values() if one.ref.workspace == workspace]
    found = [one for one in here if matches(one, which) and _may_read(tables, one, which.viewer)]
    if which.order is Order.NEWEST:
        return sorted(found, key=lambda one: -one.number)
    return sorted(found, key=lambda one: (one.route.priority.rank, one.raised_at, one.number))


def matches(issue: Issue, which: IssueFilter) -> bool:
    """Whether every condition holds that is asked for, whoever reads it."""
    asked = {name: getattr(which, name) for name in HOLDS}
    wanted = {name: value for name, value in asked.items() if value not in (None, (), False)}
    if which.numbers is not None and issue.number not in which.numbers:
        return False
    return _stands(issue, which) and all(HOLDS[name](issue, value) for name, value in wanted.items())


def _stands(issue: Issue, which: IssueFilter) -> bool:
    if not (which.states or which.unanswered or which.ownerless or which.waiting):
        return True
    unanswered = issue.state is State.OPEN and issue.position.stage is Stage.CATCH_ALL
    climbed = issue.position.level > 1 or issue.position.repeats > 0
    ownerless = issue.state is State.OPEN and not unanswered and climbed
    return (
        issue.state in which.states
        or (which.unanswered and unanswered)
        or (which.ownerless and ownerless)
        or (which.waiting and issue.waiting is not None)
    )


def _waits_for(issue: Issue, who: str) -> bool:
    target = Target(TargetKind.USER, who)
    return issue.asking and any(ask.target == target and ask.status is AskStatus.ASKED for ask in issue.asks)


def _is_told(issue: Issue) -> bool:
    return any(ask.status is AskStatus.ASKED and not ask.reason for ask in issue.current_asks)


def _follows(issue: Issue, who: str) -> bool:
    company = issue.company
    return who in (issue.requester, *company.further, *company.watchers) and issue.raiser != who


def _may_read(tables: Tables, issue: Issue, viewer: Viewer | None) -> bool:
    if viewer is None or (not viewer.own_only and (viewer.sees_all or not issue.private)):
        return True
    people = issue.raiser, issue.requester, issue.owner, issue.last_owner
    company = *issue.company.further, *issue.company.watchers
    return viewer.user in (*people, *company, *tables.asked_ever.get(issue.ref, ()))


HOLDS: Mapping[str, Callable[[Issue, Any], bool]] = {
    "raiser": lambda issue, who: issue.raiser == who,
    "signed": lambda issue, _: not issue.facts.nameless,
    "owner": lambda issue, who: issue.owner == who,
    "asked": lambda issue, who: _waits_for(issue, str(who)),
    "requester": lambda issue, who: who in (issue.requester, *issue.company.further),
    "requester_openly": lambda issue, who: issue.requester == who or not issue.company.unnamed,
    "watcher": lambda issue, who: who in issue.company.watchers,
    "watcher_openly": lambda issue, _: not issue.company.unnamed,
    "follows": lambda issue, who: _follows(issue, str(who)),
    "priorities": lambda issue, some: issue.route.priority.key in some,
    "types": lambda issue, some: issue.facts.type in some,
    "services": lambda issue, some: issue.facts.service in some,
    "clients": lambda issue, some: issue.facts.client in some,
    "paths": lambda issue, some: issue.route.path.name in some,
    "raised_from": lambda issue, at: issue.raised_at >= at,
    "raised_until": lambda issue, at: issue.raised_at <= at,
    "late": lambda issue, _: issue.clocks.late_since is not None,
    "private": lambda issue, _: issue.private,
    "bypass": lambda issue, _: wish(issue) is not None,
    "appeal": lambda issue, _: issue.care.appeal_waits,
    "update_late": lambda issue, _: issue.state in IN_WORK and issue.care.update_step >= 2,
    "untold": lambda issue, _: not _is_told(issue),
}
"""By the name of the field or property of the filter."""

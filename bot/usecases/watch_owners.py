"""Looking after issues whose owner is not there any more: left Slack, or on leave since they last did something."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.domain import handing
from bot.domain.ids import WorkspaceId
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.oncall.model import ChangeKind, OnCallChange
from bot.usecases.outside import DirectoryDown
from bot.usecases.ports import Store
from bot.usecases.record import record
from bot.usecases.rows import IssueFilter
from bot.usecases.services import Services

PAGE = 200
_MOMENT = timedelta(seconds=1)

_log = logging.getLogger(__name__)


async def watch_owners(services: Services, workspace: WorkspaceId) -> int:
    """Ask somebody else for every issue whose owner is gone. Returns how many there were.

    Cheap: owners are looked up once each, in what the directory remembers. While Slack cannot say who is there, only
    leave counts.
    """
    now = services.clock.now()
    issues, away = await services.transactions.read(lambda store: _in_work(store, workspace, now))
    left = await _left(services, workspace, issues)
    gone = [one for one in issues if one.owner in left or _is_away(one, away)]
    for one in gone:
        why = "left" if one.owner in left else "away"
        await services.transactions.run(partial(_gone, seen=one, away=away, why=why, now=now))
    if gone:
        services.bell.ring()
    return len(gone)


def _in_work(
    store: Store, workspace: WorkspaceId, now: datetime
) -> tuple[list[Issue], tuple[OnCallChange, ...]]:
    """Every issue that somebody has, and who is on leave now."""
    found: list[Issue] = []
    while True:
        which = IssueFilter(states=(State.ACKNOWLEDGED,), limit=PAGE, offset=len(found))
        page = store.issues.find(workspace, which)
        found.extend(page)
        if len(page) < PAGE:
            break
    changes = store.oncall.between(workspace, now, now + _MOMENT)
    away = [one for one in changes if one.kind is ChangeKind.AWAY and one.schedule is None]
    return found, tuple(one for one in away if one.start <= now < one.end)


async def _left(services: Services, workspace: WorkspaceId, issues: Sequence[Issue]) -> frozenset[str]:
    """The owners who have left Slack, as far as it says."""
    left: set[str] = set()
    for owner in dict.fromkeys(one.owner for one in issues if one.owner):
        try:
            person = await services.directory.person(workspace, owner)
        except DirectoryDown as down:
            _log.warning("owners were not looked up: %s", down, extra={"action": "owners"})
            break
        if person is not None and person.deactivated:
            left.add(owner)
    return frozenset(left)


def _is_away(issue: Issue, away: Sequence[OnCallChange]) -> bool:
    """Who did something on it since their leave began is there."""
    active = max(at for at in (issue.acknowledged_at, issue.care.active_at, issue.raised_at) if at)
    theirs = (one for one in away if one.person == issue.owner)
    return any(one.start > active for one in theirs)


def _gone(store: Store, seen: Issue, away: Sequence[OnCallChange], why: str, now: datetime) -> None:
    """Under the lock, and only if they still have it and did nothing on it since."""
    issue = store.issues.get(seen.ref, lock=True)
    if issue is None or seen.owner is None or (why == "away" and not _is_away(issue, away)):
        return
    record(store, issue, handing.owner_gone(issue, seen.owner, why, now), now)

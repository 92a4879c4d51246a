"""Looking after issues whose owner is not there any more: left Slack, or on leave since they last did something."""

import logging
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.domain import asking, handing
from bot.domain.ids import WorkspaceId
from bot.domain.issue import Issue, Target
from bot.domain.lifecycle import State
from bot.domain.oncall.model import OnCallChange
from bot.usecases.find_people import find_people
from bot.usecases.on_leave import on_leave
from bot.usecases.outside import DirectoryDown
from bot.usecases.ports import Store
from bot.usecases.record import record
from bot.usecases.rows import IssueFilter
from bot.usecases.services import Services

PAGE = 200

_log = logging.getLogger(__name__)


async def watch_owners(services: Services, workspace: WorkspaceId) -> int:
    """Ask somebody else for every issue whose owner is gone, once. Returns how many there were.

    Cheap: owners are looked up once each, in what the directory remembers. While Slack cannot say who is there, only
    leave counts.
    """
    now = services.clock.now()
    issues, away = await services.transactions.read(lambda store: _in_work(store, workspace, now))
    left = await _left(services, workspace, issues)
    gone = [one for one in issues if one.owner in left or _is_away(one, away)]
    for one in gone:
        why = "left" if one.owner in left else "away"
        follows = await _follows(services, one)
        await services.transactions.run(
            partial(_gone, seen=one, away=away, why=why, follows=follows, now=now)
        )
    if gone:
        services.bell.ring()
    return len(gone)


def _in_work(
    store: Store, workspace: WorkspaceId, now: datetime
) -> tuple[list[Issue], tuple[OnCallChange, ...]]:
    """Every issue that somebody has who is there, as far as known; and the leave of those who are on leave now."""
    found: list[Issue] = []
    while True:
        which = IssueFilter(states=(State.ACKNOWLEDGED,), limit=PAGE, offset=len(found))
        page = store.issues.find(workspace, which)
        found.extend(page)
        if len(page) < PAGE:
            break
    return [one for one in found if one.gone is None], on_leave(store, workspace, now)


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
    theirs = (one.start for one in away if one.person == issue.owner)
    return any(asking.on_leave(issue, since) for since in theirs)


async def _follows(services: Services, issue: Issue) -> tuple[Target, ...]:
    """Who follows its owner on call, where somebody is asked already; a place of its own looks them up by itself.

    Nobody while Slack cannot say: those who are asked are asked anyway."""
    schedule = handing.schedule_of(issue, issue.owner or "") if issue.asking else None
    if schedule is None:
        return ()
    try:
        (found,) = await find_people(services, issue.ref.workspace, [schedule])
    except DirectoryDown as down:
        _log.warning("who follows on call was not looked up: %s", down, extra={"action": "owners"})
        return ()
    return found.targets


def _gone(
    store: Store,
    seen: Issue,
    away: Sequence[OnCallChange],
    why: str,
    follows: Sequence[Target],
    now: datetime,
) -> None:
    """Under the lock, and only if they still have it and did nothing on it since."""
    issue = store.issues.get(seen.ref, lock=True)
    if issue is None or seen.owner is None or (why == "away" and not _is_away(issue, away)):
        return
    record(store, issue, handing.owner_gone(issue, seen.owner, why, now, follows), now)

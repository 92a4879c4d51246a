"""What keeps the store small and honest: old inbound keys go, missing timers come back."""

import logging
from datetime import timedelta
from functools import partial

from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.timers import Timer, plan
from bot.usecases.ports import IssueFilter, Store
from bot.usecases.services import Services

INBOUND_KEPT = timedelta(days=7)
AUDIT_PAGE = 200
UNFINISHED = (State.OPEN, State.ACKNOWLEDGED, State.RESOLVED)

_log = logging.getLogger(__name__)


async def forget_old(services: Services) -> int:
    """Inbound keys are kept a week; Slack repeats for minutes."""
    then = services.clock.now() - INBOUND_KEPT
    return await services.transactions.run(lambda store: store.inbound.forget_before(then))


async def audit(services: Services, workspace: WorkspaceId) -> int:
    """Set every timer again that an unfinished issue should have and has not.

    Returns how many were missing. Each is a bug report, and is logged as an error.
    """
    mended = 0
    offset = 0
    while page := await services.transactions.read(partial(_page, workspace=workspace, offset=offset)):
        for ref in (ref for ref, missing in page if missing):
            mended += await services.transactions.run(partial(_mend, ref=ref))
        offset += len(page)
    if mended:
        _log.error("audit: %d timers were missing and are set again", mended, extra={"action": "audit"})
        services.bell.ring()
    return mended


def _page(store: Store, workspace: WorkspaceId, offset: int) -> list[tuple[IssueRef, bool]]:
    which = IssueFilter(states=UNFINISHED, limit=AUDIT_PAGE, offset=offset)
    return [(issue.ref, bool(_missing(store, issue))) for issue in store.issues.find(workspace, which)]


def _mend(store: Store, ref: IssueRef) -> int:
    issue = store.issues.get(ref, lock=True)
    missing = _missing(store, issue) if issue is not None else []
    store.timers.set(ref, missing)
    return len(missing)


def _missing(store: Store, issue: Issue) -> list[Timer]:
    there = {(one.epoch, one.kind, one.n) for one in store.timers.of(issue.ref)}
    return [one for one in plan(issue) if (one.epoch, one.kind, one.n) not in there]

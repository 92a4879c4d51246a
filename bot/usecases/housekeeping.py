"""What keeps the store small and honest: old inbound keys go, missing timers come back."""

import logging
from datetime import timedelta

from bot.domain.ids import WorkspaceId
from bot.domain.lifecycle import State
from bot.domain.timers import plan
from bot.usecases.ports import IssueFilter, Store
from bot.usecases.services import Services

INBOUND_KEPT = timedelta(days=7)
AUDIT_PAGE = 200

_log = logging.getLogger(__name__)


async def forget_old(services: Services) -> int:
    """Inbound keys are kept a week; Slack repeats for minutes."""
    then = services.clock.now() - INBOUND_KEPT
    return await services.transactions.run(lambda store: store.inbound.forget_before(then))


async def audit(services: Services, workspace: WorkspaceId) -> int:
    """Set every timer again that an unfinished issue should have and has not. Returns how many; each is a bug report."""

    def unit(store: Store) -> int:
        mended = 0
        offset = 0
        while page := store.issues.find(workspace, _unfinished(offset)):
            for found in page:
                issue = store.issues.get(found.ref, lock=True)
                if issue is None:
                    continue
                there = {(one.epoch, one.kind, one.n) for one in store.timers.of(issue.ref)}
                missing = [one for one in plan(issue) if (one.epoch, one.kind, one.n) not in there]
                if missing:
                    store.timers.set(issue.ref, missing)
                    mended += len(missing)
            offset += len(page)
        return mended

    mended = await services.transactions.run(unit)
    if mended:
        _log.error("audit: %d timers were missing and are set again", mended, extra={"action": "audit"})
        services.bell.ring()
    return mended


def _unfinished(offset: int) -> IssueFilter:
    return IssueFilter(
        states=(State.OPEN, State.ACKNOWLEDGED, State.RESOLVED), limit=AUDIT_PAGE, offset=offset
    )

"""What keeps the store small and honest: what is old and of no use goes, missing timers come back."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.outlived import INBOUND_KEPT, Old, old_at
from bot.domain.timers import Timer, plan
from bot.usecases.drafts import KEPT as DRAFTS_KEPT
from bot.usecases.ports import Store
from bot.usecases.rows import IssueFilter
from bot.usecases.services import Services

AT_ONCE = 500
"""Rows deleted in one transaction: whoever waits to write waits for no more."""
MOST_AT_A_TIME = 100
"""Transactions in one go; the rest is for the next hour."""
AUDIT_PAGE = 200
UNFINISHED = (State.OPEN, State.ACKNOWLEDGED, State.RESOLVED)

_log = logging.getLogger(__name__)


async def forget_old(services: Services) -> int:
    """Inbound keys and drafts are kept a week, the pace of a place while it matters. Returns how many keys went."""
    now = services.clock.now()
    services.pace.forget_before(now)
    then = now - INBOUND_KEPT
    old_drafts = now - DRAFTS_KEPT
    await services.transactions.run(lambda store: store.drafts.forget_before(old_drafts))
    gone = 0
    for _ in range(MOST_AT_A_TIME):
        some = await services.transactions.run(lambda store: store.inbound.forget_before(then, AT_ONCE))
        gone += some
        if some < AT_ONCE:
            break
    return gone


async def forget_messages(services: Services) -> int:
    """Rows by which messages were sent are kept as `bot.domain.outlived` says. Returns how many went.

    They are looked for without holding anybody up, and deleted a few at a time."""
    old, after, gone = old_at(services.clock.now()), 0, 0
    for _ in range(MOST_AT_A_TIME):
        find = partial(_outlived, old=old, after=after)
        ids = await services.transactions.read(find)
        if not ids:
            break
        gone += await services.transactions.run(partial(_remove, ids=ids))
        after = ids[-1]
    return gone


def _outlived(store: Store, old: Old, after: int) -> list[int]:
    return store.outbox.outlived(old, after, AT_ONCE)


def _remove(store: Store, ids: Sequence[int]) -> int:
    return store.outbox.remove(ids)


@dataclass(frozen=True, slots=True)
class _Seen:
    ref: IssueRef
    missing: bool


async def audit(services: Services, workspace: WorkspaceId) -> int:
    """Look at every unfinished issue; set timers again that it should have and has not: each is a bug report.

    Returns how many were missing."""
    mended = 0
    offset = 0
    while page := await services.transactions.read(partial(_page, workspace=workspace, offset=offset)):
        for seen in page:
            mended += await services.transactions.run(partial(_mend, ref=seen.ref)) if seen.missing else 0
        offset += len(page)
    if mended:
        _log.error("audit: %d timers were missing and are set again", mended, extra={"action": "audit"})
        services.bell.ring()
    return mended


def _page(store: Store, workspace: WorkspaceId, offset: int) -> list[_Seen]:
    which = IssueFilter(states=UNFINISHED, limit=AUDIT_PAGE, offset=offset)
    found = store.issues.find(workspace, which)
    return [_Seen(one.ref, bool(_missing(store, one))) for one in found]


def _mend(store: Store, ref: IssueRef) -> int:
    issue = store.issues.get(ref, lock=True)
    missing = _missing(store, issue) if issue is not None else []
    store.timers.set(ref, missing)
    return len(missing)


def _missing(store: Store, issue: Issue) -> list[Timer]:
    there = {(one.epoch, one.kind, one.n) for one in store.timers.of(issue.ref)}
    return [one for one in plan(issue) if (one.epoch, one.kind, one.n) not in there]

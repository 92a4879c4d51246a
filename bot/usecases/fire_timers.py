"""Due timers take effect: looked up without a lock, fired under the lock, each exactly once."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby

from bot.domain.contacts import Contact
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Change, Issue
from bot.domain.timers import WHOLE_LIFE, TimerKind, plan
from bot.usecases.find_people import find_people
from bot.usecases.outside import DirectoryDown
from bot.usecases.ports import NotSaved, OutcomeUnknown, Store
from bot.usecases.record import record
from bot.usecases.rows import DueTimer, Resolved
from bot.usecases.services import Services
from bot.usecases.timer_effects import EFFECTS, LOOKS_UP, ORDER, Effect, LookedUp, contacts_needed

LOOK_UP_TIME = timedelta(seconds=12)
"""How long the other timers wait for the directory: a little more than one slow call."""
POISON_RETRY = timedelta(minutes=1)
"""How soon an issue whose timers failed is tried again."""

_log = logging.getLogger(__name__)


async def fire_due(services: Services, batch: int) -> int:
    """Fire up to `batch` due timers, earliest first. Returns how many were found; fewer than `batch` = none is left.

    A unit holds the whole batch; when it fails, each issue is tried alone, so that one poisoned issue harms nobody.
    """
    now = services.clock.now()
    due = await services.transactions.read(lambda store: store.timers.due(now, batch))
    if not due:
        return 0
    looked = await _look_up(services, due)
    if not await _attempt(services, due, looked, now):
        await _one_by_one(services, due, looked, now)
    services.bell.ring()
    return len(due)


async def _one_by_one(services: Services, due: Sequence[DueTimer], looked: LookedUp, now: datetime) -> None:
    """Each issue alone; the culprit's timers wait, and are tried again."""
    for _, some in _by_issue(due):
        if not await _attempt(services, some, looked, now):
            await services.transactions.run(partial(_postpone, timers=some, until=now + POISON_RETRY))


async def _attempt(services: Services, due: Sequence[DueTimer], looked: LookedUp, now: datetime) -> bool:
    """Fire these in one unit. False when it failed, whatever the reason was: it is in the log."""
    try:
        await services.transactions.run(partial(_fire, due=due, looked=looked, now=now))
    except (NotSaved, OutcomeUnknown):
        raise
    except Exception:  # a flaw in one issue must not stop the timers of all others
        names = ", ".join(str(ref) for ref in dict.fromkeys(timer.ref for timer in due))
        _log.exception("timers failed: %s", names, extra={"action": "timers"})
        return False
    return True


def _postpone(store: Store, timers: Sequence[DueTimer], until: datetime) -> None:
    for timer in timers:
        store.timers.postpone(timer, until)


def _by_issue(due: Sequence[DueTimer]) -> list[tuple[IssueRef, list[DueTimer]]]:
    ordered = sorted(due, key=lambda timer: (timer.ref, timer.due_at, ORDER[timer.kind]))
    return [(ref, list(some)) for ref, some in groupby(ordered, key=lambda timer: timer.ref)]


def _fire(store: Store, due: Sequence[DueTimer], looked: LookedUp, now: datetime) -> None:
    grouped = dict(_by_issue(due))
    for issue in store.issues.lock_many(sorted(grouped)):
        current = issue
        for timer in grouped[issue.ref]:
            effect = _effect(current, timer, looked, now)
            if isinstance(effect, timedelta):
                store.timers.postpone(timer, now + effect)
            elif store.timers.take(timer):
                current = record(store, current, effect, now, timer)


def _effect(issue: Issue, timer: DueTimer, looked: LookedUp, now: datetime) -> Effect:
    """Nothing for a timer of an older epoch, nor for one the issue has no use for any more."""
    if timer.epoch not in (issue.epoch, WHOLE_LIFE):
        return Change(issue, ())
    if timer.epoch == WHOLE_LIFE:
        key = (timer.kind, timer.epoch, timer.n)
        planned = next((one for one in plan(issue) if (one.kind, one.epoch, one.n) == key), None)
        if planned is None:
            return Change(issue, ())
        if planned.due_at > now:
            return planned.due_at - now
    return EFFECTS[timer.kind](issue, timer, looked, now)


async def _look_up(services: Services, due: Sequence[DueTimer]) -> LookedUp:
    """Whom the contacts of issues that are about to ask or tell stand for now. What cannot be looked up is missing."""
    kinds: dict[IssueRef, set[TimerKind]] = {}
    for timer in due:
        if timer.kind in LOOKS_UP:
            kinds.setdefault(timer.ref, set()).add(timer.kind)
    if not kinds:
        return {}
    issues = await services.transactions.read(lambda store: store.issues.get_many(list(kinds)))
    wanted: dict[WorkspaceId, list[Contact]] = {}
    for issue in issues:
        for kind in kinds[issue.ref]:
            wanted.setdefault(issue.ref.workspace, []).extend(contacts_needed(issue, kind))
    lookups = [
        _look_up_one(services, workspace, contact)
        for workspace, contacts in wanted.items()
        for contact in dict.fromkeys(contacts)
    ]
    found = await asyncio.gather(*lookups)
    return {key: resolved for one in found for key, resolved in one.items()}


async def _look_up_one(
    services: Services, workspace: WorkspaceId, contact: Contact
) -> dict[tuple[WorkspaceId, Contact], Resolved]:
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            resolved = await find_people(services, workspace, [contact])
    except (DirectoryDown, TimeoutError) as error:
        _log.warning("a %s contact was not looked up: %s", contact.kind, error, extra={"action": "look_up"})
        return {}
    return {(workspace, one.contact): one for one in resolved}

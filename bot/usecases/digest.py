"""What is open and late: told to the escalation manager each morning, and shown to them when they ask.

Looked at every minute. That it was told is kept by the day in the transaction that makes the messages: neither a
restart, nor a second replica, nor another manager coming on call says it twice.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.errors import NotAllowed
from bot.domain.ids import WorkspaceId
from bot.domain.issue import Issue, Target, TargetKind
from bot.domain.lifecycle import IN_WORK, State
from bot.domain.notices import place
from bot.domain.notification import Notice, NoticeKind, Rank
from bot.domain.wall_clock import instant, wall_clock
from bot.domain.wording import digest as wording
from bot.usecases.find_people import find_people
from bot.usecases.home import OVERSEEN
from bot.usecases.outside import DirectoryDown
from bot.usecases.ports import Store
from bot.usecases.rows import IssueFilter, Order, Viewer
from bot.usecases.services import Services
from bot.usecases.viewers import onlooker

TOLD_AT = time(8, 30)
"""Local time of the workspace."""
NOT_AFTER = timedelta(hours=4)
"""What could not be told by then, is told tomorrow."""
SHOWN = 5
"""Issues of each list; the rest is counted."""
COUNTED: Mapping[str, IssueFilter] = {
    "open": IssueFilter(states=(State.OPEN,)),
    "work": IssueFilter(states=(State.ACKNOWLEDGED,)),
}
LISTS: Mapping[str, IssueFilter] = {
    "unanswered": IssueFilter(unanswered=True),
    "late": IssueFilter(states=IN_WORK, late=True),
    "ownerless": IssueFilter(ownerless=True),
    "waiting": IssueFilter(waiting=True),
}
"""By the names of `wording.digest.TITLES`."""
DECISIONS: Mapping[str, IssueFilter] = {name: OVERSEEN[name] for name in wording.DECISIONS}
"""What waits for the manager's word: counted only, Home has the buttons."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Digest:
    """`counts` by name; `lists` hold the most urgent of each, an issue only in the first that has it."""

    counts: Mapping[str, int]
    lists: Mapping[str, tuple[Issue, ...]]


async def tell_digest(services: Services, workspace: WorkspaceId) -> bool:
    """Tell it when the time has come, once a day. True when it was told just now."""
    published = services.matrix.current(workspace)
    now = services.clock.now()
    if published is None:
        return False
    rules = published.matrix.workspace
    day = due_day(now, ZoneInfo(rules.timezone))
    if day is None or await services.transactions.read(partial(_told, workspace=workspace, day=day)):
        return False
    try:
        (found,) = await find_people(services, workspace, [rules.escalation_manager])
    except DirectoryDown as down:
        _log.warning("the digest was put off: %s", down, extra={"action": "digest"})
        return False
    to = found.targets or (place(rules.catch_all),)

    def unit(store: Store) -> bool:
        if _told(store, workspace, day):
            return False
        store.inbound.remember(workspace, _key(day), "told", now)
        notices = [_notice(read_digest(store, workspace, _viewer(one)), one, day) for one in to]
        store.outbox.put(workspace, None, notices, now)
        return True

    told = await services.transactions.run(unit)
    services.bell.ring()
    return told


async def digest_now(services: Services, workspace: WorkspaceId, user: str) -> Digest:
    """The same for a manager who asks. Raises NotAllowed for others."""
    who = await onlooker(services, workspace, user)
    if not who.manager:
        raise NotAllowed("Only the escalation manager reads the digest. list shows everybody what is open.")
    return await services.transactions.read(lambda store: read_digest(store, workspace, who.viewer))


def due_day(now: datetime, zone: ZoneInfo) -> str | None:
    """The day (``2026-03-02``) whose digest is due at this moment; None outside of its hours. Pure."""
    today = wall_clock(now, zone).date()
    begin = instant(datetime.combine(today, TOLD_AT), zone)
    return today.isoformat() if begin <= now < begin + NOT_AFTER else None


def read_digest(store: Store, workspace: WorkspaceId, viewer: Viewer) -> Digest:
    """As things stand, as far as this reader may see them."""
    every = {
        name: replace(which, viewer=viewer, order=Order.URGENT)
        for name, which in {**COUNTED, **LISTS, **DECISIONS}.items()
    }
    counts = {name: store.issues.count(workspace, which) for name, which in every.items()}
    lists: dict[str, tuple[Issue, ...]] = {}
    above: set[int] = set()
    for name in LISTS:
        found = store.issues.find(workspace, replace(every[name], limit=SHOWN)) if counts[name] else []
        lists[name] = tuple(one for one in found if one.number not in above)
        above |= {one.number for one in found}
    return Digest(counts, lists)


def _told(store: Store, workspace: WorkspaceId, day: str) -> bool:
    return store.inbound.answer(workspace, _key(day)) is not None


def _key(day: str) -> str:
    return f"digest:{day}"


def _viewer(to: Target) -> Viewer:
    """A channel has many readers: it is told of what everybody may see."""
    return Viewer(to.id, sees_all=to.kind is TargetKind.USER)


def _notice(digest: Digest, to: Target, day: str) -> Notice:
    numbers = [str(issue.number) for issues in digest.lists.values() for issue in issues]
    args: dict[str, str | int] = {"issues": ",".join(numbers)}
    args |= {f"count_{name}": many for name, many in digest.counts.items()}
    args |= {f"list_{name}": ",".join(str(one.number) for one in some) for name, some in digest.lists.items()}
    key = f"{_key(day)}:{to.id}"
    return Notice(NoticeKind.DIGEST, key, to, key, Rank.LOG, args=args)

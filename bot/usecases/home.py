"""The Home tab of one person: what waits for them, what is theirs, and what their role oversees.

Who they are is looked up first; then everything is read in one go, a page of each list and how many there are in all.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.ids import WorkspaceId
from bot.domain.issue import Issue
from bot.domain.lifecycle import IN_WORK, State
from bot.domain.matrix.flaw import Severity
from bot.domain.matrix.model import Priority
from bot.domain.notification import NoticeKind
from bot.usecases.check_matrix import flaws_now
from bot.usecases.oncall_views import Duty, duties
from bot.usecases.outside import DirectoryDown
from bot.usecases.ports import Store
from bot.usecases.rows import IssueFilter, Letter, Order, OutboxRow
from bot.usecases.services import Services
from bot.usecases.viewers import Onlooker, onlooker

LOOK_UP_TIME = timedelta(seconds=2)
"""What takes longer is left out: the rest of the tab does not wait for it."""
OWN_PAGE = 4
MANAGER_PAGE = 3
"""Rows of each list at a time: all lists of a manager together stay below the hundred blocks of a view."""
ERRORS_SHOWN = 5
UNFINISHED = (*IN_WORK, State.RESOLVED)


@dataclass(frozen=True, slots=True)
class Part:
    """A page of one list, from `start` on, at most `size`, and how many there are in all."""

    name: str
    issues: tuple[Issue, ...]
    total: int
    start: int = 0
    size: int = OWN_PAGE


@dataclass(frozen=True, slots=True)
class Health:
    """What the check of the matrix in force finds: things that will hurt, and things to know."""

    serious: int
    notes: int


@dataclass(frozen=True, slots=True)
class Home:
    """Everything the tab shows. `overseen` is empty but for managers; `health` and `undelivered` are for admins.

    `by_priority` counts what is open or in work, as far as the reader may see it; the most urgent first."""

    who: Onlooker
    own: tuple[Part, ...]
    overseen: tuple[Part, ...] = ()
    by_priority: tuple[tuple[Priority, int], ...] = ()
    duties: tuple[Duty, ...] = ()
    health: Health | None = None
    undelivered: tuple[OutboxRow, ...] = ()


async def with_home(services: Services, letter: Letter) -> Letter:
    """The letter of a Home tab with ``home`` in its extra; any other letter as it is."""
    notice = letter.row.notice
    if notice.kind is not NoticeKind.HOME:
        return letter
    workspace, user = letter.row.workspace, notice.text("user")
    who = await onlooker(services, workspace, user)
    on_call, health = await asyncio.gather(
        _duties(services, workspace, user), _health(services, workspace, who)
    )
    published = services.matrix.current(workspace)
    known = published.matrix.priorities if published is not None else ()
    home = await services.transactions.read(
        lambda store: read_home(store, workspace, who, read_pages(notice.text("pages")), known)
    )
    home = replace(home, duties=on_call, health=health)
    return replace(letter, extra={**(letter.extra or {}), "home": home})


def read_home(
    store: Store,
    workspace: WorkspaceId,
    who: Onlooker,
    pages: Mapping[str, int],
    priorities: Sequence[Priority],
) -> Home:
    """One reading. `pages` says where a list goes on, by its name; `priorities` are those of the matrix in force."""
    everything = IssueFilter(states=IN_WORK, viewer=who.viewer)

    def part(name: str, which: IssueFilter, size: int) -> Part:
        which = replace(which, viewer=who.viewer, order=Order.URGENT, limit=size)
        total = store.issues.count(workspace, which)
        start = max(0, min(pages.get(name, 0), (total - 1) // size * size))
        found = store.issues.find(workspace, replace(which, offset=start)) if total else []
        return Part(name, tuple(found), total, start, size)

    own = tuple(part(name, which, OWN_PAGE) for name, which in own_lists(who.user).items())
    overseen = (
        tuple(part(name, which, MANAGER_PAGE) for name, which in OVERSEEN.items()) if who.manager else ()
    )
    return Home(
        who,
        own,
        overseen,
        _titled(store.issues.tally(workspace, everything), priorities),
        undelivered=tuple(store.outbox.dead(workspace, ERRORS_SHOWN)) if who.admin else (),
    )


def own_lists(user: str) -> Mapping[str, IssueFilter]:
    """The lists that everybody has, by name."""
    return {
        "waiting": IssueFilter(states=IN_WORK, asked=user),
        "owned": IssueFilter(states=IN_WORK, owner=user),
        "raised": IssueFilter(states=UNFINISHED, raiser=user),
        "follows": IssueFilter(states=UNFINISHED, follows=user),
    }


OVERSEEN: Mapping[str, IssueFilter] = {
    "bypass": IssueFilter(bypass=True),
    "appeal": IssueFilter(appeal=True),
    "unanswered": IssueFilter(unanswered=True),
    "ownerless": IssueFilter(ownerless=True),
    "late": IssueFilter(states=IN_WORK, late=True),
    "update_late": IssueFilter(states=IN_WORK, update_late=True),
}
"""What the escalation manager oversees, by name: what waits for their word first."""


def write_pages(pages: Mapping[str, int]) -> str:
    """``late=3,raised=4``: where lists go on that do not show their first page."""
    return ",".join(f"{name}={start}" for name, start in sorted(pages.items()) if start)


def read_pages(text: str) -> dict[str, int]:
    """The inverse of `write_pages`; what is not of that form is left out."""
    pairs = (one.partition("=") for one in text.split(","))
    return {name: int(start) for name, _, start in pairs if start.isdecimal() and len(start) < 10}


def _titled(tally: Mapping[str, int], priorities: Sequence[Priority]) -> tuple[tuple[Priority, int], ...]:
    """With the title each has now; a priority that the matrix no longer has is called by its key."""
    known = {one.key: one for one in priorities}
    return tuple((known.get(key) or Priority(key, key, len(known)), many) for key, many in tally.items())


async def _duties(services: Services, workspace: WorkspaceId, user: str) -> tuple[Duty, ...]:
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            return await duties(services, workspace, user)
    except (DirectoryDown, TimeoutError):
        return ()


async def _health(services: Services, workspace: WorkspaceId, who: Onlooker) -> Health | None:
    published = services.matrix.current(workspace)
    if published is None or not who.admin:
        return None
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            flaws = await flaws_now(services, workspace, published.matrix)
    except TimeoutError:
        return None
    notes = sum(one.severity is Severity.NOTE for one in flaws)
    return Health(len(flaws) - notes, notes)

"""Many messages to one place at once become few: which of those that are due go out together.

Slack takes about one message a second per place. Two hundred pings to one person, one by one, would take so long that
the last level timer ends before its ping is there. Nothing is decided here about what a bundle says: only who is in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.ids import WorkspaceId
from bot.domain.issue import Target
from bot.domain.notification import Notice, NoticeKind, Op, Rank
from bot.domain.prompting import PINGS

FEW = 3
"""So many to one place go out one by one: in normal life nobody ever reads a bundle."""
MOST = 16
"""Issues in one bundle: each keeps buttons of its own, and all its text is read out whole."""
TELLING = frozenset({NoticeKind.REQUESTER, NoticeKind.OWNER, NoticeKind.INFORM, NoticeKind.WATCHER})
"""Messages that only tell something about an issue."""
_OWN_MESSAGE = ("buttons", "copy", "not_for")
"""What asks something else, is there to be copied, or is not for everybody keeps a message of its own."""


@dataclass(frozen=True, slots=True)
class Due:
    """A message that may go now. `alone` = it must not be put together with others."""

    id: int
    workspace: WorkspaceId
    issue: int | None
    notice: Notice
    alone: bool = False


Group = tuple[WorkspaceId, Target, bool]
"""Messages of one group may share a bundle: same place, and either all ask or all tell."""


def asks(notice: Notice) -> bool:
    """Whether it waits for somebody's answer, and is kept true afterwards."""
    return notice.kind in PINGS


def plan(due: Sequence[Due]) -> list[tuple[Due, ...]]:
    """What goes out together: each of `due` in exactly one, those of one alone or more than FEW and at most MOST.

    The order is kept within a bundle, and bundles go by their first."""
    groups: dict[Group | int, list[Due]] = {}
    for one in due:
        group = _group(one)
        groups.setdefault(one.id if group is None else group, []).append(one)
    found = [part for group in groups.values() for part in _parts(group)]
    place = {one.id: n for n, one in enumerate(due)}
    return sorted(found, key=lambda part: place[part[0].id])


def bundle(parts: Sequence[Due], key: str) -> Notice:
    """The message that goes out for all of them."""
    first = parts[0].notice
    rank = Rank.PING if asks(first) else Rank.REQUESTER
    rows = " ".join(str(one.id) for one in parts)
    return Notice(NoticeKind.BUNDLE, key, first.to, key, rank, args={"rows": rows})


def rows_of(notice: Notice) -> list[int]:
    """The rows a bundle goes out for, in order."""
    return [int(one) for one in notice.text("rows").split()]


def _group(one: Due) -> Group | None:
    notice = one.notice
    if one.alone or one.issue is None or notice.op is Op.EDIT:
        return None
    if not asks(notice) and (notice.kind not in TELLING or any(notice.text(name) for name in _OWN_MESSAGE)):
        return None
    return one.workspace, notice.to, asks(notice)


def _parts(group: Sequence[Due]) -> Iterator[tuple[Due, ...]]:
    """Few one by one; many in as few bundles as can be, of about the same size."""
    if len(group) <= FEW:
        yield from ((one,) for one in group)
        return
    bundles = -(-len(group) // MOST)
    for n in range(bundles):
        yield tuple(group[len(group) * n // bundles : len(group) * (n + 1) // bundles])

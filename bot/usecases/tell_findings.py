"""The nightly check of the matrix in force: what is wrong with a path is told to who keeps it current."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.contacts import Contact, ContactKind
from bot.domain.ids import WorkspaceId
from bot.domain.matrix.flaw import Flaw, Severity, Where
from bot.domain.matrix.model import Matrix, Path
from bot.domain.matrix.parts import part_of
from bot.domain.notices import place
from bot.domain.notification import Notice, NoticeKind, Rank
from bot.domain.words import say
from bot.usecases.check_matrix import flaws_now
from bot.usecases.matrix_rights import contacts_of
from bot.usecases.services import Services

WORK_BEGINS = 9
"""The local hour of the workspace from which the findings of the night are told."""
MOST_TOLD = 10
"""Findings in one message; the rest is counted."""


async def tell_findings(services: Services, workspace: WorkspaceId) -> int:
    """Check the matrix in force and tell the owners. The same findings are told again each week, new ones at once.

    Returns how many messages are due now, sent before or not. Does nothing before work begins.
    """
    published = services.matrix.current(workspace)
    now = services.clock.now()
    if published is None:
        return 0
    local = now.astimezone(ZoneInfo(published.matrix.workspace.timezone))
    if local.hour < WORK_BEGINS:
        return 0
    found = await flaws_now(services, workspace, published.matrix)
    serious = [one for one in found if one.severity is not Severity.NOTE]
    notices = list(_notices(published.matrix, serious, local.date()))
    if notices:
        await services.transactions.run(lambda store: store.outbox.put(workspace, None, notices, now))
        services.bell.ring()
    return len(notices)


def _notices(matrix: Matrix, flaws: Sequence[Flaw], today: date) -> Iterator[Notice]:
    by_owner: dict[Contact, list[Flaw]] = {}
    for flaw in flaws:
        by_owner.setdefault(_owner(matrix, flaw.where), []).append(flaw)
    for owner, some in by_owner.items():
        lines = {_line(matrix, flaw) for flaw in some}
        yield _notice(owner, sorted(lines), _mark(some), today)


def _line(matrix: Matrix, flaw: Flaw) -> str:
    part = part_of(matrix, flaw.where)
    return f"{part}: {flaw.sentence}" if part else flaw.sentence


def _mark(flaws: Sequence[Flaw]) -> str:
    """The same for the same findings: what is wrong and where. Sentences have times, which move on with the day."""
    found = sorted({f"{flaw.rule}:{flaw.where}" for flaw in flaws})
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:16]


def _notice(owner: Contact, lines: Sequence[str], mark: str, today: date) -> Notice:
    week = today.isocalendar()
    key = f"check:{week.year}-{week.week}:{owner}:{mark}"
    many = "One thing" if len(lines) == 1 else f"{len(lines)} things"
    sentence = say(
        "{many} in the escalation matrix, which you keep current, will hurt when it is needed:", many=many
    )
    shown = [f"• {line}" for line in lines[:MOST_TOLD]]
    if len(lines) > MOST_TOLD:
        shown.append(f"and {len(lines) - MOST_TOLD} more: rung matrix check shows all.")
    args: dict[str, str | int] = {"sentence": sentence.dump(), "quote": "\n".join(shown)}
    return Notice(NoticeKind.PATH_OWNER, key, place(owner), key, Rank.LOG, args=args)


def _owner(matrix: Matrix, where: Where) -> Contact:
    """Who keeps this part current: the path's owner, that of the first path which asks the schedule, the manager."""
    manager = matrix.workspace.escalation_manager
    match where:
        case ("paths", int(index), *_):
            return matrix.paths[index].owner or manager
        case ("schedules", str(key), *_):
            asking = (path for path in matrix.paths if _asks(path, key))
            return next((path.owner for path in asking if path.owner), manager)
    return manager


def _asks(path: Path, key: str) -> bool:
    return Contact(ContactKind.ONCALL, key) in contacts_of(path)

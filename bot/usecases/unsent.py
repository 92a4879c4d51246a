"""Messages that have not gone out, for operators: see them, try dead ones again, give one up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.bundling import rows_of
from bot.domain.delivery import RowState
from bot.domain.errors import NotFound, Refused
from bot.domain.escalation import mark_unreachable
from bot.domain.events import Event, EventKind
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Change, Issue
from bot.domain.notification import NoticeKind, Op
from bot.domain.prompting import still_wanted
from bot.domain.text import clean_line
from bot.domain.wording.unsent import STANDS, what, whom
from bot.usecases.bundles import parts_of
from bot.usecases.ports import Store
from bot.usecases.record import record
from bot.usecases.rows import OutboxRow
from bot.usecases.services import Storing

MOST = 1000
"""So many rows of a kind are listed, and dead ones tried again at once."""
WHY_LIMIT = 300
CALLED_OFF = "cancelled by an operator"


@dataclass(frozen=True, slots=True)
class Unsent:
    """What has not gone out: dead rows, newest first; those on their way, oldest first."""

    dead: tuple[OutboxRow, ...]
    waiting: tuple[OutboxRow, ...]


async def list_unsent(office: Storing, workspace: WorkspaceId, limit: int = MOST) -> Unsent:
    """Both, at most `limit` of each."""
    return await office.transactions.read(
        lambda store: Unsent(
            tuple(store.outbox.dead(workspace, limit)), tuple(store.outbox.waiting(workspace, limit))
        )
    )


async def retry(office: Storing, workspace: WorkspaceId, row_id: int) -> OutboxRow:
    """Try one that failed for good once more. Raises NotFound, Refused."""
    now = office.clock.now()

    def unit(store: Store) -> OutboxRow:
        row = _row(store, workspace, row_id)
        if not _revived(store, row, now):
            raise Refused(
                f"Message {row.id} {STANDS[row.state]}. Only one that failed for good is tried anew."
            )
        return _row(store, workspace, row_id)

    row = await office.transactions.run(unit)
    office.bell.ring()
    return row


async def retry_all(office: Storing, workspace: WorkspaceId) -> Sequence[OutboxRow]:
    """Try all that failed for good once more; each in a transaction of its own. Returns them as they stand then."""
    now = office.clock.now()
    dead = await office.transactions.read(lambda store: store.outbox.dead(workspace, MOST))
    tried: list[OutboxRow] = []
    for one in reversed(dead):

        def unit(store: Store, row: OutboxRow = one) -> OutboxRow | None:
            return store.outbox.get(row.id) if _revived(store, row, now) else None

        row = await office.transactions.run(unit)
        tried += [row] if row is not None else []
    office.bell.ring()
    return tried


async def cancel(office: Storing, workspace: WorkspaceId, row_id: int, why: str) -> OutboxRow:
    """Give one up; of several messages in one, all of them. Each issue's timeline says so and why; who was to be asked
    counts as unreachable.

    Raises NotFound, Refused when it is being sent or over, or no reason is given."""
    now, why = office.clock.now(), clean_line(why, WHY_LIMIT)
    if not why:
        raise Refused("Please say why, with --reason: the issue's timeline shows it.")

    def unit(store: Store) -> OutboxRow:
        row = _row(store, workspace, row_id)
        rows = [row, *parts_of(store, row)]
        for one in sorted(rows, key=lambda each: each.issue or 0):
            _issue(store, one)
        if not store.outbox.call_off(row, f"{CALLED_OFF}: {why}"):
            raise Refused(_cannot(store, row))
        for part in rows[1:]:
            store.outbox.settle(part, RowState.CANCELLED, now=now, error=f"{CALLED_OFF}: {why}")
        for one in rows:
            _written_down(store, one, why, now)
        return _row(store, workspace, row_id)

    row = await office.transactions.run(unit)
    office.bell.ring()
    return row


def _row(store: Store, workspace: WorkspaceId, row_id: int) -> OutboxRow:
    row = store.outbox.get(row_id)
    if row is None or row.workspace != workspace:
        raise NotFound(f"There is no message {row_id}. rung outbox list shows those that have not gone out.")
    return row


def _issue(store: Store, row: OutboxRow) -> Issue | None:
    """Locked before the row is written, as everywhere."""
    return None if row.issue is None else store.issues.get(IssueRef(row.workspace, row.issue), lock=True)


def _revived(store: Store, row: OutboxRow, now: datetime) -> bool:
    _issue(store, row)
    return store.outbox.revive(row, now)


def _written_down(store: Store, row: OutboxRow, why: str, now: datetime) -> None:
    issue = _issue(store, row)
    if issue is not None:
        record(store, issue, _change(issue, row, why, now), now)


def _change(issue: Issue, row: OutboxRow, why: str, now: datetime) -> Change:
    to = row.notice.to
    data: dict[str, str | int] = {"what": what(row.notice), "to": whom(to), "why": why, "message": row.id}
    change = Change(issue.bump(), (Event(EventKind.CALLED_OFF, now, None, data),))
    never_asked = row.notice.kind is NoticeKind.PING and row.notice.op is Op.POST
    if never_asked and still_wanted(issue, row.notice):
        return change.then(mark_unreachable(change.issue, to, CALLED_OFF, now))
    return change


def _cannot(store: Store, row: OutboxRow) -> str:
    said = f"Message {row.id} {STANDS[row.state]}."
    whole = [one.id for one in store.outbox.waiting(row.workspace, MOST) if row.id in rows_of(one.notice)]
    if row.state is RowState.BUNDLED and whole:
        return f"{said} That is {whole[0]}: cancel it to give up all of them, or look again in a minute."
    if row.state in (RowState.CLAIMED, RowState.BUNDLED):
        return f"{said} Look again in a minute."
    return f"{said} There is nothing to cancel."

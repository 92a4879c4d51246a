"""The last look before sending: what the message needs from the present state, or that it is not wanted any more."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.events import EventKind
from bot.domain.ids import IssueRef
from bot.domain.notices import CARD_KEY
from bot.domain.notification import NoticeKind, Op
from bot.domain.prompting import still_wanted
from bot.domain.sight import masked, sees_as_named
from bot.domain.veil import veiled
from bot.usecases.bundles import read_bundle, read_shared
from bot.usecases.newest_ping import as_it_stands
from bot.usecases.ports import Store
from bot.usecases.rows import Letter, OutboxRow


def read_letter(store: Store, row: OutboxRow, now: datetime) -> Letter | None:
    """Everything needed to draw and send this row, as of now; None when it should not be sent any more."""
    if row.notice.kind is NoticeKind.HOME:
        return Letter(row, None, now)  # what it shows is read once it is known who looks
    if row.notice.kind is NoticeKind.BUNDLE:
        return read_bundle(store, row, now)
    if row.issue is None:
        return _free(store, row, now)
    ref = IssueRef(row.workspace, row.issue)
    issue = store.issues.get(ref)
    if issue is None or (row.notice.op is Op.POST and not still_wanted(issue, row.notice)):
        return None
    letter = Letter(row, issue, now)
    return _COMPLETE[row.notice.op](store, ref, letter)


def _free(store: Store, row: OutboxRow, now: datetime) -> Letter | None:
    """A message about no issue; what it shows is all in its notice. An edit of one that never arrived is not sent."""
    if row.notice.op is Op.POST:
        return Letter(row, None, now, extra=_named(store, row))
    message = store.free_messages.get(row.workspace, row.notice.key)
    return None if message is None else Letter(row, None, now, message=message)


def _named(store: Store, row: OutboxRow) -> Mapping[str, object] | None:
    """The issues that a message about none lists, as they stand now, in the order named."""
    numbers = [int(part) for part in row.notice.text("issues").split(",") if part]
    found = store.issues.get_many([IssueRef(row.workspace, number) for number in numbers])
    reader = row.notice.to.id
    for_manager = row.notice.kind is NoticeKind.DIGEST  # it lists what its reader may see
    shown = [
        one if for_manager else veiled(one, reader) if sees_as_named(one, reader) else masked(one)
        for one in found
    ]
    return {"issues": sorted(shown, key=lambda one: numbers.index(one.number))} if numbers else None


def _post(store: Store, ref: IssueRef, letter: Letter) -> Letter | None:
    kind = letter.row.notice.kind
    if kind in (NoticeKind.LOG, NoticeKind.MENTION):
        card = store.messages.get(ref, CARD_KEY)
        return None if card is None else Letter(letter.row, letter.issue, letter.now, thread=card)
    if kind is NoticeKind.DETAILS:
        notes = letter.row.notice.args.get("notes")
        told = (one for one in store.timeline.of(ref) if notes or one.kind is not EventKind.NOTED)
        return Letter(letter.row, letter.issue, letter.now, timeline=tuple(told))
    return letter


def _edit(store: Store, ref: IssueRef, letter: Letter) -> Letter | None:
    message = store.messages.get(ref, letter.row.notice.key)
    if message is None or letter.issue is None or message.version >= letter.issue.version:
        return None
    notice = as_it_stands(store, letter.issue, message, letter.row.notice)
    return read_shared(store, replace(letter, row=replace(letter.row, notice=notice)), message)


_COMPLETE: dict[Op, Callable[[Store, IssueRef, Letter], Letter | None]] = {Op.POST: _post, Op.EDIT: _edit}

"""Bundles: many messages to one place go out as one row of their own, and what becomes of it becomes of each of them.

The rows that a bundle goes out for stand "bundled" in their lanes until it has ended, so that nothing overtakes them. A
bundle is made in the transaction that claims them, and ended in one transaction with them: no kill comes between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain import bundling
from bot.domain.delivery import Reason, Rejected, RowState, Sent
from bot.domain.escalation import mark_unreachable
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue
from bot.domain.notices import edited
from bot.domain.notification import NoticeKind, Op
from bot.domain.prompting import has_live_buttons, still_wanted
from bot.usecases.heal import NEVER_DRAWN
from bot.usecases.newest_ping import as_it_stands
from bot.usecases.ports import Store
from bot.usecases.record import record
from bot.usecases.rows import BundlePart, Letter, MessageRef, OutboxRow
from bot.usecases.stranded import arrived

APART = "fell apart: "
"""How the reason begins for which a row was taken out of its bundle: it goes alone from then on."""
NOT_NEEDED = "not needed any more"


def gather(store: Store, rows: Sequence[OutboxRow], now: datetime) -> list[OutboxRow]:
    """Put claimed rows into bundles where many go to one place. Those that go by themselves are given back."""
    known = {row.id: row for row in rows}
    alone: list[OutboxRow] = []
    for parts in bundling.plan([_due(row) for row in rows]):
        first = known[parts[0].id]
        if len(parts) == 1:
            alone.append(first)
            continue
        for part in parts:
            store.outbox.settle(known[part.id], RowState.BUNDLED, now=now)
        made = bundling.bundle(parts, f"bundle:{first.id}:{first.claim}")
        store.outbox.put(first.workspace, None, [made], now)
    return alone


def read_bundle(store: Store, row: OutboxRow, now: datetime) -> Letter | None:
    """What a bundle has to say now: what was settled meanwhile is left out. None when nothing is left.

    Pings that may have gone out already are all read, to be found and then drawn anew."""
    waiting = parts_of(store, row)
    issues = _issues(store, row.workspace, [one.issue for one in waiting if one.issue is not None])
    known = [(one, issues.get(one.issue or 0)) for one in waiting]
    parts = [BundlePart(one.notice, issue, one) for one, issue in known if issue is not None]
    wanted = [one for one in parts if still_wanted(one.issue, one.notice)]
    if wanted and row.looked_up:
        wanted = [one for one in parts if one in wanted or bundling.asks(one.notice)]
    return Letter(row, None, now, parts=tuple(wanted)) if wanted else None


def read_shared(store: Store, letter: Letter, message: MessageRef) -> Letter:
    """The letter that edits a message; when that is a bundle, with all its parts as they stand now."""
    shared = store.messages.together(message.workspace, message.place, message.stamp)
    if len(shared) < 2:
        return replace(letter, message=message)
    issues = _issues(store, message.workspace, [one.issue for one in shared])
    known = [(one, issues[one.issue]) for one in shared if one.issue in issues]
    parts = [
        BundlePart(as_it_stands(store, issue, one, one.notice), issue, message=one) for one, issue in known
    ]
    return replace(letter, message=message, parts=tuple(parts))


def sent(store: Store, letter: Letter, outcome: Sent, now: datetime) -> None:
    """The bundle is there: each part is delivered, and found later by its own key at the place of the bundle."""
    present = _locked(store, letter)
    if not store.outbox.settle(letter.row, RowState.SENT, now=now):
        return
    for part in _by_issue(letter):
        issue = present.get(part.issue.number)
        if issue is not None and bundling.asks(part.notice):
            _keep(store, letter, part, issue, outcome, now)
            if letter.row.notice.op is Op.POST:
                present[issue.number] = arrived(store, issue, part.notice, now)
    _end_rows(store, letter, RowState.SENT, now)


def refused(store: Store, letter: Letter, outcome: Rejected, now: datetime) -> bool:
    """A bundle that is not taken: who cannot be reached is skipped for each issue; else it falls apart, and each
    message is tried by itself. False when this is not such a refusal."""
    if letter.row.notice.kind is not NoticeKind.BUNDLE or outcome.reason not in (
        Reason.ROUTE,
        Reason.CONTENT,
    ):
        return False
    skip = outcome.reason is Reason.ROUTE and all(bundling.asks(part.notice) for part in letter.parts)
    _locked(store, letter)
    if not store.outbox.settle(letter.row, RowState.CANCELLED, now=now, error=outcome.why):
        return True
    if skip:
        for part in _by_issue(letter):
            _skip(store, part, outcome.why, now)
        _end_rows(store, letter, RowState.CANCELLED, now, outcome.why)
    else:
        _end_rows(store, letter, RowState.PENDING, now, APART + outcome.why)
    return True


def gone(store: Store, letter: Letter) -> None:
    """Somebody deleted the bundle: no part of it is edited any more."""
    for part in letter.parts:
        if part.message is not None:
            store.messages.put(replace(part.message, live=False))


def drop(store: Store, row: OutboxRow, now: datetime) -> None:
    """Nothing of this bundle is needed any more."""
    for one in parts_of(store, row):
        store.outbox.settle(one, RowState.CANCELLED, now=now, error=NOT_NEEDED)


def parts_of(store: Store, row: OutboxRow) -> list[OutboxRow]:
    """The rows that a bundle goes out for; none for any other row."""
    if row.notice.kind is not NoticeKind.BUNDLE:
        return []
    found = (store.outbox.get(one) for one in bundling.rows_of(row.notice))
    return [one for one in found if one is not None and one.state is RowState.BUNDLED]


def _due(row: OutboxRow) -> bundling.Due:
    alone = row.looked_up or row.last_error.startswith(APART)
    return bundling.Due(row.id, row.workspace, row.issue, row.notice, alone)


def _issues(store: Store, workspace: WorkspaceId, numbers: Sequence[int]) -> dict[int, Issue]:
    found = store.issues.get_many([IssueRef(workspace, number) for number in sorted(set(numbers))])
    return {one.number: one for one in found}


def _locked(store: Store, letter: Letter) -> dict[int, Issue]:
    """All its issues, locked in the order of their numbers, before any row is."""
    refs = dict.fromkeys(part.issue.ref for part in _by_issue(letter))
    found = (store.issues.get(ref, lock=True) for ref in refs)
    return {one.number: one for one in found if one is not None}


def _by_issue(letter: Letter) -> Iterator[BundlePart]:
    yield from sorted(letter.parts, key=lambda part: part.issue.number)


def _keep(store: Store, letter: Letter, part: BundlePart, issue: Issue, outcome: Sent, now: datetime) -> None:
    """Under the issue's lock. Edits of all parts stand in one lane, so that only one at a time redraws the bundle."""
    row, shown = letter.row, part.issue
    notice = part.notice if row.notice.op is Op.EDIT else replace(part.notice, lane=row.notice.lane)
    live = has_live_buttons(shown, notice)
    found = row.looked_up and row.notice.op is Op.POST
    version = NEVER_DRAWN if found else shown.version
    place, stamp = outcome.place, outcome.stamp
    store.messages.put(
        MessageRef(row.workspace, shown.number, notice.key, notice, place, stamp, version, live)
    )
    if issue.version > version and live:
        store.outbox.put(row.workspace, shown.number, [edited(notice)], now)


def _end_rows(store: Store, letter: Letter, state: RowState, now: datetime, why: str = "") -> None:
    """Each part's row ends like this; what was left out is not needed."""
    in_it = {part.row.id for part in letter.parts if part.row is not None}
    for one in parts_of(store, letter.row):
        if one.id in in_it:
            store.outbox.settle(one, state, now=now, error=why)
        else:
            store.outbox.settle(one, RowState.CANCELLED, now=now, error=NOT_NEEDED)


def _skip(store: Store, part: BundlePart, why: str, now: datetime) -> None:
    issue = store.issues.get(part.issue.ref, lock=True)
    if issue is not None:
        record(store, issue, mark_unreachable(issue, part.notice.to, why, now), now)

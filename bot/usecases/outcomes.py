"""What became of a message: one small rule per outcome, each recorded under the number of the claim."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.delivery import Outcome, Reason, Rejected, RetryLater, RowState, Sent, Unknown, backoff
from bot.domain.escalation import mark_unreachable
from bot.domain.events import Event, EventKind
from bot.domain.ids import IssueRef
from bot.domain.issue import Change, Issue, Target, TargetKind
from bot.domain.notices import ANEW, CARD_KEY, edited
from bot.domain.notification import NoticeKind, Op
from bot.domain.prompting import FREE_KEPT, PINGS, has_live_buttons, kept
from bot.domain.reposting import repost
from bot.domain.standing_in import stood_in
from bot.usecases import bundles
from bot.usecases.newest_ping import overtake
from bot.usecases.out_of_reach import out_of_reach
from bot.usecases.people_ports import FreeMessage
from bot.usecases.ports import Store
from bot.usecases.record import record
from bot.usecases.rows import Letter, MessageRef, OutboxRow
from bot.usecases.services import Services
from bot.usecases.stranded import arrived

TOKEN_PAUSE = timedelta(minutes=1)
KIND_PAUSE = timedelta(minutes=15)
OPTIONAL = frozenset({NoticeKind.HOME, NoticeKind.WHISPER, NoticeKind.DETAILS})
"""Pictures nobody waits for a second time: when they cannot be shown now, they are left."""

_log = logging.getLogger(__name__)


async def settle(services: Services, letter: Letter, outcome: Outcome) -> None:
    """Record the outcome of one attempt."""
    now = services.clock.now()
    wait = backoff(letter.row.attempts, services.chance.fraction())
    await services.transactions.run(lambda store: _settle(store, letter, outcome, now, wait))


async def give_back(
    services: Services, row: OutboxRow, state: RowState, why: str, due_at: datetime | None = None
) -> None:
    """End a claim without an attempt: nothing was sent."""
    now = services.clock.now()

    def unit(store: Store) -> None:
        ended = store.outbox.settle(row, state, now=now, due_at=due_at, error=why, counts=False)
        if ended and state is RowState.CANCELLED:
            bundles.drop(store, row, now)

    await services.transactions.run(unit)


def _settle(store: Store, letter: Letter, outcome: Outcome, now: datetime, wait: timedelta) -> None:
    match outcome:
        case Sent() if letter.parts:
            bundles.sent(store, letter, outcome, now)
        case Sent():
            _sent(store, letter, outcome, now)
        case RetryLater(why=why, after=after, counts=counts):
            later = now + (after if after is not None else wait)
            store.outbox.settle(letter.row, RowState.PENDING, now=now, due_at=later, error=why, counts=counts)
        case Unknown(why=why):
            _unknown(store, letter, why, now, wait)
        case Rejected(reason=reason):
            _log.log(
                _LEVELS[reason],
                "message %d rejected: %s",
                letter.row.id,
                outcome.why,
                extra={"action": "deliver"},
            )
            if not bundles.refused(store, letter, outcome, now):
                _REJECTED[reason](store, letter, outcome, now)


def _sent(store: Store, letter: Letter, sent: Sent, now: datetime) -> None:
    """Under the issue's lock: if the issue moved on while the message was under way, the message is healed. A message
    that nobody looks at again needs no more than its end."""
    row = letter.row
    about = IssueRef(row.workspace, row.issue) if row.issue is not None and kept(row.notice) else None
    issue = store.issues.get(about, lock=True) if about else None
    if not store.outbox.settle(row, RowState.SENT, now=now):
        return
    if row.issue is None and row.notice.kind in FREE_KEPT:
        store.free_messages.put(FreeMessage(row.workspace, row.notice.key, sent.place, sent.stamp))
    if issue is None or letter.issue is None:
        return
    shown, notice = letter.issue, row.notice
    if notice.key == ANEW:
        notice = replace(notice, key=CARD_KEY)
    live = has_live_buttons(shown, row.notice)
    message = MessageRef(
        row.workspace, issue.number, notice.key, notice, sent.place, sent.stamp, shown.version, live
    )
    store.messages.put(message)
    if issue.version > shown.version and (live or row.notice.kind in (NoticeKind.CARD, NoticeKind.COPY)):
        store.outbox.put(row.workspace, issue.number, [edited(notice)], now)
    if row.notice.op is Op.POST:
        overtake(store, issue, message, now)
        issue = arrived(store, issue, row.notice, now)
    if letter.extra and "rerouted" in letter.extra:
        _note_reroute(store, issue, letter, str(letter.extra["rerouted"]), now)


def _note_reroute(store: Store, issue: Issue, letter: Letter, why: str, now: datetime) -> None:
    names = {NoticeKind.CARD: "The card", NoticeKind.REQUESTER: "An update for the requester"}
    data: dict[str, str | int] = {
        "what": names.get(letter.row.notice.kind, "A message"),
        "to": letter.row.notice.to.id if letter.row.notice.to.kind == "channel" else "a direct message",
        "why": why,
    }
    meant = (letter.extra or {}).get("meant_for")
    if isinstance(meant, Target):
        known = meant.kind is TargetKind.USER and not set("@:") & set(
            meant.id
        )  # else as the matrix writes them
        data["person" if known else "from"] = meant.id
    event = Event(EventKind.REROUTED, now, None, data)
    told = (one for one in store.timeline.of(issue.ref) if one.kind is EventKind.REROUTED)
    if all(one.data != data for one in told):  # said once, however many messages take that way
        if letter.row.notice.kind is NoticeKind.REQUESTER:
            issue = stood_in(issue, letter.row.notice.to)
        record(store, issue, Change(issue.bump(), (event,)), now)


def _unknown(store: Store, letter: Letter, why: str, now: datetime, wait: timedelta) -> None:
    """An edit is safe to repeat; a post is looked for first."""
    state = RowState.PENDING if letter.row.notice.op is Op.EDIT else RowState.UNKNOWN
    store.outbox.settle(letter.row, state, now=now, due_at=now + wait, error=why)


def _no_route(store: Store, letter: Letter, outcome: Rejected, now: datetime) -> None:
    """Who cannot be reached is skipped, at once; any other message without an address is dead, and visible."""
    row = letter.row
    if out_of_reach(store, row, outcome.why, now):
        return
    if row.notice.kind not in PINGS or row.notice.op is Op.EDIT or row.issue is None:
        state = (
            RowState.CANCELLED if row.notice.kind in OPTIONAL or row.notice.op is Op.EDIT else RowState.DEAD
        )
        store.outbox.settle(row, state, now=now, error=outcome.why)
        return
    issue = store.issues.get(IssueRef(row.workspace, row.issue), lock=True)
    if store.outbox.settle(row, RowState.CANCELLED, now=now, error=outcome.why) and issue is not None:
        record(store, issue, mark_unreachable(issue, row.notice.to, outcome.why, now), now)


def _bad_content(store: Store, letter: Letter, outcome: Rejected, now: datetime) -> None:
    store.outbox.settle(letter.row, RowState.DEAD, now=now, error=outcome.why)


def _no_token(store: Store, letter: Letter, outcome: Rejected, now: datetime) -> None:
    """Nothing is lost: rows wait until the token works again."""
    later = now + TOKEN_PAUSE
    store.outbox.settle(letter.row, RowState.PENDING, now=now, due_at=later, error=outcome.why, counts=False)


def _no_right(store: Store, letter: Letter, outcome: Rejected, now: datetime) -> None:
    if letter.row.notice.kind in OPTIONAL:
        store.outbox.settle(letter.row, RowState.CANCELLED, now=now, error=outcome.why)
        return
    later = now + KIND_PAUSE
    store.outbox.settle(letter.row, RowState.PENDING, now=now, due_at=later, error=outcome.why, counts=False)


def _gone(store: Store, letter: Letter, outcome: Rejected, now: datetime) -> None:
    """The message was deleted by somebody: nothing to edit any more; a card comes back once."""
    row = letter.row
    issue = store.issues.get(IssueRef(row.workspace, row.issue), lock=True) if row.issue is not None else None
    if not store.outbox.settle(row, RowState.CANCELLED, now=now, error=outcome.why):
        return
    if isinstance(letter.message, MessageRef):
        store.messages.put(replace(letter.message, live=False))
        bundles.gone(store, letter)
    if issue is not None and row.notice.kind is NoticeKind.CARD:
        record(store, issue, repost(issue, now), now)


_REJECTED: dict[Reason, Callable[[Store, Letter, Rejected, datetime], None]] = {
    Reason.ROUTE: _no_route,
    Reason.CONTENT: _bad_content,
    Reason.TEAM: _no_token,
    Reason.KIND: _no_right,
    Reason.GONE: _gone,
}
_LEVELS = {
    Reason.ROUTE: logging.WARNING,
    Reason.CONTENT: logging.ERROR,
    Reason.TEAM: logging.ERROR,
    Reason.KIND: logging.WARNING,
    Reason.GONE: logging.INFO,
}

"""Messages that have not gone out, for operators: what it is, to whom, and how it stands. Never what it says."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.delivery import RowState
from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue, Target, TargetKind
from bot.domain.notification import Notice, NoticeKind, Op
from bot.domain.words import Sentence, say

WHAT: Mapping[NoticeKind, str] = {
    NoticeKind.CARD: "the card",
    NoticeKind.LOG: "a line in the card's thread",
    NoticeKind.MENTION: "a mention in the card's thread",
    NoticeKind.PING: "the question who takes it",
    NoticeKind.REMINDER: "a reminder",
    NoticeKind.NAG: "the question who takes it, asked again",
    NoticeKind.REQUESTER: "news for the requester",
    NoticeKind.OWNER: "news for who has it",
    NoticeKind.MANAGER: "news for the escalation manager",
    NoticeKind.PATH_OWNER: "news for the owner of a path",
    NoticeKind.WHISPER: "the answer to a click",
    NoticeKind.DETAILS: "the details",
    NoticeKind.HOME: "the Home tab",
    NoticeKind.INFORM: "news for somebody who is informed",
    NoticeKind.SHIFT: "news about a shift",
    NoticeKind.SWAP: "the question to take a shift",
    NoticeKind.AGREEMENT: "the question to agree to a place on a path",
    NoticeKind.PICTURE: "a picture",
    NoticeKind.NEWS: "what a new matrix changes",
    NoticeKind.RAISER: "news for who raised it",
    NoticeKind.WATCHER: "news for a watcher",
    NoticeKind.COPY: "the card of a private issue",
    NoticeKind.BUNDLE: "several messages in one",
    NoticeKind.DIGEST: "the digest",
}
STANDS: Mapping[RowState, str] = {
    RowState.PENDING: "waits",
    RowState.CLAIMED: "is being sent right now",
    RowState.UNKNOWN: "waits; Slack's last answer was lost, so it is looked for first",
    RowState.BUNDLED: "goes out as a part of another message",
    RowState.SENT: "was sent",
    RowState.CANCELLED: "was cancelled",
    RowState.DEAD: "failed for good",
}


def what(notice: Notice) -> str:
    """``the card``, or ``a new picture of the card``."""
    name = WHAT[notice.kind]
    return name if notice.op is Op.POST else f"a new picture of {name}"


def whom(to: Target) -> str:
    """``#issues`` as it is; a person by their id, or as the matrix writes them."""
    return to.id if to.kind is TargetKind.CHANNEL else f"{to.id} (direct message)"


def stands(state: RowState, due_at: datetime, now: datetime) -> str:
    """Where it is, and when it is tried next where that is known."""
    if state in (RowState.PENDING, RowState.UNKNOWN) and due_at > now:
        return f"{STANDS[state]}; tried again at {due_at:%Y-%m-%d %H:%M:%S} UTC"
    return STANDS[state]


def _called_off(_issue: Issue, event: Event) -> Sentence:
    return say(
        "An operator cancelled a message that was not sent: {what} to {to}. Why: {why}",
        what=event.text("what"),
        to=event.text("to"),
        why=event.text("why"),
    )


LINES: dict[EventKind, Callable[[Issue, Event], Sentence | None]] = {EventKind.CALLED_OFF: _called_off}

"""Which messages still matter: asked right before sending, and again when deciding whether buttons are live."""

from bot.domain.escalation import waiting_for
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.notification import Notice, NoticeKind
from bot.domain.wording.prompts import OFFERED, prompt

PINGS = frozenset({NoticeKind.PING, NoticeKind.REMINDER, NoticeKind.NAG})
KEPT = PINGS | {NoticeKind.CARD, NoticeKind.REQUESTER}
"""Kinds whose messages are found again later, to be edited."""
FREE_KEPT = frozenset({NoticeKind.AGREEMENT, NoticeKind.SWAP})
"""The same among messages about no issue."""


def still_wanted(issue: Issue, notice: Notice) -> bool:
    """Whether a message that has not gone out yet should still go. Only pings go out of date."""
    if notice.kind not in PINGS:
        return True
    return notice.args.get("opening") == issue.opening and any(
        (ask.target.id, ask.level, ask.round)
        == (notice.text("target"), notice.args.get("level"), notice.args.get("round"))
        for ask in waiting_for(issue)
    )


def has_live_buttons(issue: Issue, notice: Notice) -> bool:
    """Whether the message, drawn now, offers something to press."""
    if notice.kind in PINGS:
        shown = prompt(issue, notice)
        return shown.live or shown.has_it
    if notice.kind is NoticeKind.REQUESTER:
        offered = OFFERED.get(notice.text("buttons"))
        return offered is not None and offered(issue, notice)
    return notice.kind is NoticeKind.CARD and issue.state in (State.OPEN, State.ACKNOWLEDGED)

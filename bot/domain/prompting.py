"""Which messages still matter: asked right before sending, and again when deciding whether buttons are live."""

from bot.domain.escalation import waiting_for
from bot.domain.issue import Issue
from bot.domain.lifecycle import IN_WORK, State
from bot.domain.notification import Notice, NoticeKind
from bot.domain.offers import any_live, asked
from bot.domain.privacy import goes_nowhere
from bot.domain.wording.prompts import prompt
from bot.domain.words import Sentence

PINGS = frozenset({NoticeKind.PING, NoticeKind.REMINDER, NoticeKind.NAG})
_KEPT = PINGS | {NoticeKind.CARD, NoticeKind.COPY, NoticeKind.REQUESTER}
FREE_KEPT = frozenset({NoticeKind.AGREEMENT, NoticeKind.SWAP})
"""The same among messages about no issue."""


def kept(notice: Notice) -> bool:
    """Whether the message is to be found again later, to be edited."""
    return notice.kind in _KEPT or (bool(notice.text("buttons")) and notice.kind is not NoticeKind.WHISPER)


def still_wanted(issue: Issue, notice: Notice) -> bool:
    """Whether a message that has not gone out yet should still go. Only pings go out of date, and what a
    private issue does not say."""
    if goes_nowhere(issue, notice):
        return False
    if notice.kind not in PINGS:
        return True
    return notice.args.get("opening") == issue.opening and any(
        (ask.target.id, ask.level, ask.round)
        == (notice.text("target"), notice.args.get("level"), notice.args.get("round"))
        for ask in waiting_for(issue)
    )


def asks_anew(before: Issue, after: Issue) -> bool:
    """Whether people who had read that there is nothing to do may be asked again by this change: it is open again, or
    somebody is asked beside or after who has it, or nobody of those named takes it over from them."""
    if after.state is State.OPEN and before.state is not State.OPEN:
        return True
    if after.state is State.ACKNOWLEDGED and before.care.named and not after.care.named:
        return True
    return after.asks != before.asks and (after.opening > 1 or after.state is State.ACKNOWLEDGED)


def says(issue: Issue, notice: Notice) -> tuple[Sentence, ...]:
    """What a message that asks, or asked, says of its questions now; nothing for any other."""
    if notice.kind in PINGS:
        return (prompt(issue, notice).sentence,)
    settled = (one for one in asked(notice).values() if not one.live(issue, notice))
    return tuple(one.settled(issue, notice) for one in settled)


def has_live_buttons(issue: Issue, notice: Notice) -> bool:
    """Whether the message, drawn now, offers something to press."""
    if notice.kind in PINGS:
        shown = prompt(issue, notice)
        return shown.live or shown.has_it
    if asked(notice):
        return any_live(issue, notice)
    if notice.kind is NoticeKind.CARD:
        return issue.state in IN_WORK and not issue.private
    return notice.kind is NoticeKind.COPY and issue.state in IN_WORK and not goes_nowhere(issue, notice)

"""Who is told of what is sent back, appealed and withdrawn."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.notices import asking, tell_manager, tell_owner, tell_raiser, tell_requester
from bot.domain.notification import Notice
from bot.domain.offer import Offer
from bot.domain.sending_back import parties
from bot.domain.telling import Teller
from bot.domain.telling_withdrawing import ABOUT_WITHDRAWING
from bot.domain.telling_withdrawing import OFFERS as ABOUT_OPENING_AGAIN
from bot.domain.wording import sending_back
from bot.domain.words import Sentence


def _on_sent_back(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """Requester and raiser may both appeal, but not against themselves; whoever had it need not do anything."""
    said, note = sending_back.for_requester(issue, event), event.text("note")
    for reader, one in _those_who_asked(issue, key, said, note):
        yield one if reader == event.actor else asking(issue, one, "appeal", at=event.at.isoformat())
    if issue.present_owner and issue.present_owner not in (event.actor, issue.requester, issue.raiser):
        yield tell_owner(issue, key, issue.present_owner, sending_back.for_owner(issue, event))


def _on_appealed(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """Nobody judges what they did themselves, nor what is theirs."""
    back = issue.care.sent_back
    asked_at = back.appealed_at if back is not None and back.appealed_at else event.at
    told = tell_manager(issue, key, sending_back.for_judge(issue, event), event.text("why"))
    yield asking(issue, told, "judge", at=asked_at.isoformat(), not_for=" ".join(parties(issue)))


def _on_judged(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    said = sending_back.judged_for_requester(issue, event)
    yield from (one for _, one in _those_who_asked(issue, key, said, event.text("why")))
    if event.data.get("upheld") and event.text("by") not in (issue.requester, issue.raiser):
        yield tell_owner(issue, key, event.text("by"), sending_back.judged_for_sender(issue, event))


def _those_who_asked(issue: Issue, key: str, said: Sentence, quote: str) -> Iterator[tuple[str, Notice]]:
    """Who each message is for, and the message."""
    yield issue.requester, tell_requester(issue, key, said, quote=quote)
    if issue.raiser != issue.requester:
        yield issue.raiser, tell_raiser(issue, key, said, quote=quote)


def _may_appeal(issue: Issue, notice: Notice) -> bool:
    back = issue.care.sent_back
    alive = issue.state is State.SENT_BACK and back is not None and not back.appealed_by
    return alive and _same(back.at if back else None, notice)


def _to_be_judged(issue: Issue, notice: Notice) -> bool:
    back = issue.care.sent_back
    alive = issue.state is State.SENT_BACK and issue.care.appeal_waits
    return alive and _same(back.appealed_at if back else None, notice)


def _same(at: datetime | None, notice: Notice) -> bool:
    return at is not None and at.isoformat() == notice.text("at")


ABOUT_SENDING_BACK: Mapping[EventKind, Teller] = {
    EventKind.SENT_BACK: _on_sent_back,
    EventKind.APPEALED: _on_appealed,
    EventKind.JUDGE_REMINDED: _on_appealed,
    EventKind.JUDGED: _on_judged,
    **ABOUT_WITHDRAWING,
}
OFFERS: Mapping[str, Offer] = {
    "appeal": Offer(_may_appeal, lambda issue, _notice: sending_back.appeal_settled(issue)),
    "judge": Offer(_to_be_judged, lambda issue, _notice: sending_back.judged_settled(issue)),
    **ABOUT_OPENING_AGAIN,
}

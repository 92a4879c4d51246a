"""Who is told when raiser or requester end an issue themselves: whoever has it, those asked, the requester once."""

from collections.abc import Iterator, Mapping

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.notices import asking, tell_owner, tell_person, tell_raiser, tell_requester
from bot.domain.notification import Notice, NoticeKind
from bot.domain.offer import Offer
from bot.domain.telling import Teller
from bot.domain.telling_ending import ABOUT_ENDING
from bot.domain.withdrawing import SOLVED
from bot.domain.wording import withdrawing
from bot.domain.words import Sentence


def _on_withdrawn(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    said, at = withdrawing.for_requester(issue, event), event.at.isoformat()
    reason = event.text("reason") if event.actor != issue.requester else ""
    yield asking(issue, tell_requester(issue, key, said, quote=reason), "open_again", at=at)
    if issue.raiser not in (event.actor, issue.requester):
        told = tell_raiser(issue, key, withdrawing.for_raiser(issue, event), quote=event.text("reason"))
        yield asking(issue, told, "open_again", at=at)
    yield from _nothing_to_do(issue, event, key)


def _on_closed(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """However it was closed, the requester is told; those who still work on it only when they do not know."""
    yield from ABOUT_ENDING[EventKind.CLOSED](issue, event, key)
    if event.text("why") == SOLVED:
        yield from _nothing_to_do(issue, event, key)


def _nothing_to_do(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    said = withdrawing.for_others(issue, event)
    if issue.present_owner and issue.present_owner not in (event.actor, issue.requester):
        yield tell_owner(
            issue, f"over:{key}", issue.present_owner, said, quote=event.text("reason") or event.text("done")
        )
    for one in event.text("asked").split():
        if one not in (event.actor, issue.present_owner, issue.requester):
            yield tell_person(issue, NoticeKind.INFORM, f"over:{key}:{one}", one, said)


def _may_reopen(issue: Issue, notice: Notice) -> bool:
    return (
        issue.state is State.WITHDRAWN
        and issue.closed_at is not None
        and issue.closed_at.isoformat() == notice.text("at")
    )


def _settled(issue: Issue, _notice: Notice) -> Sentence:
    return withdrawing.open_again(issue)


ABOUT_WITHDRAWING: Mapping[EventKind, Teller] = {
    EventKind.WITHDRAWN: _on_withdrawn,
    EventKind.CLOSED: _on_closed,
}
OFFERS: Mapping[str, Offer] = {"open_again": Offer(_may_reopen, _settled)}

"""Who is told of issues that belong together, of notes, edits and kudos; and what those read who follow an issue."""

from collections.abc import Collection, Iterator, Mapping

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.notices import card_anew, tell_owner, tell_person, tell_raiser, tell_requester
from bot.domain.notification import Notice, NoticeKind
from bot.domain.offer import Offer
from bot.domain.telling import Teller
from bot.domain.wording import log, together
from bot.domain.words import Sentence, say, sentences

FOLLOWED = frozenset(
    {
        EventKind.LEVEL_STARTED,
        EventKind.REPEATED,
        EventKind.CATCH_ALL,
        EventKind.ACKNOWLEDGED,
        EventKind.GAVE_BACK,
        EventKind.OWNER_GONE,
        EventKind.UPDATED,
        EventKind.WAITING,
        EventKind.WENT_ON,
        EventKind.BREACHED,
        EventKind.CHANGED,
        EventKind.RESOLVED,
        EventKind.CONFIRMED,
        EventKind.CLOSED,
        EventKind.DISPUTED,
        EventKind.SENT_BACK,
        EventKind.JUDGED,
        EventKind.WITHDRAWN,
        EventKind.MERGED,
        EventKind.ABSORBED,
    }
)
"""What those who follow an issue read: the steps of its life, and none of the talk around them."""


def followers(issue: Issue, event: Event, key: str, told: Collection[str] = ()) -> Iterator[Notice]:
    """The line of the log for everybody who follows it, and does not know it as owner, requester or doer anyway, nor
    because this change `told` them in words of their own."""
    said = log.line(issue, event) if event.kind in FOLLOWED and issue.company.watchers else None
    if said is None:
        return
    requesters = {issue.requester, issue.care.stand_in, *issue.company.further}
    know = {event.actor, event.text("previous"), issue.owner, *requesters, *told}
    for one in issue.company.watchers:
        if one not in know:
            yield _to(issue, f"watcher:{key}:{one}", one, NoticeKind.WATCHER, sentences(_named(issue), said))


def _named(issue: Issue) -> Sentence:
    return say("ISS-{number}:", number=issue.number)


def _on_joined(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    yield _to(issue, f"joined:{key}", event.text("who"), NoticeKind.WATCHER, together.for_joiner(issue))


def _on_watched(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if event.actor != event.text("who"):
        said = together.for_watcher(issue, event)
        yield _to(issue, f"watched:{key}", event.text("who"), NoticeKind.WATCHER, said)


def _on_merged(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    said = together.merged_for_requester(issue)
    yield tell_requester(issue, key, said)
    if issue.raiser in issue.company.watchers and issue.raiser not in (event.actor, issue.present_owner):
        yield tell_raiser(issue, key, said)
    if issue.present_owner and issue.present_owner != event.actor:
        yield tell_owner(issue, key, issue.present_owner, together.merged_for_owner(issue, event))


def _on_absorbed(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if issue.present_owner and issue.present_owner != event.actor:
        yield tell_owner(issue, key, issue.present_owner, together.absorbed_for_owner(issue, event))


def _on_noted(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """Never to who is only the requester: notes are for those who work on it."""
    if issue.present_owner and issue.present_owner != event.actor:
        yield tell_owner(
            issue, key, issue.present_owner, together.note_for_owner(issue, event), event.text("text")
        )


def _on_thanked(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    said, text = together.thanked(issue, event), event.text("text")
    yield _to(issue, f"thanks:{key}", event.text("who"), NoticeKind.OWNER, said, text)


def _on_reposted(issue: Issue, _event: Event, _key: str) -> Iterator[Notice]:
    yield card_anew(issue)


def _to(issue: Issue, key: str, user: str, kind: NoticeKind, said: Sentence, quote: str = "") -> Notice:
    return tell_person(issue, kind, key, user, said, quote)


ABOUT_TOGETHER: Mapping[EventKind, Teller] = {
    EventKind.JOINED: _on_joined,
    EventKind.WATCHED: _on_watched,
    EventKind.MERGED: _on_merged,
    EventKind.ABSORBED: _on_absorbed,
    EventKind.NOTED: _on_noted,
    EventKind.THANKED: _on_thanked,
    EventKind.REPOSTED: _on_reposted,
}
OFFERS: Mapping[str, Offer] = {}

"""Who is told of what people did, and of the ladder: each kind of event has its teller."""

from collections.abc import Callable, Iterator

from bot.domain.escalation import waiting_for
from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import Ask, AskStatus, Issue, TargetKind
from bot.domain.notices import ping, place, tell, tell_owner, tell_person, tell_requester
from bot.domain.notification import Notice, NoticeKind
from bot.domain.readers import for_others
from bot.domain.telling_out_of_reach import tell_of_it, tell_taker
from bot.domain.wording import changed, log, requester, rerouted
from bot.domain.words import NOTHING, Person, say, sentences

Teller = Callable[[Issue, Event, str], Iterator[Notice]]
"""From the issue as it is now, an event, and a key that no other event has, to messages."""

TOLD_WITH_THE_CAUSE = (
    Cause.DISPUTE,
    Cause.BREACH,
    Cause.GAVE_BACK,
    Cause.OWNER_GONE,
    Cause.HAND_OVER,
    Cause.APPEAL,
)
"""What makes a level start and tells the requester of it in the same breath."""


def asked_by(issue: Issue, event: Event) -> Ask | None:
    """The ask an event ASKED is about."""
    place_ = (event.data.get("level"), event.data.get("round"))
    same = (one for one in issue.asks if one.target.id == event.text("target"))
    return next((one for one in same if (one.level, one.round) == place_), None)


def _on_asked(issue: Issue, event: Event, _key: str) -> Iterator[Notice]:
    ask = asked_by(issue, event)
    if ask is not None:
        yield ping(issue, ask, NoticeKind.PING, "ping")


def _on_reminded(issue: Issue, event: Event, _key: str) -> Iterator[Notice]:
    for ask in waiting_for(issue):
        yield ping(issue, ask, NoticeKind.REMINDER, f"remind:{event.text('n')}")


def _on_nagged(issue: Issue, event: Event, _key: str) -> Iterator[Notice]:
    for ask in waiting_for(issue):
        yield ping(issue, ask, NoticeKind.NAG, f"nag:{event.text('n')}")


def _on_unreachable(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    owner = issue.route.path.owner
    line = log.line(issue, event)
    if owner is None or line is None or str(owner) == event.text("contact"):
        return
    sentence = say(
        "ISS-{number}, path {path}: {line} Please mend the matrix.",
        number=issue.number,
        path=issue.route.path.name,
        line=line,
    )
    yield tell(issue, NoticeKind.PATH_OWNER, f"path_owner:{key}", place(owner), sentence)


def _on_level(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if event.text("cause") not in TOLD_WITH_THE_CAUSE:
        yield tell_requester(issue, key, requester.next_level(issue, event))


def _on_catch_all(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if event.text("cause") not in TOLD_WITH_THE_CAUSE:
        yield tell_requester(issue, key, requester.catch_all(issue))


def _on_acknowledged(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    yield tell_requester(issue, key, requester.taken(issue, event))
    yield from tell_taker(issue, event.actor or "", key)
    previous = event.text("previous")
    if previous and previous != event.actor and not event.data.get("left"):
        sentence = say(
            "{who} has taken ISS-{number} over from you.", who=Person(event.actor or ""), number=issue.number
        )
        stays = say("You are told how it goes.") if previous in issue.company.watchers else NOTHING
        yield tell_owner(issue, key, previous, sentences(sentence, stays))
    if event.data.get("off_path") or event.data.get("unasked"):
        yield from _told_to_the_level(issue, event, key)


def _told_to_the_level(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """Somebody who was not asked took what these were asked for."""
    off_path = "{who} took ISS-{number} and is not on its path. Nothing to do for you."
    unasked = "{who} took ISS-{number} without having been asked. Nothing to do for you."
    said = say(
        off_path if event.data.get("off_path") else unasked,
        who=Person(event.actor or ""),
        number=issue.number,
    )
    here = event.data.get("level"), event.data.get("round")
    for ask in issue.asks:
        silent = ask.status is AskStatus.ASKED and ask.target.kind is TargetKind.USER
        if silent and (ask.level, ask.round) == here and ask.target.id != event.text("previous"):
            one = ask.target.id
            yield tell_person(issue, NoticeKind.INFORM, f"off_path:{key}:{one}", one, said)


def _on_updated(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    yield tell_requester(issue, key, requester.updated(issue, event), quote=event.text("text"))


def _on_disputed(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    told = tell_requester(issue, key, requester.reopened(issue, event))
    yield for_others(told, requester.reopened_for_others(issue, event))


def _on_route_changed(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    """The requester learns of another priority, the owner of another path. The top one is asked about elsewhere."""
    if event.text("priority"):
        yield tell_requester(issue, key, rerouted.for_requester(issue))
    another = event.text("from") != event.text("to") and not event.data.get("top")
    if another and issue.present_owner and issue.present_owner != event.actor:
        yield tell_owner(issue, key, issue.present_owner, rerouted.on_another_path(issue))


def _on_changed(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    yield tell_requester(issue, key, changed.for_requester(issue, event))
    if issue.present_owner and issue.present_owner != event.actor and not event.data.get("top"):
        yield tell_owner(issue, key, issue.present_owner, changed.for_owner(issue, event))


ABOUT_PEOPLE: dict[EventKind, Teller] = {
    EventKind.ASKED: _on_asked,
    EventKind.REMINDED: _on_reminded,
    EventKind.NAGGED: _on_nagged,
    EventKind.UNREACHABLE: _on_unreachable,
    EventKind.LEVEL_STARTED: _on_level,
    EventKind.REPEATED: _on_level,
    EventKind.CATCH_ALL: _on_catch_all,
    EventKind.ACKNOWLEDGED: _on_acknowledged,
    EventKind.UPDATED: _on_updated,
    EventKind.DISPUTED: _on_disputed,
    EventKind.ROUTE_CHANGED: _on_route_changed,
    EventKind.CHANGED: _on_changed,
    EventKind.OUT_OF_REACH: tell_of_it,
}

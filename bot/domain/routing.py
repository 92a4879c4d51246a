"""From what happened to who is told: one small function per kind of event, all in one table."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.domain.contacts import Contact, ContactKind
from bot.domain.escalation import waiting_for
from bot.domain.events import Event, EventKind
from bot.domain.issue import Ask, Change, Issue, Target, TargetKind
from bot.domain.lifecycle import State
from bot.domain.notification import Notice, NoticeKind, Op, Rank
from bot.domain.wording import log, names, requester
from bot.domain.words import Person, Sentence, say

CARD_KEY = "card"
SILENT_LINES = frozenset({EventKind.ASKED, EventKind.REMINDED})
"""Kinds the thread does not log: a mention names those who are asked, and reminders would be noise."""


def route(before: Issue | None, change: Change) -> tuple[Notice, ...]:
    """Every message this change asks for, in the order in which they are to go out."""
    return tuple(_route(before, change))


def card_target(issue: Issue) -> Target:
    """Where the card lives, by the name the matrix uses."""
    return place(issue.route.card_channel)


def place(contact: Contact) -> Target:
    """A contact as an address: channels by ``#name`` until their id is known, people as the matrix writes them."""
    kind = TargetKind.CHANNEL if contact.kind is ContactKind.CHANNEL else TargetKind.USER
    return Target(kind, str(contact))


def requester_target(issue: Issue) -> Target:
    """Where the requester reads updates: the chosen channel, else a direct message."""
    if issue.updates_channel:
        return Target(TargetKind.CHANNEL, issue.updates_channel)
    return Target(TargetKind.USER, issue.requester)


def card_notice(issue: Issue, op: Op = Op.POST) -> Notice:
    """Post the card, or draw it anew."""
    rank = Rank.CARD if op is Op.POST else Rank.EDIT
    return Notice(NoticeKind.CARD, CARD_KEY, card_target(issue), _lane(issue), rank, op)


def edited(notice: Notice) -> Notice:
    """The same message, to be drawn anew."""
    return replace(notice, op=Op.EDIT, rank=Rank.EDIT)


def _route(before: Issue | None, change: Change) -> Iterator[Notice]:
    issue = change.issue
    if before is None:
        yield card_notice(issue)
        yield _tell(issue, "raised", requester.raised(issue))
    for index, event in enumerate(change.events):
        key = f"{issue.version}:{index}"
        if event.kind not in SILENT_LINES and not _first_level(before, event):
            yield from _logged(issue, event, key)
        if not _first_level(before, event):
            yield from _TOLD.get(event.kind, _nobody)(issue, event, key)
    yield from _mention(issue, change)
    if before is not None:
        yield card_notice(issue, Op.EDIT)


def _first_level(before: Issue | None, event: Event) -> bool:
    """Raising says already who is asked first."""
    return before is None and event.kind is EventKind.LEVEL_STARTED


def _logged(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    line = log.line(issue, event)
    if line is not None:
        yield _in_thread(issue, NoticeKind.LOG, f"log:{key}", line)


def _mention(issue: Issue, change: Change) -> Iterator[Notice]:
    """Names everybody who was asked just now, so that the thread notifies them too."""
    asked = tuple(_asked_by(event, issue) for event in change.events if event.kind is EventKind.ASKED)
    fresh = tuple(ask for ask in asked if ask is not None)
    if not fresh:
        return
    sentence = say("{who}: please answer ISS-{number}.", who=names.people(fresh), number=issue.number)
    yield _in_thread(issue, NoticeKind.MENTION, f"mention:{issue.version}", sentence)


def _asked_by(event: Event, issue: Issue) -> Ask | None:
    place_ = (event.data.get("level"), event.data.get("round"))
    same = (one for one in issue.asks if one.target.id == event.text("target"))
    return next((one for one in same if (one.level, one.round) == place_), None)


def _nobody(_issue: Issue, _event: Event, _key: str) -> Iterator[Notice]:
    return iter(())


def _on_asked(issue: Issue, event: Event, _key: str) -> Iterator[Notice]:
    ask = _asked_by(event, issue)
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
    to = place(owner)
    yield _letter(issue, NoticeKind.PATH_OWNER, f"path_owner:{key}", to, sentence)


def _on_level(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if event.text("cause") != "dispute":
        yield _tell(issue, key, requester.next_level(issue, event))


def _on_catch_all(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if event.text("cause") != "dispute":
        yield _tell(issue, key, requester.catch_all(issue))


def _on_acknowledged(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    yield _tell(issue, key, requester.taken(issue, event))
    previous = event.text("previous")
    if previous and previous != event.actor:
        sentence = say(
            "{who} has taken ISS-{number} over from you.", who=Person(event.actor or ""), number=issue.number
        )
        yield _letter(issue, NoticeKind.OWNER, f"owner:{key}", Target(TargetKind.USER, previous), sentence)


def _on_updated(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    yield _tell(issue, key, requester.updated(issue, event), quote=event.text("text"))


def _on_resolved(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    if issue.state is State.CLOSED:  # the requester owned it: nothing to confirm
        return
    yield _tell(issue, key, requester.resolved(issue, event), quote=event.text("done"), buttons="confirm")


def _on_confirmed(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    yield _tell(issue, key, requester.closed(issue, by_silence=False))
    if issue.owner and issue.owner != event.actor:
        sentence = say(
            "{who} confirmed that ISS-{number} is solved. Well done.",
            who=Person(event.actor or ""),
            number=issue.number,
        )
        yield _letter(issue, NoticeKind.OWNER, f"owner:{key}", Target(TargetKind.USER, issue.owner), sentence)


def _on_closed(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    yield _tell(issue, key, requester.closed(issue, by_silence=event.text("why") == "silence"))


def _on_disputed(issue: Issue, event: Event, key: str) -> Iterator[Notice]:
    yield _tell(issue, key, requester.reopened(issue, event))


_TOLD: dict[EventKind, Callable[[Issue, Event, str], Iterator[Notice]]] = {
    EventKind.ASKED: _on_asked,
    EventKind.REMINDED: _on_reminded,
    EventKind.NAGGED: _on_nagged,
    EventKind.UNREACHABLE: _on_unreachable,
    EventKind.LEVEL_STARTED: _on_level,
    EventKind.REPEATED: _on_level,
    EventKind.CATCH_ALL: _on_catch_all,
    EventKind.ACKNOWLEDGED: _on_acknowledged,
    EventKind.UPDATED: _on_updated,
    EventKind.RESOLVED: _on_resolved,
    EventKind.CONFIRMED: _on_confirmed,
    EventKind.CLOSED: _on_closed,
    EventKind.DISPUTED: _on_disputed,
}


def _lane(issue: Issue) -> str:
    return f"card:{issue.number}"


def _in_thread(issue: Issue, kind: NoticeKind, key: str, sentence: Sentence) -> Notice:
    return Notice(kind, key, card_target(issue), _lane(issue), Rank.LOG, args={"sentence": sentence.dump()})


def _letter(issue: Issue, kind: NoticeKind, key: str, to: Target, sentence: Sentence) -> Notice:
    return Notice(kind, key, to, f"{key}:{issue.number}", Rank.REQUESTER, args={"sentence": sentence.dump()})


def _tell(issue: Issue, key: str, sentence: Sentence, quote: str = "", buttons: str = "") -> Notice:
    args: dict[str, str | int] = {"sentence": sentence.dump(), "quote": quote, "buttons": buttons}
    args["opening"] = issue.opening
    to = requester_target(issue)
    return Notice(NoticeKind.REQUESTER, f"req:{key}", to, f"req:{issue.number}", Rank.REQUESTER, args=args)


def ping(issue: Issue, ask: Ask, kind: NoticeKind, prefix: str) -> Notice:
    """The message that asks one person or channel; `prefix` tells pings, reminders and nags apart."""
    key = f"{prefix}:{issue.opening}:{ask.level}:{ask.round}:{ask.target.id}"
    args: dict[str, str | int] = {
        "opening": issue.opening,
        "level": ask.level,
        "round": ask.round,
        "target": ask.target.id,
    }
    return Notice(kind, key, ask.target, f"{key}:{issue.number}", Rank.PING, args=args)

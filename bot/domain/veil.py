"""Without my name on the card: what others read names somebody; the timeline that is stored, and managers, know who.

A name is kept back where they speak, or are spoken of, as who raised it. What somebody does by answering or working on
it, and what a colleague does for them by name, is told with the name: "somebody" in its place would say who it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.domain.care import Care
from bot.domain.clocks import Clocks
from bot.domain.events import Event, EventKind
from bot.domain.ids import UserId
from bot.domain.issue import Issue
from bot.domain.words import Part, Person, Sentence

SOMEBODY = UserId("Somebody")
"""Stands where the name would; renderers show what is no user id as it is."""
AT_WORK = frozenset(
    {
        EventKind.ACKNOWLEDGED,
        EventKind.DECLINED,
        EventKind.UPDATED,
        EventKind.WAITING,
        EventKind.RESOLVED,
        EventKind.GAVE_BACK,
        EventKind.ASSIGNED,
        EventKind.SNOOZED,
        EventKind.KEPT,
        EventKind.SENT_BACK,
        EventKind.JUDGED,
        EventKind.BYPASS_REFUSED,
        EventKind.MERGED,
        EventKind.ABSORBED,
    }
)
"""What nobody does as who raised it: the card and the pings name who did it anyway."""
_BY_NAME = frozenset({EventKind.JOINED, EventKind.WATCHED, EventKind.THANKED})
"""What one person does for another by their name."""
_OWN_WILL = frozenset({EventKind.WATCHED, EventKind.UNWATCHED})
"""Of nobody it is said by name that they watch it by their own will: else a name that is missing would tell."""
_SPOKEN_OF = ("who", "by", "person", "in_place_of", "to")
"""Keys of a row that begin with somebody's id. What somebody wrote stays as it is: else a name is found by trying."""


def hidden(issue: Issue, reader: str = "") -> frozenset[UserId]:
    """Whose names this reader does not read: who raised it, or what was merged into it, without their name."""
    raiser = {issue.raiser} if issue.facts.nameless else set[UserId]()
    return frozenset({*issue.company.unnamed, *raiser} - {reader})


def named(issue: Issue, user: str, reader: str = "") -> Person:
    """Somebody who did something as who raised it, as this reader reads it."""
    return Person(SOMEBODY if user in hidden(issue, reader) else user)


def veiled(issue: Issue, reader: str = "") -> Issue:
    """The issue as everybody reads it; whose name it keeps back reads their own."""
    names = hidden(issue, reader)
    if not names:
        return issue
    raiser, requester = (SOMEBODY if one in names else one for one in (issue.raiser, issue.requester))
    at_work = {one for one in (issue.owner, issue.last_owner) if one is not None}
    return replace(
        issue,
        raiser=raiser,
        requester=requester,
        care=_veiled_care(issue.care, names),
        clocks=_veiled_clocks(issue.clocks, names - at_work),
    )


def veiled_timeline(issue: Issue, events: Iterable[Event], reader: str = "") -> tuple[Event, ...]:
    """A whole timeline, oldest first. What somebody did here before theirs was merged into it, they did by name."""
    as_of = replace(issue, company=replace(issue.company, unnamed=()))
    shown: list[Event] = []
    for event in events:
        as_of = issue if event.kind is EventKind.ABSORBED else as_of
        shown.append(veiled_event(as_of, event, reader))
    return tuple(shown)


def veiled_event(issue: Issue, event: Event, reader: str = "") -> Event:
    """A row of the timeline as everybody reads it. `issue` is the one that still has the names."""
    names = hidden(issue, reader)
    if not names or (
        event.kind in _BY_NAME and event.actor not in names and event.actor != event.text("who")
    ):
        return event
    if event.kind in _OWN_WILL and event.actor == event.text("who"):
        return replace(event, actor=SOMEBODY, data={**event.data, "who": SOMEBODY})
    data = {
        key: _veiled_id(value, names) if key in _SPOKEN_OF and isinstance(value, str) else value
        for key, value in event.data.items()
    }
    veils = event.kind not in AT_WORK and event.actor in names
    return replace(event, actor=SOMEBODY if veils else event.actor, data=data)


def veiled_sentence(issue: Issue, sentence: Sentence, reader: str = "", openly: str = "") -> Sentence:
    """A sentence as they read it. Who did what it tells `openly`, by working on it, is named."""
    names = hidden(issue, reader) - {openly}
    return Sentence(tuple(_veiled_parts(sentence, names))) if names else sentence


def _veiled_id(text: str, names: frozenset[UserId]) -> str:
    who, blank, rest = text.partition(" ")
    return f"{SOMEBODY}{blank}{rest}" if who in names else text


def _veiled_parts(sentence: Sentence, names: frozenset[str]) -> Iterator[Part]:
    for part in sentence.parts:
        yield Person(SOMEBODY) if isinstance(part, Person) and part.id in names else part


def _veiled_care(care: Care, names: frozenset[UserId]) -> Care:
    wish, back = care.bypass, care.sent_back
    if wish is not None and wish.by in names:
        wish = replace(wish, by=SOMEBODY)
    if back is not None and back.appealed_by in names:
        back = replace(back, appealed_by=SOMEBODY)
    lost = tuple(SOMEBODY if one in names else one for one in care.lost)
    return replace(care, bypass=wish, sent_back=back, lost=lost)


def _veiled_clocks(clocks: Clocks, names: frozenset[UserId]) -> Clocks:
    pauses = tuple(replace(one, by=SOMEBODY) if one.by in names else one for one in clocks.pauses)
    return replace(clocks, pauses=pauses)

"""What people write about an issue among themselves: notes, corrections of its facts, and a thank you."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import FieldErrors, Refused
from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import Verb, move
from bot.domain.permissions import Action, Actor, require, roles
from bot.domain.words import say

EDITABLE = {
    "title": "the title",
    "happened": "what happened",
    "since": "since when",
    "affected": "who and what is affected",
    "evidence": "the evidence",
    "reference": "the reference",
    "tried": "what was tried",
    "needed": "the help needed",
}
"""The facts that may be corrected, as people call them. Type, service, client and priority choose the path: those are
changed, see `bot.domain.changing`."""
_SHOWN = 200
"""So much of the old text stands in the timeline."""


def note(issue: Issue, actor: Actor, text: str, now: datetime) -> Change:
    """Something for those who work on it; the requester never reads it. Raises NotAllowed, FieldErrors("text")."""
    move(issue.state, Verb.NOTE, issue.number)
    require(Action.NOTE, issue, actor)
    if not text.strip():
        raise FieldErrors({"text": "Please write the note."})
    return Change(issue.bump(), (Event(EventKind.NOTED, now, actor.user, {"text": text}),))


def edit(issue: Issue, actor: Actor, wanted: Mapping[str, str], now: datetime) -> Change:
    """Correct the facts: one event per fact, and nobody is asked anew.

    `wanted` maps names of EDITABLE to texts; what it leaves out stays. Raises Refused when nothing is different,
    NotAllowed, and FieldErrors at a title or a story that would be empty.
    """
    move(issue.state, Verb.EDIT, issue.number)
    require(Action.EDIT, issue, actor)
    different = {
        name: text for name, text in wanted.items() if name in EDITABLE and text != getattr(issue.facts, name)
    }
    empty: dict[str, str] = {
        name: f"Please leave a text here: {EDITABLE[name]} cannot be empty."
        for name in ("title", "happened")
        if name in different and not different[name].strip()
    }
    if empty:
        raise FieldErrors(empty)
    if not different:
        raise Refused(say("ISS-{number} says just that already, so nothing changes.", number=issue.number))
    events = tuple(
        Event(
            EventKind.EDITED,
            now,
            actor.user,
            {"field": name, "was": str(getattr(issue.facts, name))[:_SHOWN], "now": text[:_SHOWN]},
        )
        for name, text in different.items()
    )
    facts = replace(issue.facts, **different)  # type: ignore[arg-type]
    return Change(issue.bump(facts=facts), events)


def thank(issue: Issue, actor: Actor, who: str, text: str, now: datetime) -> Change:
    """Say thank you to somebody who helped with it; nobody thanks themselves.

    `who` is a user id, empty = whoever has or had it. Raises Refused, NotAllowed and FieldErrors("person").
    """
    move(issue.state, Verb.THANK, issue.number)
    if not roles(issue, actor):
        require(Action.THANK, issue, actor)
    thanked = who or issue.owner or issue.last_owner or ""
    if not thanked:
        raise FieldErrors({"person": "Nobody has it yet. Please choose whom you want to thank."})
    if thanked == actor.user:
        raise FieldErrors({"person": "That is you. Please choose somebody who helped."})
    data: dict[str, str | int] = {"who": thanked, "text": text}
    return Change(issue.bump(), (Event(EventKind.THANKED, now, actor.user, data),))

"""Making an issue private, or public: who reads it from then on."""

from datetime import datetime

from bot.domain.errors import Refused
from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import Verb, move
from bot.domain.permissions import Action, Actor, require
from bot.domain.words import say


def hide(issue: Issue, actor: Actor, now: datetime) -> Change:
    """Private from now on; what was posted before stays where it is, but the card. Raises Refused and NotAllowed."""
    return _set(issue, actor, now, private=True)


def show(issue: Issue, actor: Actor, now: datetime) -> Change:
    """Public from now on: its card is posted. Raises Refused and NotAllowed."""
    return _set(issue, actor, now, private=False)


def _set(issue: Issue, actor: Actor, now: datetime, *, private: bool) -> Change:
    move(issue.state, Verb.HIDE, issue.number)
    require(Action.HIDE, issue, actor)
    if issue.private is private:
        how = "private" if private else "public"
        raise Refused(say("ISS-{number} is {how} already. Nothing to do.", number=issue.number, how=how))
    kind = EventKind.HIDDEN if private else EventKind.SHOWN
    return Change(issue.bump(private=private), (Event(kind, now, actor.user),))

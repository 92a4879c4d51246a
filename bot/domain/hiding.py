"""Making an issue private, or public: who reads it from then on."""

from datetime import datetime

from bot.domain.errors import Refused
from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import STATE_WORDS, TRANSITIONS, Verb
from bot.domain.permissions import Action, Actor, require
from bot.domain.words import Sentence, say


def hide(issue: Issue, actor: Actor, now: datetime) -> Change:
    """Private from now on; what was posted before stays where it is, but the card. Raises Refused and NotAllowed."""
    return _set(issue, actor, now, private=True)


def show(issue: Issue, actor: Actor, now: datetime) -> Change:
    """Public from now on: its card is posted. Raises Refused and NotAllowed."""
    return _set(issue, actor, now, private=False)


def _set(issue: Issue, actor: Actor, now: datetime, *, private: bool) -> Change:
    if (issue.state, Verb.HIDE) not in TRANSITIONS:
        raise Refused(_over(issue))
    require(Action.HIDE, issue, actor)
    if issue.private is private:
        said = "ISS-{number} is {how} already. Nothing to do."
        raise Refused(say(said, number=issue.number, how=_how(issue.private)))
    kind = EventKind.HIDDEN if private else EventKind.SHOWN
    return Change(issue.bump(private=private), (Event(kind, now, actor.user),))


def _over(issue: Issue) -> Sentence:
    """Who could read it while it went on can read it now that it is over."""
    return say(
        "ISS-{number} is {state}, so it stays {how}. Once it is open again, it can be made {other}.",
        number=issue.number,
        state=STATE_WORDS[issue.state],
        how=_how(issue.private),
        other=_how(not issue.private),
    )


def _how(private: bool) -> str:
    return "private" if private else "public"

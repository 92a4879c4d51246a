"""Some time after it closed: did it last?"""

from dataclasses import replace
from datetime import datetime

from bot.domain.errors import Refused
from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import Verb, move
from bot.domain.permissions import Action, Actor, require
from bot.domain.standing_in import on_behalf
from bot.domain.words import say


def follow_up(issue: Issue, now: datetime) -> Change:
    """The requester is asked, once for each time it closes."""
    after = issue.bump(care=replace(issue.care, followed_up_at=now))
    return Change(after, (Event(EventKind.FOLLOWED_UP, now, None, {}),))


def may_say(issue: Issue, actor: Actor) -> None:
    """Raises Refused when nobody asks any more, and NotAllowed."""
    move(issue.state, Verb.FOLLOW_UP, issue.number)
    require(Action.FOLLOW_UP, issue, actor)
    if issue.care.followed_up_at is None or issue.care.follow_up_answered:
        raise Refused(say("That question about ISS-{number} is answered. Thank you.", number=issue.number))


def lasted(issue: Issue, actor: Actor, now: datetime) -> Change:
    """It did. Raises Refused and NotAllowed."""
    may_say(issue, actor)
    return _answered(issue, actor, now, yes=True)


def came_back(issue: Issue, actor: Actor, now: datetime) -> Change:
    """It did not, and it is too late to open it again. Raises Refused and NotAllowed."""
    may_say(issue, actor)
    return _answered(issue, actor, now, yes=False)


def answered_by_dispute(issue: Issue, actor: Actor, now: datetime) -> tuple[Event, ...]:
    """Who says that it is not solved answers that question too, if it waits for an answer."""
    if issue.care.followed_up_at is None or issue.care.follow_up_answered:
        return ()
    return _answered(issue, actor, now, yes=False).events


def _answered(issue: Issue, actor: Actor, now: datetime, *, yes: bool) -> Change:
    after = issue.bump(care=replace(issue.care, follow_up_answered=True))
    data: dict[str, str | int] = {"lasted": int(yes), **on_behalf(issue, actor)}
    return Change(after, (Event(EventKind.FOLLOW_UP_ANSWERED, now, actor.user, data),))

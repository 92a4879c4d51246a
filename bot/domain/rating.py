"""After it closed: how well it went, in the requester's eyes, and what would have helped. Each is said once."""

from dataclasses import replace
from datetime import datetime

from bot.domain.errors import FieldErrors, Refused
from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import State, Verb, move
from bot.domain.permissions import Action, Actor, require
from bot.domain.standing_in import is_absent, on_behalf
from bot.domain.words import say

WORDS = {1: "poor", 2: "fair", 3: "good", 4: "very good", 5: "excellent"}
"""What each rating says."""


def may_rate(issue: Issue, user: str) -> bool:
    """Whether this person is still asked how well it went: not who solved it for themselves."""
    own = user == issue.owner and not is_absent(issue)
    return issue.state is State.CLOSED and user not in issue.care.rated and not own


def asked_to_comment(issue: Issue) -> tuple[str, ...]:
    """Who is asked what would have helped: raiser and owner, where they are not the requester, who is asked anyway."""
    people = dict.fromkeys(one for one in (issue.present_owner, issue.raiser) if one is not None)
    return tuple(one for one in people if one != issue.requester or is_absent(issue))


def may_comment(issue: Issue, user: str) -> bool:
    """Whether this person can still say it."""
    return issue.state is State.CLOSED and user not in issue.care.commented


def rate(issue: Issue, actor: Actor, stars: int, now: datetime) -> Change:
    """How well it went, 1 to 5. Raises Refused, NotAllowed and ValueError for another number."""
    move(issue.state, Verb.RATE, issue.number)
    require(Action.RATE, issue, actor)
    if stars not in WORDS:
        raise ValueError(f"not a rating: {stars}")
    if actor.user in issue.care.rated:
        raise Refused(say("You rated ISS-{number} already. Thank you.", number=issue.number))
    if not may_rate(issue, actor.user):
        raise Refused(
            say("You solved ISS-{number} yourself, so there is nothing to rate.", number=issue.number)
        )
    data: dict[str, str | int] = {"stars": stars, **on_behalf(issue, actor)}
    given = (actor.user, issue.requester) if "in_place_of" in data else (actor.user,)
    care = replace(issue.care, rated=(*issue.care.rated, *given))
    return Change(issue.bump(care=care), (Event(EventKind.RATED, now, actor.user, data),))


def comment(issue: Issue, actor: Actor, text: str, now: datetime) -> Change:
    """What went well and what would have helped. Raises Refused, NotAllowed, and FieldErrors("text") when empty."""
    _may(issue, actor)
    if not text.strip():
        raise FieldErrors({"text": "Please write a word or two, or leave it with Cancel."})
    return _commented(issue, actor, {"text": text, **on_behalf(issue, actor)}, now)


def skip(issue: Issue, actor: Actor, now: datetime) -> Change:
    """Nothing to add. Raises Refused and NotAllowed."""
    _may(issue, actor)
    return _commented(issue, actor, {"skipped": 1}, now)


def _may(issue: Issue, actor: Actor) -> None:
    move(issue.state, Verb.COMMENT, issue.number)
    require(Action.COMMENT, issue, actor)
    if not may_comment(issue, actor.user):
        raise Refused(say("You answered that about ISS-{number} already. Thank you.", number=issue.number))


def _commented(issue: Issue, actor: Actor, data: dict[str, str | int], now: datetime) -> Change:
    care = replace(issue.care, commented=(*issue.care.commented, actor.user))
    return Change(issue.bump(care=care), (Event(EventKind.COMMENTED, now, actor.user, data),))

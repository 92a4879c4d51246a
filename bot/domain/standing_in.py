"""A requester without Slack: the raiser brings them each text, says so, and speaks for them. So they do for somebody
whom messages do not reach any more.

What one change tells the requester is one text to bring, named by the version of the issue that it made.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain.care import Owing
from bot.domain.caring_time import tell_by
from bot.domain.errors import Refused
from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Issue, Target, TargetKind
from bot.domain.lifecycle import Verb, move
from bot.domain.permissions import Action, Actor, require
from bot.domain.words import say

REMINDED, TOLD_ON = 1, 2
"""How far a text that waits to be brought has come, as `Owing.reminded` counts it."""


def is_absent(issue: Issue) -> bool:
    """Whether it is for somebody without Slack."""
    return bool(issue.facts.requester_name)


def on_behalf(issue: Issue, actor: Actor) -> dict[str, str | int]:
    """For the timeline: that the raiser spoke for somebody without Slack, or whom messages do not reach; nothing
    otherwise."""
    if actor.user == issue.care.stand_in:
        return {"in_place_of": issue.requester}
    absent = is_absent(issue) and actor.user == issue.requester
    return {"on_behalf": issue.facts.requester_name} if absent else {}


def stood_in(issue: Issue, target: Target) -> Issue:
    """What was for the requester went to the raiser, who may answer for them from now on."""
    if target != Target(TargetKind.USER, issue.raiser) or issue.raiser == issue.requester:
        return issue
    return replace(issue, care=replace(issue.care, stand_in=issue.raiser))


def owed(issue: Issue, n: int) -> Owing | None:
    """The text of this number, while it waits to be brought."""
    return next((one for one in issue.care.owing if one.n == n), None)


def owe(change: Change, now: datetime) -> Change:
    """The raiser gets a text to bring, made by this change."""
    issue = change.issue
    owing = (*issue.care.owing, Owing(issue.version, now))
    event = Event(EventKind.OWED, now, None, {"n": issue.version, "name": issue.facts.requester_name})
    return Change(replace(issue, care=replace(issue.care, owing=owing)), (*change.events, event))


def tell(issue: Issue, actor: Actor, n: int, now: datetime) -> Change:
    """The raiser told them this text, and so what older ones said. Raises Refused and NotAllowed."""
    move(issue.state, Verb.TELL, issue.number)
    require(Action.TELL, issue, actor)
    left = tuple(one for one in issue.care.owing if one.n > n)
    if owed(issue, n) is None:
        name = issue.facts.requester_name or "The requester"
        raise Refused(
            say("{name} was told that about ISS-{number} already. Thank you.", name=name, number=issue.number)
        )
    data: dict[str, str | int] = {"n": n, "name": issue.facts.requester_name}
    after = issue.bump(care=replace(issue.care, owing=left))
    return Change(after, (Event(EventKind.TOLD, now, actor.user, data),))


def oldest(issue: Issue, below: int) -> Owing | None:
    """The first text to bring for which that much has not been done yet."""
    return next((one for one in issue.care.owing if one.reminded < below), None)


def remind(issue: Issue, now: datetime) -> Change:
    """The raiser is reminded, once for all that waits to be brought."""
    return _said(issue, now, REMINDED, EventKind.OWED)


def tell_on(issue: Issue, now: datetime) -> Change:
    """The escalation manager hears that the requester was not told in time, once for all that waits."""
    return _said(issue, now, TOLD_ON, EventKind.UPDATE_LATE)


def _said(issue: Issue, now: datetime, step: int, kind: EventKind) -> Change:
    first = oldest(issue, step)
    if first is None:
        return Change(issue, ())
    owing = tuple(replace(one, reminded=max(one.reminded, step)) for one in issue.care.owing)
    data: dict[str, str | int] = {
        "n": owing[-1].n,
        "name": issue.facts.requester_name,
        "by": tell_by(issue, first.at).isoformat(),
        "again": step,
    }
    return Change(issue.bump(care=replace(issue.care, owing=owing)), (Event(kind, now, None, data),))

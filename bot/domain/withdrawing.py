"""Raiser or requester end it themselves, at any time: it is solved, or it is not needed any more."""

from dataclasses import replace
from datetime import datetime

from bot.domain import breaching
from bot.domain.clocks import PauseReason
from bot.domain.errors import Refused
from bot.domain.escalation import waiting_for
from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Issue, TargetKind
from bot.domain.lifecycle import State, Verb, move
from bot.domain.permissions import Action, Actor, require
from bot.domain.words import At, say

SOLVED = "solved"
"""Why it was closed, in the event."""


def withdraw(issue: Issue, actor: Actor, reason: str, now: datetime) -> Change:
    """Nobody needs it any more: nobody is asked, and whoever has it is told. Raises Refused and NotAllowed."""
    if issue.state is State.WITHDRAWN and issue.closed_at:
        said = "ISS-{number} was withdrawn at {when} already."
        raise Refused(say(said, number=issue.number, when=At(issue.closed_at)))
    state = move(issue.state, Verb.WITHDRAW, issue.number)
    require(Action.WITHDRAW, issue, actor)
    data: dict[str, str | int] = {"reason": reason, **_who_knew(issue)}
    event = Event(EventKind.WITHDRAWN, now, actor.user, data)
    return _ended(issue, state, PauseReason.WITHDRAWN, actor, now, event)


def solved(issue: Issue, actor: Actor, helped: str, now: datetime) -> Change:
    """Closed at once, there is nothing to confirm. `helped` says what did. Raises Refused and NotAllowed."""
    if issue.state is State.CLOSED:
        raise Refused(say("ISS-{number} is closed already. Thank you.", number=issue.number))
    state = move(issue.state, Verb.SOLVE, issue.number)
    require(Action.WITHDRAW, issue, actor)
    data: dict[str, str | int] = {"why": SOLVED, "done": helped, **_who_knew(issue)}
    event = Event(EventKind.CLOSED, now, actor.user, data)
    ended = _ended(issue, state, PauseReason.RESOLVED, actor, now, event)
    resolution = helped or issue.resolution
    after = replace(ended.issue, resolved_at=issue.resolved_at or now, resolution=resolution)
    return replace(ended, issue=after)


def _ended(
    issue: Issue, state: State, reason: PauseReason, actor: Actor, now: datetime, event: Event
) -> Change:
    paused = breaching.pause(issue, now, reason, actor.user)
    after = replace(
        paused.issue,
        state=state,
        closed_at=now,
        epoch=issue.epoch + 1,
        position=issue.position.at_rest(),
    )
    return Change(after, (*paused.events, event))


def _who_knew(issue: Issue) -> dict[str, str | int]:
    """Who was being asked, so that each of them is told."""
    asked = [ask.target.id for ask in waiting_for(issue) if ask.target.kind is TargetKind.USER]
    return {"asked": " ".join(dict.fromkeys(asked))} if asked else {}

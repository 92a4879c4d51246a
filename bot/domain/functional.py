"""Escalating to a specialist team: the issue takes that team's path from its level 1, and the same way back.

State and owner stay; whoever acknowledges becomes owner. Which paths are for that is written in the matrix
(`functional: yes`); the path that the rules choose is offered too when the issue is on another one.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain import waiting
from bot.domain.errors import FieldErrors, Refused
from bot.domain.escalation import Step, enter, fresh_round
from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import Change, Issue, Stage
from bot.domain.lifecycle import Verb, move
from bot.domain.matrix.match import route_for
from bot.domain.matrix.model import Path, PublishedMatrix
from bot.domain.permissions import Action, Actor, require
from bot.domain.pressing import refuse_when_moved_on, require_patience, speaks_for_who_asked
from bot.domain.rerouting import consequences, reroute
from bot.domain.words import NOTHING, At, Sentence, say

WHY = "team"


def teams(issue: Issue, published: PublishedMatrix) -> tuple[Path, ...]:
    """The paths it may be sent to now: those of specialist teams, and back to the one its facts choose."""
    here = issue.route.path.name
    home = home_path(issue, published)
    return tuple(
        one for one in published.matrix.paths if one.name != here and (one.functional or one.name == home)
    )


def home_path(issue: Issue, published: PublishedMatrix) -> str:
    """The name of the path that the facts choose; empty when this version knows them no more."""
    try:
        return route_for(published, issue.facts, issue.raised_at, issue.facts.priority).path.name
    except (FieldErrors, Refused):
        return ""


def send_to(
    issue: Issue,
    actor: Actor,
    team: str,
    published: PublishedMatrix,
    reason: str,
    seen: tuple[int, int],
    now: datetime,
) -> Change:
    """Ask level 1 of this path now, by `published`, the matrix version of the issue.

    Raiser and requester have to wait one level time between two escalations, as always. Raises Refused, NotAllowed and
    FieldErrors("reason").
    """
    move(issue.state, Verb.ESCALATE, issue.number)
    allowed = require(Action.ESCALATE, issue, actor)
    refuse_when_moved_on(issue, seen)
    path = _one_of(issue, published, team)
    early = speaks_for_who_asked(allowed)
    if early:
        require_patience(issue, now, reason)
    if not reason.strip():
        raise FieldErrors({"reason": "Please say why: the people of the team read it when they are asked."})
    going = waiting.ended(issue, now, waiting.GoesOn.ESCALATED)
    care = replace(going.issue.care, sent_on_at=now)
    before = replace(going.issue, care=care, pressed_at=now if early else issue.pressed_at)
    after = _on_path(before, path, published, now, actor.user)
    data: dict[str, str | int] = {
        "reason": reason,
        "level": issue.position.level,
        "early": int(early),
        "from": issue.route.path.name,
        "team": path.name,
        "said": consequences(issue, after.issue).dump(),
    }
    event = Event(EventKind.ESCALATED, now, actor.user, data)
    return Change(after.issue, (event, *going.events, *after.events))


def _on_path(issue: Issue, path: Path, published: PublishedMatrix, now: datetime, by: str) -> Change:
    home = home_path(issue, published)
    facts = replace(issue.facts, path="" if path.name == home else path.name)
    route = route_for(published, facts, now, facts.priority, path.name)
    moved = reroute(replace(issue, facts=facts), route, now, by=by, why=WHY, same_path=False)
    rest = tuple(one for one in moved.events if one.kind is not EventKind.ROUTE_CHANGED)
    if moved.issue.asking and not moved.issue.gone:
        return Change(moved.issue, rest)
    first = Step(Stage.LEVEL, 1, fresh_round(moved.issue), 0)
    return Change(moved.issue, rest).then(enter(moved.issue, first, now, Cause.REROUTED))


def _one_of(issue: Issue, published: PublishedMatrix, team: str) -> Path:
    found = next((one for one in teams(issue, published) if one.name == team), None)
    if found is not None:
        return found
    if team == issue.route.path.name:
        until = issue.position.ends_at
        when = say(", until {until}", until=At(until)) if until and issue.asking else NOTHING
        raise Refused(say("{team} has it already{when}.", team=team, when=when))
    raise Refused(_no_team(issue, published, team))


def _no_team(issue: Issue, published: PublishedMatrix, team: str) -> Sentence:
    known = ", ".join(one.name for one in teams(issue, published))
    if not known:
        return say("The matrix names no team that ISS-{number} could be sent to.", number=issue.number)
    return say("The matrix has no team “{team}”. You can choose: {known}.", team=team, known=known)

"""Changing what an issue in work is about: its type, service or client, and what its priority comes from.

Everything is chosen again by the matrix version of the issue; `bot.domain.rerouting` says what that does to levels,
deadlines and the owner.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.errors import FieldErrors, Refused
from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Facts, Issue
from bot.domain.lifecycle import Verb, move
from bot.domain.matrix.match import priority_for, route_for
from bot.domain.matrix.model import PublishedMatrix, Route
from bot.domain.permissions import Action, Actor, may, require
from bot.domain.rerouting import another_path, other_deadlines, reroute
from bot.domain.wording.changed import what_changed
from bot.domain.words import NOTHING, listed, say

SUBJECT = ("type", "service", "client")
URGENCY = ("impact", "urgency", "priority")
CHANGEABLE = (*SUBJECT, *URGENCY)
"""The facts that choose the path again."""


def may_change(issue: Issue, actor: Actor) -> tuple[str, ...]:
    """The facts this person may change now. Raises NotAllowed when there is none.

    Who raised it and is nothing else to it may set how urgent it is, until somebody has it.
    """
    require(Action.PRIORITIZE, issue, actor)
    if may(Action.CHANGE, issue, actor):
        return CHANGEABLE
    return URGENCY


def change_facts(
    issue: Issue,
    actor: Actor,
    wanted: Mapping[str, str],
    published: PublishedMatrix,
    now: datetime,
    reason: str = "",
) -> Change:
    """The issue with these facts, on the path and with the priority that `published`, its own version, has for them.

    `wanted` maps names of CHANGEABLE to keys of the matrix; what it leaves out stays. An empty service or client is
    none, an empty priority the one that impact and urgency give; any other priority is set by hand and needs a reason.
    Raises Refused (over, or nothing would be different), NotAllowed, and FieldErrors at what the version does not know
    and at ``reason``.
    """
    move(issue.state, Verb.CHANGE, issue.number)
    different = {name: key for name, key in wanted.items() if key != getattr(issue.facts, name)}
    if set(different) - set(may_change(issue, actor)):
        require(Action.CHANGE, issue, actor)
    facts, route = _chosen_again(issue.facts, different, published, now, reason)
    if facts == issue.facts:
        raise Refused(say("ISS-{number} is just like that already, so nothing changes.", number=issue.number))
    about = replace(issue, facts=facts)
    rerouted = reroute(about, route, now, by=actor.user)
    after = rerouted.issue if rerouted.events else about.bump()
    told = Event(EventKind.CHANGED, now, actor.user, _data(issue, after, reason))
    rest = tuple(one for one in rerouted.events if one.kind is not EventKind.ROUTE_CHANGED)
    return Change(after, (told, *rest))


def _chosen_again(
    before: Facts, different: Mapping[str, Any], published: PublishedMatrix, now: datetime, reason: str
) -> tuple[Facts, Route]:
    """A priority set by hand is kept until another one is chosen, or until impact and urgency give it anyway; a path
    chosen by hand until it is about something else."""
    facts = replace(before, **different, path="" if set(SUBJECT) & set(different) else before.path)
    route = route_for(published, facts, now, facts.priority, facts.path)
    by_rule = priority_for(published.matrix, facts.impact, facts.urgency)
    if facts.priority in ("", by_rule.key):
        return replace(facts, priority="", priority_reason=""), route
    if "priority" not in different:
        return facts, route
    if not reason.strip():
        why = (
            f"Impact and urgency make it {by_rule.title}. Please say why it should be {route.priority.title}."
        )
        raise FieldErrors({"reason": why})
    return replace(facts, priority_reason=reason), route


def _data(before: Issue, after: Issue, reason: str) -> dict[str, str | int]:
    old, new = before.route, after.route
    effects = [*another_path(before, after), *other_deadlines(before, after)]
    data: dict[str, str | int] = {
        "what": what_changed(before, after).dump(),
        "effects": (listed(effects) if effects else NOTHING).dump(),
        "reason": reason,
        "from": old.path.name,
        "to": new.path.name,
    }
    if new.top_priority and not old.top_priority:
        data["top"] = 1
    return data

"""Issues that belong together: linked as neighbours, or one merged into the other.

Both verbs change two issues. They return both changes, and whoever stores them does so in one transaction.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain.care import Brought
from bot.domain.clocks import PauseReason
from bot.domain.errors import Refused
from bot.domain.events import Event, EventKind
from bot.domain.ids import UserId
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import IN_WORK, STATE_WORDS, State, Verb, move
from bot.domain.matrix.model import Route
from bot.domain.permissions import Action, Actor, require
from bot.domain.rerouting import reroute
from bot.domain.veil import SOMEBODY, hidden
from bot.domain.words import say

Both = tuple[Change, Change]


def link(one: Issue, other: Issue, actor: Actor, now: datetime) -> Both:
    """Each names the other from now on. The actor needs the right on the first. Raises Refused and NotAllowed."""
    require(Action.LINK, one, actor)
    _not_itself(one, other)
    if other.number in one.company.links:
        raise Refused(
            say("ISS-{one} and ISS-{other} are linked already.", one=one.number, other=other.number)
        )
    if one.private != other.private:
        raise Refused("One of them is private and the other is not, so they cannot name each other.")
    return _linked(one, other.number, actor, now), _linked(other, one.number, actor, now)


def merge(source: Issue, target: Issue, actor: Actor, now: datetime, urgent: Route | None = None) -> Both:
    """The first goes on as the second: the higher priority, the earlier raise and everybody who is told come along.

    `urgent` is the target's route with the priority of the source, chosen by the target's matrix version; it counts
    only when that priority is the higher one, and None keeps the target's. Returns the changes of source and target.
    Raises Refused (itself, in a circle, private into public, a target that is over) and NotAllowed.
    """
    state = move(source.state, Verb.MERGE, source.number)
    require(Action.MERGE, source, actor)
    _not_itself(source, target)
    _may_take(target, source)
    ended = source.bump(
        state=state,
        closed_at=now,
        position=source.position.at_rest(),
        company=replace(source.company, merged_into=target.number),
        clocks=source.clocks.stopped(now, PauseReason.MERGED, actor.user),
        care=replace(source.care, named=None, bypass=None),
        epoch=source.epoch + 1,
    )
    gone = Event(EventKind.MERGED, now, actor.user, {"into": target.number})
    return Change(ended, (gone,)), _absorbed(source, target, actor, now, urgent)


def _absorbed(source: Issue, target: Issue, actor: Actor, now: datetime, urgent: Route | None) -> Change:
    told = (source.requester, *source.company.further)
    further = _together(target.company.further, told, target.requester)
    company = replace(
        target.company,
        further=further,
        watchers=_together(target.company.watchers, source.company.watchers, ""),
        links=tuple(dict.fromkeys((*target.company.links, source.number))),
        unnamed=_unnamed(source, target),
        absent=tuple(dict.fromkeys((*target.company.absent, *_absent(source)))),
    )
    whole = replace(target, company=company, raised_at=min(source.raised_at, target.raised_at))
    rerouted = Change(whole, ())
    if urgent is not None and urgent.priority.rank < target.route.priority.rank:
        why = f"ISS-{source.number}, which was merged into it, is {urgent.priority.title}."
        facts = replace(target.facts, priority=urgent.priority.key, priority_reason=why)
        rerouted = reroute(replace(whole, facts=facts), urgent, now, by=actor.user, why="merge")
    after = rerouted.issue if rerouted.events else whole.bump()
    taken = Event(EventKind.ABSORBED, now, actor.user, {"other": source.number, "title": source.facts.title})
    return Change(after, (taken, *rerouted.events))


def _unnamed(source: Issue, target: Issue) -> tuple[UserId, ...]:
    """Who is not named on the source is not named here either, but where this one named them before.

    That it keeps a name back is true either way: else it would tell that they are among those it named.
    """
    named = {target.raiser, target.requester, target.owner, *target.company.further} - hidden(target)
    more = [one for one in sorted(hidden(source)) if one not in named]
    return _together(target.company.unnamed, tuple([*more, SOMEBODY] if hidden(source) else more), "")


def _absent(source: Issue) -> tuple[Brought, ...]:
    """Those without Slack for whom it is: the same people go on to bring them each text."""
    name = source.facts.requester_name
    return (*([Brought(source.raiser, name)] if name else []), *source.company.absent)


def _together(have: tuple[UserId, ...], more: tuple[UserId, ...], without: str) -> tuple[UserId, ...]:
    return tuple(one for one in dict.fromkeys((*have, *more)) if one != without)


def _may_take(target: Issue, source: Issue) -> None:
    if target.state is State.MERGED:
        into = target.company.merged_into or 0
        if into == source.number:
            said = say("ISS-{target} was merged into this one already.", target=target.number)
        else:
            said = say(
                "ISS-{target} was merged into ISS-{into}. Please merge into that one.",
                target=target.number,
                into=into,
            )
        raise Refused(said)
    if target.state not in IN_WORK:
        raise Refused(
            say(
                "ISS-{target} is {state}. Please merge into one that is open or in work.",
                target=target.number,
                state=STATE_WORDS[target.state],
            )
        )
    if source.private and not target.private:
        raise Refused(
            say(
                "ISS-{source} is private and ISS-{target} is not: what is private would be read by everybody. "
                "Please link them by hand, or make ISS-{target} private first.",
                source=source.number,
                target=target.number,
            )
        )


def _linked(issue: Issue, number: int, actor: Actor, now: datetime) -> Change:
    company = replace(issue.company, links=(*issue.company.links, number))
    return Change(issue.bump(company=company), (Event(EventKind.LINKED, now, actor.user, {"other": number}),))


def _not_itself(one: Issue, other: Issue) -> None:
    if one.ref == other.ref:
        raise Refused(say("That is ISS-{number} itself. Please name another issue.", number=one.number))

"""Taking part in an issue without answering it: join it as a further requester, or watch it."""

from dataclasses import replace
from datetime import datetime

from bot.domain.errors import Refused
from bot.domain.events import Event, EventKind
from bot.domain.ids import UserId
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import Verb, move
from bot.domain.permissions import Action, Actor, require, roles
from bot.domain.sight import require_sight
from bot.domain.veil import hidden
from bot.domain.words import Person, say

MOST = 200
"""So many may take part in one way; every one of them is told of each step by a message of their own."""


def join(issue: Issue, actor: Actor, now: datetime, who: str = "") -> Change:
    """It happens to them too, or to `who` for whom they ask: a further requester, told what the first one is told.

    Where a name is kept back, whoever asks for somebody else reads the same, whether or not they are told already: else
    they would learn for whom it is. Raises Refused and NotAllowed.
    """
    move(issue.state, Verb.JOIN, issue.number)
    joiner = who or actor.user
    known = joiner == issue.requester or joiner in issue.company.further
    if known and not _keeps_names(issue, actor, joiner):
        subject = say("You are") if joiner == actor.user else say("{who} is", who=Person(joiner))
        already = say(" told about every step of ISS-{number} already. Nothing to do.", number=issue.number)
        raise Refused(subject + already)
    require(Action.JOIN, issue, actor)
    _room(len(issue.company.further), issue)
    further = dict.fromkeys((*issue.company.further, UserId(joiner)))
    company = replace(issue.company, further=tuple(further))
    event = Event(EventKind.JOINED, now, actor.user, {"who": joiner})
    return Change(issue.bump(company=company), (event,))


def watch(issue: Issue, actor: Actor, now: datetime, who: str = "") -> Change:
    """They, or `who` whom they name, follow it from now on: told, not asked.

    Naming somebody else is for those who work on it. Where a name is kept back, nobody learns who watches it already.
    Raises Refused and NotAllowed.
    """
    move(issue.state, Verb.WATCH, issue.number)
    follower = who or actor.user
    if follower in issue.company.watchers and not _keeps_names(issue, actor, follower):
        subject = say("You watch") if follower == actor.user else say("{who} watches", who=Person(follower))
        raise Refused(subject + say(" ISS-{number} already. Nothing to do.", number=issue.number))
    _may_add(issue, actor, follower)
    _room(len(issue.company.watchers), issue)
    watchers = dict.fromkeys((*issue.company.watchers, UserId(follower)))
    company = replace(issue.company, watchers=tuple(watchers))
    event = Event(EventKind.WATCHED, now, actor.user, {"who": follower})
    return Change(issue.bump(company=company), (event,))


def unwatch(issue: Issue, actor: Actor, now: datetime) -> Change:
    """They do not follow it any more. Raises Refused when they did not."""
    if actor.user not in issue.company.watchers:
        raise Refused(say("You do not watch ISS-{number}. Nothing to do.", number=issue.number))
    rest = tuple(one for one in issue.company.watchers if one != actor.user)
    event = Event(EventKind.UNWATCHED, now, actor.user, {"who": actor.user})
    return Change(issue.bump(company=replace(issue.company, watchers=rest)), (event,))


def _keeps_names(issue: Issue, actor: Actor, who: str) -> bool:
    """Whether what is true of `who` already could tell this person who raised it without their name."""
    return who != actor.user and bool(hidden(issue, actor.user))


def _may_add(issue: Issue, actor: Actor, follower: str) -> None:
    """A private issue is followed only by who sees it anyway, or whom somebody who works on it names."""
    if follower != actor.user:
        require(Action.ASSIGN, issue, actor)
    elif issue.private:
        require_sight(issue, actor)
    elif not roles(issue, actor):
        require(Action.WATCH, issue, actor)


def _room(taken: int, issue: Issue) -> None:
    if taken >= MOST:
        raise Refused(
            say(
                "{most} people take part in ISS-{number} that way already. Its card shows how it stands.",
                most=MOST,
                number=issue.number,
            )
        )

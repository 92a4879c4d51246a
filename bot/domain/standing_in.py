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


def bearers(issue: Issue) -> tuple[str, ...]:
    """Who brings each text to somebody without Slack: the raiser, and those whose issue was merged into this one."""
    first = [issue.raiser] if is_absent(issue) else []
    return tuple(dict.fromkeys((*first, *(one.by for one in issue.company.absent))))


def carrier(issue: Issue, bearer: str) -> str:
    """Who does it in fact: the bearer, or whoever has the issue once nothing reaches the bearer any more. Where nobody
    can, the bearer."""
    if bearer not in issue.care.lost:
        return bearer
    owner = issue.present_owner
    return bearer if owner is None or owner in issue.care.lost else owner


def carriers(issue: Issue) -> tuple[str, ...]:
    """Who brings each text in fact, each once; the raiser, or who does it for them, first."""
    return tuple(dict.fromkeys(carrier(issue, one) for one in bearers(issue)))


def brings(issue: Issue, user: str) -> str:
    """The names of those whom this person tells in fact; empty for everybody else."""
    return " and ".join(names_of(issue, one) for one in bearers(issue) if carrier(issue, one) == user)


def names_of(issue: Issue, bearer: str) -> str:
    """The names of those to whom this bearer is to bring each text; empty for everybody else."""
    own = [issue.facts.requester_name] if is_absent(issue) and bearer == issue.raiser else []
    return " and ".join([*own, *(one.name for one in issue.company.absent if one.by == bearer)])


def on_behalf(issue: Issue, actor: Actor) -> dict[str, str | int]:
    """For the timeline: that the raiser spoke for somebody without Slack, or whom messages do not reach; nothing
    otherwise."""
    if actor.user == issue.care.stand_in:
        return {"in_place_of": issue.requester}
    for_themselves = actor.user == issue.requester and not is_absent(issue)
    name = "" if for_themselves else _names(issue, actor.user)
    return {"on_behalf": name} if name else {}


def stood_in(issue: Issue, target: Target) -> Issue:
    """What was for the requester went to the raiser, who may answer for them from now on."""
    if target != Target(TargetKind.USER, issue.raiser) or issue.raiser == issue.requester:
        return issue
    return replace(issue, care=replace(issue.care, stand_in=issue.raiser))


def owed(issue: Issue, n: int, user: str) -> Owing | None:
    """The text of this number, while it waits to be brought by this person."""
    return next((one for one in _in_hand(issue, user) if one.n == n), None)


def owe(change: Change, now: datetime, *users: str) -> Change:
    """Each of them gets a text to bring, made by this change: their own, or in the place of who was to bring it."""
    issue = change.issue
    whose = [one for one in bearers(issue) if carrier(issue, one) in users]
    owing = tuple(Owing(issue.version, now, by=_unless_raiser(issue, one)) for one in whose)
    events = tuple(
        Event(EventKind.OWED, now, None, {"n": issue.version, **_by_whom(issue, one)}) for one in whose
    )
    care = replace(issue.care, owing=(*issue.care.owing, *owing))
    return Change(replace(issue, care=care), (*change.events, *events))


def tell(issue: Issue, actor: Actor, n: int, now: datetime) -> Change:
    """They told them this text, and so what older ones said. Raises Refused and NotAllowed."""
    move(issue.state, Verb.TELL, issue.number)
    if not brings(issue, actor.user):
        require(Action.TELL, issue, actor)
    mine = _in_hand(issue, actor.user)
    left = tuple(one for one in issue.care.owing if one.n > n or one not in mine)
    if owed(issue, n, actor.user) is None:
        name = _names(issue, actor.user) or "The requester"
        raise Refused(
            say("{name} was told that about ISS-{number} already. Thank you.", name=name, number=issue.number)
        )
    data: dict[str, str | int] = {"n": n, "name": _names(issue, actor.user)}
    after = issue.bump(care=replace(issue.care, owing=left))
    return Change(after, (Event(EventKind.TOLD, now, actor.user, data),))


def oldest(issue: Issue, below: int) -> Owing | None:
    """The first text to bring for which that much has not been done yet."""
    return next((one for one in issue.care.owing if one.reminded < below), None)


def remind(issue: Issue, now: datetime) -> Change:
    """Whoever brings it is reminded, once for all that waits to be brought by them."""
    return _said(issue, now, REMINDED, EventKind.OWED)


def tell_on(issue: Issue, now: datetime) -> Change:
    """The escalation manager hears that the requester was not told in time, once for all that waits."""
    return _said(issue, now, TOLD_ON, EventKind.UPDATE_LATE)


def _said(issue: Issue, now: datetime, step: int, kind: EventKind) -> Change:
    first = oldest(issue, step)
    if first is None:
        return Change(issue, ())
    late = [user for user in bearers(issue) if any(one.n == first.n for one in _below(issue, user, step))]
    waiting = [one for user in late for one in _to_bring(issue, user)]
    owing = tuple(
        replace(one, reminded=max(one.reminded, step)) if one in waiting else one for one in issue.care.owing
    )
    events = tuple(_still(issue, user, now, step, kind) for user in late)
    return Change(issue.bump(care=replace(issue.care, owing=owing)), events)


def _still(issue: Issue, user: str, now: datetime, step: int, kind: EventKind) -> Event:
    data: dict[str, str | int] = {
        "n": _to_bring(issue, user)[-1].n,
        "by": tell_by(issue, _below(issue, user, step)[0].at).isoformat(),
        "again": step,
        **_by_whom(issue, user),
    }
    return Event(kind, now, None, data)


def _names(issue: Issue, user: str) -> str:
    """Those for whom they speak, also when somebody else brings the news by now."""
    return brings(issue, user) or names_of(issue, user)


def _to_bring(issue: Issue, bearer: str) -> tuple[Owing, ...]:
    return tuple(one for one in issue.care.owing if (one.by or issue.raiser) == bearer)


def _in_hand(issue: Issue, user: str) -> tuple[Owing, ...]:
    """What waits to be brought by this person, as who was to bring it or in their place."""
    owing = ((one, one.by or issue.raiser) for one in issue.care.owing)
    return tuple(one for one, bearer in owing if user in (bearer, carrier(issue, bearer)))


def _below(issue: Issue, bearer: str, step: int) -> tuple[Owing, ...]:
    return tuple(one for one in _to_bring(issue, bearer) if one.reminded < step)


def _by_whom(issue: Issue, bearer: str) -> dict[str, str | int]:
    """For the timeline: who is to be told, and by whom where that is not who raised it; `lost` = by nobody now."""
    user = carrier(issue, bearer)
    who = _unless_raiser(issue, user)
    data: dict[str, str | int] = {"name": names_of(issue, bearer), **({"who": who} if who else {})}
    return {**data, "lost": 1} if user in issue.care.lost else data


def _unless_raiser(issue: Issue, user: str) -> str:
    return "" if user == issue.raiser else user

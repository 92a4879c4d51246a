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


def brings(issue: Issue, user: str) -> str:
    """The names of those whom this person tells; empty for everybody else."""
    own = [issue.facts.requester_name] if is_absent(issue) and user == issue.raiser else []
    return " and ".join([*own, *(one.name for one in issue.company.absent if one.by == user)])


def on_behalf(issue: Issue, actor: Actor) -> dict[str, str | int]:
    """For the timeline: that the raiser spoke for somebody without Slack, or whom messages do not reach; nothing
    otherwise."""
    if actor.user == issue.care.stand_in:
        return {"in_place_of": issue.requester}
    for_themselves = actor.user == issue.requester and not is_absent(issue)
    name = "" if for_themselves else brings(issue, actor.user)
    return {"on_behalf": name} if name else {}


def stood_in(issue: Issue, target: Target) -> Issue:
    """What was for the requester went to the raiser, who may answer for them from now on."""
    if target != Target(TargetKind.USER, issue.raiser) or issue.raiser == issue.requester:
        return issue
    return replace(issue, care=replace(issue.care, stand_in=issue.raiser))


def owed(issue: Issue, n: int, user: str) -> Owing | None:
    """The text of this number, while it waits to be brought by this person."""
    return next((one for one in _to_bring(issue, user) if one.n == n), None)


def owe(change: Change, now: datetime, *users: str) -> Change:
    """Each of them gets a text to bring, made by this change."""
    issue = change.issue
    owing = tuple(Owing(issue.version, now, by=_unless_raiser(issue, user)) for user in users)
    events = tuple(
        Event(EventKind.OWED, now, None, {"n": issue.version, **_by_whom(issue, user)}) for user in users
    )
    care = replace(issue.care, owing=(*issue.care.owing, *owing))
    return Change(replace(issue, care=care), (*change.events, *events))


def tell(issue: Issue, actor: Actor, n: int, now: datetime) -> Change:
    """They told them this text, and so what older ones said. Raises Refused and NotAllowed."""
    move(issue.state, Verb.TELL, issue.number)
    if not brings(issue, actor.user):
        require(Action.TELL, issue, actor)
    mine = _to_bring(issue, actor.user)
    left = tuple(one for one in issue.care.owing if one.n > n or one not in mine)
    if owed(issue, n, actor.user) is None:
        name = brings(issue, actor.user) or "The requester"
        raise Refused(
            say("{name} was told that about ISS-{number} already. Thank you.", name=name, number=issue.number)
        )
    data: dict[str, str | int] = {"n": n, "name": brings(issue, actor.user)}
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


def _to_bring(issue: Issue, user: str) -> tuple[Owing, ...]:
    return tuple(one for one in issue.care.owing if (one.by or issue.raiser) == user)


def _below(issue: Issue, user: str, step: int) -> tuple[Owing, ...]:
    return tuple(one for one in _to_bring(issue, user) if one.reminded < step)


def _by_whom(issue: Issue, user: str) -> dict[str, str | int]:
    """For the timeline: who is to be told, and by whom where that is not who raised it."""
    who = _unless_raiser(issue, user)
    return {"name": brings(issue, user), **({"who": who} if who else {})}


def _unless_raiser(issue: Issue, user: str) -> str:
    return "" if user == issue.raiser else user

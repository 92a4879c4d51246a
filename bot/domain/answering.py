"""Answering a ping: take it, or say that one cannot."""

from dataclasses import replace
from datetime import datetime

from bot.domain import waiting
from bot.domain.breaching import settle_late
from bot.domain.care import Company
from bot.domain.caring import told
from bot.domain.clocks import ClockKind, PauseReason
from bot.domain.errors import NotAllowed, Refused
from bot.domain.escalation import early_end, with_status
from bot.domain.events import Cause, Event, EventKind
from bot.domain.ids import UserId
from bot.domain.issue import AskStatus, Change, Issue, Stage, Target, TargetKind
from bot.domain.lifecycle import State, Verb, move
from bot.domain.permissions import RIGHTS, Action, Actor, Role, require, roles
from bot.domain.sight import require_touch
from bot.domain.standing import asked_by_channel
from bot.domain.words import At, Person, Sentence, say

RAISERS = "You raised this one, so somebody else answers it. You can press Escalate if it cannot wait."
STRANGERS = "Guests and people of other organisations cannot take issues. Somebody who was asked will."


class NotOnPath(Refused):
    """Somebody who was not asked wants to take it: ask them whether they mean it."""


def acknowledge(issue: Issue, actor: Actor, now: datetime, *, anyway: bool = False) -> Change:
    """Take the issue: the first to do so owns it and the timers stop.

    Works from any level of this opening while nobody has it, and while a further level is asked. Of an owner who was
    gone it means that they are back: nobody is asked to follow them any more. Raises NotOnPath when the person was not
    asked (repeat with `anyway` once they confirmed), Refused when somebody has it or it is over.
    """
    require_touch(issue, actor)
    back = issue.gone == actor.user
    if not back:
        _refuse_when_taken(issue, actor)
    state = move(issue.state, Verb.ACKNOWLEDGE, issue.number)
    by_channel = asked_by_channel(issue, actor)
    if actor.outsider and not (issue.asks_of(actor.user) or by_channel):
        raise NotAllowed(STRANGERS)
    refuse_who_raised_it(issue, actor, RAISERS)
    asked = back or by_channel or bool(roles(issue, actor) & RIGHTS[Action.ACKNOWLEDGE])
    if not asked:
        if actor.guest:
            raise NotAllowed(STRANGERS)
        if not anyway:
            raise NotOnPath(_anyway(issue, actor))
    late = settle_late(issue, [] if issue.responded_at else [ClockKind.RESPOND], now)
    after = late.issue.bump(
        state=state,
        owner=UserId(actor.user),
        acknowledged_at=now,
        responded_at=issue.responded_at or now,
        asks=with_status(issue, Target(TargetKind.USER, actor.user), AskStatus.ACKNOWLEDGED),
        position=issue.position.at_rest(),
        care=told(issue.care, now),
        company=issue.company if back else _with_the_previous(issue),
        epoch=issue.epoch + 1,
    )
    data: dict[str, str | int] = {"level": issue.ask_level, "round": issue.position.round}
    if issue.owner and not back:
        data["previous"] = issue.owner
    if _has_left(issue) and not back:
        data["left"] = 1  # there is nobody to tell
    if not asked:
        data["off_path" if _is_off_path(issue, actor) else "unasked"] = 1
    taken = late.then(Change(after, (Event(EventKind.ACKNOWLEDGED, now, actor.user, data),)))
    return taken.then(_not_for_themselves(taken.issue, now))


def decline(issue: Issue, actor: Actor, now: datetime, reason: str = "") -> Change:
    """Take only this person out, for this opening. The level ends early when nobody of it can still answer."""
    require_touch(issue, actor)
    _refuse_when_taken(issue, actor)
    move(issue.state, Verb.DECLINE, issue.number)
    mine = issue.asks_of(actor.user)
    if not mine:
        if any(ask.target.id == actor.via for ask in issue.asks):
            raise Refused(
                "The whole channel was asked, so there is nothing to decline. Somebody else may take it."
            )
        require(Action.DECLINE, issue, replace(actor, via=""))
        raise NotAllowed("Only somebody who was asked may decline.")
    if all(ask.status is not AskStatus.ASKED for ask in mine):
        raise Refused(_not_asked_now(issue, actor))
    me = Target(TargetKind.USER, actor.user)
    after = issue.bump(asks=with_status(issue, me, AskStatus.DECLINED, reason))
    event = Event(EventKind.DECLINED, now, actor.user, {"reason": reason, "level": mine[-1].level})
    return Change(after, (event,)).then(early_end(after, now, Cause.ALL_DECLINED))


def refuse_who_raised_it(issue: Issue, actor: Actor, why: str) -> None:
    """Nobody takes what they raised, unless they were asked to; and without their name on it not even then: their name
    would stand on it. Raises NotAllowed with this sentence."""
    if actor.user == issue.raiser and (issue.facts.nameless or not issue.asks_of(actor.user)):
        raise NotAllowed(why)


def _not_for_themselves(issue: Issue, now: datetime) -> Change:
    """A requester who took it is not waited for: there is nobody else to answer."""
    waits_for = issue.waiting.reason if issue.waiting else ""
    if waits_for != PauseReason.REQUESTER or issue.owner != issue.requester:
        return Change(issue, ())
    return waiting.ended(issue, now, waiting.GoesOn.TAKEN)


def _is_off_path(issue: Issue, actor: Actor) -> bool:
    """Known to be somebody else: it is not said of the path's own people, asked or not, nor of who is not known."""
    return actor.member and not roles(issue, actor) & {Role.PATH, Role.PATH_OWNER, Role.MANAGER}


def _anyway(issue: Issue, actor: Actor) -> Sentence:
    if _is_off_path(issue, actor):
        return say("You are not on the path of ISS-{number}. Take it anyway?", number=issue.number)
    return say("You have not been asked about ISS-{number}. Take it anyway?", number=issue.number)


def _with_the_previous(issue: Issue) -> Company:
    """Who had it while others were asked as well stays informed; who hands it over has done with it."""
    company, previous = issue.company, issue.owner
    if previous is None or previous in company.watchers or issue.position.stage is Stage.NAMED:
        return company
    if _has_left(issue):
        return company
    return replace(company, watchers=(*company.watchers, previous))


def _has_left(issue: Issue) -> bool:
    """Whether who has it is not in Slack any more."""
    return bool(issue.gone) and issue.care.gone_why == "left"


def _refuse_when_taken(issue: Issue, actor: Actor) -> None:
    if issue.state is not State.ACKNOWLEDGED or issue.owner is None:
        return
    if issue.owner == actor.user:
        raise Refused(say("You have ISS-{number} already.", number=issue.number))
    if not issue.asking and issue.acknowledged_at:
        raise Refused(
            say(
                "{who} took ISS-{number} at {when}.",
                who=Person(issue.owner),
                number=issue.number,
                when=At(issue.acknowledged_at),
            )
        )


def _not_asked_now(issue: Issue, actor: Actor) -> Sentence:
    if issue.declined_by(actor.user):
        said = "You said already that you can't take ISS-{number}. The next one is asked."
        return say(said, number=issue.number)
    return say(
        "You are not asked for ISS-{number} any more, so there is nothing to decline.", number=issue.number
    )

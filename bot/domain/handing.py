"""Who has it gives it back, hands it over, or is gone: somebody else is asked, and it is never with nobody unasked.

Whoever has it keeps it until somebody takes it; only giving it back, or being gone with nobody following, opens it
again. The clock of the first answer has ended by then and never starts again; that of the solution runs on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from bot.domain import waiting
from bot.domain.care import Named
from bot.domain.contacts import Contact, ContactKind, parse_contact
from bot.domain.errors import FieldErrors
from bot.domain.escalation import ask_anew, without_owner
from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import Ask, AskStatus, Change, Issue, Position, Stage, Target, TargetKind
from bot.domain.lifecycle import State, Verb, move
from bot.domain.permissions import Action, Actor, require
from bot.domain.still_on_it import require_owner
from bot.domain.veil import hidden
from bot.domain.waiting_time import pinged_at
from bot.domain.working_time import add_working, share


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to be asked: the contact, whom it stands for right now, and what to call them in a form.

    `field` is the name of the form's field in which they were named.
    """

    contact: Contact
    targets: tuple[Target, ...]
    called: str
    field: str = "who"


def give_back(issue: Issue, actor: Actor, reason: str, now: datetime) -> Change:
    """The owner cannot go on: open again, and the same level is asked anew without them, as if they had declined.

    A level that is being asked already keeps its time. Raises Refused and NotAllowed.
    """
    move(issue.state, Verb.GIVE_BACK, issue.number)
    require_owner(Action.GIVE_BACK, issue, actor)
    event = Event(EventKind.GAVE_BACK, now, actor.user, {"reason": reason, "level": issue.position.level})
    left = _left(issue, now, waiting.GoesOn.GAVE_BACK)
    asks = _declined(left.issue, actor.user, reason, now)
    without = replace(left.issue, asks=asks)
    return _asked_again(Change(without, (event, *left.events)), Stage.LEVEL, now, Cause.GAVE_BACK)


def assign(issue: Issue, actor: Actor, wish: Wish, why: str, now: datetime) -> Change:
    """Ask these to take it. Whoever has it keeps it until one of them does.

    They have the level's full time; when somebody is being asked already they are asked in addition, with at least
    half of that time, and the ladder goes on afterwards. Raises Refused, NotAllowed, and FieldErrors at the field of
    the wish.
    """
    move(issue.state, Verb.ASSIGN, issue.number)
    require(Action.ASSIGN, issue, actor)
    asked = _fitting(issue, wish)
    named = Named((wish.contact,), actor.user, why)
    data: dict[str, str | int] = {"contact": str(wish.contact), "why": why}
    if wish.contact.kind is not ContactKind.GROUP and len(wish.targets) == 1:
        data |= {"target": wish.targets[0].id, "kind": wish.targets[0].kind}
    event = Event(EventKind.ASSIGNED, now, actor.user, data)
    if issue.asking:
        return Change(issue, (event,)).then(_ask_also(issue, named, asked, now))
    after = replace(issue, care=replace(issue.care, named=named))
    return Change(after, (event,)).then(ask_anew(after, Stage.NAMED, now, Cause.HAND_OVER))


def owner_gone(issue: Issue, owner: str, why: str, now: datetime, follows: Sequence[Target] = ()) -> Change:
    """Who has it left Slack (`why` "left") or is on leave ("away"): whoever follows them on call is asked at once.

    While somebody is asked who may follow, it stays acknowledged and they stay on record as its owner (`Issue.gone`).
    As soon as nobody did, it is open again: the level is asked anew after a successor, and the ladder goes on after an
    escalation. Without anybody to ask, that is now: there is no schedule by which they were asked, or it is at the
    catch-all, which has no end and has to say that it is UNANSWERED.

    When somebody is being asked already, they keep their time, and `follows` are asked beside them: whom that schedule
    stands for now. So it is never unasked, and nobody has to wait because the owner goes.

    Does nothing when they do not have it any more, or this is known.
    """
    if issue.state is not State.ACKNOWLEDGED or issue.owner != owner or issue.gone:
        return Change(issue, ())
    schedule, at_the_end = schedule_of(issue, owner), issue.position.stage is Stage.CATCH_ALL
    on = waiting.ended(issue, now, waiting.GoesOn.OWNER_GONE)
    followed = not at_the_end and (issue.asking or schedule is not None)
    after = _is_gone(on.issue, owner, why, keeps=followed)
    data: dict[str, str | int] = {"owner": owner, "why": why, "level": issue.position.level}
    event = Event(EventKind.OWNER_GONE, now, None, data if followed else {**data, "opened": 1})
    change = Change(after, (event, *on.events))
    if issue.asking:
        return change.then(_follow_too(after, schedule, follows, now))
    if schedule is None:
        return change.then(ask_anew(after, Stage.LEVEL, now, Cause.OWNER_GONE))
    to_follow = replace(after, care=replace(after.care, named=Named((schedule,))))
    return change.then(ask_anew(to_follow, Stage.NAMED, now, Cause.OWNER_GONE))


def schedule_of(issue: Issue, user: str) -> Contact | None:
    """The schedule by which somebody was asked in this opening; None when they were named otherwise, or not asked."""
    asked = [parse_contact(ask.contact) for ask in reversed(issue.asks_of(user))]
    return next((one for one in asked if one is not None and one.kind is ContactKind.ONCALL), None)


def _left(issue: Issue, now: datetime, why: waiting.GoesOn) -> Change:
    """Open again, with nobody who has it; it does not wait any longer. Timers of before are void."""
    on = waiting.ended(issue, now, why)
    return Change(without_owner(on.issue).bump(epoch=issue.epoch + 1), on.events)


def _is_gone(issue: Issue, owner: str, why: str, *, keeps: bool) -> Issue:
    """Nothing is asked of them any more, and they are not asked again. `keeps` = they stay on record as the owner."""
    named = issue.care.named if issue.asking else None
    free = without_owner(issue)
    care = replace(free.care, gone=owner, gone_why=why, named=named)
    if keeps:
        return issue.bump(care=care)
    return free.bump(care=care, epoch=issue.epoch + 1)


def _follow_too(issue: Issue, schedule: Contact | None, follows: Sequence[Target], now: datetime) -> Change:
    """Whoever follows on call is asked beside those who are asked already, if they can be."""
    out = issue.care.gone, issue.raiser
    fit = [one for one in follows if one.id not in out and not _unfit(issue, one)]
    if schedule is None or not fit:
        return Change(issue, ())
    wish = issue.care.named if issue.position.stage is Stage.NAMED else None
    return _ask_also(issue, replace(wish or Named(()), contacts=(schedule,)), fit, now)


def _asked_again(change: Change, stage: Stage, now: datetime, cause: Cause) -> Change:
    """Unless somebody is being asked already."""
    if change.issue.asking:
        return change
    return change.then(ask_anew(change.issue, stage, now, cause))


def _declined(issue: Issue, user: str, reason: str, now: datetime) -> tuple[Ask, ...]:
    """The asks with this person's answer no, also when they had taken it without being asked."""
    target = Target(TargetKind.USER, user)
    if not issue.asks_of(user):
        none = Ask(target, user, issue.ask_level, issue.position.round, now, AskStatus.DECLINED, reason)
        return (*issue.asks, none)
    return tuple(
        replace(ask, status=AskStatus.DECLINED, reason=reason) if ask.target == target else ask
        for ask in issue.asks
    )


def _fitting(issue: Issue, wish: Wish) -> tuple[Target, ...]:
    """Those of the wish who can be asked. Raises FieldErrors with why nobody can."""
    why = [_unfit(issue, target) for target in wish.targets]
    fit = tuple(target for target, unfit in zip(wish.targets, why, strict=True) if not unfit)
    if not fit:
        said = next(iter(why), "stands for nobody right now. Please choose somebody else.")
        raise FieldErrors({wish.field: f"{wish.called} {said}"})
    return fit


def _unfit(issue: Issue, target: Target) -> str:
    """Why this one cannot be asked, as the end of a sentence; empty when they can."""
    if target.kind is TargetKind.USER:
        if target.id == issue.owner:
            return "has it already."
        if target.id == issue.raiser and target.id not in hidden(issue):  # else the refusal would name them
            return "raised it, so somebody else answers it."
        if issue.declined_by(target.id):
            return "can't take it and said so before. Please talk to them, or choose somebody else."
    here = [ask for ask in issue.current_asks if issue.asking and ask.target == target]
    if any(ask.status is AskStatus.ASKED for ask in here):
        return "is being asked already."
    return "could not be reached just now. Please choose somebody else." if here else ""


def _ask_also(issue: Issue, named: Named, targets: Sequence[Target], now: datetime) -> Change:
    """In addition to those of the place that is asked now: at least half of the level's time for everybody."""
    contacts = named.contacts
    if issue.position.stage is Stage.NAMED and issue.care.named:
        contacts = tuple(dict.fromkeys((*issue.care.named.contacts, *contacts)))
    here = issue.ask_level, issue.position.round
    asks = tuple(Ask(target, str(named.contacts[0]), *here, now) for target in targets)
    care = replace(issue.care, named=replace(named, contacts=contacts))
    after = issue.bump(asks=(*issue.asks, *asks), position=_with_time(issue, now), care=care)
    return Change(after, tuple(_asked(ask, now) for ask in asks))


def _with_time(issue: Issue, now: datetime) -> Position:
    """The end of the place, put off if less than half of the level's time would be left.

    A level that waited for somebody to be on duty asks now; whoever comes on duty before it ends is asked too.
    """
    place, level = issue.position, issue.level
    if place.stage is Stage.CATCH_ALL:
        return place
    start = now if place.held else pinged_at(issue, now)
    whole = add_working(issue.level_calendar, start, level.acknowledge_within)
    if place.held:
        return replace(place, asked=True, started_at=now, ends_at=whole, held_until=None, reminders=0)
    half = share(issue.level_calendar, start, whole, Fraction(1, 2))
    return replace(place, ends_at=max(place.ends_at or half, half))


def _asked(ask: Ask, now: datetime) -> Event:
    data: dict[str, str | int] = {"target": ask.target.id, "kind": ask.target.kind, "contact": ask.contact}
    return Event(EventKind.ASKED, now, None, {**data, "level": ask.level, "round": ask.round})

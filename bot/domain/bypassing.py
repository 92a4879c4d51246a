"""Bypass: going past the next level to one above it. The people of the ladder may; others ask the escalation manager.

While the manager is asked the ladder goes on; silence means no. Nobody allows their own wish.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain import waiting
from bot.domain.care import Bypass, Jump
from bot.domain.deciding import require_turn
from bot.domain.errors import FieldErrors, Refused
from bot.domain.escalation import Step, enter, fresh_round, next_step
from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import Change, Issue, Stage
from bot.domain.lifecycle import IN_WORK, Verb, move
from bot.domain.permissions import Action, Actor, require
from bot.domain.pressing import refuse_when_moved_on, require_patience, speaks_for_who_asked
from bot.domain.veil import named
from bot.domain.wishing import lost, taken_since, wish
from bot.domain.wording import names
from bot.domain.words import At, Person, Sentence, say


def above_the_next(issue: Issue) -> tuple[int, ...]:
    """The levels that somebody may name: those above the one that is asked next, by number."""
    step = next_step(issue)
    if step is None or step.stage is not Stage.LEVEL or step.level <= issue.position.level:
        return ()
    return tuple(range(step.level + 1, len(issue.route.levels) + 1))


def bypass(
    issue: Issue, actor: Actor, level: int, reason: str, seen: tuple[int, int], now: datetime
) -> Change:
    """Go to this level at once, or ask the escalation manager whether it may be. `seen` is the (level, round) its form
    was drawn for.

    Contacts of the path, owner and manager go through. So do raiser and requester when the facts make it the top
    priority; a priority set by hand does not. Raises Refused, NotAllowed and FieldErrors("reason").
    """
    move(issue.state, Verb.BYPASS, issue.number)
    allowed = require(Action.BYPASS, issue, actor)
    refuse_when_moved_on(issue, seen)
    _refuse_other_levels(issue, level)
    early = speaks_for_who_asked(allowed)
    if early:
        require_patience(issue, now, reason)
    if not reason.strip():
        raise FieldErrors({"reason": "Please say why the next level is left out: whoever is asked reads it."})
    by_rule = issue.route.top_priority and not issue.facts.priority
    if early and not by_rule:
        return _ask_the_manager(issue, actor, level, reason, now)
    pressed = replace(issue, pressed_at=now) if early else issue
    data: dict[str, str | int] = {"reason": reason, "early": int(early)}
    if actor.manager:
        data["manager"] = 1
    return _jump(pressed, level, now, actor.user, data)


def answer(issue: Issue, actor: Actor, allowed: bool, now: datetime) -> Change:
    """Who decides (see `deciding`) says yes or no to the wish that waits.

    Raises Refused when none waits, and NotAllowed.
    """
    move(issue.state, Verb.APPROVE, issue.number)
    one = wish(issue)
    if one is None:
        raise Refused(_settled(issue))
    own = say("You asked for this yourself, so somebody else decides. {now}", now=names.now_with(issue))
    require_turn(Action.APPROVE, issue, actor, {one.by}, own)
    answered = replace(one, judge=actor.user, allowed=allowed)
    after = replace(issue, care=replace(issue.care, bypass=answered))
    data: dict[str, str | int] = {"by": one.by, "reason": one.reason}
    if allowed:
        return _jump(after, one.level, now, actor.user, data)
    data |= {"to": one.level, "name": issue.route.levels[one.level - 1].name}
    refused = after.bump(pressed_at=now)
    return Change(refused, (Event(EventKind.BYPASS_REFUSED, now, actor.user, data),))


def why_straight(issue: Issue, level: int, round_: int) -> str:
    """Why this place was gone straight to, for those asked there; empty when it was not."""
    jump = issue.care.jump
    return jump.why if jump and (jump.level, jump.round) == (level, round_) else ""


def _ask_the_manager(issue: Issue, actor: Actor, level: int, reason: str, now: datetime) -> Change:
    before = wish(issue)
    if before is not None:
        raise Refused(
            say(
                "{who} asked at {when} to go straight to {level}, and the escalation manager decides. {now}",
                who="You" if before.by == actor.user else named(issue, before.by, actor.user),
                when=At(before.at),
                level=issue.route.levels[before.level - 1].name,
                now=names.now_with(issue),
            )
        )
    one = _wished(issue, actor.user, level, reason, now)
    data: dict[str, str | int] = {
        "to": level,
        "name": issue.route.levels[level - 1].name,
        "reason": reason,
        "level": issue.position.level,
    }
    after = issue.bump(care=replace(issue.care, bypass=one))
    return Change(after, (Event(EventKind.BYPASS_ASKED, now, actor.user, data),))


def _wished(issue: Issue, by: str, level: int, reason: str, now: datetime) -> Bypass:
    path, repeats = issue.route.path.name, issue.position.repeats
    return Bypass(by, level, reason, now, issue.opening, path, repeats, issue.owner or "")


def _jump(issue: Issue, level: int, now: datetime, by: str, data: dict[str, str | int]) -> Change:
    why = str(data["reason"])
    left_out = [one.name for one in issue.route.levels[issue.position.level : level - 1]]
    data = {
        **data,
        "level": issue.position.level,
        "to": level,
        "name": issue.route.levels[level - 1].name,
        "left_out": ", ".join(left_out),
    }
    going = waiting.ended(issue, now, waiting.GoesOn.ESCALATED)
    used = any((ask.level, ask.round) == (level, issue.position.round) for ask in issue.asks)
    round_ = fresh_round(issue) if used else issue.position.round
    care = replace(going.issue.care, jump=Jump(level, round_, why), sent_on_at=now)
    going_there = replace(going.issue, care=care)
    entered = enter(going_there, Step(Stage.LEVEL, level, round_), now, Cause.BYPASS)
    event = Event(EventKind.BYPASSED, now, by, data)
    return Change(entered.issue, (event, *going.events, *entered.events))


def _refuse_other_levels(issue: Issue, level: int) -> None:
    if level in above_the_next(issue):
        return
    if not 1 <= level <= len(issue.route.levels):
        raise Refused(
            say("The path {path} has no such level. Please choose again.", path=issue.route.path.name)
        )
    raise Refused(
        say(
            "{name} is not above the level that is asked next, so nothing is left out. {now}",
            name=issue.route.levels[level - 1].name,
            now=names.now_with(issue),
        )
    )


def settled(issue: Issue, one: Bypass) -> Sentence:
    """What became of a wish, for who was asked about it."""
    level = issue.route.levels[min(one.level, len(issue.route.levels)) - 1].name
    if one.judge:
        said = "{who} allowed it: {level} is asked." if one.allowed else "{who} left it with the ladder."
        return say(said, who=Person(one.judge), level=level)
    if issue.owner and taken_since(issue, one):
        return say("{who} took it. Nothing to decide any more.", who=Person(issue.owner))
    if issue.opening == one.opening and issue.state in IN_WORK and issue.position.level >= one.level:
        return say("The ladder has come to {level} by itself. Nothing to decide any more.", level=level)
    if lost(issue, one):
        said = "The path {path} has no such level any more. Nothing to decide."
        return say(said, path=issue.route.path.name)
    return say("This is settled. Nothing to decide any more.")


def _settled(issue: Issue) -> Sentence:
    if issue.care.bypass is None:
        return say("Nobody asks to leave out a level of ISS-{number}.", number=issue.number)
    return settled(issue, issue.care.bypass)

"""Working on an issue: escalate by hand, tell the requester, resolve."""

from dataclasses import replace
from datetime import datetime

from bot.domain import waiting
from bot.domain.answering import refuse_who_raised_it
from bot.domain.breaching import settle_late
from bot.domain.caring import told
from bot.domain.clocks import ClockKind, PauseReason
from bot.domain.errors import FieldErrors, Refused
from bot.domain.escalation import climb
from bot.domain.events import Cause, Event, EventKind
from bot.domain.ids import UserId
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import State, Verb, move
from bot.domain.permissions import Action, Actor, require
from bot.domain.pressing import (
    refuse_at_the_end,
    refuse_in_the_same_moment,
    refuse_when_moved_on,
    require_patience,
    speaks_for_who_asked,
)
from bot.domain.standing_in import is_absent
from bot.domain.words import At, Person, say

_ITS_SOLVED = (
    "You raised this one, so somebody else takes it. If it is solved, press More and choose It's solved."
)


def escalate(
    issue: Issue,
    actor: Actor,
    seen: tuple[int, int],
    now: datetime,
    reason: str = "",
    *,
    typed: bool = False,
) -> Change:
    """Ask the next level now. `seen` is the (level, round) the button was drawn for; `typed` = it was none, only words.

    State and owner stay; it does not wait any longer. Raiser and requester give a reason when the level's time has not
    passed, and then wait one level time before they may do it again. Raises Refused, NotAllowed, FieldErrors("reason").
    """
    move(issue.state, Verb.ESCALATE, issue.number)
    allowed = require(Action.ESCALATE, issue, actor)
    refuse_when_moved_on(issue, seen)
    refuse_at_the_end(issue)
    if typed:
        refuse_in_the_same_moment(issue, now)
    early = speaks_for_who_asked(allowed)
    if early:
        require_patience(issue, now, reason)
    data: dict[str, str | int] = {"reason": reason, "level": issue.position.level, "early": int(early)}
    event = Event(EventKind.ESCALATED, now, actor.user, data)
    going = waiting.ended(issue, now, waiting.GoesOn.ESCALATED)
    pressed = replace(
        going.issue,
        pressed_at=now if early else going.issue.pressed_at,
        care=replace(going.issue.care, sent_on_at=now),
    )
    climbed = climb(pressed, now, Cause.BY_HAND)
    return Change(climbed.issue, (event, *going.events, *climbed.events))


def update_requester(issue: Issue, actor: Actor, text: str, now: datetime) -> Change:
    """Tell the requester how it stands. Raises FieldErrors("text") when empty."""
    move(issue.state, Verb.UPDATE, issue.number)
    require(Action.UPDATE, issue, actor)
    if not text.strip():
        raise FieldErrors({"text": "Please write what the requester should know."})
    after = issue.bump(last_update=text, last_update_at=now, care=told(issue.care, now))
    return Change(after, (Event(EventKind.UPDATED, now, actor.user, {"text": text}),))


def resolve(issue: Issue, actor: Actor, done: str, now: datetime) -> Change:
    """Say what was done. From open this takes the issue in the same step. Raises FieldErrors("done") when empty.

    So it does when who has it is gone. Who raised it may do that no more than they may acknowledge it. The requester
    confirms or disputes; when the requester owns it there is nothing to confirm and it closes.
    """
    if issue.state in (State.RESOLVED, State.CLOSED) and issue.resolved_at:
        who = Person(issue.owner) if issue.owner else "somebody"
        raise Refused(
            say(
                "{who} resolved ISS-{number} at {when}.",
                who=who,
                number=issue.number,
                when=At(issue.resolved_at),
            )
        )
    state = move(issue.state, Verb.RESOLVE, issue.number)
    owner = issue.owner if actor.user == issue.owner else issue.present_owner
    if owner is None:
        refuse_who_raised_it(issue, actor, _ITS_SOLVED)
    require(Action.RESOLVE, issue, actor)
    if not done.strip():
        raise FieldErrors({"done": "Please write what was done, so that the requester can check it."})
    late = settle_late(issue, ClockKind, now)
    after = late.issue.bump(
        state=state,
        owner=owner or UserId(actor.user),
        acknowledged_at=issue.acknowledged_at if owner else now,
        responded_at=issue.responded_at or now,
        resolved_at=now,
        resolution=done,
        position=issue.position.at_rest(),
        care=replace(issue.care, gone="", gone_why=""),
        clocks=late.issue.clocks.stopped(now, PauseReason.RESOLVED, actor.user),
        epoch=issue.epoch + 1,
    )
    change = late.then(Change(after, (Event(EventKind.RESOLVED, now, actor.user, {"done": done}),)))
    if issue.requester != after.owner or is_absent(issue):
        return change
    closed = after.bump(state=State.CLOSED, closed_at=now, epoch=after.epoch + 1)
    return change.then(Change(closed, (Event(EventKind.CLOSED, now, None, {"why": "own"}),)))

"""The end of an issue: confirmed, disputed, or closed after silence; and opening it again."""

from dataclasses import replace
from datetime import datetime

from bot.domain.errors import FieldErrors, Refused
from bot.domain.escalation import enter
from bot.domain.events import Cause, Event, EventKind
from bot.domain.following_up import answered_by_dispute
from bot.domain.issue import REOPEN_WITHIN, Change, Issue
from bot.domain.lifecycle import IN_WORK, State, Verb, move
from bot.domain.permissions import Action, Actor, Role, require
from bot.domain.reopening import one_higher, open_again, where_it_was
from bot.domain.standing_in import on_behalf
from bot.domain.targets import closes_at
from bot.domain.words import At, Sentence, say

_NEVER_SOLVED = (State.WITHDRAWN, State.MERGED)
"""Ended without anybody saying that it is solved."""
_WHY_ASKED = {
    False: "Please say what is still wrong, so that it can be mended.",
    True: "Please say why it goes on, so that whoever is asked knows.",
}


class TooLate(Refused):
    """It ended too long ago to be opened again: a new issue, linked to it, takes its place."""


def confirm(issue: Issue, actor: Actor, now: datetime) -> Change:
    """The requester says it is solved: closed."""
    if issue.state is State.CLOSED:
        raise Refused(say("ISS-{number} is closed already. Thank you.", number=issue.number))
    state = move(issue.state, Verb.CONFIRM, issue.number)
    require(Action.CONFIRM, issue, actor)
    after = issue.bump(state=state, closed_at=now, epoch=issue.epoch + 1)
    return Change(after, (Event(EventKind.CONFIRMED, now, actor.user, on_behalf(issue, actor)),))


def dispute(issue: Issue, actor: Actor, why: str, now: datetime) -> Change:
    """It is not solved, or goes on after all: a new opening under the same number, and the resolve clock goes on.

    The first time the last owner is asked, with the full time of the level it was at, then it climbs from there. Later
    times start one level higher. What was withdrawn or merged goes on where it was. It never starts at level 1 again
    when that was over. Raises Refused, NotAllowed, TooLate and FieldErrors("why") when empty.
    """
    _refuse_when_it_goes_on(issue)
    move(issue.state, Verb.DISPUTE, issue.number)
    allowed = require(Action.DISPUTE, issue, actor)
    if too_late(issue, now):
        raise TooLate(_too_late(issue))
    _refuse_too_late_for_the_further(issue, allowed, now)
    if not why.strip():
        raise FieldErrors({"why": _WHY_ASKED[issue.state in _NEVER_SOLVED]})
    again = issue.state in _NEVER_SOLVED
    reopened = open_again(issue, now)
    step = where_it_was(issue)
    if not again:
        step = one_higher(reopened, issue.position.level) if issue.care.disputes else step
    disputes = issue.care.disputes + (not again)
    reopened = replace(reopened, care=replace(reopened.care, disputes=disputes, still_wrong=why))
    data: dict[str, str | int] = {"why": why, "opening": reopened.opening, **on_behalf(issue, actor)}
    if again:
        data["was"] = issue.state
    event = Event(EventKind.DISPUTED, now, actor.user, data)
    events = (*answered_by_dispute(issue, actor, now), event)
    return Change(reopened, events).then(enter(reopened, step, now, Cause.DISPUTE))


def too_late(issue: Issue, now: datetime) -> bool:
    """Whether it ended so long ago that a new issue is raised instead of opening it again."""
    return issue.closed_at is not None and now > issue.closed_at + REOPEN_WITHIN


def _refuse_too_late_for_the_further(issue: Issue, allowed: frozenset[Role], now: datetime) -> None:
    """Whom it is for besides the requester may object as long as the requester could have, whoever confirmed it."""
    until = closes_at(issue)
    if allowed <= {Role.FURTHER} and issue.closed_at and until and now > until:
        raise Refused(
            say(
                "ISS-{number} is closed since {when}. Please raise a new issue.",
                number=issue.number,
                when=At(issue.closed_at, "day"),
            )
        )


def close(issue: Issue, now: datetime) -> Change:
    """Nobody objected in time: closed."""
    state = move(issue.state, Verb.CLOSE, issue.number)
    after = issue.bump(state=state, closed_at=now, epoch=issue.epoch + 1)
    return Change(after, (Event(EventKind.CLOSED, now, None, {"why": "silence"}),))


def _refuse_when_it_goes_on(issue: Issue) -> None:
    number = issue.number
    if issue.state is State.SENT_BACK:
        raise Refused(
            say(
                "ISS-{number} was sent back. Who raised it, or whom it is for, may appeal; then somebody else decides.",
                number=number,
            )
        )
    if issue.state in IN_WORK:
        if issue.opening > 1:
            raise Refused(say("ISS-{number} is open again already.", number=number))
        raise Refused(say("ISS-{number} is not resolved yet, so it goes on anyway.", number=number))


def _too_late(issue: Issue) -> Sentence:
    ended = "withdrawn" if issue.state is State.WITHDRAWN else "closed"
    return say(
        "ISS-{number} was {ended} more than 14 days ago. Please raise a new issue.",
        number=issue.number,
        ended=ended,
    )

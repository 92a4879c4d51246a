"""The end of an issue: confirmed, disputed, or closed after silence."""

from datetime import datetime

from bot.domain.errors import FieldErrors, Refused
from bot.domain.escalation import Step, enter, next_step
from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import REOPEN_WITHIN, Change, Informing, Issue, Stage
from bot.domain.lifecycle import State, Verb, move
from bot.domain.permissions import Action, Actor, require
from bot.domain.words import say


def confirm(issue: Issue, actor: Actor, now: datetime) -> Change:
    """The requester says it is solved: closed."""
    if issue.state is State.CLOSED:
        raise Refused(say("ISS-{number} is closed already. Thank you.", number=issue.number))
    state = move(issue.state, Verb.CONFIRM, issue.number)
    require(Action.CONFIRM, issue, actor)
    after = issue.bump(state=state, closed_at=now, epoch=issue.epoch + 1)
    return Change(after, (Event(EventKind.CONFIRMED, now, actor.user),))


def dispute(issue: Issue, actor: Actor, why: str, now: datetime) -> Change:
    """It is not solved: a new opening under the same number, and the resolve clock goes on.

    Raises FieldErrors("why") when empty.

    First time: the last owner is asked, with the full time of the level it was at, then it climbs from there. Later
    times start one level higher. It never starts at level 1 again.
    """
    if issue.state in (State.OPEN, State.ACKNOWLEDGED):
        if issue.opening > 1:
            raise Refused(say("ISS-{number} is open again already.", number=issue.number))
        raise Refused(say("ISS-{number} is not resolved yet, so it goes on anyway.", number=issue.number))
    state = move(issue.state, Verb.DISPUTE, issue.number)
    require(Action.DISPUTE, issue, actor)
    if issue.closed_at and now > issue.closed_at + REOPEN_WITHIN:
        raise Refused(
            say(
                "ISS-{number} was closed more than 14 days ago. Please raise a new issue.",
                number=issue.number,
            )
        )
    if not why.strip():
        raise FieldErrors({"why": "Please say what is still wrong, so that it can be mended."})
    reopened = issue.bump(
        state=state,
        opening=issue.opening + 1,
        owner=None,
        last_owner=issue.owner,
        acknowledged_at=None,
        resolved_at=None,
        closed_at=None,
        asks=(),
        pressed_at=None,
        clocks=issue.clocks.resumed(now),
        informing=Informing(),
    )
    event = Event(EventKind.DISPUTED, now, actor.user, {"why": why, "opening": reopened.opening})
    return Change(reopened, (event,)).then(enter(reopened, _where(issue, reopened), now, Cause.DISPUTE))


def close(issue: Issue, now: datetime) -> Change:
    """Nobody objected in time: closed."""
    state = move(issue.state, Verb.CLOSE, issue.number)
    after = issue.bump(state=state, closed_at=now, epoch=issue.epoch + 1)
    return Change(after, (Event(EventKind.CLOSED, now, None, {"why": "silence"}),))


def _where(before: Issue, reopened: Issue) -> Step:
    level = before.position.level
    if reopened.opening == 2 and before.owner:
        return Step(Stage.OWNER, level, 0)
    return next_step(reopened) or Step(Stage.CATCH_ALL, len(reopened.route.levels), 0)

"""Asking the owner: "Still on it?" after silence, and whether they keep it at the top priority."""

from dataclasses import replace
from datetime import datetime

from bot.domain.caring import told
from bot.domain.errors import NotAllowed
from bot.domain.escalation import climb
from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import State, Verb, move
from bot.domain.permissions import Action, Actor, require
from bot.domain.sight import may_touch
from bot.domain.still_on_it_time import silent_at, top_open
from bot.domain.words import Person, say


def ask_still(issue: Issue, now: datetime) -> Change:
    """The owner was silent for long: they are asked, once, however long nobody looked."""
    asked = issue.bump(care=replace(issue.care, still_asked_at=now))
    return Change(asked, (Event(EventKind.STILL_ASKED, now, None, _until(asked)),))


def ask_at_the_top(change: Change, by: str | None, now: datetime) -> Change:
    """Somebody else made it most urgent: whoever has it says whether they keep it."""
    issue = change.issue
    if issue.state is not State.ACKNOWLEDGED or issue.present_owner in (None, by):
        return change
    asked = replace(issue, care=replace(issue.care, top_asked_at=now, snoozed_until=None))
    return Change(asked, (*change.events, Event(EventKind.TOP_ASKED, now, by, _until(asked))))


def keep(issue: Issue, actor: Actor, now: datetime) -> Change:
    """The owner says yes. If the next level is asked because they had stayed silent, it is not asked any more.

    Raises Refused and NotAllowed.
    """
    move(issue.state, Verb.KEEP, issue.number)
    require_owner(Action.KEEP, issue, actor)
    stops = issue.asking and issue.care.unheard
    care = replace(issue.care, still_asked_at=None, top_asked_at=None, active_at=now, unheard=False)
    after = issue.bump(care=care)
    if stops:
        after = replace(after, position=issue.position.at_rest(), epoch=issue.epoch + 1)
    data: dict[str, str | int] = {"top": int(top_open(issue)), "stopped": int(stops)}
    return Change(after, (Event(EventKind.KEPT, now, actor.user, data),))


def stayed_silent(issue: Issue, now: datetime) -> Change:
    """No answer in the level's time: the next level is asked too. State and owner stay."""
    return climb(issue, now, Cause.STILL)


def noticed(change: Change) -> Change:
    """Whatever the owner does on the issue shows that they are on it: it answers what they are asked.

    Taking it is the first of it; whoever was not there before may be asked again from then on, and news for the
    requester are promised anew."""
    issue = change.issue
    mine = [one.at for one in change.events if one.actor is not None and one.actor == issue.owner]
    if not mine or issue.state is not State.ACKNOWLEDGED:
        return change
    known = told(issue.care, mine[-1]) if issue.gone else issue.care
    care = replace(known, active_at=mine[-1], still_asked_at=None, top_asked_at=None, gone="", gone_why="")
    return Change(replace(issue, care=care), change.events)


def require_owner(action: Action, issue: Issue, actor: Actor) -> None:
    """For what only who has it now may do. Raises NotAllowed with a sentence; for who had it before, of who has it."""
    had_it = actor.user == issue.last_owner != issue.owner
    if had_it and issue.owner is not None and may_touch(issue, actor, action):
        raise NotAllowed(
            say("Only {who}, who has it, may {action}.", who=Person(issue.owner), action=action.value)
        )
    require(action, issue, actor)


def _until(issue: Issue) -> dict[str, str | int]:
    until = silent_at(issue)
    return {"until": until.isoformat()} if until is not None else {}

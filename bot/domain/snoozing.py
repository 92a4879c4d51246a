"""Snooze: the owner is left alone for a while. Targets and updates go on as they are."""

from dataclasses import replace
from datetime import datetime

from bot.domain.errors import Refused
from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import Verb, move
from bot.domain.permissions import Action, Actor
from bot.domain.snoozing_time import latest_end
from bot.domain.still_on_it import require_owner
from bot.domain.words import say


def snooze(issue: Issue, actor: Actor, until: datetime, now: datetime) -> Change:
    """No reminders and no "Still on it?" until then, or until anything else happens.

    It ends before 80 % of the time to solve it is used, whatever was wished. Raises Refused and NotAllowed.
    """
    move(issue.state, Verb.SNOOZE, issue.number)
    require_owner(Action.SNOOZE, issue, actor)
    if until <= now:
        raise Refused("That has passed. Please write a time ahead, for example 2h or until tomorrow 9:00.")
    latest = latest_end(issue)
    if latest is not None and latest <= now:
        raise Refused(
            say(
                "Most of the time to solve ISS-{number} is used, so it cannot be snoozed any more.",
                number=issue.number,
            )
        )
    ends = until if latest is None else min(until, latest)
    epoch = issue.epoch + 1
    care = replace(issue.care, snoozed_until=until, snoozed_epoch=epoch, still_asked_at=None)
    data: dict[str, str | int] = {"until": ends.isoformat(), "cut": int(ends < until)}
    event = Event(EventKind.SNOOZED, now, actor.user, data)
    return Change(issue.bump(care=care, epoch=epoch), (event,))


def wake(issue: Issue, now: datetime) -> Change:
    """The snooze is over: from now on the owner may be asked again."""
    care = replace(issue.care, snoozed_until=None, quiet_from=now)
    return Change(issue.bump(care=care), (Event(EventKind.SNOOZE_ENDED, now),))

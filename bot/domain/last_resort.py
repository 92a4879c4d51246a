"""Who finds somebody when the ladder is over: the escalation manager, else the path's owner, else workspace admins.

The catch-all channel is asked beside them. Admins are looked up only once it is known that nobody else can be asked.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain.contacts import ADMINS, Contact
from bot.domain.issue import AskStatus, Issue, Stage, Target
from bot.domain.lifecycle import State


def chain(issue: Issue) -> tuple[Contact, ...]:
    """Who is asked in the place of whom, the first one first."""
    owner = issue.route.path.owner
    return tuple(dict.fromkeys((issue.route.rules.escalation_manager, *([owner] if owner else []), ADMINS)))


def can_answer(issue: Issue) -> bool:
    """Whether somebody of them is asked at the catch-all and has not answered."""
    names = {str(one) for one in chain(issue)}
    return any(ask.status is AskStatus.ASKED and ask.contact in names for ask in issue.current_asks)


def contacts(issue: Issue) -> tuple[Contact, ...]:
    """Whom to look up at the catch-all: admins only when it was tried before and nobody can answer."""
    found = chain(issue)
    if not issue.position.asked or can_answer(issue):
        found = tuple(one for one in found if one != ADMINS)
    return (*found, issue.route.rules.catch_all)


def call_the_next(issue: Issue, now: datetime) -> Issue:
    """Where nobody of them can answer any more, look at once for the next one. Elsewhere nothing changes."""
    place = issue.position
    if place.stage is not Stage.CATCH_ALL or not place.asked or can_answer(issue):
        return issue
    return replace(issue, position=replace(place, look_at=now))


def stranded(issue: Issue, now: datetime) -> bool:
    """Whether nobody has it, the ladder is over, and nobody is left who could be told, not even the catch-all channel.

    Whoever is only tried again counts once a message arrives. Not before everybody was looked for: admins are last.
    """
    place = issue.position
    if issue.state is not State.OPEN or place.stage is not Stage.CATCH_ALL:
        return False
    if any(ask.status is AskStatus.ASKED and not ask.reason for ask in issue.current_asks):
        return False
    if not place.asked:
        return bool(issue.current_asks)
    admins_are_next = not place.reminders and place.look_at is not None and place.look_at <= now
    return not admins_are_next


def reached(issue: Issue, target: Target) -> Issue:
    """A message to them arrived: why an earlier one did not is no longer so."""
    asks = tuple(
        replace(ask, reason="")
        if ask.target == target and ask.status is AskStatus.ASKED and ask.reason
        else ask
        for ask in issue.asks
    )
    return issue if asks == issue.asks else issue.bump(asks=asks)

"""Who finds somebody when the ladder is over: the escalation manager, else the path's owner, else workspace admins.

The catch-all channel is asked beside them. Admins are looked up only once it is known that nobody else can be asked.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain.contacts import ADMINS, Contact
from bot.domain.issue import AskStatus, Issue, Stage


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

"""How many issues may be raised in a short time. Beyond that it is a mistake, a loop or mischief, and it is said so."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import Refused
from bot.domain.words import say


@dataclass(frozen=True, slots=True)
class Limit:
    """So many within so long."""

    most: int
    within: timedelta


PER_PERSON = Limit(20, timedelta(minutes=10))
"""Nobody describes more than two issues a minute for ten minutes by hand."""
PER_WORKSPACE = Limit(600, timedelta(minutes=1))
"""A storm of 200 a minute is an incident that everybody reports: each of them is stored. Three times that is no longer
people, and would keep the outbox busy for hours: a channel of Slack takes one message a second."""


class Flooded(Refused):
    """Too many were raised in a short time; nothing was stored. What was typed is to be kept."""


def check(mine: datetime | None, everybodys: datetime | None, now: datetime) -> None:
    """Raises Flooded. Both are when the last one was raised that the limit counts: the 20th last of this person, the
    600th last of all; None when there were never so many."""
    if _too_fast(mine, PER_PERSON, now):
        raise _flooded("You raised {most} issues", mine, PER_PERSON, now)
    if _too_fast(everybodys, PER_WORKSPACE, now):
        raise _flooded("{most} issues were raised here", everybodys, PER_WORKSPACE, now)


def _too_fast(nth: datetime | None, limit: Limit, now: datetime) -> bool:
    return nth is not None and now - nth < limit.within


def _flooded(what: str, nth: datetime | None, limit: Limit, now: datetime) -> Flooded:
    """With how long to wait, in whole minutes or seconds, never too short."""
    left = (nth or now) + limit.within - now
    step = timedelta(minutes=1) if left > timedelta(minutes=1) else timedelta(seconds=1)
    rest = "in the last {within}. Please raise this one in {wait}; what you typed is kept as your draft."
    return Flooded(say(f"{what} {rest}", most=limit.most, within=limit.within, wait=-(-left // step) * step))

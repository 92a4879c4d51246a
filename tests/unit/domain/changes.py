"""What issues are changed in: a matrix with three paths, an issue raised under it, and somebody who changes it."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.changing import change_facts
from bot.domain.issue import Change, Issue
from bot.domain.matrix.match import route_for
from bot.domain.matrix.model import Named
from bot.domain.permissions import Actor
from bot.domain.wording import log
from tests.builders import (
    ANA,
    NOON,
    OMAR,
    acknowledged,
    actor,
    facts,
    issue,
    level,
    matrix,
    minutes,
    path,
    published,
    target,
)
from tests.unit.domain.reading import RITA

FIVE_PAST = NOON + minutes(5)
BEA = "U_BEA"
MATRIX = published(
    4,
    matrix(
        path("Billing", [level("Billing desk", BEA, within=minutes(20))], match={"service": ("billing",)}),
        path("Payments", match={"category": ("customer",)}),
        path("Everything else", [level("Duty", OMAR, within=minutes(10))]),
        services=(Named("billing", "Billing"), Named("shop", "Shop")),
        clients=(Named("acme", "Acme Ltd"),),
        targets=(target("10m", "1h", priority="p1"), target("30m", "4h")),
    ),
)
DESK = actor(ANA)
SLOW: dict[str, str] = {"impact": "some", "urgency": "soon"}


def of_version_4(**known: str) -> Issue:
    """Ravi raised it for Rita under MATRIX, and Ana is asked; P3 Normal unless the facts say otherwise."""
    about = facts(**{**SLOW, **known})
    return issue(facts=about, route=route_for(MATRIX, about, NOON, about.priority), requester=RITA)


def changed(
    before: Issue,
    wanted: Mapping[str, str],
    who: Actor = DESK,
    reason: str = "",
    now: datetime = FIVE_PAST,
) -> Change:
    """Somebody wants it to be about something else."""
    return change_facts(before, who, wanted, MATRIX, now, reason)


def line(change: Change) -> str:
    """What the timeline says of it."""
    said = log.line(change.issue, change.events[0])
    assert said is not None
    return said.plain()


TAKEN = acknowledged(of_version_4())
"""Ana has it."""
BY_HAND = {"priority": "p1"}
LATER_ON = {"urgency": "now"}

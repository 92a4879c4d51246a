"""A small matrix with something in every part, and short ways to another one that is different in one place."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.domain.calendar import Calendar, Hours
from bot.domain.matrix.model import Level, Named, Promise, TargetRule
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.span import span
from tests.builders import contact, matrix, path


def level(name: str, *contacts: str, within: str = "15m") -> Level:
    """A rung with its time as people write it."""
    return Level(name, tuple(contact(one) for one in contacts), span(within))


NINE_TO_FIVE = (Hours(540, 1020),)
WEEK = (*(NINE_TO_FIVE,) * 5, (), ())
OFFICE = Calendar("office", "UTC", WEEK, ("GB",), frozenset({date(2026, 12, 25)}))
ANA_AND_OMAR = (contact("ana@example.com"), contact("omar@example.com"))
TURNS = Layer(ANA_AND_OMAR, date(2026, 1, 5), time(9), span("1w"), 0)
LEADS = Schedule("leads", "UTC", (TURNS,))
CARE = path(
    "Care",
    [level("Desk", "#desk", "@maya"), level("Lead", "@omar", within="30m")],
    match={"category": ("customer",)},
    owner=contact("@dina"),
)
REST = path("Rest", [level("Duty", "oncall:leads", "group:duty")])
BASE = matrix(
    CARE,
    REST,
    calendars=(OFFICE,),
    schedules=(LEADS,),
    services=(Named("billing", "Billing"), Named("web", "Web shop")),
    clients=(Named("acme", "Acme Ltd"),),
    promises=(Promise({"client": ("acme",)}, span("4h"), None, "office"),),
    targets=(
        TargetRule({"priority": ("p1",)}, span("15m"), span("4h"), "always"),
        TargetRule({}, span("4h"), span("3d"), "office"),
    ),
)


def care(**changes: Any) -> dict[str, Any]:
    """The same matrix, with a path Care that is different so."""
    return {"paths": (replace(CARE, **changes), REST)}


def first(**changes: Any) -> dict[str, Any]:
    """The same matrix, with another level 1 of Care."""
    return care(levels=(replace(CARE.levels[0], **changes), CARE.levels[1]))


def turns(**changes: Any) -> dict[str, Any]:
    """The same matrix, with other turns."""
    return {"schedules": (replace(LEADS, layers=(replace(TURNS, **changes),)),)}


def office(**changes: Any) -> dict[str, Any]:
    """The same matrix, with other working time."""
    return {"calendars": (replace(OFFICE, **changes),)}

"""A world in which everybody is there, and what is told about a matrix in it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.matrix.flaw import Rule, Severity, Where
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.world import Found, World, world_flaws
from bot.domain.oncall.model import Layer, Schedule
from tests.builders import NOON, contact, level, matrix, path

Told = tuple[Rule, Severity, Where, str]

ANN, BO, ZOE = (Found(frozenset({one})) for one in ("U_ANN", "U_BO", "U_ZOE"))
GROUP = Found(frozenset({"U_ANN", "U_BO"}))
DESK = Found(channel="C_DESK")
GONE = Found(why="Zoe (@zoe) has left Slack.")
DUTY = Schedule("duty", "Europe/Berlin", (Layer((contact("@ann"), contact("@zoe")), date(2026, 1, 5)),))
EVERYBODY = {
    "#issues": Found(channel="C_ISSUES"),
    "#all-hands": Found(channel="C_ALL"),
    "U_MANAGER": Found(frozenset({"U_MANAGER"})),
    "@ann": ANN,
    "@bo": BO,
    "@zoe": ZOE,
    "group:both": GROUP,
    "#desk": DESK,
}


def world(found: Mapping[str, Found] | None = None, **changes: Any) -> World:
    """A Monday on which everybody is there, but for what the test says."""
    known = {**EVERYBODY, **(found or {})}
    return World(NOON, {contact(text): one for text, one in known.items()}, **changes)


def ladder(*levels: Any, **changes: Any) -> Matrix:
    """A matrix with this one path."""
    return matrix(path("Care", levels=levels), schedules=(DUTY,), **changes)


CARE: Where = ("paths", 0, "levels", 0)
SECOND: Where = ("paths", 0, "levels", 1)
TWO = (level("Desk", "@ann"), level("Lead", "@bo"))
WARN, NOTE, BAD = Severity.WARNING, Severity.NOTE, Severity.ERROR


def told(document: Matrix, looked: World) -> list[Told]:
    """Everything about it, by rule and sentence."""
    found = ((one.rule, one.severity, one.where, one.sentence) for one in world_flaws(document, looked))
    return sorted(found, key=lambda one: (one[0], one[3]))

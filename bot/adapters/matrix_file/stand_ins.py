"""Going on after a mistake: what was refused is replaced, so that everything else can still be judged.

A stand-in is never used: a file with a remark gives no matrix. Flaws inside a stand-in, and those a stand-in may have
caused (`hides`), are left out.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from pydantic_core import ErrorDetails

from bot.domain.matrix.flaw import Flaw, Rule, Where


class _Removed(Enum):
    """In place of a value: take the key away."""

    YES = auto()


_REMOVED = _Removed.YES
_LEVEL = {"name": "-", "contacts": ["#stand-in"], "acknowledge_within": "1d"}
_PATH = {"name": "-", "levels": [_LEVEL]}
_LAYER = {"people": ["@stand-in"], "from": "2020-01-01"}
_RULE = {"respond": "1d"}
_PROMISE = {"answer": "1d"}
_WORKSPACE = {
    "timezone": "UTC",
    "issue_channel": "#stand-in",
    "catch_all": "#stand-in",
    "escalation_manager": "@stand-in",
}

_StandIn = tuple[Any, frozenset[Rule]]


def _hiding(value: Any, *rules: Rule) -> _StandIn:
    return value, frozenset(rules)


_DEFAULTS = (Rule.NO_DEFAULT, Rule.AFTER_DEFAULT)

_STAND_INS: dict[tuple[str, ...], _StandIn] = {
    ("rung",): _hiding("1"),
    ("workspace",): _hiding(_WORKSPACE),
    **{("workspace", key): _hiding(value) for key, value in _WORKSPACE.items()},
    ("calendars",): _hiding(_REMOVED, Rule.UNKNOWN_CALENDAR),
    ("calendars", "*"): _hiding({"hours": "24x7"}),
    ("calendars", "*", "hours"): _hiding("24x7"),
    ("priorities",): _hiding({"-": {"title": "-"}}, Rule.UNKNOWN_PRIORITY),
    ("priorities", "*"): _hiding({"title": "-"}),
    ("priorities", "*", "title"): _hiding("-"),
    ("priority_matrix",): _hiding({"-": {"-": "-"}}, Rule.UNKNOWN_IMPACT, Rule.UNKNOWN_URGENCY),
    ("priority_matrix", "*"): _hiding({"-": "-"}, Rule.HOLE, Rule.UNKNOWN_URGENCY),
    ("priority_matrix", "*", "*"): _hiding("-"),
    ("services",): _hiding(_REMOVED, Rule.UNKNOWN_SERVICE),
    ("services", "*"): _hiding({"title": "-"}),
    ("services", "*", "title"): _hiding("-"),
    ("clients",): _hiding(_REMOVED, Rule.UNKNOWN_CLIENT),
    ("clients", "*"): _hiding({"title": "-"}),
    ("clients", "*", "title"): _hiding("-"),
    ("types",): _hiding({"-": {"title": "-"}}, Rule.UNKNOWN_TYPE, Rule.UNKNOWN_CATEGORY),
    ("types", "*"): _hiding({"title": "-"}, Rule.UNKNOWN_CATEGORY),
    ("types", "*", "title"): _hiding("-"),
    ("types", "*", "category"): _hiding(_REMOVED, Rule.UNKNOWN_CATEGORY),
    ("promises", "*"): _hiding(_PROMISE),
    ("promises", "*", "answer"): _hiding("1s"),
    ("promises", "*", "solve"): _hiding("365d"),
    ("targets", "*"): _hiding(_RULE),
    ("targets", "*", "respond"): _hiding("1s"),
    ("targets", "*", "resolve"): _hiding("365d"),
    ("schedules",): _hiding(_REMOVED, Rule.UNKNOWN_SCHEDULE),
    ("schedules", "*"): _hiding({"layers": [_LAYER]}),
    ("schedules", "*", "layers"): _hiding([_LAYER]),
    ("schedules", "*", "layers", "*"): _hiding(_LAYER),
    **{("schedules", "*", "layers", "*", key): _hiding(value) for key, value in _LAYER.items()},
    ("schedules", "*", "layers", "*", "people", "*"): _hiding("@stand-in"),
    ("schedules", "*", "layers", "*", "rotate"): _hiding("weekly"),
    ("paths",): _hiding([_PATH], *_DEFAULTS),
    ("paths", "*"): _hiding(_PATH, *_DEFAULTS),
    ("paths", "*", "name"): _hiding("-"),
    ("paths", "*", "match"): _hiding(_REMOVED, *_DEFAULTS),
    ("paths", "*", "match", "*"): _hiding(_REMOVED, *_DEFAULTS),
    ("paths", "*", "levels"): _hiding([_LEVEL]),
    ("paths", "*", "levels", "*"): _hiding(_LEVEL),
    ("paths", "*", "levels", "*", "name"): _hiding("-"),
    ("paths", "*", "levels", "*", "contacts"): _hiding(["#stand-in"]),
    ("paths", "*", "levels", "*", "contacts", "*"): _hiding("#stand-in"),
    ("paths", "*", "levels", "*", "acknowledge_within"): _hiding("365d"),
}
"""What stands in for a part that was refused, and which rules cannot be judged then. Other parts are left out."""


@dataclass(slots=True)
class Mending:
    """What was replaced so far."""

    replaced: set[Where] = field(default_factory=set)
    hidden: set[Rule] = field(default_factory=set)

    def mend(self, data: Any, problems: Iterable[ErrorDetails]) -> None:
        """Replace or remove, in place, whatever these problems are about."""
        for problem in problems:
            loc, (value, hidden) = _stand_in(problem["loc"])
            self.replaced.add(loc)
            self.hidden |= hidden
            _put(data, loc, deepcopy(value))

    def leaves(self, flaw: Flaw) -> bool:
        """Whether the flaw is one of the file and not of a stand-in."""
        inside = any(flaw.where[: length + 1] in self.replaced for length in range(len(flaw.where)))
        return not inside and flaw.rule not in self.hidden


def _stand_in(loc: Where) -> tuple[Where, _StandIn]:
    for pattern, stand_in in _STAND_INS.items():
        if _fits(pattern, loc):
            return loc, stand_in
    if isinstance(loc[-1], int):
        return _stand_in(loc[:-1])
    return loc, _hiding(_REMOVED)


def _fits(pattern: Sequence[str], loc: Where) -> bool:
    return len(pattern) == len(loc) and all(
        part in ("*", step) for part, step in zip(pattern, loc, strict=True)
    )


def _put(data: Any, loc: Where, value: Any) -> None:
    for step in loc[:-1]:
        data = data[step]
    if value is _REMOVED:
        data.pop(loc[-1], None)
    else:
        data[loc[-1]] = value

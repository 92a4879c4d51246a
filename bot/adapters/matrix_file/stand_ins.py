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
_DEFAULTS = frozenset({Rule.NO_DEFAULT, Rule.AFTER_DEFAULT})
_NOTHING_HIDDEN: frozenset[Rule] = frozenset()

_StandIn = tuple[Any, frozenset[Rule]]

_STAND_INS: dict[tuple[str, ...], _StandIn] = {
    ("rung",): ("1", _NOTHING_HIDDEN),
    ("workspace",): (
        {
            "timezone": "UTC",
            "issue_channel": "#stand-in",
            "catch_all": "#stand-in",
            "escalation_manager": "@stand-in",
        },
        _NOTHING_HIDDEN,
    ),
    ("workspace", "timezone"): ("UTC", _NOTHING_HIDDEN),
    ("workspace", "issue_channel"): ("#stand-in", _NOTHING_HIDDEN),
    ("workspace", "catch_all"): ("#stand-in", _NOTHING_HIDDEN),
    ("workspace", "escalation_manager"): ("@stand-in", _NOTHING_HIDDEN),
    ("types",): ({"-": {"title": "-"}}, frozenset({Rule.UNKNOWN_TYPE, Rule.UNKNOWN_CATEGORY})),
    ("types", "*"): ({"title": "-"}, frozenset({Rule.UNKNOWN_CATEGORY})),
    ("types", "*", "title"): ("-", _NOTHING_HIDDEN),
    ("types", "*", "category"): (_REMOVED, frozenset({Rule.UNKNOWN_CATEGORY})),
    ("priorities",): ({"-": {"title": "-"}}, frozenset({Rule.UNKNOWN_PRIORITY})),
    ("priorities", "*"): ({"title": "-"}, _NOTHING_HIDDEN),
    ("priorities", "*", "title"): ("-", _NOTHING_HIDDEN),
    ("priority_matrix",): ({"-": {"-": "-"}}, frozenset({Rule.UNKNOWN_IMPACT, Rule.UNKNOWN_URGENCY})),
    ("priority_matrix", "*"): ({"-": "-"}, frozenset({Rule.HOLE, Rule.UNKNOWN_URGENCY})),
    ("priority_matrix", "*", "*"): ("-", _NOTHING_HIDDEN),
    ("paths",): ([_PATH], _DEFAULTS),
    ("paths", "*"): (_PATH, _DEFAULTS),
    ("paths", "*", "name"): ("-", _NOTHING_HIDDEN),
    ("paths", "*", "match"): (_REMOVED, _DEFAULTS),
    ("paths", "*", "match", "*"): (_REMOVED, _DEFAULTS),
    ("paths", "*", "levels"): ([_LEVEL], _NOTHING_HIDDEN),
    ("paths", "*", "levels", "*"): (_LEVEL, _NOTHING_HIDDEN),
    ("paths", "*", "levels", "*", "name"): ("-", _NOTHING_HIDDEN),
    ("paths", "*", "levels", "*", "contacts"): (["#stand-in"], _NOTHING_HIDDEN),
    ("paths", "*", "levels", "*", "contacts", "*"): ("#stand-in", _NOTHING_HIDDEN),
    ("paths", "*", "levels", "*", "acknowledge_within"): ("365d", _NOTHING_HIDDEN),
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
    return loc, (_REMOVED, _NOTHING_HIDDEN)


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

"""Every kind of issue a matrix tells apart, each as one bit of a number, so that rules can be compared at once.

Two types, or two cells of the priority matrix, that no rule tells apart are one kind; so are all services, clients and
channels that no rule names, and none at all.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from math import prod
from operator import and_, or_

from bot.domain.matrix.model import Match, Matrix
from bot.domain.matrix.parts import matches_at

MOST_KINDS = 500_000
"""With more, rules are not compared."""
_ANY_OTHER = ""

_Values = Mapping[str, str]
"""What one member of a dimension says about facts."""


class Kinds:
    """The kinds of issues of one matrix."""

    def __init__(self, matrix: Matrix) -> None:
        """Raises OverflowError when there are more than `MOST_KINDS`."""
        self._masks: dict[tuple[str, str], int] = {}
        dimensions = _dimensions(matrix)
        size = prod(len(members) for members in dimensions)
        if size > MOST_KINDS:
            raise OverflowError(size)
        self.every = (1 << size) - 1
        stride = 1
        for members in dimensions:
            self._lay_out(members, stride, size)
            stride *= len(members)

    def fit(self, match: Match) -> int:
        """The kinds all of whose facts fit; all of them when nothing is named."""
        each = (
            reduce(or_, (self._masks.get((fact, value), 0) for value in values), 0)
            for fact, values in match.items()
        )
        return reduce(and_, each, self.every)

    def own(self, matches: Iterable[Match]) -> list[int]:
        """For rules of which the first that fits wins: the kinds each of them gets."""
        taken = 0
        shares = []
        for match in matches:
            accepted = self.fit(match)
            shares.append(accepted & ~taken)
            taken |= accepted
        return shares

    def _lay_out(self, members: list[_Values], stride: int, size: int) -> None:
        for place, values in enumerate(members):
            block = ((1 << stride) - 1) << (place * stride)
            mask = _repeated(block, stride * len(members), size)
            for fact in values.items():
                self._masks[fact] = self._masks.get(fact, 0) | mask


def kinds_of(matrix: Matrix) -> Kinds | None:
    """The kinds, or None when there are too many to compare."""
    try:
        return Kinds(matrix)
    except OverflowError:
        return None


def _dimensions(matrix: Matrix) -> list[list[_Values]]:
    named = _named(matrix)
    types = ({"type": one.key, "category": one.category} for one in matrix.types)
    cells = (
        {"impact": impact, "urgency": urgency, "priority": priority}
        for (impact, urgency), priority in matrix.priority_matrix.items()
    )
    free = [
        [{fact: value} for value in (*named[fact], _ANY_OTHER)] for fact in ("service", "client", "channel")
    ]
    return [_told_apart(members, named) for members in (types, cells, *free)]


def _named(matrix: Matrix) -> dict[str, dict[str, None]]:
    """The values of each fact that some rule names; and the most urgent priority, which is special by itself."""
    named: dict[str, dict[str, None]] = {
        fact: {}
        for fact in ("type", "category", "impact", "urgency", "priority", "service", "client", "channel")
    }
    for _, match in matches_at(matrix):
        for fact, values in match.items():
            named[fact].update(dict.fromkeys(values))
    named["priority"].update((one.key, None) for one in matrix.priorities if one.rank == 0)
    return named


def _told_apart(members: Iterable[_Values], named: Mapping[str, Mapping[str, None]]) -> list[_Values]:
    seen: dict[tuple[str, ...], _Values] = {}
    for member in members:
        known = {fact: value for fact, value in member.items() if value in named[fact]}
        seen.setdefault(tuple(known.get(fact, _ANY_OTHER) for fact in member), known)
    return list(seen.values()) or [{}]


def _repeated(block: int, period: int, size: int) -> int:
    """The block again and again, every `period` bits, up to `size` bits."""
    while period < size:
        block |= block << period
        period *= 2
    return block & ((1 << size) - 1)

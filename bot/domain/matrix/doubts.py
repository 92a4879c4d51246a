"""What is allowed in a matrix and yet looks like a slip. Pure; for a matrix that has no flaws."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import reduce
from itertools import chain, islice, product
from operator import and_, or_

from bot.domain.contacts import Contact
from bot.domain.matrix.flaw import Flaw, Rule
from bot.domain.matrix.match import facts_of
from bot.domain.matrix.model import Matrix, Path
from bot.domain.matrix.phrases import quoted
from bot.domain.matrix.validate import MOST_FLAWS
from bot.domain.matrix.validate_paths import paths_at

_MOST_ISSUES = 10_000
"""Kinds of issues (type, impact, urgency); with more, paths are not compared."""

_Bits = dict[tuple[str, str], int]


def doubts(matrix: Matrix) -> tuple[Flaw, ...]:
    """What is worth a second look, at most `MOST_FLAWS`, in no particular order."""
    return tuple(islice(chain.from_iterable(check(matrix) for check in _CHECKS), MOST_FLAWS))


def _unused_priorities(matrix: Matrix) -> Iterator[Flaw]:
    used = set(matrix.priority_matrix.values())
    for priority in matrix.priorities:
        if priority.key not in used:
            sentence = (
                f"No impact and urgency give priority {quoted(priority.key)}. Add it to priority_matrix."
            )
            yield Flaw(Rule.UNUSED_PRIORITY, ("priorities", priority.key), sentence)


def _unused_paths(matrix: Matrix) -> Iterator[Flaw]:
    if len(matrix.types) * len(matrix.priority_matrix) > _MOST_ISSUES:
        return
    bits = _bits(matrix)
    taken = 0
    for where, path in paths_at(matrix):
        accepted = _accepted(path, bits)
        if not accepted & ~taken:
            why = (
                "the paths above it take all of its issues" if accepted else "no issue fits all of its match"
            )
            sentence = f"Path {quoted(path.name)} is never used: {why}. Move it up, or change its match."
            yield Flaw(Rule.NEVER_USED, where, sentence)
        taken |= accepted


def _bits(matrix: Matrix) -> _Bits:
    """For every fact and value, the issues that have it: every issue there can be is one bit."""
    bits: _Bits = defaultdict(int)
    every = product(matrix.types, matrix.priority_matrix.items())
    for number, (kind, ((impact, urgency), priority)) in enumerate(every):
        for fact in facts_of(kind, priority, impact, urgency).items():
            bits[fact] |= 1 << number
    return bits


def _accepted(path: Path, bits: _Bits) -> int:
    """The issues this path would take if it stood first; -1, all of them, for a path without match."""
    each = (
        reduce(or_, (bits.get((fact, value), 0) for value in values), 0)
        for fact, values in path.match.items()
    )
    return reduce(and_, each, -1)


def _same_contacts(matrix: Matrix) -> Iterator[Flaw]:
    for where, path in paths_at(matrix):
        first: dict[Contact, str] = {}
        for number, level in enumerate(path.levels):
            for contact in dict.fromkeys(level.contacts):
                if contact in first:
                    sentence = (
                        f"{quoted(str(contact))} is on level {quoted(first[contact])} already. Somebody who was silent "
                        "there is only asked again; name somebody else if you can."
                    )
                    yield Flaw(Rule.SAME_CONTACT, (*where, "levels", number, "contacts"), sentence)
                first.setdefault(contact, level.name)


_CHECKS: tuple[Callable[[Matrix], Iterator[Flaw]], ...] = (_unused_priorities, _unused_paths, _same_contacts)

"""What is allowed in a matrix and yet looks like a slip. Pure; for a matrix that has no flaws."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, product

from bot.domain.matrix.flaw import Flaw, Rule
from bot.domain.matrix.model import Contact, Matrix, Path
from bot.domain.matrix.phrases import quoted
from bot.domain.matrix.validate import MOST_FLAWS
from bot.domain.matrix.validate_paths import paths_at


def doubts(matrix: Matrix) -> tuple[Flaw, ...]:
    """What is worth a second look, at most `MOST_FLAWS`, in no particular order."""
    return tuple(islice(chain.from_iterable(check(matrix) for check in _CHECKS), MOST_FLAWS))


def _unused_priorities(matrix: Matrix) -> Iterator[Flaw]:
    used = set(matrix.priority_matrix.values())
    for priority in matrix.priorities:
        if priority.key not in used:
            sentence = f"No impact and urgency give priority {quoted(priority.key)}. Add it to priority_matrix."
            yield Flaw(Rule.UNUSED_PRIORITY, ("priorities", priority.key), sentence)


def _unreachable_paths(matrix: Matrix) -> Iterator[Flaw]:
    table = _Table(matrix)
    taken = 0
    for where, path in paths_at(matrix):
        accepted = table.accepted(path)
        if not accepted & ~taken:
            why = "the paths above it take all of its issues" if accepted else "no issue fits all of its match"
            sentence = f"Path {quoted(path.name)} is never used: {why}. Move it up, or change its match."
            yield Flaw(Rule.NEVER_USED, where, sentence)
        taken |= accepted


@dataclass(frozen=True, slots=True)
class _Table:
    """Every issue there can be, as one bit each, so that paths are compared as sets of issues."""

    matrix: Matrix

    def accepted(self, path: Path) -> int:
        """The issues this path would take if it stood first."""
        bits = 0
        for bit, (kind, ((impact, urgency), priority)) in enumerate(
            product(self.matrix.types, self.matrix.priority_matrix.items())
        ):
            facts = {
                "type": kind.key,
                "category": kind.category,
                "priority": priority,
                "impact": impact,
                "urgency": urgency,
            }
            if all(facts[name] in values for name, values in path.match.items()):
                bits |= 1 << bit
        return bits

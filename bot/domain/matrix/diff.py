"""What a new version of the matrix changes, in words, and for whom.

One comparer for each part of the document; whatever is equal says nothing.
"""

from collections.abc import Callable, Iterator

from bot.domain.matrix.diff_parts import Difference, Kind
from bot.domain.matrix.diff_paths import compare_paths
from bot.domain.matrix.diff_rules import (
    compare_cells,
    compare_clients,
    compare_priorities,
    compare_promises,
    compare_services,
    compare_targets,
    compare_types,
    compare_workspace,
)
from bot.domain.matrix.diff_times import compare_calendars, compare_schedules
from bot.domain.matrix.model import Matrix
from bot.domain.words import Sentence, say

__all__ = ["COMPARERS", "Difference", "Kind", "diff"]

Comparer = Callable[[Matrix, Matrix], Iterator[Difference]]

COMPARERS: dict[str, Comparer] = {
    "paths": compare_paths,
    "workspace": compare_workspace,
    "priorities": compare_priorities,
    "priority_matrix": compare_cells,
    "types": compare_types,
    "services": compare_services,
    "clients": compare_clients,
    "promises": compare_promises,
    "targets": compare_targets,
    "calendars": compare_calendars,
    "schedules": compare_schedules,
}
"""By the field of the matrix. A test compares this with the fields there are."""


def diff(before: Matrix | None, after: Matrix) -> tuple[Difference, ...]:
    """What is different, the weightiest first; empty when both say the same. `before` None = there was none yet."""
    if before is None:
        everybody = frozenset(
            contact for path in after.paths for level in path.levels for contact in level.contacts
        )
        return (Difference(Kind.FIRST, (), _first(after), everybody),)
    found = [one for compare in COMPARERS.values() for one in compare(before, after)]
    return tuple(sorted(found, key=lambda one: -one.weight))


def _first(matrix: Matrix) -> Sentence:
    return say(
        "The first matrix: {types} types, {priorities} priorities, {paths} paths.",
        types=len(matrix.types),
        priorities=len(matrix.priorities),
        paths=len(matrix.paths),
    )

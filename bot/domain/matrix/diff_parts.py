"""A difference between two versions of a matrix as a value, and the small steps that every comparer shares."""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from bot.domain.contacts import Contact
from bot.domain.matrix.diff_words import shown
from bot.domain.matrix.flaw import Where
from bot.domain.words import Sentence, say

T = TypeVar("T")
_ENDS = (".", "!", "?", "…")


class Kind(StrEnum):
    """What became different; the part it is about is told by the difference's `where`."""

    FIRST = "first"
    PATH_ADDED = "path_added"
    PATH_REMOVED = "path_removed"
    LEVEL_ADDED = "level_added"
    LEVEL_REMOVED = "level_removed"
    CONTACT_ADDED = "contact_added"
    CONTACT_REMOVED = "contact_removed"
    TIMER = "timer"
    MATCH = "match"
    PRIORITY_CELL = "priority_cell"
    SCHEDULE = "schedule"
    TARGET = "target"
    PRIORITY = "priority"
    MOVED = "moved"
    RENAMED = "renamed"
    OWNER = "owner"
    CHANNEL = "channel"
    RULE = "rule"
    CALENDAR = "calendar"
    PROMISE = "promise"
    INFORM = "inform"
    CHOICE = "choice"
    TEXT = "text"
    ORDER = "order"


WEIGHTS = {kind: weight for weight, kind in enumerate(reversed(Kind))}
"""The heavier is told first: who is asked and how fast comes before what things are called."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a new version changes.

    `where` is its place in the new document; for what is gone, in the old one. `concerns` are the contacts whose work
    it changes; empty = it changes nobody's.
    """

    kind: Kind
    where: Where
    sentence: Sentence
    concerns: frozenset[Contact] = frozenset()

    @property
    def weight(self) -> int:
        """The heavier is told first."""
        return WEIGHTS[self.kind]


@dataclass(frozen=True, slots=True)
class Trait:
    """A part with one value, and how its change reads: `template` has ``{old}`` and ``{new}``.

    `without` stands for a value that is not there. `key` is the part's name in the document, where it has another one.
    """

    name: str
    kind: Kind
    template: str
    without: str = "none"
    key: str = ""


def traits(
    subject: Sentence,
    pair: tuple[object, object],
    where: Where,
    table: Iterable[Trait],
    concerns: Iterable[Contact] = (),
) -> Iterator[Difference]:
    """One difference for each part of the table in which the old and the new value are not the same."""
    before, after = pair
    whom = frozenset(concerns)
    for trait in table:
        old, new = getattr(before, trait.name), getattr(after, trait.name)
        if old != new:
            what = say(trait.template, old=shown(old, trait.without), new=shown(new, trait.without))
            end = "" if what.plain().endswith(_ENDS) else "."
            sentence = say("{subject}: {what}{end}", subject=subject, what=what, end=end)
            yield Difference(trait.kind, (*where, trait.key or trait.name), sentence, whom)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Positions in two lists: those that belong together, in the order of the new list, and the rest."""

    both: tuple[tuple[int, int], ...]
    added: tuple[int, ...]
    removed: tuple[int, ...]

    def moved(self) -> list[int]:
        """New positions of as few entries as had to change places, whatever was added or removed between them."""
        kept = _longest_rise([old for old, _ in self.both])
        return [new for index, (_, new) in enumerate(self.both) if index not in kept]


def paired(
    before: Sequence[T],
    after: Sequence[T],
    key: Callable[[T], Hashable],
    alike: Callable[[T, T], bool] = lambda _old, _new: False,
) -> Pairing:
    """Entries of the same key belong together (the first with the first); of the rest, those that look alike."""
    olds: dict[Hashable, list[int]] = {}
    for index, one in enumerate(before):
        olds.setdefault(key(one), []).append(index)
    found: dict[int, int] = {}
    for index, one in enumerate(after):
        if same := olds.get(key(one)):
            found[index] = same.pop(0)
    left = sorted(index for some in olds.values() for index in some)
    for index, one in enumerate(after):
        if index not in found:
            match = next((old for old in left if alike(before[old], one)), None)
            if match is not None:
                found[index] = match
                left.remove(match)
    both = tuple((found[index], index) for index in range(len(after)) if index in found)
    return Pairing(both, tuple(index for index in range(len(after)) if index not in found), tuple(left))


def gone_and_new(before: Sequence[T], after: Sequence[T]) -> tuple[list[T], list[T]]:
    """What only the old list has, and what only the new one has, each once, in order."""
    gone = [one for one in dict.fromkeys(before) if one not in after]
    return gone, [one for one in dict.fromkeys(after) if one not in before]


def by_key(some: Any) -> Hashable:
    """The key of a keyed part."""
    key: str = some.key
    return key


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """Indices of a longest part of the list that only rises."""
    ends: list[int] = []  # the index of the least number that ends a rise of each length
    least: list[int] = []  # and that number
    before: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_left(least, number)
        before.append(ends[place - 1] if place else -1)
        ends[place : place + 1], least[place : place + 1] = [index], [number]
    kept: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept

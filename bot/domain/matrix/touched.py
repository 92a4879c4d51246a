"""Whom a change of a matrix concerns: only about them can anything be wrong afterwards that was right before."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.contacts import Contact, ContactKind
from bot.domain.matrix.model import Matrix, Path
from bot.domain.matrix.world import contacts_to_find


def contacts_touched(before: Matrix, after: Matrix) -> list[Contact]:
    """Everybody and every place named in paths, schedules and priorities that differ, and in the rules, each once.

    Those of the new version come first.
    """
    return list(dict.fromkeys([*_different(before, after), *_different(after, before)]))


def _different(old: Matrix, new: Matrix) -> Iterator[Contact]:
    schedules = tuple(one for one in new.schedules if one not in old.schedules)
    keys = {one.key for one in schedules}
    paths = tuple(one for one in new.paths if one not in old.paths or _asks_one_of(one, keys))
    priorities = tuple(one for one in new.priorities if one not in old.priorities)
    yield from contacts_to_find(replace(new, schedules=schedules, paths=paths, priorities=priorities))


def _asks_one_of(path: Path, schedules: set[str]) -> bool:
    asked = (one for level in path.levels for one in level.contacts)
    return any(one.kind is ContactKind.ONCALL and one.value in schedules for one in asked)

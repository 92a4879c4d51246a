"""A matrix whose time runs faster, to be watched: minutes become seconds, and every hour is a working hour."""

from collections.abc import Iterator
from datetime import timedelta

from bot.adapters.matrix_file.edit import edit
from bot.domain.calendar import ALWAYS
from bot.domain.matrix.edits import Edit
from bot.domain.matrix.flaw import Where
from bot.domain.matrix.model import Level, Matrix, Path
from bot.domain.matrix.parts import paths_at
from bot.domain.span import Span

WATCHED = timedelta(seconds=30)
"""How long the first level of a path lasts when nobody says how fast time is to run."""
_QUICK = timedelta(minutes=1)
"""A path whose first level lasts no longer can be watched as it is."""
_SHORTEST = 2
"""Seconds."""


def faster(source: str, matrix: Matrix, speed: int = 0) -> str:
    """The document with its timers divided by `speed`; by 0, so that the first level of each path lasts `WATCHED`.

    Paths whose first level lasts a minute at most are left as they are then. Schedules always are: who is on call is
    whoever is on call.
    """
    return edit(source, [*_workspace(matrix, speed), *_targets(matrix, speed), *_paths(matrix, speed)])


def _workspace(matrix: Matrix, speed: int) -> Iterator[Edit]:
    yield from _shorter(matrix.workspace.nag_every, _common(matrix, speed), ("workspace", "nag_every"))


def _targets(matrix: Matrix, speed: int) -> Iterator[Edit]:
    factor = _common(matrix, speed)
    for index, target in enumerate(matrix.targets):
        where: Where = ("targets", index)
        for key in ("respond", "resolve", "breach_every"):
            yield from _shorter(getattr(target, key), factor, (*where, key))
        if factor > 1 and target.calendar != ALWAYS.key:
            yield Edit((*where, "calendar"), ALWAYS.key)


def _paths(matrix: Matrix, speed: int) -> Iterator[Edit]:
    for where, path in paths_at(matrix):
        for number, level in enumerate(path.levels):
            yield from _level(level, _factor(path, speed), (*where, "levels", number))


def _level(level: Level, factor: float, where: Where) -> Iterator[Edit]:
    yield from _shorter(level.acknowledge_within, factor, (*where, "acknowledge_within"))
    if level.remind_every is not None and factor > 1:
        within, every = (_seconds(one, factor) for one in (level.acknowledge_within, level.remind_every))
        yield Edit((*where, "remind_every"), f"{every}s" if every < within else None)
    if level.calendar is not None and factor > 1:
        yield Edit((*where, "calendar"), None)


def _common(matrix: Matrix, speed: int) -> float:
    return _factor(matrix.paths[0], speed)


def _factor(path: Path, speed: int) -> float:
    first = path.levels[0].acknowledge_within.clock
    return float(speed) or (first / WATCHED if first > _QUICK else 1.0)


def _shorter(length: Span | None, factor: float, where: Where) -> Iterator[Edit]:
    if length is not None and factor > 1:
        yield Edit(where, f"{_seconds(length, factor)}s")


def _seconds(length: Span, factor: float) -> int:
    return max(_SHORTEST, round(length.clock.total_seconds() / factor))

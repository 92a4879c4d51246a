"""Whether the paths of a matrix can be used: their order, who and where, their timers and levels."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from bot.domain.matrix.flaw import (
    LONGEST_ROLE,
    MOST_REPEATS,
    Flaw,
    Rule,
    Where,
    must_be_channel,
    must_be_somebody,
    must_be_timer,
    must_differ,
    must_fit,
)
from bot.domain.matrix.measure import Measure
from bot.domain.matrix.model import Level, Matrix, Path
from bot.domain.matrix.parts import paths_at
from bot.domain.matrix.phrases import quoted
from bot.domain.matrix.validate_rules import must_be_calendar, must_be_reached

_TIMERS = ("close_after", "still_on_it_after", "follow_up_after", "wait_at_most")


def path_order(matrix: Matrix) -> Iterator[Flaw]:
    """There is a default path, it is the last one, and every path has its own name."""
    default = next((path for path in matrix.paths if not path.match), None)
    if default is None and matrix.paths:
        sentence = "There is no default path. Add a last path without match, so that every issue has somebody to ask."
        yield Flaw(Rule.NO_DEFAULT, ("paths",), sentence)
    if default is not None:
        yield from _after(default, matrix)
    yield from must_differ("path", [((*where, "name"), path.name) for where, path in paths_at(matrix)])


def _after(default: Path, matrix: Matrix) -> Iterator[Flaw]:
    for where, path in islice(paths_at(matrix), matrix.paths.index(default) + 1, None):
        sentence = (
            f"Path {quoted(path.name)} is never reached: {quoted(default.name)} above it has no match and takes "
            "every issue. Move that one to the end."
        )
        yield Flaw(Rule.AFTER_DEFAULT, where, sentence)


def path_details(matrix: Matrix) -> Iterator[Flaw]:
    """Each path by itself."""
    measure = Measure(matrix)
    for where, path in paths_at(matrix):
        yield from _rules(path, where)
        levels = [((*where, "levels", number), level) for number, level in enumerate(path.levels)]
        yield from must_differ("level", [((*at, "name"), level.name) for at, level in levels])
        for at, level in levels:
            yield from _level(level, at, measure)


def _rules(path: Path, where: Where) -> Iterator[Flaw]:
    if path.owner is not None:
        yield from must_be_somebody(path.owner, (*where, "owner"))
    if path.channel is not None:
        yield from must_be_channel(path.channel, (*where, "channel"))
    if not 0 <= path.repeat <= MOST_REPEATS:
        sentence = f'"repeat" is {path.repeat}. Use 0 to {MOST_REPEATS}; 0 means the ladder runs once.'
        yield Flaw(Rule.REPEAT, (*where, "repeat"), sentence)
    for key in _TIMERS:
        length = getattr(path, key)
        if length is not None:
            yield from must_be_timer(length, (*where, key))


def _level(level: Level, where: Where, measure: Measure) -> Iterator[Flaw]:
    within, at = level.acknowledge_within, (*where, "acknowledge_within")
    yield from must_be_timer(within, at)
    yield from must_fit(level.role, LONGEST_ROLE, (*where, "role"))
    if level.calendar is not None:
        yield from must_be_calendar(measure.matrix, level.calendar, (*where, "calendar"))
        yield from must_be_reached(measure, within, level.calendar, at)
    if level.remind_every is None:
        return
    at = (*where, "remind_every")
    yield from must_be_timer(level.remind_every, at)
    every, whole = (measure.takes(one, level.calendar) for one in (level.remind_every, within))
    late = level.remind_every >= within if every is None or whole is None else every >= whole
    if late and level.remind_every.clock > timedelta(0):
        sentence = '"remind_every" must be shorter than "acknowledge_within", else no reminder is ever sent.'
        yield Flaw(Rule.REMIND, at, sentence)

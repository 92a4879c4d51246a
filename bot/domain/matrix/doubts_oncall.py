"""Doubts about schedules: layers that get in each other's way, and people whose turn never comes."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from bot.domain.matrix.flaw import Flaw, Rule, Where, note, warning
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.parts import layers_at
from bot.domain.matrix.phrases import quoted
from bot.domain.matrix.week import FULL, bits_of, first_stretch
from bot.domain.oncall.model import Layer, Schedule

_Placed = tuple[Where, Layer, int]
"""A layer, its place, and the minutes of the week it covers."""


def layers(matrix: Matrix) -> Iterator[Flaw]:
    """What looks odd about each schedule."""
    for schedule in matrix.schedules:
        placed = [(where, layer, _week(layer)) for where, layer in layers_at(schedule)]
        for where, layer, _ in placed:
            yield from _nobody_takes_turns(where, layer)
        hidden = [number for number in range(len(placed)) if _is_hidden(placed, number)]
        for number in hidden:
            yield _only_stands_in(schedule, number, placed[number][0])
        yield from _overlaps(schedule, [(n, one) for n, one in enumerate(placed) if n not in hidden])


def _only_stands_in(schedule: Schedule, number: int, where: Where) -> Flaw:
    """A narrow layer below wide ones is in the wrong place; a wide one may be meant for when those above are away."""
    name = _name(schedule, number)
    if schedule.layers[number].hours is None:
        sentence = (
            f"{name} only stands in while nobody of the layers above it is there: they cover all of its time."
        )
        return note(Rule.NEVER_USED, where, sentence)
    sentence = (
        f"{name} is never reached: the layers above it cover all of its time. "
        "Give those other hours, or move this one up."
    )
    return warning(Rule.NEVER_USED, where, sentence)


def _nobody_takes_turns(where: Where, layer: Layer) -> Iterator[Flaw]:
    if layer.rotate is None and len(set(layer.people)) > 1:
        sentence = (
            f"Only {quoted(str(layer.people[0]))} is ever on call here; the others stand in when they are away. "
            "Add rotate: weekly if they take turns."
        )
        yield note(Rule.NO_TURNS, where, sentence)


def _is_hidden(placed: list[_Placed], number: int) -> bool:
    _, layer, minutes = placed[number]
    above = 0
    for _, other, covered in placed[:number]:
        if _lasts(other, layer):
            above |= covered
    return not minutes & ~above


def _lasts(above: Layer, below: Layer) -> bool:
    """Whether the layer above is there for the whole time of the one below."""
    begins = (above.start, above.handoff) <= (below.start, below.handoff)
    ends = above.until is None or (
        below.until is not None and (below.until, below.handoff) <= (above.until, above.handoff)
    )
    return begins and ends


def _overlaps(schedule: Schedule, visible: list[tuple[int, _Placed]]) -> Iterator[Flaw]:
    """Two restricted layers that want the same time: one of them is written too wide."""
    for (first, (_, above, one)), (second, (where, below, other)) in combinations(visible, 2):
        restricted = above.hours is not None and below.hours is not None
        if restricted and one & other and _meet(above, below):
            sentence = (
                f"{_name(schedule, first)} and {_name(schedule, second).lower()} both cover "
                f"{first_stretch(one & other)}; the first wins. Make one of them narrower if that is not meant."
            )
            yield warning(Rule.OVERLAP, where, sentence)


def _meet(one: Layer, other: Layer) -> bool:
    start = max(one.start, other.start)
    return start < min(one.until or date.max, other.until or date.max)


def _week(layer: Layer) -> int:
    return FULL if layer.hours is None else bits_of(layer.hours)


def _name(schedule: Schedule, number: int) -> str:
    name = schedule.layers[number].name
    return f"Layer {number + 1} ({quoted(name)})" if name else f"Layer {number + 1}"

"""Whether everything of a matrix has a name that people and forms can show, and whether there is not too much of it."""

from collections.abc import Iterator, Sequence

from bot.domain.matrix.flaw import (
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_CHOICES,
    MOST_LAYERS,
    MOST_LEVELS,
    MOST_PATHS,
    MOST_RULES,
    MOST_SCHEDULES,
    Flaw,
    Rule,
    Where,
    label,
    must_differ,
    must_fit,
    must_have,
    must_not_exceed,
)
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.parts import layers_at, levels_at, paths_at


def names(matrix: Matrix) -> Iterator[Flaw]:
    """Names and titles are one short line; no key is there twice in another spelling; texts are not too long."""
    for where, text in _every_name(matrix):
        yield from _name(text, where)
    for section, keys in _every_key(matrix):
        yield from must_differ(section[:-1], [((section, key), key) for key in keys])
    for where, text in _every_text(matrix):
        yield from must_fit(text, LONGEST_TEXT, where)


def _name(text: str, where: Where) -> Iterator[Flaw]:
    if not text.strip():
        yield Flaw(Rule.NAME, where, f"{label(where)} is empty. Write a few plain words.")
    elif not text.isprintable():
        yield Flaw(Rule.NAME, where, f"{label(where)} must be one line of plain text.")
    elif len(text) > LONGEST_NAME:
        long = f"{label(where)} is {len(text)} characters long."
        yield Flaw(Rule.NAME, where, f"{long} Use at most {LONGEST_NAME}, so that forms can show it.")


def _every_name(matrix: Matrix) -> Iterator[tuple[Where, str]]:
    for number, reason in enumerate(matrix.workspace.wait_reasons):
        yield ("workspace", "wait_reasons", number), reason
    for kind in matrix.types:
        yield ("types", kind.key), kind.key
        yield ("types", kind.key, "title"), kind.title
        if kind.category:
            yield ("types", kind.key, "category"), kind.category
    for section in ("priorities", "services", "clients"):
        for one in getattr(matrix, section):
            yield (section, one.key), one.key
            yield (section, one.key, "title"), one.title
    for impact in matrix.impacts:
        yield ("priority_matrix", impact), impact
    for impact, urgency in matrix.priority_matrix:
        yield ("priority_matrix", impact, urgency), urgency
    yield from (((("calendars", one.key)), one.key) for one in matrix.calendars)
    yield from _names_of_ladders(matrix)


def _names_of_ladders(matrix: Matrix) -> Iterator[tuple[Where, str]]:
    for schedule in matrix.schedules:
        yield ("schedules", schedule.key), schedule.key
        if schedule.title:
            yield ("schedules", schedule.key, "title"), schedule.title
        yield from (((*at, "name"), layer.name) for at, layer in layers_at(schedule) if layer.name)
    for where, path in paths_at(matrix):
        yield (*where, "name"), path.name
    for where, _, level in levels_at(matrix):
        yield (*where, "name"), level.name


def _every_key(matrix: Matrix) -> Iterator[tuple[str, Sequence[str]]]:
    for section in ("calendars", "services", "clients", "schedules"):
        yield section, [one.key for one in getattr(matrix, section)]


def _every_text(matrix: Matrix) -> Iterator[tuple[Where, str]]:
    for kind in matrix.types:
        for key in ("raise_when", "not_for", "first_try", "scope"):
            yield ("types", kind.key, key), getattr(kind, key)
    for section in ("services", "clients"):
        for one in getattr(matrix, section):
            yield (section, one.key, "scope"), one.scope


def counts(matrix: Matrix) -> Iterator[Flaw]:
    """Sections that must have something have it, and nothing is larger than people and forms can bear."""
    needed: tuple[tuple[str, int, int], ...] = (
        ("types", len(matrix.types), MOST_CHOICES),
        ("priorities", len(matrix.priorities), MOST_CHOICES),
        ("priority_matrix", max(len(matrix.impacts), len(matrix.urgencies)), MOST_CHOICES),
        ("paths", len(matrix.paths), MOST_PATHS),
    )
    for name, count, most in needed:
        yield from must_have(count, most, (name,))
    for name, most in _MOST.items():
        yield from must_not_exceed(len(getattr(matrix, name)), most, (name,))
    yield from must_not_exceed(
        len(matrix.workspace.wait_reasons), MOST_CHOICES, ("workspace", "wait_reasons")
    )
    for schedule in matrix.schedules:
        yield from must_have(len(schedule.layers), MOST_LAYERS, ("schedules", schedule.key, "layers"))
        for where, layer in layers_at(schedule):
            yield from must_have(len(layer.people), MOST_CHOICES, (*where, "people"))
    for where, path in paths_at(matrix):
        yield from must_have(len(path.levels), MOST_LEVELS, (*where, "levels"))
    for where, _, level in levels_at(matrix):
        yield from must_have(len(level.contacts), MOST_CHOICES, (*where, "contacts"))
    for where, told in _everybody_told(matrix):
        yield from must_not_exceed(told, MOST_CHOICES, where)


_MOST = {
    "calendars": MOST_CHOICES,
    "services": MOST_CHOICES,
    "clients": MOST_CHOICES,
    "promises": MOST_RULES,
    "targets": MOST_RULES,
    "schedules": MOST_SCHEDULES,
}


def _everybody_told(matrix: Matrix) -> Iterator[tuple[Where, int]]:
    for priority in matrix.priorities:
        yield ("priorities", priority.key, "inform"), len(priority.inform)
    for where, path in paths_at(matrix):
        yield (*where, "inform"), len(path.inform)
    for where, _, level in levels_at(matrix):
        yield (*where, "inform"), len(level.inform)

"""Whether the paths of a matrix can be used: their order, what they match, their levels."""

from collections.abc import Iterator
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
)
from bot.domain.matrix.model import Level, Matrix, Path
from bot.domain.matrix.phrases import quoted, suggest

_Known = dict[str, tuple[Rule, tuple[str, ...]]]


def paths_at(matrix: Matrix) -> Iterator[tuple[Where, Path]]:
    """Every path with its place."""
    return ((("paths", index), path) for index, path in enumerate(matrix.paths))


def path_order(matrix: Matrix) -> Iterator[Flaw]:
    """There is a default path, it is the last one, and every path has its own name."""
    default = next((path for path in matrix.paths if not path.match), None)
    if default is None and matrix.paths:
        sentence = "There is no default path. Add a last path without match, so that every issue has somebody to ask."
        yield Flaw(Rule.NO_DEFAULT, ("paths",), sentence)
    if default is not None:
        yield from _after(default, matrix)
    yield from _duplicates("path", [((*where, "name"), path.name) for where, path in paths_at(matrix)])


def _after(default: Path, matrix: Matrix) -> Iterator[Flaw]:
    for where, path in islice(paths_at(matrix), matrix.paths.index(default) + 1, None):
        sentence = (
            f"Path {quoted(path.name)} is never reached: {quoted(default.name)} above it has no match and takes "
            "every issue. Move that one to the end."
        )
        yield Flaw(Rule.AFTER_DEFAULT, where, sentence)


def _duplicates(what: str, names: list[tuple[Where, str]]) -> Iterator[Flaw]:
    seen: set[str] = set()
    for where, name in names:
        if name and name.casefold() in seen:
            sentence = f"There is another {what} {quoted(name)} above. Give each its own name."
            yield Flaw(Rule.DUPLICATE, where, sentence)
        seen.add(name.casefold())


def path_details(matrix: Matrix) -> Iterator[Flaw]:
    """Each path by itself: what it matches, who and where, its timers and levels."""
    known = _known_values(matrix)
    for where, path in paths_at(matrix):
        yield from _match(path, where, known)
        yield from _rules(path, where)
        levels = [((*where, "levels", number), level) for number, level in enumerate(path.levels)]
        yield from _duplicates("level", [((*at, "name"), level.name) for at, level in levels])
        for at, level in levels:
            yield from _level(level, at)


def _known_values(matrix: Matrix) -> _Known:
    categories = tuple(dict.fromkeys(kind.category for kind in matrix.types if kind.category))
    return {
        "type": (Rule.UNKNOWN_TYPE, tuple(kind.key for kind in matrix.types)),
        "category": (Rule.UNKNOWN_CATEGORY, categories),
        "priority": (Rule.UNKNOWN_PRIORITY, tuple(one.key for one in matrix.priorities)),
        "impact": (Rule.UNKNOWN_IMPACT, matrix.impacts),
        "urgency": (Rule.UNKNOWN_URGENCY, matrix.urgencies),
    }


def _match(path: Path, where: Where, known: _Known) -> Iterator[Flaw]:
    for fact, accepted in path.match.items():
        at = (*where, "match", fact)
        if fact not in known:
            sentence = f"A path cannot match on {quoted(fact)}. {suggest(fact, tuple(known))}"
            yield Flaw(Rule.UNKNOWN_FACT, at, sentence)
            continue
        rule, values = known[fact]
        if not accepted:
            yield Flaw(
                Rule.COUNT, at, f"{quoted(fact)} is empty, so nothing would match. Add a value or remove it."
            )
        for value in accepted:
            if value not in values:
                yield Flaw(rule, at, f"There is no {fact} {quoted(value)}. {suggest(value, values)}")


def _rules(path: Path, where: Where) -> Iterator[Flaw]:
    if path.owner is not None:
        yield from must_be_somebody(path.owner, (*where, "owner"))
    if path.channel is not None:
        yield from must_be_channel(path.channel, (*where, "channel"))
    if not 0 <= path.repeat <= MOST_REPEATS:
        sentence = f'"repeat" is {path.repeat}. Use 0 to {MOST_REPEATS}; 0 means the ladder runs once.'
        yield Flaw(Rule.REPEAT, (*where, "repeat"), sentence)
    yield from must_be_timer(path.close_after, (*where, "close_after"))


def _level(level: Level, where: Where) -> Iterator[Flaw]:
    yield from must_be_timer(level.acknowledge_within, (*where, "acknowledge_within"))
    if len(level.role) > LONGEST_ROLE:
        sentence = f'"role" is {len(level.role)} characters long. Use at most {LONGEST_ROLE}.'
        yield Flaw(Rule.NAME, (*where, "role"), sentence)
    if level.remind_every is None:
        return
    at = (*where, "remind_every")
    yield from must_be_timer(level.remind_every, at)
    if level.remind_every >= level.acknowledge_within:
        sentence = '"remind_every" must be shorter than "acknowledge_within", else no reminder is ever sent.'
        yield Flaw(Rule.REMIND, at, sentence)

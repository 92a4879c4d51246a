"""Whether a matrix can be used: every flaw, with the part it is about and a sentence that says what to do.

Pure: reads the matrix and the machine's list of time zones, nothing else.
"""

from collections.abc import Callable, Iterator
from itertools import chain, islice, product
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.matrix.flaw import (
    LONGEST_NAME,
    MOST_CHOICES,
    MOST_LEVELS,
    MOST_PATHS,
    Flaw,
    Rule,
    Where,
    must_be_channel,
    must_be_somebody,
    must_be_timer,
    must_have,
)
from bot.domain.matrix.model import Matrix
from bot.domain.matrix.phrases import did_you_mean, quoted, suggest
from bot.domain.matrix.validate_paths import path_details, path_order, paths_at

MOST_FLAWS = 200
"""Nobody reads more at once."""


def flaws(matrix: Matrix) -> tuple[Flaw, ...]:
    """What keeps this matrix from being used, at most `MOST_FLAWS`, in no particular order. Empty = it is sound."""
    return tuple(islice(chain.from_iterable(check(matrix) for check in _CHECKS), MOST_FLAWS))


def _workspace(matrix: Matrix) -> Iterator[Flaw]:
    rules = matrix.workspace
    at: Where = ("workspace",)
    if not _is_zone(rules.timezone):
        hint = (
            did_you_mean(rules.timezone, sorted(available_timezones())) or "Use a name such as Europe/London."
        )
        sentence = f"There is no time zone {quoted(rules.timezone)}. {hint}"
        yield Flaw(Rule.TIMEZONE, (*at, "timezone"), sentence)
    yield from must_be_channel(rules.issue_channel, (*at, "issue_channel"))
    yield from must_be_channel(rules.catch_all, (*at, "catch_all"))
    yield from must_be_somebody(rules.escalation_manager, (*at, "escalation_manager"))
    yield from must_be_timer(rules.nag_every, (*at, "nag_every"))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):  # a path, an unknown name, a folder of names
        return False
    return True


def _names(matrix: Matrix) -> Iterator[Flaw]:
    for where, text in _every_name(matrix):
        label = quoted(where[-1])
        if not text.strip():
            yield Flaw(Rule.NAME, where, f"{label} is empty. Write a few plain words.")
        elif not text.isprintable():
            yield Flaw(Rule.NAME, where, f"{label} must be one line of plain text.")
        elif len(text) > LONGEST_NAME:
            yield Flaw(
                Rule.NAME,
                where,
                f"{label} is {len(text)} characters long. Use at most {LONGEST_NAME}, so that forms can show it.",
            )


def _every_name(matrix: Matrix) -> Iterator[tuple[Where, str]]:
    for kind in matrix.types:
        yield ("types", kind.key), kind.key
        yield ("types", kind.key, "title"), kind.title
        if kind.category:
            yield ("types", kind.key, "category"), kind.category
    for priority in matrix.priorities:
        yield ("priorities", priority.key), priority.key
        yield ("priorities", priority.key, "title"), priority.title
    for impact in matrix.impacts:
        yield ("priority_matrix", impact), impact
    for impact, urgency in matrix.priority_matrix:
        yield ("priority_matrix", impact, urgency), urgency
    for index, path in enumerate(matrix.paths):
        yield ("paths", index, "name"), path.name
        for number, level in enumerate(path.levels):
            yield ("paths", index, "levels", number, "name"), level.name


def _counts(matrix: Matrix) -> Iterator[Flaw]:
    sections: tuple[tuple[str, int, int], ...] = (
        ("types", len(matrix.types), MOST_CHOICES),
        ("priorities", len(matrix.priorities), MOST_CHOICES),
        ("priority_matrix", max(len(matrix.impacts), len(matrix.urgencies)), MOST_CHOICES),
        ("paths", len(matrix.paths), MOST_PATHS),
    )
    for name, count, most in sections:
        yield from must_have(count, most, (name,))
    for where, path in paths_at(matrix):
        yield from must_have(len(path.levels), MOST_LEVELS, (*where, "levels"))
        for number, level in enumerate(path.levels):
            yield from must_have(len(level.contacts), MOST_CHOICES, (*where, "levels", number, "contacts"))


def _priority_matrix(matrix: Matrix) -> Iterator[Flaw]:
    known = tuple(one.key for one in matrix.priorities)
    for (impact, urgency), key in matrix.priority_matrix.items():
        if key not in known:
            sentence = f"There is no priority {quoted(key)}. {suggest(key, known)}"
            yield Flaw(Rule.UNKNOWN_PRIORITY, ("priority_matrix", impact, urgency), sentence)
    impacts, urgencies = matrix.impacts, matrix.urgencies
    if max(len(impacts), len(urgencies)) > MOST_CHOICES:
        return  # said by the check of sizes; the holes of such a table are nothing to list
    for impact, urgency in product(impacts, urgencies):
        if (impact, urgency) not in matrix.priority_matrix:
            sentence = (
                f"Impact {quoted(impact)} has no priority for urgency {quoted(urgency)}. Add it to this row."
            )
            yield Flaw(Rule.HOLE, ("priority_matrix", impact), sentence)


_CHECKS: tuple[Callable[[Matrix], Iterator[Flaw]], ...] = (
    _workspace,
    _names,
    _counts,
    _priority_matrix,
    path_order,
    path_details,
)

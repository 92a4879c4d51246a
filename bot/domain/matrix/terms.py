"""What everybody on the matrix is asked to agree to: their level of a path, and the time they have to answer.

Pure: names stay contacts here; who stands behind them is looked up elsewhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.domain.calendar import ALWAYS
from bot.domain.contacts import PEOPLE, Contact, ContactKind
from bot.domain.matrix.model import Level, Matrix, Path
from bot.domain.span import Span, Unit
from bot.domain.words import duration

MARK_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Terms:
    """One sentence and whom it is for. `level` counts from 1; `contacts` are people and groups, never channels."""

    path: str
    level: int
    text: str
    contacts: tuple[Contact, ...]


def terms_of(matrix: Matrix) -> tuple[Terms, ...]:
    """The terms of every level of every path, in order.

    A level has up to one for those it names and one for each schedule it asks, whose people are meant all: they take
    turns. Who is named and on a schedule too is meant by the first. Channels agree to nothing.
    """
    return tuple(
        one
        for path in matrix.paths
        for number, level in enumerate(path.levels, start=1)
        for one in _of_level(matrix, path, number, level)
        if one.contacts
    )


def mark(text: str) -> str:
    """A short name of terms: the same terms have the same, other terms another one."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:MARK_LENGTH]


def answer_time(level: Level) -> str:
    """``30 min to answer``; where a calendar counts ``1 working day to answer, in office hours``."""
    calendar, within = level.calendar, level.acknowledge_within
    if calendar in (None, ALWAYS.key):
        return f"{duration(within.clock)} to answer"
    return f"{_working(within)} to answer, in {calendar} hours"


def _of_level(matrix: Matrix, path: Path, number: int, level: Level) -> Iterator[Terms]:
    time = answer_time(level)
    yield Terms(
        path.name, number, f"You are level {number} for {path.name}: {time}.", _people(level.contacts)
    )
    for key in dict.fromkeys(one.value for one in level.contacts if one.kind is ContactKind.ONCALL):
        schedule = matrix.schedule(key)
        people = [who for layer in schedule.layers for who in layer.people] if schedule else []
        name = (schedule and schedule.title) or key
        text = f"You are level {number} for {path.name} while you are on call for {name}: {time}."
        yield Terms(path.name, number, text, _people(people))


def _people(contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    return tuple(
        one for one in dict.fromkeys(contacts) if one.kind in PEOPLE or one.kind is ContactKind.GROUP
    )


def _working(within: Span) -> str:
    words = {Unit.DAY: "working day", Unit.WEEK: "working week"}
    if within.unit not in words:
        return duration(within.clock)
    return f"{within.count} {words[within.unit]}{'' if within.count == 1 else 's'}"

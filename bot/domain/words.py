"""Sentences for people, as values.

A sentence is a row of parts: plain text (never trusted, escaped when rendered), a person, a channel, an instant,
or an issue. Renderers turn parts into their own notation, so nothing a person typed can become a mention or a link.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from string import Formatter
from typing import Literal


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, by user id; each renderer shows the name its own way."""

    id: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, by id or by the ``#name`` the matrix uses."""

    id: str


@dataclass(frozen=True, slots=True)
class At:
    """An instant (UTC); each reader sees it in their own time zone."""

    at: datetime
    style: Literal["time", "day"] = "time"


Part = str | Person | Channel | At
Fill = Part | int | timedelta


@dataclass(frozen=True, slots=True)
class Sentence:
    """Text for people with its parts kept apart."""

    parts: tuple[Part, ...]

    def __add__(self, other: "Sentence") -> "Sentence":
        return Sentence((*self.parts, *other.parts))

    def __bool__(self) -> bool:
        return bool(self.parts)

    def dump(self) -> str:
        """A JSON text that `load_sentence` reads back."""
        return json.dumps([_dump_part(part) for part in self.parts], ensure_ascii=False)

    def plain(self) -> str:
        """Readable without any chat system: for logs, the command line and tests."""
        return "".join(_plain(part) for part in self.parts)


NOTHING = Sentence(())


def say(template: str, **fills: Fill | Sentence | None) -> Sentence:
    """A sentence from a template of ours and values of any origin.

    ``say("{who} took it at {when}.", who=Person("U1"), when=At(now))``. Durations become words, ints digits.
    Raises KeyError when a fill is missing: a template is code.
    """
    return Sentence(tuple(_merge(_parts(template, fills))))


def sentences(*some: Sentence) -> Sentence:
    """Several sentences, one after another with a blank between."""
    parts: list[Part] = []
    for sentence in some:
        if sentence and parts:
            parts.append(" ")
        parts.extend(sentence.parts)
    return Sentence(tuple(_merge(iter(parts))))


def listed(items: list[Sentence], last: str = "and") -> Sentence:
    """``a, b and c``."""
    parts: list[Part] = []
    for index, item in enumerate(items):
        if index:
            parts.append(f" {last} " if index == len(items) - 1 else ", ")
        parts.extend(item.parts)
    return Sentence(tuple(_merge(iter(parts))))


def load_sentence(text: str) -> Sentence:
    """The inverse of `Sentence.dump`. Raises ValueError for anything else."""
    return Sentence(tuple(_load_part(part) for part in json.loads(text)))


def duration(span: timedelta) -> str:
    """``20 s``, ``15 min``, ``2 h 10 min``, ``3 d``: at most two units, the smaller dropped when zero."""
    seconds = int(span.total_seconds())
    units = (("d", 86400), ("h", 3600), ("min", 60), ("s", 1))
    words: list[str] = []
    for name, size in units:
        count, seconds = divmod(seconds, size)
        if count:
            words.append(f"{count} {name}")
        elif words:
            break
        if len(words) == 2:
            break
    return " ".join(words) or "0 s"


def _parts(template: str, fills: dict[str, Fill | Sentence | None]) -> Iterator[Part]:
    for text, name, _, _ in Formatter().parse(template):
        if text:
            yield text
        if name is not None:
            yield from _fill(fills[name])


def _fill(value: Fill | Sentence | None) -> Iterator[Part]:
    if isinstance(value, Sentence):
        yield from value.parts
    elif isinstance(value, timedelta):
        yield duration(value)
    elif isinstance(value, int):
        yield str(value)
    elif value is not None:
        yield value


def _merge(parts: Iterator[Part]) -> Iterator[Part]:
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        if text:
            yield text
            text = ""
        yield part
    if text:
        yield text


def _dump_part(part: Part) -> str | list[str]:
    match part:
        case str():
            return part
        case Person(id=id_):
            return ["person", id_]
        case Channel(id=id_):
            return ["channel", id_]
        case At(at=at, style=style):
            return ["at", at.isoformat(), style]


def _load_part(raw: object) -> Part:
    match raw:
        case str():
            return raw
        case ["person", str(id_)]:
            return Person(id_)
        case ["channel", str(id_)]:
            return Channel(id_)
        case ["at", str(at), "day"]:
            return At(datetime.fromisoformat(at), "day")
        case ["at", str(at), _]:
            return At(datetime.fromisoformat(at))
    raise ValueError(f"not a part of a sentence: {raw!r}")


def _plain(part: Part) -> str:
    match part:
        case str():
            return part
        case Person(id=id_):
            return f"@{id_}"
        case Channel(id=id_):
            return id_ if id_.startswith("#") else f"#{id_}"
        case At(at=at, style=style):
            return at.astimezone(UTC).strftime("%H:%M UTC" if style == "time" else "%a %d %b %H:%M UTC")

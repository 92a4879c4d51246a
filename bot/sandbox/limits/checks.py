"""The pieces limits are written in: a check looks at one value and reports what Slack would say of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and the JSON pointer of where."""

    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


class Where:
    """A place in a payload: its pointer and the surface (message, modal, home) it is for.

    Every value has one, and few are complained of: the pointer is put together when somebody asks for it.
    """

    __slots__ = ("_above", "_key", "surface")

    def __init__(self, pointer: str | int, surface: str, above: Where | None = None) -> None:
        self._key = pointer
        self.surface = surface
        self._above = above

    @property
    def pointer(self) -> str:
        """Its JSON pointer."""
        return str(self._key) if self._above is None else f"{self._above.pointer}/{self._key}"

    def at(self, key: str | int) -> Where:
        return Where(key, self.surface, self)

    def says(self, message: str) -> Problem:
        return Problem(self.pointer, message)


Check = Callable[[Any, Where], Iterable[Problem]]
Rule = Callable[[Mapping[str, Any], Where], Iterable[Problem]]
SURFACES = frozenset({"message", "modal", "home"})
PLAIN, MRKDWN = "plain_text", "mrkdwn"


def anything(value: Any, where: Where) -> Iterator[Problem]:
    """Takes whatever comes."""
    yield from ()


def string(most: int, least: int = 1) -> Check:
    """A string of `least` to `most` characters, counted as UTF-16 units or code points, whichever is more."""

    def check(value: Any, where: Where) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield where.says("must be a string")
        elif length(value) > most:
            yield where.says(f"must be less than {most + 1} characters")
        elif length(value) < least:
            yield where.says(f"must be more than {least - 1} characters")

    return check


def length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def url(most: int = 3000) -> Check:
    limit = string(most)

    def check(value: Any, where: Where) -> Iterator[Problem]:
        problems = list(limit(value, where))
        yield from problems
        if not problems and not value.startswith(("http://", "https://", "mailto:", "slack://")):
            yield where.says("must be a valid URL")

    return check


def boolean(value: Any, where: Where) -> Iterator[Problem]:
    if not isinstance(value, bool):
        yield where.says("must be a boolean")


def integer(low: int, high: int) -> Check:
    def check(value: Any, where: Where) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield where.says("must be an integer")
        elif not low <= value <= high:
            yield where.says(f"must be between {low} and {high}")

    return check


def one_of(*values: str) -> Check:
    def check(value: Any, where: Where) -> Iterator[Problem]:
        if value not in values:
            yield where.says(f"must be a valid enum value: {', '.join(values)}")

    return check


def many(item: Check, most: int, least: int = 1) -> Check:
    """A list of `least` to `most` items that each pass `item`."""

    def check(value: Any, where: Where) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield where.says("must be an array")
            return
        if len(value) > most:
            yield where.says(f"no more than {most} items allowed")
        if len(value) < least:
            yield where.says(f"no fewer than {least} items allowed")
        for number, one in enumerate(value):
            yield from item(one, where.at(number))

    return check


def once(check: Check) -> Check:
    """The same, but what was looked at lately, letter by letter the same, is not looked at again."""

    @lru_cache(maxsize=128)
    def found(text: str, pointer: str, surface: str) -> tuple[Problem, ...]:
        return tuple(check(json.loads(text), Where(pointer, surface)))

    def remembering(value: Any, where: Where) -> Iterable[Problem]:
        return found(json.dumps(value), where.pointer, where.surface)

    return remembering


@dataclass(frozen=True, slots=True)
class Spec:
    """The shape of an object: its fields with their checks, which are needed, where it may stand, what else holds."""

    fields: Mapping[str, Check] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    surfaces: frozenset[str] = SURFACES
    rules: tuple[Rule, ...] = ()

    def __call__(self, value: Any, where: Where) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield where.says("must be an object")
            return
        for name in self.required:
            if value.get(name) is None:
                yield where.says(f"missing required field: {name}")
        for name, held in value.items():
            if name not in self.fields:
                yield where.says(f"invalid additional property: {name}")
            elif held is not None:
                yield from self.fields[name](held, where.at(name))
        for rule in self.rules:
            yield from rule(value, where)


def typed(table: Mapping[str, Spec], allowed: frozenset[str] | None = None) -> Check:
    """An object whose `type` picks its spec from `table`; only the `allowed` types may stand here."""

    def check(value: Any, where: Where) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield where.says("must be an object")
            return
        kind = value.get("type")
        if not isinstance(kind, str):
            yield where.says("missing required field: type")
        elif kind not in table or (allowed is not None and kind not in allowed):
            yield where.at("type").says(f"unsupported type: {kind}")
        elif where.surface not in table[kind].surfaces:
            yield where.at("type").says(f"unsupported type: {kind} is not allowed in a {where.surface}")
        else:
            yield from table[kind](value, where)

    return check


def text(most: int, kinds: tuple[str, ...] = (PLAIN, MRKDWN), least: int = 1) -> Check:
    """A text object. Plain ones may carry `emoji`, mrkdwn ones `verbatim`."""
    specs = {
        PLAIN: Spec({"type": anything, "text": string(most, least), "emoji": boolean}, ("text",)),
        MRKDWN: Spec({"type": anything, "text": string(most, least), "verbatim": boolean}, ("text",)),
    }
    return typed(specs, frozenset(kinds))


def plain(most: int) -> Check:
    return text(most, (PLAIN,))


def exactly_one(*names: str) -> Rule:
    def rule(value: Mapping[str, Any], where: Where) -> Iterator[Problem]:
        given = [name for name in names if value.get(name) is not None]
        if len(given) != 1:
            yield where.says(f"exactly one of {', '.join(names)} is required")

    return rule


def at_least_one(*names: str) -> Rule:
    def rule(value: Mapping[str, Any], where: Where) -> Iterator[Problem]:
        if all(not value.get(name) for name in names):
            yield where.says(f"missing required field: {' or '.join(names)}")

    return rule

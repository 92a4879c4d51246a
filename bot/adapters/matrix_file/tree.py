"""YAML as a tree in which every key and value knows its line, and every scalar is text.

Built from the parser's events rather than its objects: `no`, `1:30` and `2026-01-05` stay what was typed, and aliases
can neither grow nor loop because there are none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from bot.adapters.matrix_file.findings import Remark, Spot, Unreadable
from bot.adapters.matrix_file.syntax import syntax_remark
from bot.domain.matrix.phrases import quoted

MOST_DEPTH = 16
NO_VALUE = ("", "~", "null", "Null", "NULL")
"""Without quotes these are nothing."""


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, blanks around it removed."""

    spot: Spot
    value: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """A key or a dash with no value behind it."""

    spot: Spot


@dataclass(frozen=True, slots=True)
class Mended:
    """A value that was refused and remarked on already."""

    spot: Spot


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    spot: Spot
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Keys with their values; `keys` has the spot of each key."""

    spot: Spot
    entries: Mapping[str, "Node"]
    keys: Mapping[str, Spot]


Node = Text | Nothing | Mended | Items | Section


def read_tree(text: str) -> tuple[Section, list[Remark]]:
    """The document, and remarks on its notation. Raises Unreadable when there is no document to speak of."""
    reader = _Reader(text)
    try:
        root = reader.document()
    except Unreadable as end:
        raise Unreadable(*reader.remarks, *end.remarks) from None
    if not isinstance(root, Section):
        sentence = (
            'A matrix is a document of keys, starting with "rung: 1". See the example in docs/matrix.md.'
        )
        raise Unreadable(*reader.remarks, Remark(root.spot, sentence))
    return root, reader.remarks


class _Reader:
    """Walks the events of one document; `remarks` gathers what is refused on the way."""

    def __init__(self, text: str) -> None:
        self._events = _events(text)
        self.remarks: list[Remark] = []

    def document(self) -> Node:
        next(self._events)  # the start of the stream
        start = next(self._events)
        if isinstance(start, StreamEndEvent):
            sentence = "This file holds only comments. Start from the example in docs/matrix.md."
            raise Unreadable(Remark(Spot(0), sentence))
        if isinstance(start, DocumentStartEvent) and (start.version or start.tags):
            self._refuse(Spot(0), "Lines that start with % are not used in a matrix. Remove them.")
        root = self._node(next(self._events), Spot(0), 1)
        while not isinstance(event := next(self._events), StreamEndEvent):
            if not isinstance(event, DocumentEndEvent):
                sentence = (
                    "A second document starts here. Keep one matrix per file and remove the line with ---."
                )
                raise Unreadable(Remark(_spot(event), sentence))
        return root

    def _refuse(self, spot: Spot, sentence: str) -> None:
        self.remarks.append(Remark(spot, sentence))

    def _node(self, event: Event, parent: Spot, depth: int) -> Node:
        spot = _spot(event)
        if depth > MOST_DEPTH:
            raise Unreadable(Remark(spot, f"This is nested more than {MOST_DEPTH} deep. Check the brackets."))
        if isinstance(event, AliasEvent):
            self._refuse(
                spot, f"{quoted(f'*{event.anchor}')} repeats another part. Write that part out instead."
            )
            return Mended(spot)
        self._check_notation(event, spot)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, spot, parent)
        if isinstance(event, SequenceStartEvent):
            return self._items(spot, depth)
        return self._section(spot, depth)

    def _check_notation(self, event: Event, spot: Spot) -> None:
        if not isinstance(event, NodeEvent):
            return
        if event.anchor is not None:
            self._refuse(
                spot,
                f"{quoted(f'&{event.anchor}')} marks a part to be repeated. Remove it and write each part out.",
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._refuse(spot, f"{quoted(str(tag))} is a YAML tag. Remove it; a matrix needs none.")

    def _scalar(self, event: ScalarEvent, spot: Spot, parent: Spot) -> Node:
        value = event.value.strip()
        if event.style is None and value in NO_VALUE:
            return Nothing(spot if value else parent)
        if any((sign < " " and sign not in "\n\t") or "\ud800" <= sign <= "\udfff" for sign in value):
            self._refuse(spot, "This text has a sign that cannot be shown. Remove the \\ code for it.")
            return Mended(spot)
        return Text(spot, value)

    def _items(self, spot: Spot, depth: int) -> Items:
        items: list[Node] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            items.append(self._node(event, _spot(event), depth + 1))
        return Items(spot, tuple(items))

    def _section(self, spot: Spot, depth: int) -> Section:
        entries: dict[str, Node] = {}
        keys: dict[str, Spot] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._node(event, _spot(event), depth + 1)
            value = self._node(next(self._events), key.spot, depth + 1)
            if self._is_usable(key, keys):
                entries[key.value] = value
                keys[key.value] = key.spot
        return Section(spot, entries, keys)

    def _is_usable(self, key: Node, known: Mapping[str, Spot]) -> TypeGuard[Text]:
        if not isinstance(key, Text):
            if not isinstance(key, Mended):
                self._refuse(key.spot, "A key must be one word or text, followed by a colon.")
            return False
        if key.value == "<<":
            self._refuse(key.spot, '"<<" copies another part. Write that part out instead.')
            return False
        if key.value in known:
            first = known[key.value].line + 1
            sentence = (
                f"{quoted(key.value)} is there twice; the first is in line {first}. Remove one of them."
            )
            self._refuse(key.spot, sentence)
            return False
        return True


def _events(text: str) -> Iterator[Event]:
    """The parser's events, its errors as one of ours."""
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        raise Unreadable(syntax_remark(error)) from None
    except (YAMLError, ValueError, OverflowError) as error:  # for example a \U code beyond the last sign
        raise Unreadable(Remark(Spot(0), f"This is not valid YAML: {quoted(str(error))}.")) from None


def _spot(event: Event) -> Spot:
    return Spot(event.start_mark.line, event.start_mark.column)

"""The smallest steps of editing a document: pieces of text, where they end, and how a value is written."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_PLAIN = re.compile(r"[A-Za-z0-9_](?:[\w ./+@()&'-]*[\w.)+])?", re.ASCII)
"""What needs no quotes anywhere: no sign in it means anything to YAML."""
_BLOCK = re.compile(r"[|>][^\n]*\n(?:\s*\n)*( +)")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""Words that other readers of YAML would take for something else than text."""


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """Put `text` in place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str

    @classmethod
    def at(cls, place: int, text: str) -> "Splice":
        """Put it in between."""
        return cls(place, place, text)


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """All of them done; they do not overlap. Where one is inserted at the start of another, it comes first."""
    for one in sorted(splices, reverse=True):
        text = text[: one.start] + one.text + text[one.end :]
    return text


def end_of(text: str, node: Node) -> int:
    """Where the last sign of a part is written; the parser counts blanks and comments behind it to some parts."""
    if isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(text, last[1] if isinstance(node, MappingNode) else last)
    end: int = node.end_mark.index
    block = isinstance(node, ScalarNode) and node.style in ("|", ">")
    return len(text[:end].rstrip()) if block else end


def line_of(text: str, place: int) -> tuple[int, int]:
    """Where the line of this place begins, and where it ends without its line break."""
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    return start, end - text[:end].endswith("\r")


def newline_of(text: str) -> str:
    """How this document ends its lines."""
    return "\r\n" if "\r\n" in text else "\n"


def written(value: str | tuple[str, ...] | list[str] | Mapping[str, Any], style: str | None = None) -> str:
    """A value on one line: a text without quotes where it needs none, a list in [brackets], a section in {braces}."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(key)}: {written(one)}" for key, one in value.items()) + "}"
    if not isinstance(value, str):
        return "[" + ", ".join(written(one, style) for one in value) + "]"
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    plain = _PLAIN.fullmatch(value) and value.lower() not in _WORDS
    return value if plain and not style else _in_quotes(value)


def _in_quotes(value: str) -> str:
    """JSON is YAML, but for separators that JSON lets stand and YAML takes for line breaks."""
    return "".join(
        sign if sign.isprintable() else f"\\U{ord(sign):08X}"
        for sign in json.dumps(value, ensure_ascii=False)
    )


def written_like(text: str, present: ScalarNode, value: str) -> str:
    """A text in the way of the one it replaces: with its quotes, or as a block of lines with its indentation."""
    block = _BLOCK.match(text, present.start_mark.index)
    if present.style not in ("|", ">") or block is None or not value.strip():
        return written(value, present.style)
    lines = value.split("\n")
    sign = "|-" if len(lines) > 1 else ">-"
    return newline_of(text).join([sign, *(f"{block[1]}{line}" if line else "" for line in lines)])

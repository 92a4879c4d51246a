"""A list gets other entries: those that stay keep their place in the text, their quotes and their comments."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ruamel.yaml.nodes import ScalarNode, SequenceNode

from bot.adapters.matrix_file.edit_text import Splice, end_of, line_of, newline_of, written


def new_items(text: str, present: SequenceNode, wanted: Sequence[str]) -> list[Splice]:
    """What to splice so that the list has these entries, at least one. Raises TypeError for a list of sections."""
    items = [one for one in present.value if isinstance(one, ScalarNode)]
    if len(items) < len(present.value):
        raise TypeError(present)
    if not items:
        return [Splice(present.start_mark.index, present.end_mark.index, written(tuple(wanted)))]
    kind = _InBrackets if present.flow_style else _OnLines
    return list(kind(text, items, present.start_mark.column).splices(wanted))


class _List(ABC):
    """What both ways to write a list have in common."""

    def __init__(self, text: str, items: list[ScalarNode], column: int) -> None:
        self.text = text
        self.items = items
        self.column = column

    def splices(self, wanted: Sequence[str]) -> Iterator[Splice]:
        """From the old entries to these with as few steps as possible."""
        old = [one.value.strip() for one in self.items]
        for what, i1, i2, j1, j2 in SequenceMatcher(None, old, list(wanted), autojunk=False).get_opcodes():
            if what == "equal":
                continue
            both = min(i2 - i1, j2 - j1)
            for item, value in zip(self.items[i1 : i1 + both], wanted[j1 : j1 + both], strict=True):
                yield Splice(item.start_mark.index, self.end(item), self.written(value))
            if i1 + both < i2:
                yield self.cut(i1 + both, i2)
            if j1 + both < j2:
                yield self.insert(i1 + both, wanted[j1 + both : j2])

    def written(self, value: str) -> str:
        """With quotes where the first entry has them."""
        style: str | None = self.items[0].style
        return written(value, style if style in ("'", '"') else None)

    def end(self, item: ScalarNode) -> int:
        """Where an entry ends."""
        return end_of(self.text, item)

    @abstractmethod
    def cut(self, first: int, last: int) -> Splice:
        """Take the entries from `first` to before `last` away."""

    @abstractmethod
    def insert(self, place: int, values: Sequence[str]) -> Splice:
        """Put entries before the one at `place`."""


class _OnLines(_List):
    """Each entry behind a dash on lines of its own."""

    def cut(self, first: int, last: int) -> Splice:
        """With whatever else stands on its lines."""
        start, _ = line_of(self.text, self.items[first].start_mark.index)
        _, end = line_of(self.text, self.end(self.items[last - 1]))
        return Splice(start, min(end + len(newline_of(self.text)), len(self.text)), "")

    def insert(self, place: int, values: Sequence[str]) -> Splice:
        """Below the entry before, above whatever comment belongs to the next."""
        break_, lines = newline_of(self.text), [f"{' ' * self.column}- {self.written(one)}" for one in values]
        if place == 0:
            start, _ = line_of(self.text, self.items[0].start_mark.index)
            return Splice.at(start, "".join(line + break_ for line in lines))
        _, end = line_of(self.text, self.end(self.items[place - 1]))
        return Splice.at(end, "".join(break_ + line for line in lines))


class _InBrackets(_List):
    """Entries between [brackets], with commas."""

    def cut(self, first: int, last: int) -> Splice:
        """With one comma; behind a comment the comma stays, which YAML allows."""
        start, end = self.items[first].start_mark.index, self.end(self.items[last - 1])
        if last < len(self.items):
            return Splice(start, self.items[last].start_mark.index, "")
        before = self.end(self.items[first - 1])
        return Splice(start if "#" in self.text[before:start] else before, end, "")

    def insert(self, place: int, values: Sequence[str]) -> Splice:
        """Behind the entry before, or in front of all."""
        entries = [self.written(one) for one in values]
        if place == 0:
            return Splice.at(self.items[0].start_mark.index, "".join(f"{one}, " for one in entries))
        return Splice.at(self.end(self.items[place - 1]), "".join(f", {one}" for one in entries))

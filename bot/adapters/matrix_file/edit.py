"""Changing parts of a matrix document and leaving every other sign of it as it was written: comments, order, quotes.

Only the text of the part itself is replaced; the parser tells where that is. Afterwards the document is read again: it
must say exactly what was asked for, and be a sound matrix.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.adapters.matrix_file.edit_items import new_items
from bot.adapters.matrix_file.edit_text import (
    Splice,
    end_of,
    line_of,
    newline_of,
    spliced,
    written,
    written_like,
)
from bot.adapters.matrix_file.explain import shape_at
from bot.adapters.matrix_file.load import load_matrix
from bot.adapters.matrix_file.source import clean_text
from bot.adapters.matrix_file.tree import NO_VALUE
from bot.domain.errors import RungError
from bot.domain.matrix.edits import Edit, Value
from bot.domain.matrix.flaw import Where
from bot.domain.matrix.model import Matrix
from bot.domain.words import say

_WORTH_IT = 3
"""With fewer edits, one after the other is as quick."""
NAME = "matrix"
"""What findings about an edited document call it."""


class CannotEdit(RungError):
    """The document is written in a way in which this part can only be changed by hand."""

    def __init__(self, where: Where) -> None:
        self.where = where
        place = " > ".join(str(step + 1) if isinstance(step, int) else step for step in where)
        super().__init__(
            say(
                "Rung cannot change {place} in this document by itself. Please change it in the file.",
                place=place,
            )
        )


def edit(source: str, changes: Sequence[Edit]) -> str:
    """The document with these changes, one after the other. Raises CannotEdit, or MatrixFileError with findings."""
    return edit_matrix(source, changes)[1]


def edit_matrix(source: str, changes: Sequence[Edit]) -> tuple[Matrix, str]:
    """The same, with the matrix it is now."""
    mark = source[: source.startswith("\ufeff")]
    text = clean_text(source)
    root = _compose(text, ()) if changes else None
    at_once = _all_changed(text, root, changes)
    if at_once is not None:
        return load_matrix(at_once, NAME), mark + at_once
    for change in changes:
        text, root = _changed(text, root, change)
    return load_matrix(text, NAME), mark + text


def _all_changed(text: str, root: Node | None, changes: Sequence[Edit]) -> str | None:
    """The text after all edits, read only once more; None where they touch each other, or one of them is difficult."""
    if root is None or len(changes) < _WORTH_IT:
        return None
    wanted, surgeon = _plain(root), _Surgeon(text, root)
    try:
        real = [one for one in changes if _set(wanted, one.where, one.value)]
        splices = sorted(one for change in real for one in surgeon.splices(change.where, change.value))
        if any(second.start <= first.end for first, second in pairwise(splices)):
            return None
        after = spliced(text, splices)
        return after if _plain(_compose(after, ())) == wanted else None
    except (LookupError, TypeError, ValueError, CannotEdit):
        return None


def _changed(text: str, root: Node | None, change: Edit) -> tuple[str, Node | None]:
    """The text after one edit, and what the parser makes of it."""
    wanted = _plain(root)
    try:
        if root is None or not _set(wanted, change.where, change.value):
            return text, root
        after = spliced(text, _Surgeon(text, root).splices(change.where, change.value))
    except (LookupError, TypeError, ValueError):
        raise CannotEdit(change.where) from None
    said = _compose(after, change.where)
    if _plain(said) != wanted:
        raise CannotEdit(change.where)
    return after, said


def _compose(text: str, where: Where) -> Node | None:
    try:
        root: Node | None = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, ValueError):
        raise CannotEdit(where) from None
    return root


def _plain(node: Node | None) -> Any:
    """What the document says, with nothing of how it is written."""
    if isinstance(node, MappingNode):
        return {key.value.strip(): _plain(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_plain(one) for one in node.value]
    if not isinstance(node, ScalarNode):
        return None
    text = str(node.value).strip()
    return None if text in NO_VALUE and not node.style else text


def _set(data: Any, where: Where, value: Value) -> bool:
    """Do it to the plain data. False when it says that already. Raises LookupError or TypeError for no such place."""
    if value is None:
        return _unset(data, where)
    for step in where[:-1]:
        data = data.setdefault(step, {}) if isinstance(data, dict) else data[step]
    last = where[-1]
    present = data.get(last) if isinstance(data, dict) else data[last]
    wanted = list(value) if isinstance(value, tuple) else value
    data[last] = wanted
    return wanted not in (present, [present])


def _unset(data: Any, where: Where) -> bool:
    """Take it away, and with it every section that has nothing else in it."""
    section = data
    for step in where[:-1]:
        if isinstance(section, dict) and step not in section:
            return False
        section = section[step]
    if not isinstance(section, dict):
        raise TypeError(section)
    if where[-1] not in section:
        return False
    del section[where[-1]]
    if not section:
        _unset(data, where[:-1])
    return True


class _Surgeon:
    """Finds where a part is written, and what to put there."""

    def __init__(self, text: str, root: Node) -> None:
        self._text = text
        self._root = root

    def splices(self, where: Where, value: Value) -> list[Splice]:
        """The pieces of text to replace. Raises LookupError, TypeError or ValueError where it does not know how."""
        parent, depth = self._nearest(where)
        if value is None:
            return [self._removal(where)]
        if depth < len(where) - 1 or _entry(parent, where[-1]) is None:
            return [self._insertion(parent, where[:depth], where[depth:], value)]
        key, present = _known_entry(parent, where[-1])
        if isinstance(value, tuple) and isinstance(present, SequenceNode) and value:
            return new_items(self._text, present, value)
        return [self._replacement(key, present, value)]

    def _nearest(self, where: Where) -> tuple[MappingNode, int]:
        """The innermost section on the way that is there, and how deep it stands."""
        node = self._root
        for depth, step in enumerate(where[:-1]):
            inner = node.value[step] if isinstance(step, int) else _entry_value(node, step)
            if inner is None:
                return _section(node), depth
            node = inner
        return _section(node), len(where) - 1

    def _replacement(self, key: Node, present: Node, value: str | tuple[str, ...]) -> Splice:
        if isinstance(present, ScalarNode) and isinstance(value, str):
            new = written_like(self._text, present, value)
            return Splice(present.start_mark.index, end_of(self._text, present), new)
        start = present.start_mark.index
        if isinstance(present, MappingNode | SequenceNode) and not present.flow_style:
            start = self._text.index(":", key.end_mark.index) + 1
            return Splice(start, end_of(self._text, present), f" {written(value)}")
        return Splice(start, end_of(self._text, present), written(value))

    def _insertion(
        self, section: MappingNode, at: Where, missing: Where, value: str | tuple[str, ...]
    ) -> Splice:
        """A new line after the part that comes before it; in {braces}, a new entry."""
        key, *inner = missing
        if not isinstance(key, str):
            raise LookupError(key)
        nested: str | tuple[str, ...] | Mapping[str, Any] = value
        for step in reversed(inner):
            nested = {str(step): nested}
        entry = f"{written(key)}: {written(nested)}"
        if not section.value:
            return Splice.at(section.start_mark.index + 1, entry)
        before = self._entry_before(section, at, key)
        if section.flow_style:
            return Splice.at(end_of(self._text, before), f", {entry}")
        indent = " " * section.value[0][0].start_mark.column
        _, end = line_of(self._text, end_of(self._text, before))
        return Splice.at(end, f"{newline_of(self._text)}{indent}{entry}")

    def _entry_before(self, section: MappingNode, at: Where, key: str) -> Node:
        """The value after which a new key belongs: by the order of the format, else the last."""
        order = _order(at)
        earlier = reversed(order[: order.index(key)] if key in order else [])
        found = (_entry(section, one) for one in earlier)
        near = next((one for one in found if one is not None), None)
        return near[1] if near is not None else _last_value(section)

    def _removal(self, where: Where) -> Splice:
        section = self._nearest(where)[0]
        entries = section.value
        index = next(n for n, (key, _) in enumerate(entries) if key.value.strip() == where[-1])
        key, value = entries[index]
        if len(entries) == 1:
            return self._removal(where[:-1])
        following = entries[index + 1][0].start_mark.index if index + 1 < len(entries) else None
        if section.flow_style:
            if following is not None:
                return Splice(key.start_mark.index, following, "")
            return Splice(end_of(self._text, entries[index - 1][1]), end_of(self._text, value), "")
        start, _ = line_of(self._text, key.start_mark.index)
        if self._text[start : key.start_mark.index].strip():  # it stands behind the dash of a list
            if following is None:
                raise LookupError(where)
            return Splice(key.start_mark.index, following, "")
        _, end = line_of(self._text, end_of(self._text, value))
        return Splice(start, min(end + len(newline_of(self._text)), len(self._text)), "")


def _order(at: Where) -> list[str]:
    """The keys of this section in the order in which the format names them."""
    return [field.alias or name for name, field in shape_at(at).model_fields.items()]


def _section(node: Node) -> MappingNode:
    if not isinstance(node, MappingNode):
        raise TypeError(node)
    return node


def _last_value(section: MappingNode) -> Node:
    value: Node = section.value[-1][1]
    return value


def _entry(section: MappingNode, key: str | int) -> tuple[Node, Node] | None:
    entries: Iterable[tuple[Node, Node]] = section.value
    return next((one for one in entries if one[0].value.strip() == key), None)


def _known_entry(section: MappingNode, key: str | int) -> tuple[Node, Node]:
    found = _entry(section, key)
    if found is None:
        raise LookupError(key)
    return found


def _entry_value(node: Node, key: str) -> Node | None:
    found = _entry(_section(node), key)
    return None if found is None else found[1]

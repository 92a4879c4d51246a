"""What the shape found, as remarks: where it is in the file, and a sentence."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from bot.adapters.matrix_file.findings import Remark, Spot
from bot.adapters.matrix_file.shape import DocumentShape, Shape
from bot.adapters.matrix_file.tree import Items, Mended, Node, Nothing, Section
from bot.adapters.matrix_file.values import kind_of
from bot.domain.matrix.phrases import did_you_mean, quoted

Loc = Sequence[str | int]

_CHANNEL_KEYS = ("issue_channel", "catch_all", "channel", "contacts")


def spot_of(root: Section, loc: Loc) -> Spot:
    """Where `loc` is written: a text itself, the key of a section or list, the section that misses a key."""
    node: Node = root
    spot = root.spot
    for step in loc:
        if isinstance(node, Section) and step in node.entries:
            key = str(step)
            spot, node = node.keys[key], node.entries[key]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            spot = node.spot
        else:
            return spot
    return spot if isinstance(node, Section | Items) else node.spot


def key_spot(root: Section, loc: Loc) -> Spot:
    """Where the last key of `loc` is written."""
    node: Node = root
    for step in loc[:-1]:
        if isinstance(node, Section):
            node = node.entries[str(step)]
        elif isinstance(node, Items) and isinstance(step, int):
            node = node.items[step]
    return node.keys[str(loc[-1])] if isinstance(node, Section) else node.spot


def explain(problem: ErrorDetails, root: Section) -> Remark | None:
    """The remark for one problem; None when the value was remarked on before."""
    loc, given = problem["loc"], problem["input"]
    if problem["type"] == "extra_forbidden":
        return Remark(key_spot(root, loc), _unknown_key(loc))
    if isinstance(given, Mended):
        return None
    spot = spot_of(root, loc)
    if isinstance(given, Nothing):
        return Remark(spot, _no_value(loc))
    return Remark(spot, _SENTENCES.get(problem["type"], _other)(loc, problem))


def _unknown_key(loc: Loc) -> str:
    key, shape = str(loc[-1]), shape_at(loc[:-1])
    if key in shape.coming:
        instead = f"; {shape.coming[key]}" if shape.coming[key] else ""
        return f"{quoted(key)} is not built yet in this version. Remove it for now{instead}."
    known = (*shape.model_fields, *shape.coming)
    hint = did_you_mean(key, known) or f"The keys here are: {', '.join(shape.model_fields)}."
    return f"{quoted(key)} is not a key of {_section(loc[:-1])}. {hint}"


def _section(loc: Loc) -> str:
    names = {"paths": "a path", "levels": "a level"}
    if not loc:
        return "a matrix"
    return names[str(loc[-2])] if isinstance(loc[-1], int) else quoted(loc[-1])


def _label(loc: Loc) -> str:
    return f"An entry of {quoted(loc[-2])}" if isinstance(loc[-1], int) else quoted(loc[-1])


def _no_value(loc: Loc) -> str:
    hint = ' A #channel must be in quotes: "#issues".' if set(loc) & set(_CHANNEL_KEYS) else ""
    return f"{_label(loc)} has no value. Write one, or remove the line.{hint}"


def _missing(loc: Loc, problem: ErrorDetails) -> str:
    key = str(loc[-1])
    examples = shape_at(loc[:-1]).model_fields[key].examples
    example = f", for example {key}: {examples[0]}" if examples else ". See docs/matrix.md"
    return f"{quoted(key)} is missing in {_section(loc[:-1])}. Add it{example}."


def _must_be(what: str) -> Callable[[Loc, ErrorDetails], str]:
    return lambda loc, problem: f"{_label(loc)} must be {what}, not {kind_of(problem['input'])}."


def _too_short(loc: Loc, problem: ErrorDetails) -> str:
    return f"{_label(loc)} is empty. Add at least one."


def _own(loc: Loc, problem: ErrorDetails) -> str:
    return str(problem["ctx"]["error"])


def _other(loc: Loc, problem: ErrorDetails) -> str:
    return f"{_label(loc)} does not fit: {problem['msg']}."


_SENTENCES: Mapping[str, Callable[[Loc, ErrorDetails], str]] = {
    "missing": _missing,
    "string_type": _must_be("a text"),
    "list_type": _must_be("a list"),
    "tuple_type": _must_be("a text or a list of texts"),
    "dict_type": _must_be("a section with keys of its own"),
    "model_type": _must_be("a section with keys of its own"),
    "too_short": _too_short,
    "value_error": _own,
}


def shape_at(loc: Loc) -> type[Shape]:
    """The shape of the section at `loc`."""
    shape: type[Shape] = DocumentShape
    for step in loc:
        if isinstance(step, str) and step in shape.model_fields:
            shape = next(_shapes_in(shape.model_fields[step].annotation), shape)
    return shape


def _shapes_in(annotation: Any) -> Iterator[type[Shape]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and issubclass(annotation, Shape):
        yield annotation
    for part in get_args(annotation):
        yield from _shapes_in(part)

"""What the shape found, as remarks: where it is in the file, and a sentence."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.adapters.matrix_file.findings import Remark, Spot
from bot.adapters.matrix_file.hours import Problems
from bot.adapters.matrix_file.shape import DocumentShape, Shape
from bot.adapters.matrix_file.tree import Items, Mended, Node, Nothing, Section
from bot.adapters.matrix_file.values import kind_of
from bot.domain.matrix.phrases import did_you_mean, quoted

Loc = Sequence[str | int]

_CHANNEL_KEYS = ("issue_channel", "catch_all", "channel", "contacts", "inform")
_ENTRIES = {
    "paths": "a path",
    "levels": "a level",
    "targets": "a target",
    "promises": "a promise",
    "layers": "a layer",
}


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
    node = _node_at(root, loc[:-1])
    return node.keys[str(loc[-1])] if isinstance(node, Section) else node.spot


def _node_at(root: Section, loc: Loc) -> Node:
    """What stands at `loc`; the last thing there is on the way."""
    node: Node = root
    for step in loc:
        if isinstance(node, Section) and step in node.entries:
            node = node.entries[str(step)]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return node
    return node


def explain(problem: ErrorDetails, root: Section) -> Iterator[Remark]:
    """What is to be said about one problem; nothing when the value was remarked on before."""
    loc, given = problem["loc"], problem["input"]
    if problem["type"] == "extra_forbidden":
        yield Remark(key_spot(root, loc), _unknown_key(loc, isinstance(given, Nothing)))
    elif isinstance(given, Nothing):
        yield Remark(spot_of(root, loc), _no_value(loc))
    elif isinstance(error := (problem.get("ctx") or {}).get("error"), Problems):
        yield from _inside(loc, error, root)
    elif not isinstance(given, Mended):
        yield Remark(spot_of(root, loc), _SENTENCES.get(problem["type"], _other)(loc, problem))


def _inside(loc: Loc, problems: Problems, root: Section) -> Iterator[Remark]:
    for deeper, sentence in problems.entries:
        place = (*loc, *deeper)
        node = _node_at(root, place)
        if isinstance(node, Nothing):
            yield Remark(spot_of(root, place), _no_value(place))
        elif not isinstance(node, Mended):
            yield Remark(spot_of(root, place), sentence)


def _unknown_key(loc: Loc, bare: bool) -> str:
    """`bare` = no value is behind it: in braces every comma begins a key, also one that was meant as part of a text."""
    known = tuple(_fields(shape_at(loc[:-1])))
    commas = 'Put a text that holds commas in "quotes".' if bare else ""
    hint = did_you_mean(str(loc[-1]), known) or commas or f"The keys here are: {', '.join(known)}."
    return f"{quoted(loc[-1])} is not a key of {_section(loc[:-1])}. {hint}"


def _section(loc: Loc) -> str:
    if not loc:
        return "a matrix"
    return _ENTRIES[str(loc[-2])] if isinstance(loc[-1], int) else quoted(loc[-1])


def _label(loc: Loc) -> str:
    return f"An entry of {quoted(loc[-2])}" if isinstance(loc[-1], int) else quoted(loc[-1])


def _no_value(loc: Loc) -> str:
    hint = ' A #channel must be in quotes: "#issues".' if set(loc) & set(_CHANNEL_KEYS) else ""
    return f"{_label(loc)} has no value. Write one, or remove the line.{hint}"


def _missing(loc: Loc, problem: ErrorDetails) -> str:
    key = str(loc[-1])
    examples = _fields(shape_at(loc[:-1]))[key].examples
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
    """The shape of the section at `loc`; of the last one on the way, where there is none."""
    shape: type[Shape] = DocumentShape
    inside: Any = DocumentShape
    for step in loc:
        if isinstance(inside, type) and issubclass(inside, BaseModel):
            field = _fields(shape).get(str(step))
            inside = _bare(field.annotation) if field else None
        else:  # an entry of a list or of a section whose keys are free
            inside = _bare(get_args(inside)[-1]) if get_origin(inside) in (dict, list) else None
        if isinstance(inside, type) and issubclass(inside, Shape):
            shape = inside
    return shape


def _fields(shape: type[Shape]) -> dict[str, FieldInfo]:
    """The fields by the keys of the document."""
    return {field.alias or name: field for name, field in shape.model_fields.items()}


def _bare(annotation: Any) -> Any:
    """The annotation without None beside it."""
    return next(
        (part for part in get_args(annotation) if get_origin(annotation) not in (dict, list)), annotation
    )

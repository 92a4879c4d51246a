"""Frozen values as JSON and back, led by their annotations.

A field that a snapshot does not have yet takes its default, so old snapshots stay readable when a value grows.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Json = None | str | int | float | bool | list["Json"] | dict[str, "Json"]
PLAIN = (str, int, float, bool, NoneType)


def dump(value: object) -> Json:
    """JSON for a dataclass, tuple, mapping, enum, span or instant (ISO 8601, UTC), nested at will.

    Spans are seconds; a mapping with keys other than strings becomes a list of pairs. Raises TypeError otherwise.
    """
    match value:
        case Enum():
            return dump(value.value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case timedelta():
            return int(seconds) if (seconds := value.total_seconds()).is_integer() else seconds
        case tuple() | list():
            return [dump(one) for one in value]
        case Mapping():
            return _dump_mapping(value)
        case str() | int() | float() | bool() | None:
            return value
    if is_dataclass(value):
        return {one.name: dump(getattr(value, one.name)) for one in fields(value)}
    raise TypeError(f"cannot be kept as JSON: {value!r}")


def load(shape: type[T], raw: Json) -> T:
    """The value of this shape. Raises ValueError when the JSON does not fit."""
    try:
        loaded: T = _load(shape, raw)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a snapshot of {shape.__name__}: {error}") from error
    return loaded


def _dump_mapping(value: Mapping[Any, Any]) -> Json:
    if all(isinstance(key, str) for key in value):
        return {str(key): dump(one) for key, one in value.items()}
    return [[dump(key), dump(one)] for key, one in value.items()]


def _load(shape: Any, raw: Any) -> Any:
    origin = get_origin(shape)
    if origin in (Union, UnionType):
        return _load_union(get_args(shape), raw)
    if origin is tuple:
        return _load_tuple(get_args(shape), raw)
    if origin is not None:
        return _load_mapping(get_args(shape), raw)
    shape = getattr(shape, "__supertype__", shape)  # a NewType is what it is made of
    if is_dataclass(shape):
        return _load_dataclass(shape, raw)
    if issubclass(shape, Enum):
        return shape(raw)
    if shape is timedelta:
        return timedelta(seconds=raw)
    if shape is datetime:
        return datetime.fromisoformat(raw)
    if not isinstance(raw, shape):
        raise TypeError(f"{raw!r} is not a {shape.__name__}")
    return raw


def _load_union(shapes: tuple[Any, ...], raw: Any) -> Any:
    if raw is None and NoneType in shapes:
        return None
    plain = [shape for shape in shapes if shape in PLAIN]
    if any(isinstance(raw, shape) for shape in plain):
        return raw
    rest = [shape for shape in shapes if shape not in PLAIN]
    if len(rest) != 1:
        raise TypeError(f"{raw!r} is none of {shapes}")
    return _load(rest[0], raw)


def _load_tuple(shapes: tuple[Any, ...], raw: list[Any]) -> tuple[Any, ...]:
    if len(shapes) == 2 and shapes[1] is Ellipsis:
        return tuple(_load(shapes[0], one) for one in raw)
    return tuple(_load(shape, one) for shape, one in zip(shapes, raw, strict=True))


def _load_mapping(shapes: tuple[Any, ...], raw: Any) -> dict[Any, Any]:
    key, value = shapes
    pairs = raw.items() if isinstance(raw, dict) else raw
    return {_load(key, one): _load(value, other) for one, other in pairs}


def _load_dataclass(shape: Any, raw: dict[str, Any]) -> Any:
    hints = _hints(shape)
    return shape(**{name: _load(hints[name], raw[name]) for name in hints if name in raw})


@cache
def _hints(shape: Any) -> dict[str, Any]:
    hints = get_type_hints(shape)
    return {one.name: hints[one.name] for one in fields(shape)}

"""Frozen values as JSON and back, led by their annotations.

A field that a snapshot does not have yet takes its default, so old snapshots stay readable when a value grows.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Json = None | str | int | float | bool | list["Json"] | dict[str, "Json"]
PLAIN = (str, int, float, bool, NoneType)
Loader = Callable[[Any], Any]


def dump(value: object) -> Json:
    """JSON for a dataclass, tuple, set, mapping, enum, length of time, day, time of day or instant, nested at will.

    Lengths are seconds, sets are sorted lists, days and times are ISO 8601; a mapping with keys other than strings
    becomes a list of pairs. Raises TypeError otherwise.
    """
    shape: Any = type(value)
    if shape in PLAIN:  # exactly, because an enum may be a str too; most values end here
        return value  # type: ignore[return-value]
    names = _names(shape)
    if names is not None:
        return {name: dump(getattr(value, name)) for name in names}
    match value:
        case Enum():
            return dump(value.value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return int(seconds) if (seconds := value.total_seconds()).is_integer() else seconds
        case tuple() | list():
            return [dump(one) for one in value]
        case frozenset():
            return [dump(one) for one in sorted(value)]
        case Mapping():
            return _dump_mapping(value)
        case str() | int() | float() | bool() | None:
            return value
    raise TypeError(f"cannot be kept as JSON: {value!r}")


def load(shape: type[T], raw: Json) -> T:
    """The value of this shape. Raises ValueError when the JSON does not fit."""
    described: Any = shape
    try:
        loaded: T = _loader(described)(raw)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a snapshot of {shape.__name__}: {error}") from error
    return loaded


@cache
def _names(shape: Any) -> tuple[str, ...] | None:
    """The fields of a dataclass, in order; None for whatever is none."""
    return tuple(one.name for one in fields(shape)) if is_dataclass(shape) else None


def _dump_mapping(value: Mapping[Any, Any]) -> Json:
    if all(isinstance(key, str) for key in value):
        return {str(key): dump(one) for key, one in value.items()}
    return [[dump(key), dump(one)] for key, one in value.items()]


@cache
def _loader(shape: Any) -> Loader:
    """How to load this shape: decided once, because annotations are slow to look at."""
    origin = get_origin(shape)
    if origin in (Union, UnionType):
        return _union_loader(get_args(shape))
    if origin is tuple:
        return _tuple_loader(get_args(shape))
    if origin is frozenset:
        (member,) = (_loader(one) for one in get_args(shape))
        return lambda raw: frozenset(member(one) for one in raw)
    if origin is not None:
        return _mapping_loader(get_args(shape))
    shape = getattr(shape, "__supertype__", shape)  # a NewType is what it is made of
    if is_dataclass(shape):
        return partial(_load_dataclass, shape)
    if issubclass(shape, Enum):
        return partial(shape)
    return _LEAVES.get(shape) or partial(_load_plain, shape)


def _union_loader(shapes: tuple[Any, ...]) -> Loader:
    plain = tuple(shape for shape in shapes if shape in PLAIN)
    rest = [_loader(shape) for shape in shapes if shape not in PLAIN]

    def load_union(raw: Any) -> Any:
        if isinstance(raw, plain):
            return raw
        if len(rest) != 1:
            raise TypeError(f"{raw!r} is none of {shapes}")
        return rest[0](raw)

    return load_union


def _tuple_loader(shapes: tuple[Any, ...]) -> Loader:
    if len(shapes) == 2 and shapes[1] is Ellipsis:
        each = _loader(shapes[0])
        return lambda raw: tuple(each(one) for one in raw)
    places = [_loader(shape) for shape in shapes]
    return lambda raw: tuple(at(one) for at, one in zip(places, raw, strict=True))


def _mapping_loader(shapes: tuple[Any, ...]) -> Loader:
    key, value = (_loader(shape) for shape in shapes)

    def load_mapping(raw: Any) -> Any:
        pairs = raw.items() if isinstance(raw, dict) else raw
        return {key(one): value(other) for one, other in pairs}

    return load_mapping


def _load_dataclass(shape: Any, raw: dict[str, Any]) -> Any:
    return shape(**{name: load_field(raw[name]) for name, load_field in _fields(shape) if name in raw})


def _load_plain(shape: Any, raw: Any) -> Any:
    if not isinstance(raw, shape):
        raise TypeError(f"{raw!r} is not a {shape.__name__}")
    return raw


@cache
def _fields(shape: Any) -> tuple[tuple[str, Loader], ...]:
    hints = get_type_hints(shape)
    return tuple((one.name, _loader(hints[one.name])) for one in fields(shape))


_LEAVES: dict[Any, Loader] = {
    timedelta: lambda raw: timedelta(seconds=raw),
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    time: time.fromisoformat,
}

"""Column types that both databases treat alike."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from bot.adapters.db.snapshot import load

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A row number. SQLite counts by itself only in a column that is called exactly INTEGER."""


class Instant(sa.TypeDecorator[datetime]):
    """A UTC instant. Naive datetimes are refused; what comes out is always aware and UTC.

    SQLite keeps it as text of one fixed width, so that it sorts as it should.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """To UTC; for SQLite without the zone, which it cannot keep."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone: only instants can be stored.")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        """Aware, UTC."""
        if value is None:
            return None
        instant: datetime = value
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


class Json(sa.TypeDecorator[Any]):
    """Whatever JSON can say. An engine hands over its text, as `unread` lets it: what that means is read here."""

    impl = sa.JSON
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Any:
        """The value that the text stands for."""
        return None if value is None else self.read(value)

    def read(self, text: str) -> Any:
        """Dictionaries and lists of one's own."""
        return json.loads(text)


class Snapshot(Json):
    """A frozen value of this shape. It is written as `snapshot.dump` gives it, and comes out whole.

    The same text is read once: an issue is read many times before its path or its facts change.
    """

    cache_ok = True

    def __init__(self, shape: type) -> None:
        super().__init__()
        self.shape = shape

    def read(self, text: str) -> Any:
        """Raises ValueError when the JSON does not fit."""
        return _snapshot(self.shape, text)


@lru_cache(maxsize=1024)
def _snapshot(shape: type, text: str) -> Any:
    return load(shape, json.loads(text))


def unread(text: str) -> str:
    """How an engine decodes JSON: not at all."""
    return text


def one_of(column: str, values: Iterable[str | Enum]) -> str:
    """``state IN ('open', 'closed')`` with the values written out, for CHECKs and partial indexes.

    A query must repeat a partial index's condition in the same words: a planner cannot look into parameters.
    """
    words = (str(one.value) if isinstance(one, Enum) else one for one in values)
    return f"{column} IN ({', '.join(repr(word) for word in words)})"

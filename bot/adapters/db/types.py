"""Column types that both databases treat alike."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa

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


def one_of(column: str, values: Iterable[str | Enum]) -> str:
    """``state IN ('open', 'closed')`` with the values written out, for CHECKs and partial indexes.

    A query must repeat a partial index's condition in the same words: a planner cannot look into parameters.
    """
    words = (str(one.value) if isinstance(one, Enum) else one for one in values)
    return f"{column} IN ({', '.join(repr(word) for word in words)})"

"""What tables are made of: the one registry of them, and columns, rules and indexes in short words."""

from typing import Any

import sqlalchemy as sa

from bot.adapters.db.types import Instant, Json, Snapshot

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def rule(name: str, condition: str) -> sa.CheckConstraint:
    """A CHECK."""
    return sa.CheckConstraint(condition, name=name)


def index(name: str, *columns: str, where: str | None = None, unique: bool = False) -> sa.Index:
    """An index; with `where`, a partial one."""
    condition = None if where is None else sa.text(where)
    return sa.Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def text(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A column of text."""
    return sa.Column(name, sa.Text, nullable=null)


def number(name: str) -> sa.Column[Any]:
    """A column of whole numbers."""
    return sa.Column(name, sa.Integer, nullable=False)


def instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A column of UTC instants."""
    return sa.Column(name, Instant, nullable=null)


def json(name: str) -> sa.Column[Any]:
    """A column of JSON."""
    return sa.Column(name, Json, nullable=False)


def snapshot(name: str, shape: type) -> sa.Column[Any]:
    """A column of frozen values of this shape."""
    return sa.Column(name, Snapshot(shape), nullable=False)


def of_issue(*columns: str) -> sa.ForeignKeyConstraint:
    """The row belongs to an issue: workspace and number."""
    return sa.ForeignKeyConstraint(columns, ["issues.workspace", "issues.number"])

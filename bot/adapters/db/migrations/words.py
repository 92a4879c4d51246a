"""The words of migrations. Frozen like them: a migration that needs another word brings its own."""

from typing import Any

import sqlalchemy as sa
from alembic import op

TEXT = sa.Text()
NUMBER = sa.Integer()
BIG = sa.BigInteger()
FLAG = sa.Boolean()
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON()


def columns(kind: sa.types.TypeEngine[Any], *names: str, null: bool = False) -> list[sa.Column[Any]]:
    """Columns of one kind."""
    return [sa.Column(name, kind, nullable=null, autoincrement=False) for name in names]


def row_id(name: str) -> sa.Column[Any]:
    """A row number; counted by the database when it is the row's own `id`."""
    counted = name == "id"
    return sa.Column(
        name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, autoincrement=counted
    )


def rule(name: str, condition: str) -> sa.CheckConstraint:
    """A CHECK."""
    return sa.CheckConstraint(condition, name=name)


def one_of(column: str, words: str) -> str:
    """The condition that a column has one of these words, given with spaces between."""
    return f"{column} IN ({', '.join(repr(word) for word in words.split())})"


def index(name: str, table: str, *columns: str, unique: bool = False, where: str | None = None) -> None:
    """Make an index; with `where`, a partial one."""
    condition = None if where is None else sa.text(where)
    op.create_index(
        name, table, list(columns), unique=unique, sqlite_where=condition, postgresql_where=condition
    )

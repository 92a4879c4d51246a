"""Dialects of SQLAlchemy that remember: a statement is made into SQL once in a test run, not once for each database.

Every test opens a database of its own, and an engine that is new has everything to compile again, which cost a story
more than all its statements took to run. The SQL and the database it runs on are the same as ever.
"""

from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite


class _Remembering(sa.Dialect):
    """The first of its class that has met a database lends itself, and what it compiled, to all later engines."""

    _first: ClassVar[sa.Dialect | None] = None
    _compiled: ClassVar[dict[Any, Any]]

    def __init_subclass__(cls) -> None:
        cls._compiled = {}

    def initialize(self, connection: sa.Connection) -> None:
        """See Dialect: it has met a database now, and knows its version."""
        super().initialize(connection)
        if type(self)._first is None:
            type(self)._first = self

    @classmethod
    def engine_created(cls, engine: sa.Engine) -> None:
        """See Dialect."""
        if cls._first is not None:
            engine.dialect = cls._first
            engine.update_execution_options(compiled_cache=cls._compiled)


class RememberingSqlite(_Remembering, SQLiteDialect_pysqlite):
    """SQLite through the driver of the standard library."""

    supports_statement_cache = True


class RememberingPostgres(_Remembering, PGDialect_asyncpg):
    """PostgreSQL through asyncpg."""

    supports_statement_cache = True


def remember_sql() -> None:
    """From now on engines are made with these."""
    for name, dialect in (
        ("sqlite.pysqlite", RememberingSqlite),
        ("postgresql.asyncpg", RememberingPostgres),
    ):
        registry.register(name, __name__, dialect.__name__)

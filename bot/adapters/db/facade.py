"""What a unit of work sees of its connection: statements in, fetched rows out, and nothing to commit."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

Params = Mapping[str, Any]


class Tx:
    """Runs statements. Every result is fetched to its end: an open cursor would spoil SQLite's shared transaction."""

    __slots__ = ("_connection", "news", "writable")

    def __init__(self, connection: sa.Connection, *, writable: bool = True) -> None:
        self._connection = connection
        self.writable = writable
        """A unit that reads sees one and the same state to its end."""
        self.news = False
        """Whether this unit stored something that a loop should look at."""

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``, where the same question has other words."""
        return self._connection.dialect.name

    def rows(self, statement: sa.Executable, params: Params | None = None) -> Sequence[sa.Row[Any]]:
        """All rows of a SELECT."""
        return self._connection.execute(statement, params).all()

    def one(self, statement: sa.Executable, params: Params | None = None) -> sa.Row[Any] | None:
        """The first row of a SELECT."""
        rows = self.rows(statement, params)
        return rows[0] if rows else None

    def changed(self, statement: sa.Executable, params: Params | None = None) -> Sequence[sa.Row[Any]]:
        """The rows of a statement that writes or locks. Raises RuntimeError in a reading unit."""
        self._must_write()
        return self._connection.execute(statement, params).all()

    def write(self, statement: sa.Executable, params: Params | None = None) -> int:
        """How many rows were written. Raises RuntimeError in a reading unit."""
        self._must_write()
        return self._connection.execute(statement, params).rowcount

    def write_many(self, statement: sa.Executable, params: Sequence[Params]) -> None:
        """The statement for each set of parameters, in order. Raises RuntimeError in a reading unit."""
        self._must_write()
        if params:
            self._connection.execute(statement, list(params))

    def _must_write(self) -> None:
        if not self.writable:
            raise RuntimeError("A reading unit must not write.")

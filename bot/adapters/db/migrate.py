"""Schema versions without an ini file: what the database has, what this program needs, and the way there.

Alembic is only loaded when there is a way to go: at most starts the version alone is looked at.
"""

from enum import Enum
from pathlib import Path

import sqlalchemy as sa

from bot.adapters.db.errors import DatabaseTooNew, SchemaMissing

HOME = Path(__file__).with_name("migrations")
VERSION_TABLE = "alembic_version"
PRESENT = sa.text(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608 - a constant


class SchemaState(Enum):
    """How the database compares to the program."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"


class Migrations:
    """The migrations of one folder, whose files are called by their version: ``versions/0001_what_it_does.py``."""

    def __init__(self, home: Path = HOME) -> None:
        self._home = home
        self.versions = sorted(file.name.partition("_")[0] for file in home.glob("versions/*.py"))
        """All that this program knows, oldest first."""

    @property
    def head(self) -> str:
        """The version that this program needs."""
        return self.versions[-1]

    def state_of(self, connection: sa.Connection) -> SchemaState:
        """Raises DatabaseTooNew for a version that this program does not know."""
        present = _version_of(connection)
        if present is None:
            return SchemaState.EMPTY
        if present not in self.versions:
            raise DatabaseTooNew(
                f"The database is newer than this program (its schema is {present}, this program knows up to "
                f"{self.head}). Upgrade Rung, or restore a backup made before the upgrade."
            )
        return SchemaState.CURRENT if present == self.head else SchemaState.BEHIND

    def upgrade(self, connection: sa.Connection) -> None:
        """To the newest version, in the transaction that the connection is in. Raises DatabaseTooNew."""
        from alembic import command
        from alembic.config import Config

        self.state_of(connection)
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(self._home).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, "head")


def _version_of(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    present: str | None = connection.execute(PRESENT).scalar_one_or_none()
    return present


def must_be_current(state: SchemaState) -> None:
    """Raises SchemaMissing unless the program can work with the database."""
    if state is not SchemaState.CURRENT:
        raise SchemaMissing(f"The database schema is {state.value}. Run `rung db migrate`, then start again.")

"""Schema versions without an ini file: what the database has, what this program needs, and the way there."""

from enum import Enum
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.adapters.db.errors import DatabaseTooNew, SchemaMissing

HOME = Path(__file__).with_name("migrations")


class SchemaState(Enum):
    """How the database compares to the program."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"


class Migrations:
    """The migrations of one folder."""

    def __init__(self, home: Path = HOME) -> None:
        self._config = Config()
        self._config.set_main_option("script_location", str(home).replace("%", "%%"))
        self._config.set_main_option("path_separator", "os")
        self._scripts = ScriptDirectory.from_config(self._config)

    @property
    def head(self) -> str:
        """The version that this program needs."""
        return str(self._scripts.get_current_head())

    def state_of(self, connection: sa.Connection) -> SchemaState:
        """Raises DatabaseTooNew for a version that this program does not know."""
        present = MigrationContext.configure(connection).get_current_revision()
        if present is None:
            return SchemaState.EMPTY
        known = {script.revision for script in self._scripts.walk_revisions()}
        if present not in known:
            raise DatabaseTooNew(
                f"The database is newer than this program (its schema is {present}, this program knows up to "
                f"{self.head}). Upgrade Rung, or restore a backup made before the upgrade."
            )
        return SchemaState.CURRENT if present == self.head else SchemaState.BEHIND

    def upgrade(self, connection: sa.Connection) -> None:
        """To the newest version, in the transaction that the connection is in. Raises DatabaseTooNew."""
        self.state_of(connection)
        self._config.attributes["connection"] = connection
        command.upgrade(self._config, "head")


def must_be_current(state: SchemaState) -> None:
    """Raises SchemaMissing unless the program can work with the database."""
    if state is not SchemaState.CURRENT:
        raise SchemaMissing(f"The database schema is {state.value}. Run `rung db migrate`, then start again.")

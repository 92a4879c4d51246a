"""SQLite files with all tables in them: migrated once, then copied, so that they take no time."""

import shutil
from pathlib import Path

from bot.adapters.db.database import open_database
from tests.fakes.chance import FakeChance


class SqliteTemplate:
    """A file with all tables and nothing in them, and its lock file, which says that a database belongs there."""

    def __init__(self, file: Path) -> None:
        self._file = file

    async def migrated(self, copy: Path) -> str:
        """The address of a new database with all tables, in the file `copy`."""
        if not self._file.exists():
            database = open_database(f"sqlite:///{self._file}", chance=FakeChance())
            await database.migrate()
            await database.close()
        for ending in ("", ".lock"):
            shutil.copyfile(f"{self._file}{ending}", f"{copy}{ending}")
        return f"sqlite:///{copy}"

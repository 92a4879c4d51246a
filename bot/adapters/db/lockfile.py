"""A lock file beside the SQLite database: one process at a time, and no new database over one that has vanished."""

import fcntl
from pathlib import Path

from bot.adapters.db.errors import DatabaseError, DatabaseGone, DatabaseInUse


class LockFile:
    """Held from construction to `close`. The operating system releases it when the process dies.

    Raises DatabaseInUse when another process has the database, DatabaseGone when the database was there and is not any
    more, DatabaseError when there is no such folder or nothing may be written in it.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(f"{database.name}.lock")
        try:
            self._file = self._path.open("a+", encoding="ascii")
        except OSError as error:
            raise DatabaseError(
                f"{database} cannot be used: {error.strerror}. The folder must exist, and Rung must be allowed to "
                "write in it. Check DATABASE_URL."
            ) from error
        self._inode: int | None = None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._check_vanished()
        except BlockingIOError as busy:
            self._file.close()
            raise DatabaseInUse(
                f"{database} is used by another running Rung. Stop that one first, "
                "or use PostgreSQL to run several."
            ) from busy
        except DatabaseGone:
            self._file.close()
            raise

    def remember(self) -> None:
        """The database has tables now: from here on it must not vanish."""
        self._inode = self._database.stat().st_ino
        self._file.seek(0)
        if not self._file.read():
            self._file.write("A database belongs here.\n")
            self._file.flush()

    def check(self) -> None:
        """Raises DatabaseGone when the file that was opened is no longer at its place."""
        try:
            present = self._database.stat().st_ino
        except FileNotFoundError:
            present = None
        if self._inode is not None and present != self._inode:
            raise DatabaseGone(
                f"{self._database} was deleted or replaced while Rung was running. "
                "Stop Rung, put the database back, and start again."
            )

    def close(self) -> None:
        """Let others have it."""
        self._file.close()

    def _check_vanished(self) -> None:
        self._file.seek(0)
        if self._file.read() and not self._database.exists():
            raise DatabaseGone(
                f"{self._database} is missing, but it was there before. Put it back from a backup, "
                f"or delete {self._path} to begin with an empty one."
            )

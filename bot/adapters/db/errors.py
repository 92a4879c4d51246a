"""What can stop Rung from using its database, as sentences that say what to do next."""

from bot.domain.errors import RungError


class DatabaseError(RungError):
    """The database cannot be used as it is."""


class BadDatabaseUrl(DatabaseError):
    """The address is not one that Rung understands."""


class DatabaseInUse(DatabaseError):
    """Another process has the SQLite file."""


class DatabaseGone(DatabaseError):
    """The SQLite file was deleted or replaced."""


class DatabaseTooNew(DatabaseError):
    """The schema was made by a newer version of Rung."""


class SchemaMissing(DatabaseError):
    """The tables are not there, or are older than this program needs."""

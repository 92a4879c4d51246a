"""Where the town keeps its things: a database of one kind, empty for each example."""

from abc import ABC, abstractmethod
from itertools import count
from pathlib import Path
from typing import Protocol

from bot.adapters.db.database import open_database
from bot.usecases.ports import Transactions
from tests.fakes.chance import FakeChance
from tests.fakes.transactions import MemoryTransactions
from tests.postgres import PostgresServer
from tests.sqlite import SqliteTemplate


class Opened(Protocol):
    """What the town needs of an open database."""

    @property
    def transactions(self) -> Transactions: ...
    async def close(self) -> None: ...


class Place(ABC):
    """One kind of database."""

    @abstractmethod
    async def empty(self) -> str:
        """The address of a database with all tables and nothing in them. One before may be gone."""

    def open(self, url: str) -> Opened:
        """As a process does when it starts."""
        return open_database(url, chance=FakeChance(), name="one")


class InMemory(Place):
    """The fake, which is many times faster: it finds what is wrong with the rules, not with the storing."""

    def __init__(self) -> None:
        self.transactions = MemoryTransactions(rehearse=False)

    async def empty(self) -> str:
        """See Place."""
        self.transactions = MemoryTransactions(rehearse=False)
        return ""

    def open(self, url: str) -> Opened:
        """A restart loses nothing."""
        return self

    async def close(self) -> None:
        """See Opened."""


class OnSqlite(Place):
    """A file for each example."""

    def __init__(self, template: SqliteTemplate, folder: Path) -> None:
        self._template, self._folder = template, folder
        self._numbers = count(1)

    async def empty(self) -> str:
        """See Place."""
        return await self._template.migrated(self._folder / f"{next(self._numbers)}.db")


class OnPostgres(Place):
    """One database, emptied for each example."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._url = ""

    async def empty(self) -> str:
        """See Place."""
        if not self._url:
            self._url = await self._server.migrated()
        else:
            await self._server.wash(self._url)
        return self._url

"""The database and Slack as commands see them, beside a Rung that may be running."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.adapters.db.beside import beside
from bot.adapters.system import SystemChance, SystemClock, nonce
from bot.domain.errors import NotFound, RungError
from bot.domain.ids import WorkspaceId
from bot.usecases.outside import Clock
from bot.usecases.ports import Store, Transactions


class NoBell:
    """A running Rung looks by itself every two seconds."""

    def ring(self) -> None:
        """See the port Bell."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The database, seen from the command line: what publishing needs, and whose matrix it is."""

    transactions: Transactions
    workspace: WorkspaceId
    clock: Clock
    bell: NoBell


@dataclass(frozen=True, slots=True)
class SlackAccess:
    """Where Slack is, and a bot token of it."""

    url: str
    token: str = field(repr=False)


@asynccontextmanager
async def open_desk(database_url: str, workspace: str = "") -> AsyncIterator[Desk]:
    """The database beside whoever runs on it. Raises RungError with a sentence."""
    async with beside(database_url, chance=SystemChance(), name=f"rung-matrix-{nonce()}") as transactions:
        known = await transactions.read(lambda store: _workspace(store, workspace))
        yield Desk(transactions, known, SystemClock(), NoBell())


def _workspace(store: Store, wanted: str) -> WorkspaceId:
    found = store.workspaces.get(WorkspaceId(wanted)) if wanted else store.workspaces.only()
    if found is not None:
        return found.id
    if wanted:
        raise NotFound(f"There is no workspace {wanted} in this database. Check the id (T...).")
    raise RungError(
        "Which workspace is meant? This database knows none yet, or several. Start Rung once, or name one with "
        "--workspace."
    )

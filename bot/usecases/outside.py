"""What the use cases need of the world outside the store, as protocols; each has a fake in the tests."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.contacts import Contact
from bot.domain.delivery import Outcome
from bot.domain.ids import WorkspaceId
from bot.domain.matrix.model import PublishedMatrix
from bot.usecases.rows import Letter, PersonInfo, Resolved


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""


class Chance(Protocol):
    """The only source of randomness."""

    def fraction(self) -> float:
        """A number in [0, 1)."""


class DirectoryDown(Exception):
    """The directory cannot answer now; try later, not before `after` when it is named."""

    def __init__(self, why: str = "", after: timedelta | None = None) -> None:
        self.after = after
        super().__init__(why)


class Directory(Protocol):
    """People, groups and channels, by what the matrix calls them."""

    async def resolve(self, workspace: WorkspaceId, contacts: Sequence[Contact]) -> list[Resolved]:
        """Whom each contact stands for. The deactivated and bots are left out, with why. Raises DirectoryDown."""

    async def person(self, workspace: WorkspaceId, user: str) -> PersonInfo | None:
        """Somebody; None when there is no such user. Raises DirectoryDown."""

    async def may_post(self, workspace: WorkspaceId, channel: str) -> bool:
        """Whether Rung can write into the channel with this id, as far as can be told. Raises DirectoryDown."""


class Channel(Protocol):
    """A way to reach people. Slack is one."""

    async def send(self, letter: Letter) -> Outcome:
        """Deliver once: no retries inside."""

    async def find(self, letter: Letter) -> Outcome | None:
        """After an unknown outcome: the message if it is there, else None (then it is sent again)."""


class Bell(Protocol):
    """Wakes the loops after a commit."""

    def ring(self) -> None:
        """There may be something due."""


class MatrixHolder(Protocol):
    """The published matrix in memory: forms are drawn from it without a database."""

    def current(self, workspace: WorkspaceId) -> PublishedMatrix | None:
        """The one in force as far as known."""

    def hold(self, workspace: WorkspaceId, published: PublishedMatrix) -> None:
        """Take a version into memory."""

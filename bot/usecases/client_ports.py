"""What the store keeps about pages for clients: which were given, and who agreed to what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import WorkspaceId


@dataclass(frozen=True, slots=True)
class ClientPage:
    """A page of a path that a client can read. `client` is a key of the matrix, empty for one it does not have; `name`
    is what the client was called when the page was given. `secret` is the last part of its address."""

    id: int
    workspace: WorkspaceId
    path: str
    client: str
    name: str
    secret: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ClientYes:
    """Somebody of the client agreed. `name` is as they typed it, `terms` the mark of what was shown, `version` that of
    the matrix in force, `said_at` the instant (UTC)."""

    page: int
    name: str
    version: int
    terms: str
    said_at: datetime


class ClientPages(Protocol):
    """Pages for clients. A withdrawn page and what was said on it are kept; the page is no longer found."""

    def add(self, page: ClientPage) -> ClientPage:
        """Store it; the answer has its id (the given id is ignored). Where the same path, client and name have a page
        in force, nothing is stored and that page is the answer."""

    def get(self, workspace: WorkspaceId, page_id: int) -> ClientPage | None:
        """One that is in force."""

    def by_secret(self, secret: str) -> ClientPage | None:
        """One that is in force: the secret names the workspace."""

    def of(self, workspace: WorkspaceId, path: str | None = None) -> list[ClientPage]:
        """Those in force, of a path or all, by id."""

    def withdraw(self, workspace: WorkspaceId, page_id: int, by: str, now: datetime) -> bool:
        """No longer in force; False when it was not."""

    def agree(self, workspace: WorkspaceId, yes: ClientYes) -> bool:
        """Store it; False when this name has agreed to these terms on this page already, and nothing is changed."""

    def yeses(self, workspace: WorkspaceId, pages: Sequence[int]) -> list[ClientYes]:
        """What was said on these pages, earliest first, then by name."""

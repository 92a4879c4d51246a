"""What the in-memory store keeps about pages for clients."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.ids import WorkspaceId
from bot.usecases.client_ports import ClientPage, ClientYes
from tests.fakes.tables import BrokenRule, Tables


class MemoryClientPages:
    """Port ClientPages."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, page: ClientPage) -> ClientPage:
        """With the next id, or the page there is."""
        for one in self.of(page.workspace, page.path):
            if (one.client, one.name) == (page.client, page.name):
                return one
        stored = replace(page, id=self._tables.next_id("client_pages"))
        self._tables.client_pages[stored.id] = stored
        return stored

    def get(self, workspace: WorkspaceId, page_id: int) -> ClientPage | None:
        """None when it was withdrawn."""
        return next((one for one in self.of(workspace) if one.id == page_id), None)

    def by_secret(self, secret: str) -> ClientPage | None:
        """At most one."""
        return next((one for one in self._in_force() if one.secret == secret), None)

    def of(self, workspace: WorkspaceId, path: str | None = None) -> list[ClientPage]:
        """By id."""
        mine = [one for one in self._in_force() if one.workspace == workspace]
        return sorted((one for one in mine if path in (None, one.path)), key=lambda one: one.id)

    def withdraw(self, workspace: WorkspaceId, page_id: int, by: str, now: datetime) -> bool:
        """Once."""
        if self.get(workspace, page_id) is None:
            return False
        self._tables.client_withdrawn[page_id] = by, now
        return True

    def agree(self, workspace: WorkspaceId, yes: ClientYes) -> bool:
        """Once for each name and terms."""
        if yes.version < 1:
            raise BrokenRule("versions start at one")
        if yes.page not in self._tables.client_pages:
            raise BrokenRule("nothing is said on a page that is not stored: FOREIGN KEY")
        key = workspace, yes.page, yes.terms, yes.name
        if key in self._tables.client_yeses:
            return False
        self._tables.client_yeses[key] = yes
        return True

    def yeses(self, workspace: WorkspaceId, pages: Sequence[int]) -> list[ClientYes]:
        """Earliest first, then by name."""
        rows = self._tables.client_yeses.items()
        found = [one for key, one in rows if key[0] == workspace and one.page in pages]
        return sorted(found, key=lambda one: (one.said_at, one.name, one.page))

    def _in_force(self) -> list[ClientPage]:
        rows = self._tables.client_pages.values()
        return [one for one in rows if one.id not in self._tables.client_withdrawn]

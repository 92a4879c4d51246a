"""A directory that knows what a test told it, and is down when a test says so."""

import asyncio
from collections.abc import Sequence

from bot.domain.contacts import Contact, ContactKind
from bot.domain.ids import WorkspaceId
from bot.domain.issue import Target, TargetKind
from bot.usecases.outside import DirectoryDown
from bot.usecases.rows import PersonInfo, Resolved

_OWN_NAME = {ContactKind.USER: TargetKind.USER, ContactKind.CHANNEL: TargetKind.CHANNEL}


class FakeDirectory:
    """Port Directory. Users and channels stand for themselves unless told otherwise; other contacts are unknown."""

    def __init__(self) -> None:
        self.asked: list[Contact] = []
        """Every contact that was looked up, in order."""
        self._known: dict[str, tuple[tuple[Target, ...], str]] = {}
        self._outside: set[str] = set()
        self._closed: set[str] = set()
        self._people: dict[str, PersonInfo] = {}
        self._down: dict[str, str] = {}
        self._all_down: str | None = None
        self._silent = False

    def knows(self, contact: str, *targets: Target, why: str = "", outside: bool = False) -> None:
        """This contact, written as the matrix writes it, stands for these; for none = nobody, because of `why`.

        `outside` = a channel that Rung is not a member of.
        """
        self._known[contact] = targets, why
        (self._outside.add if outside else self._outside.discard)(contact)

    def knows_person(self, info: PersonInfo) -> None:
        """Somebody's facts."""
        self._people[info.id] = info

    def goes_down(self, *contacts: str, why: str = "timed out") -> None:
        """No answers from now on: about these contacts, or about anything when none is named."""
        if not contacts:
            self._all_down = why
        self._down.update(dict.fromkeys(contacts, why))

    def falls_silent(self) -> None:
        """Whoever asks waits for ever."""
        self._silent = True

    def comes_back(self) -> None:
        """Answers everything again."""
        self._all_down = None
        self._down.clear()

    async def resolve(self, workspace: WorkspaceId, contacts: Sequence[Contact]) -> list[Resolved]:
        """As told. Raises DirectoryDown while it is down."""
        self.asked.extend(contacts)
        if self._silent:
            await asyncio.Event().wait()
        for contact in contacts:
            why = self._all_down or self._down.get(str(contact))
            if why is not None:
                raise DirectoryDown(why)
        return [
            Resolved(contact, *self._answer(contact), outside=str(contact) in self._outside)
            for contact in contacts
        ]

    async def person(self, workspace: WorkspaceId, user: str) -> PersonInfo | None:
        """As told; somebody ordinary otherwise. Raises DirectoryDown while all is down."""
        if self._all_down is not None:
            raise DirectoryDown(self._all_down)
        return self._people.get(user, PersonInfo(user, user.title()))

    async def may_post(self, workspace: WorkspaceId, channel: str) -> bool:
        """Everywhere, unless told otherwise. Raises DirectoryDown while all is down."""
        if self._silent:
            await asyncio.Event().wait()
        if self._all_down is not None:
            raise DirectoryDown(self._all_down)
        return channel not in self._closed

    def closes(self, channel: str) -> None:
        """Rung cannot write there."""
        self._closed.add(channel)

    def _answer(self, contact: Contact) -> tuple[tuple[Target, ...], str]:
        known = self._known.get(str(contact))
        if known is not None:
            return known
        kind = _OWN_NAME.get(contact.kind)
        if kind is None:
            return (), f"nobody is called {contact}"
        return (Target(kind, contact.value if kind is TargetKind.USER else str(contact)),), ""

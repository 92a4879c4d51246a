"""Full-text search: issues by the words in them, page by page, private ones only for those who may see them."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.found_words import words_of
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue
from bot.domain.notices import CARD_KEY
from bot.usecases.find_people import find_people
from bot.usecases.finding_ports import Reader
from bot.usecases.outside import DirectoryDown
from bot.usecases.ports import Store
from bot.usecases.rows import MessageRef
from bot.usecases.services import Services

PAGE = 10
MOST_WORDS = 12
"""More words find nothing more: all of them must be there."""
LOOK_TIME = timedelta(milliseconds=400)
"""So long it may take to learn who somebody is; without that they see only what they take part in."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An issue, and where its card is, as far as it is known."""

    issue: Issue
    card: MessageRef | None


@dataclass(frozen=True, slots=True)
class Hits:
    """One page from `offset` (a multiple of PAGE) on, newest first. `words` are as typed; without any, nothing was
    looked for."""

    words: str
    offset: int
    hits: tuple[Hit, ...]
    more: bool
    own: bool = False
    """Only what they take part in was looked at."""

    @property
    def looked(self) -> bool:
        """Whether there was a word to look for."""
        return bool(words_of(self.words))


async def search(services: Services, workspace: WorkspaceId, user: str, words: str, offset: int = 0) -> Hits:
    """Issues that have all these words, each by its beginning, in any state."""
    reader = await reader_of(services, workspace, user)
    wanted = words_of(words)[:MOST_WORDS]

    def unit(store: Store) -> Hits:
        numbers = store.search.find(workspace, wanted, reader, PAGE + 1, offset)
        refs = [IssueRef(workspace, number) for number in numbers[:PAGE]]
        found = {one.number: one for one in store.issues.get_many(refs)}
        hits = (Hit(found[ref.number], store.messages.get(ref, CARD_KEY)) for ref in refs)
        return Hits(words, offset, tuple(hits), len(numbers) > PAGE, reader.own)

    return await services.transactions.read(unit)


async def reader_of(
    services: Services, workspace: WorkspaceId, user: str, patience: timedelta = LOOK_TIME
) -> Reader:
    """What this person may find: guests, people of other organisations and the unknown only what they take part in."""
    published = services.matrix.current(workspace)
    managers = [published.matrix.workspace.escalation_manager] if published else []
    try:
        async with asyncio.timeout(patience.total_seconds()):
            person = await services.directory.person(workspace, user)
            found = await find_people(services, workspace, managers)
    except (DirectoryDown, TimeoutError):
        return Reader(user, own=True)
    manager = any(target.id == user for one in found for target in one.targets)
    return Reader(user, manager, own=person is None or person.guest or person.outsider)

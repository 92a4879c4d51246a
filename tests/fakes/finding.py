"""Finding issues and keeping drafts in memory: a plain look at every issue."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.domain.found_words import words_of_issue
from bot.domain.ids import WorkspaceId
from bot.domain.issue import Issue
from bot.domain.lifecycle import IN_WORK
from bot.usecases.finding_ports import Draft, Known, Reader
from tests.fakes.tables import Tables


class MemorySearch:
    """Port Search."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def find(
        self, workspace: WorkspaceId, words: Sequence[str], reader: Reader, limit: int, offset: int = 0
    ) -> list[int]:
        """Newest first."""

        def fits(issue: Issue) -> bool:
            mine = words_of_issue(issue)
            return bool(words) and all(any(one.startswith(word) for one in mine) for word in words)

        return self._numbers(workspace, reader, fits)[offset : offset + limit]

    def similar(self, workspace: WorkspaceId, words: Sequence[str], reader: Reader, limit: int) -> list[int]:
        """Newest first."""

        def fits(issue: Issue) -> bool:
            return issue.state in IN_WORK and not set(words).isdisjoint(words_of_issue(issue))

        return self._numbers(workspace, reader, fits)[:limit]

    def of_kind_since(self, workspace: WorkspaceId, type_key: str, service: str, since: datetime) -> int:
        """A count."""
        kind = type_key, service
        return sum(
            1
            for one in self._of(workspace)
            if (one.facts.type, one.facts.service) == kind and one.raised_at >= since
        )

    def _of(self, workspace: WorkspaceId) -> list[Issue]:
        mine = [one for one in self._tables.issues.values() if one.ref.workspace == workspace]
        return sorted(mine, key=lambda one: -one.number)

    def _numbers(self, workspace: WorkspaceId, reader: Reader, fits: Callable[[Issue], bool]) -> list[int]:
        return [one.number for one in self._of(workspace) if self._may_see(one, reader) and fits(one)]

    def _may_see(self, issue: Issue, reader: Reader) -> bool:
        company = issue.company
        part = issue.raiser, issue.requester, issue.owner, issue.last_owner
        asked = self._tables.asked_ever.get(issue.ref, frozenset())
        return (
            not (issue.private or reader.own)
            or reader.manager
            or reader.user in (*part, *company.further, *company.watchers, *asked)
        )


class MemoryIntake:
    """Port Intake."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def known(self, workspace: WorkspaceId, key: str, person: str, nth_own: int, nth: int) -> Known:
        """One look after the other."""
        answer, _ = self._tables.inbound.get((workspace, key), (None, None))
        here = [one for one in self._tables.issues.values() if one.ref.workspace == workspace]
        newest = sorted(here, key=lambda one: -one.number)
        times = [one.raised_at for one in newest]
        own = [one.raised_at for one in newest if one.raiser == person]
        draft = self._tables.drafts.get((workspace, person))
        return Known(
            answer,
            own[nth_own - 1] if len(own) >= nth_own else None,
            times[nth - 1] if len(times) >= nth else None,
            draft.key if draft else None,
        )


class MemoryDrafts:
    """Port Drafts."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, workspace: WorkspaceId, person: str) -> Draft | None:
        """Theirs."""
        return self._tables.drafts.get((workspace, person))

    def put(self, workspace: WorkspaceId, draft: Draft) -> None:
        """In the place of the one before."""
        self._tables.drafts[workspace, draft.person] = draft

    def drop(self, workspace: WorkspaceId, person: str, keys: Sequence[str] = ()) -> bool:
        """Whichever, or only that of one of these forms."""
        present = self.get(workspace, person)
        if present is None or (keys and present.key not in keys):
            return False
        del self._tables.drafts[workspace, person]
        return True

    def forget_before(self, then: datetime) -> int:
        """Older ones."""
        old = [key for key, one in self._tables.drafts.items() if one.saved_at < then]
        for key in old:
            del self._tables.drafts[key]
        return len(old)

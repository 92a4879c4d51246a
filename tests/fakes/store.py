"""The store and its transactions in memory: the same promises as the databases, checked by the same contract tests."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.events import Event
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue
from bot.domain.matrix.model import PublishedMatrix
from bot.domain.timers import Timer
from bot.usecases.ports import StaleWrite
from bot.usecases.rows import DueTimer, IssueFilter, MessageRef, VersionInfo, WorkspaceRow
from tests.fakes.client_pages import MemoryClientPages
from tests.fakes.find_issues import find
from tests.fakes.finding import MemoryDrafts, MemoryIntake, MemorySearch
from tests.fakes.outbox import MemoryOutbox
from tests.fakes.people import (
    MemoryAgreements,
    MemoryFeeds,
    MemoryFreeMessages,
    MemoryOnCallChanges,
    MemorySwaps,
)
from tests.fakes.tables import BrokenRule, Tables, TimerKey, check_issue


class MemoryIssues:
    """Port Issues."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def next_number(self, workspace: WorkspaceId) -> int:
        """Counts up; a workspace not met before begins at 1."""
        self._tables.workspaces.setdefault(workspace, WorkspaceRow(workspace, "", ""))
        number = self._tables.numbers.get(workspace, 0) + 1
        self._tables.numbers[workspace] = number
        return number

    def add(self, issue: Issue) -> None:
        """Raises BrokenRule when it is there, or is not a possible issue."""
        if issue.ref in self._tables.issues or issue.ref.workspace not in self._tables.workspaces:
            raise BrokenRule(f"{issue.ref} is stored already, or its workspace is not known")
        check_issue(issue)
        self._keep(issue)

    def get(self, ref: IssueRef, *, lock: bool = False) -> Issue | None:
        """Nobody else is here, so a lock is nothing."""
        return self._tables.issues.get(ref)

    def get_many(self, refs: Sequence[IssueRef]) -> list[Issue]:
        """Those that exist, in order."""
        return [self._tables.issues[ref] for ref in sorted(set(refs)) if ref in self._tables.issues]

    def lock_many(self, refs: Sequence[IssueRef]) -> list[Issue]:
        """Nobody else is here, so a lock is nothing."""
        return self.get_many(refs)

    def save(self, before: Issue, after: Issue) -> None:
        """Guarded by the version."""
        present = self._tables.issues.get(before.ref)
        if present is None or present.version != before.version:
            raise StaleWrite(f"{before.ref} is no longer at version {before.version}")
        check_issue(after)
        self._keep(after)

    def _keep(self, issue: Issue) -> None:
        self._tables.issues[issue.ref] = issue
        asked = self._tables.asked_ever.get(issue.ref, frozenset())
        self._tables.asked_ever[issue.ref] = asked | {ask.target.id for ask in issue.asks}

    def find(self, workspace: WorkspaceId, which: IssueFilter) -> list[Issue]:
        """A page."""
        return find(self._tables, workspace, which)[which.offset : which.offset + which.limit]

    def count(self, workspace: WorkspaceId, which: IssueFilter) -> int:
        """All of them."""
        return len(find(self._tables, workspace, which))

    def tally(self, workspace: WorkspaceId, which: IssueFilter) -> dict[str, int]:
        """Counted one by one."""
        found = find(self._tables, workspace, which)
        keys = sorted((one.route.priority.rank, one.route.priority.key) for one in found)
        return dict(Counter(key for _, key in keys))


class MemoryTimeline:
    """Port Timeline."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def append(self, ref: IssueRef, events: Sequence[Event]) -> None:
        """At the end."""
        self._tables.must_know(ref)
        self._tables.timeline[ref] = self._tables.timeline.get(ref, ()) + tuple(events)

    def of(self, ref: IssueRef, limit: int = 100) -> list[Event]:
        """The last ones, oldest first."""
        return list(self._tables.timeline.get(ref, ())[-limit:])


class MemoryTimers:
    """Port Timers."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def set(self, ref: IssueRef, timers: Sequence[Timer]) -> None:
        """One that is there is left alone."""
        if timers:
            self._tables.must_know(ref)
        for timer in timers:
            self._tables.timers.setdefault((ref, timer.epoch, timer.kind, timer.n), timer)

    def drop(self, ref: IssueRef, timers: Sequence[Timer]) -> None:
        """Gone ones do not matter."""
        for timer in timers:
            self._tables.timers.pop((ref, timer.epoch, timer.kind, timer.n), None)

    def of(self, ref: IssueRef) -> list[Timer]:
        """By due_at."""
        mine = [timer for key, timer in self._tables.timers.items() if key[0] == ref]
        return sorted(mine, key=lambda timer: (timer.due_at, timer.epoch, timer.kind, timer.n))

    def due(self, now: datetime, limit: int) -> list[DueTimer]:
        """Earliest first."""
        found = [
            DueTimer(key[0], timer.kind, timer.epoch, timer.n, timer.due_at)
            for key, timer in self._tables.timers.items()
            if timer.due_at <= now
        ]
        return sorted(found, key=lambda one: (one.due_at, one.ref, one.epoch, one.kind, one.n))[:limit]

    def next_due(self) -> datetime | None:
        """The earliest."""
        return min((timer.due_at for timer in self._tables.timers.values()), default=None)

    def take(self, timer: DueTimer) -> bool:
        """Once."""
        return self._tables.timers.pop(_key(timer), None) is not None

    def postpone(self, timer: DueTimer, until: datetime) -> None:
        """When it is still there."""
        present = self._tables.timers.get(_key(timer))
        if present:
            self._tables.timers[_key(timer)] = replace(present, due_at=until)


class MemoryMessages:
    """Port Messages."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def put(self, message: MessageRef) -> None:
        """Insert or replace."""
        ref = IssueRef(message.workspace, message.issue)
        self._tables.must_know(ref)
        self._tables.messages[ref, message.key] = message

    def get(self, ref: IssueRef, key: str) -> MessageRef | None:
        """By key."""
        return self._tables.messages.get((ref, key))

    def live(self, ref: IssueRef) -> list[MessageRef]:
        """In the order of their keys."""
        return [one for one in self.of(ref) if one.live]

    def of(self, ref: IssueRef) -> list[MessageRef]:
        """In the order of their keys."""
        mine = [one for key, one in self._tables.messages.items() if key[0] == ref]
        return sorted(mine, key=lambda one: one.key)

    def at(self, workspace: WorkspaceId, place: str, stamp: str) -> MessageRef | None:
        """By where it is."""
        where = workspace, place, stamp
        rows = self._tables.messages.values()
        return next((one for one in rows if (one.workspace, one.place, one.stamp) == where), None)

    def together(self, workspace: WorkspaceId, place: str, stamp: str) -> list[MessageRef]:
        """By issue and key."""
        where = workspace, place, stamp
        rows = self._tables.messages.values()
        found = [one for one in rows if (one.workspace, one.place, one.stamp) == where]
        return sorted(found, key=lambda one: (one.issue, one.key))


class MemoryInbound:
    """Port Inbound."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def answer(self, workspace: WorkspaceId, key: str) -> str | None:
        """As it was given."""
        known = self._tables.inbound.get((workspace, key))
        return known[0] if known else None

    def remember(self, workspace: WorkspaceId, key: str, answer: str, now: datetime) -> None:
        """Raises StaleWrite for a key that is known: run again and find it."""
        if (workspace, key) in self._tables.inbound:
            raise StaleWrite(f"{key} was answered already")
        self._tables.inbound[workspace, key] = answer, now

    def forget_before(self, then: datetime, limit: int) -> int:
        """How many were forgotten."""
        old = [key for key, (_, at) in self._tables.inbound.items() if at < then][:limit]
        for key in old:
            del self._tables.inbound[key]
        return len(old)


class MemoryMatrices:
    """Port Matrices."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def latest(self, workspace: WorkspaceId) -> PublishedMatrix | None:
        """The highest version."""
        mine = [one for key, one in self._tables.matrices.items() if key[0] == workspace]
        return max(mine, key=lambda one: one.version, default=None)

    def publish(
        self, workspace: WorkspaceId, matrix: PublishedMatrix, author: str, note: str, now: datetime
    ) -> None:
        """Raises StaleWrite when that version is there."""
        if (workspace, matrix.version) in self._tables.matrices:
            raise StaleWrite(f"version {matrix.version} was published by somebody else")
        self._tables.matrices[workspace, matrix.version] = matrix
        self._tables.versions[workspace, matrix.version] = VersionInfo(matrix.version, author, note, now)

    def get(self, workspace: WorkspaceId, version: int) -> PublishedMatrix | None:
        """As it was published."""
        return self._tables.matrices.get((workspace, version))

    def history(self, workspace: WorkspaceId, limit: int = 50) -> list[VersionInfo]:
        """Newest first."""
        mine = [one for key, one in self._tables.versions.items() if key[0] == workspace]
        return sorted(mine, key=lambda one: -one.version)[:limit]


class MemoryWorkspaces:
    """Port Workspaces."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, workspace: WorkspaceId) -> WorkspaceRow | None:
        """By id."""
        return self._tables.workspaces.get(workspace)

    def only(self) -> WorkspaceRow | None:
        """None when there are several."""
        known = list(self._tables.workspaces.values())
        return known[0] if len(known) == 1 else None

    def put(self, row: WorkspaceRow, now: datetime) -> None:
        """Insert or replace; the counter stays."""
        self._tables.workspaces[row.id] = row


class MemoryStore:
    """Port Store over one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self.issues = MemoryIssues(tables)
        self.timeline = MemoryTimeline(tables)
        self.timers = MemoryTimers(tables)
        self.outbox = MemoryOutbox(tables)
        self.messages = MemoryMessages(tables)
        self.inbound = MemoryInbound(tables)
        self.matrices = MemoryMatrices(tables)
        self.workspaces = MemoryWorkspaces(tables)
        self.oncall = MemoryOnCallChanges(tables)
        self.swaps = MemorySwaps(tables)
        self.feeds = MemoryFeeds(tables)
        self.agreements = MemoryAgreements(tables)
        self.free_messages = MemoryFreeMessages(tables)
        self.client_pages = MemoryClientPages(tables)
        self.search = MemorySearch(tables)
        self.intake = MemoryIntake(tables)
        self.drafts = MemoryDrafts(tables)


def _key(timer: DueTimer) -> TimerKey:
    return timer.ref, timer.epoch, timer.kind, timer.n

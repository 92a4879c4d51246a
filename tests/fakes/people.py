"""What the in-memory store keeps about people beside their issues."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.ids import WorkspaceId
from bot.domain.oncall.model import OnCallChange
from bot.usecases.people_ports import Agreement, Consent, Feed, FeedKind, FreeMessage, Swap, SwapState
from tests.fakes.tables import BrokenRule, Tables


class MemoryOnCallChanges:
    """Port OnCallChanges."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def lock(self, workspace: WorkspaceId) -> None:
        """Nobody else is here, so a lock is nothing."""

    def add(self, workspace: WorkspaceId, change: OnCallChange) -> OnCallChange:
        """With the next id."""
        _must_last(change.start, change.end)
        stored = replace(change, id=self._tables.next_id("oncall_changes"))
        self._tables.oncall_changes[workspace, stored.id] = stored
        return stored

    def get(self, workspace: WorkspaceId, change_id: int) -> OnCallChange | None:
        """None when it was withdrawn."""
        key = workspace, change_id
        return None if key in self._tables.withdrawn else self._tables.oncall_changes.get(key)

    def withdraw(self, workspace: WorkspaceId, change_id: int, by: str, now: datetime) -> bool:
        """Once."""
        if self.get(workspace, change_id) is None:
            return False
        self._tables.withdrawn[workspace, change_id] = by, now
        return True

    def between(self, workspace: WorkspaceId, start: datetime, end: datetime) -> list[OnCallChange]:
        """By id."""
        mine = [one for key, one in self._tables.oncall_changes.items() if key[0] == workspace]
        found = [one for one in mine if one.start < end and one.end > start and self.get(workspace, one.id)]
        return sorted(found, key=lambda one: one.id)


class MemorySwaps:
    """Port Swaps."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, workspace: WorkspaceId, swap: Swap) -> Swap:
        """With the next id."""
        stored = replace(swap, id=self._tables.next_id("swaps"))
        self._store(workspace, stored)
        return stored

    def get(self, workspace: WorkspaceId, swap_id: int, *, lock: bool = False) -> Swap | None:
        """Nobody else is here, so a lock is nothing."""
        return self._tables.swaps.get((workspace, swap_id))

    def decide(self, workspace: WorkspaceId, swap: Swap) -> None:
        """Its state and when that was decided; nothing else of a swap changes."""
        present = self.get(workspace, swap.id)
        if present is not None:
            self._store(workspace, replace(present, state=swap.state, decided_at=swap.decided_at))

    def open_of(self, workspace: WorkspaceId, user: str, now: datetime) -> list[Swap]:
        """By start, then id."""
        found = [
            one
            for key, one in self._tables.swaps.items()
            if key[0] == workspace
            and user in (one.asker, one.colleague)
            and one.state is SwapState.ASKED
            and one.end > now
        ]
        return sorted(found, key=lambda one: (one.start, one.id))

    def unanswered(self, workspace: WorkspaceId, now: datetime) -> list[Swap]:
        """By start, then id."""
        found = [
            one
            for key, one in self._tables.swaps.items()
            if key[0] == workspace and one.state is SwapState.ASKED and one.start <= now
        ]
        return sorted(found, key=lambda one: (one.start, one.id))

    def _store(self, workspace: WorkspaceId, swap: Swap) -> None:
        _must_last(swap.start, swap.end)
        _must_fit((swap.state is SwapState.ASKED) == (swap.decided_at is None), "a decision has its time")
        self._tables.swaps[workspace, swap.id] = swap


class MemoryFeeds:
    """Port Feeds."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def put(self, feed: Feed) -> None:
        """The old secret leads nowhere from now on."""
        self._tables.feeds[feed.workspace, feed.kind, feed.key] = feed

    def of(self, workspace: WorkspaceId, kind: FeedKind, key: str) -> Feed | None:
        """At most one."""
        return self._tables.feeds.get((workspace, kind, key))

    def by_secret(self, secret: str) -> Feed | None:
        """At most one."""
        return next((one for one in self._tables.feeds.values() if one.secret == secret), None)


class MemoryAgreements:
    """Port Agreements."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def put(self, workspace: WorkspaceId, agreements: Sequence[Agreement]) -> None:
        """Insert or replace."""
        for one in agreements:
            asked = one.consent is Consent.ASKED
            _must_fit(asked == (one.answered_at is None), "an answer has its time")
            _must_fit(min(one.level, one.version) >= 1 and one.reminders >= 0, "counters start at one")
            present = self.get(workspace, one.path, one.level, one.user)
            answered = present is not None and present.consent is not Consent.ASKED
            if not (asked and answered and present is not None and present.terms == one.terms):
                self._tables.agreements[workspace, one.path, one.level, one.user] = one

    def get(self, workspace: WorkspaceId, path: str, level: int, user: str) -> Agreement | None:
        """By what names it."""
        return self._tables.agreements.get((workspace, path, level, user))

    def of(self, workspace: WorkspaceId, path: str | None = None) -> list[Agreement]:
        """By path, level and user."""
        rows = sorted(self._tables.agreements.items(), key=lambda item: item[0])
        return [one for key, one in rows if key[0] == workspace and path in (None, one.path)]

    def remove(self, workspace: WorkspaceId, agreements: Sequence[Agreement]) -> None:
        """Gone ones do not matter."""
        for one in agreements:
            self._tables.agreements.pop((workspace, one.path, one.level, one.user), None)


class MemoryFreeMessages:
    """Port FreeMessages."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def put(self, message: FreeMessage) -> None:
        """Insert or replace."""
        self._tables.free_messages[message.workspace, message.key] = message

    def get(self, workspace: WorkspaceId, key: str) -> FreeMessage | None:
        """By key."""
        return self._tables.free_messages.get((workspace, key))


def _must_last(start: datetime, end: datetime) -> None:
    _must_fit(end > start, "a time ends after it begins")


def _must_fit(kept: bool, rule: str) -> None:
    if not kept:
        raise BrokenRule(rule)

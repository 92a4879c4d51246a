"""What the store keeps about people beside their issues: changes of on-call, swaps, calendar feeds, agreements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.ids import WorkspaceId
from bot.domain.oncall.model import OnCallChange


class SwapState(StrEnum):
    """What became of asking a colleague to take over."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"  # nobody answered before the time was over


@dataclass(frozen=True, slots=True)
class Swap:
    """`asker` asks `colleague` to take their time from `start` to `end` (UTC). `schedule` None = on every schedule.

    With `whoever` it is not about the asker's own time, but about the schedule's, whoever has it. `note` is what the
    asker wrote about it.
    """

    id: int
    asker: str
    colleague: str
    start: datetime
    end: datetime
    state: SwapState
    asked_at: datetime
    schedule: str | None = None
    decided_at: datetime | None = None
    whoever: bool = False
    note: str = ""


class FeedKind(StrEnum):
    """Whose shifts a calendar feed lists."""

    PERSON = "person"
    SCHEDULE = "schedule"


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar feed. `key` is a user id or a schedule's key, `secret` the last part of its address."""

    workspace: WorkspaceId
    kind: FeedKind
    key: str
    secret: str
    made_by: str
    made_at: datetime


class Consent(StrEnum):
    """What a contact said to their place on a path."""

    ASKED = "asked"
    AGREED = "agreed"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One person on one level of one path. `terms` is the sentence they were asked to agree to; new terms ask anew."""

    path: str
    level: int
    user: str
    terms: str
    version: int
    asked_at: datetime
    consent: Consent = Consent.ASKED
    answered_at: datetime | None = None
    reason: str = ""
    reminders: int = 0


@dataclass(frozen=True, slots=True)
class FreeMessage:
    """A message about no issue that was sent: where it is. The edit of the same key goes there."""

    workspace: WorkspaceId
    key: str
    place: str
    stamp: str


class OnCallChanges(Protocol):
    """What people changed about schedules; a withdrawn change is kept, and no longer found."""

    def lock(self, workspace: WorkspaceId) -> None:
        """Nobody else who locks too looks at changes here until this unit ends."""

    def add(self, workspace: WorkspaceId, change: OnCallChange) -> OnCallChange:
        """Store it; the answer has its id (counting up; the given id is ignored)."""

    def get(self, workspace: WorkspaceId, change_id: int) -> OnCallChange | None:
        """One that is in force."""

    def withdraw(self, workspace: WorkspaceId, change_id: int, by: str, now: datetime) -> bool:
        """No longer in force; False when it was not."""

    def between(self, workspace: WorkspaceId, start: datetime, end: datetime) -> list[OnCallChange]:
        """Those in force that touch this time, by id."""


class Swaps(Protocol):
    """Requests to take over a colleague's time."""

    def add(self, workspace: WorkspaceId, swap: Swap) -> Swap:
        """Store it; the answer has its id (the given id is ignored)."""

    def get(self, workspace: WorkspaceId, swap_id: int, *, lock: bool = False) -> Swap | None:
        """One; with `lock`, nobody else changes it until this unit ends."""

    def decide(self, workspace: WorkspaceId, swap: Swap) -> None:
        """Store its state and when that was decided."""

    def open_of(self, workspace: WorkspaceId, user: str, now: datetime) -> list[Swap]:
        """Those asked of or by this person, undecided and not over, by start."""

    def unanswered(self, workspace: WorkspaceId, now: datetime) -> list[Swap]:
        """Those undecided whose time has begun or is over, by start."""


class Feeds(Protocol):
    """Secret addresses of calendar feeds."""

    def put(self, feed: Feed) -> None:
        """Insert, or give the feed of this kind and key a new secret."""

    def of(self, workspace: WorkspaceId, kind: FeedKind, key: str) -> Feed | None:
        """The feed of a person or a schedule."""

    def by_secret(self, secret: str) -> Feed | None:
        """Whose feed this is: the secret names the workspace."""


class Agreements(Protocol):
    """Who agreed to what."""

    def put(self, workspace: WorkspaceId, agreements: Sequence[Agreement]) -> None:
        """Insert, or replace those with the same path, level and user.

        An answer is never replaced by its own question: one that is still ASKED, on the same terms, leaves it alone."""

    def get(self, workspace: WorkspaceId, path: str, level: int, user: str) -> Agreement | None:
        """One."""

    def of(self, workspace: WorkspaceId, path: str | None = None) -> list[Agreement]:
        """Those of a path, or all, by path, level and user."""

    def remove(self, workspace: WorkspaceId, agreements: Sequence[Agreement]) -> None:
        """Of people who are no longer on that level."""


class FreeMessages(Protocol):
    """Messages about no issue that may be edited later."""

    def put(self, message: FreeMessage) -> None:
        """Insert, or replace the one with the same key."""

    def get(self, workspace: WorkspaceId, key: str) -> FreeMessage | None:
        """By key."""

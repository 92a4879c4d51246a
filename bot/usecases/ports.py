"""The store, as protocols: what a unit of work may touch. Two databases implement them, and tests have a fake.

A unit of work is a plain synchronous function ``unit(store) -> result``. It is run in one transaction, may be run more
than once, and must keep everything it decides in its result.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.domain.delivery import RowState
from bot.domain.events import Event
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue
from bot.domain.matrix.model import PublishedMatrix
from bot.domain.notification import Notice
from bot.domain.outlived import Old
from bot.domain.timers import Timer
from bot.usecases.client_ports import ClientPages
from bot.usecases.finding_ports import Drafts, Intake, Search
from bot.usecases.people_ports import Agreements, Feeds, FreeMessages, OnCallChanges, Swaps
from bot.usecases.rows import DueTimer, IssueFilter, MessageRef, OutboxRow, VersionInfo, WorkspaceRow

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


# --- the store, seen from inside a unit of work -----------------------------------------------------------------------


class Issues(Protocol):
    """Issues of all workspaces; every look-up names the workspace."""

    def next_number(self, workspace: WorkspaceId) -> int:
        """The next N of ISS-N, without gaps as seen by committed issues."""

    def add(self, issue: Issue) -> None:
        """Store a new issue with its asks."""

    def get(self, ref: IssueRef, *, lock: bool = False) -> Issue | None:
        """The issue; with `lock`, nobody else changes it until this unit ends."""

    def get_many(self, refs: Sequence[IssueRef]) -> list[Issue]:
        """Those that exist, by (workspace, number), without a lock."""

    def lock_many(self, refs: Sequence[IssueRef]) -> list[Issue]:
        """Lock those that are free right now, by (workspace, number); others are left out (SKIP LOCKED)."""

    def save(self, before: Issue, after: Issue) -> None:
        """Store the change. Raises StaleWrite when the stored version is not `before.version`."""

    def find(self, workspace: WorkspaceId, which: IssueFilter) -> list[Issue]:
        """A page of them, in its order."""

    def count(self, workspace: WorkspaceId, which: IssueFilter) -> int:
        """How many there are, limit and offset left aside."""

    def tally(self, workspace: WorkspaceId, which: IssueFilter) -> dict[str, int]:
        """How many there are by the key of their priority, the most urgent first, limit and offset left aside."""


class Timeline(Protocol):
    """What happened, in order, never changed."""

    def append(self, ref: IssueRef, events: Sequence[Event]) -> None:
        """Add rows at the end."""

    def of(self, ref: IssueRef, limit: int = 100) -> list[Event]:
        """The last `limit` events, oldest first."""


class Timers(Protocol):
    """Future things of issues. Unique per (issue, epoch, kind, n)."""

    def set(self, ref: IssueRef, timers: Sequence[Timer]) -> None:
        """Insert; one that is there already is left alone."""

    def drop(self, ref: IssueRef, timers: Sequence[Timer]) -> None:
        """Delete by (epoch, kind, n)."""

    def of(self, ref: IssueRef) -> list[Timer]:
        """All of one issue, by due_at."""

    def due(self, now: datetime, limit: int) -> list[DueTimer]:
        """Those with due_at <= now, earliest first, without locking."""

    def next_due(self) -> datetime | None:
        """The earliest due_at there is."""

    def take(self, timer: DueTimer) -> bool:
        """Delete it; False when it is gone already."""

    def postpone(self, timer: DueTimer, until: datetime) -> None:
        """Come back later."""


class Outbox(Protocol):
    """Messages on their way. A pending EDIT of the same message key is never stored twice."""

    def put(
        self, workspace: WorkspaceId, issue: int | None, notices: Sequence[Notice], now: datetime
    ) -> None:
        """Append in order, due now. A POST whose (workspace, issue, key) was stored before is left alone."""

    def claim(self, now: datetime, lease_until: datetime, limit: int) -> list[OutboxRow]:
        """Claim due heads of lanes: by rank, then id. Writes an attempt row for each. Pending and unknown rows only."""

    def release_expired(self, now: datetime) -> int:
        """Claims whose lease is over become unknown (look first, then resend). Returns how many."""

    def release_all(self, now: datetime) -> int:
        """The same for every claim, whatever its lease: for the start of a process that is alone on the database."""

    def settle(
        self,
        row: OutboxRow,
        state: RowState,
        *,
        now: datetime,
        due_at: datetime | None = None,
        error: str = "",
        counts: bool = True,
    ) -> bool:
        """Record an outcome; False when this claim is not the present one (a newer claim exists): nothing is changed.

        `counts` False takes the attempt back (a 429 is not an attempt)."""

    def cancel(self, ref: IssueRef, keys: Sequence[str]) -> int:
        """Pending rows with these message keys become cancelled."""

    def next_due(self) -> datetime | None:
        """The earliest instant at which a pending or unknown row is due that heads its lane: a row that waits behind
        another one cannot be claimed, however long ago it was due."""

    def dead(self, workspace: WorkspaceId, limit: int = 50) -> list[OutboxRow]:
        """Dead rows, newest first."""

    def waiting(self, workspace: WorkspaceId, limit: int = 50) -> list[OutboxRow]:
        """Rows that are pending, claimed, unknown or bundled, oldest first."""

    def revive(self, row: OutboxRow, now: datetime) -> bool:
        """A dead row is tried again from now on, as if for the first time, and looked for before it is posted.

        False when it is not dead. An edit that a newer one waits for becomes cancelled instead."""

    def call_off(self, row: OutboxRow, why: str) -> bool:
        """A row that is dead, pending or unknown becomes cancelled; False when it is none of these (any more)."""

    def get(self, row_id: int) -> OutboxRow | None:
        """One row."""

    def outlived(self, old: Old, after: int, limit: int) -> list[int]:
        """Ids above `after` of rows that were sent or cancelled and are of no use any more, as `bot.domain.outlived`
        says: edits, posts of a key that never comes again, posts of an issue that has been over for long (not its
        card), news about shifts, questions about shifts that are decided and over."""

    def remove(self, ids: Sequence[int]) -> int:
        """Delete those of them that were sent or cancelled, with their attempts and what a question about a shift
        would be edited by. Returns how many."""

    def pending_count(self, workspace: WorkspaceId) -> int:
        """Rows that are pending, claimed, unknown or bundled."""


class Messages(Protocol):
    """Messages that were sent."""

    def put(self, message: MessageRef) -> None:
        """Insert, or replace the one with the same (workspace, issue, key)."""

    def get(self, ref: IssueRef, key: str) -> MessageRef | None:
        """By key."""

    def live(self, ref: IssueRef) -> list[MessageRef]:
        """Those whose buttons are live."""

    def of(self, ref: IssueRef) -> list[MessageRef]:
        """All of one issue, by key."""

    def at(self, workspace: WorkspaceId, place: str, stamp: str) -> MessageRef | None:
        """By where it is; of a bundle, any part."""

    def together(self, workspace: WorkspaceId, place: str, stamp: str) -> list[MessageRef]:
        """All that are one message in Slack, by issue and key: the parts of a bundle, or the message alone."""


class Inbound(Protocol):
    """Keys of what Slack sent us, with our answer, so that a repeat gets the same answer."""

    def answer(self, workspace: WorkspaceId, key: str) -> str | None:
        """The answer given before, or None."""

    def remember(self, workspace: WorkspaceId, key: str, answer: str, now: datetime) -> None:
        """Keep it."""

    def forget_before(self, then: datetime, limit: int) -> int:
        """Delete up to `limit` older ones. Returns how many."""


class Matrices(Protocol):
    """Published matrix versions."""

    def latest(self, workspace: WorkspaceId) -> PublishedMatrix | None:
        """The one in force."""

    def publish(
        self, workspace: WorkspaceId, matrix: PublishedMatrix, author: str, note: str, now: datetime
    ) -> None:
        """Add a version. Raises StaleWrite when that version is there already."""

    def get(self, workspace: WorkspaceId, version: int) -> PublishedMatrix | None:
        """One version; every version is kept."""

    def history(self, workspace: WorkspaceId, limit: int = 50) -> list[VersionInfo]:
        """What was published when and by whom, newest first."""


class Workspaces(Protocol):
    """Known workspaces."""

    def get(self, workspace: WorkspaceId) -> WorkspaceRow | None:
        """By id."""

    def only(self) -> WorkspaceRow | None:
        """The one workspace of a single-workspace installation, if one is known."""

    def put(self, row: WorkspaceRow, now: datetime) -> None:
        """Insert or replace."""


class Store(Protocol):
    """Everything a unit of work may touch."""

    @property
    def issues(self) -> Issues: ...
    @property
    def timeline(self) -> Timeline: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def inbound(self) -> Inbound: ...
    @property
    def matrices(self) -> Matrices: ...
    @property
    def workspaces(self) -> Workspaces: ...
    @property
    def oncall(self) -> OnCallChanges: ...
    @property
    def swaps(self) -> Swaps: ...
    @property
    def feeds(self) -> Feeds: ...
    @property
    def agreements(self) -> Agreements: ...
    @property
    def free_messages(self) -> FreeMessages: ...
    @property
    def client_pages(self) -> ClientPages: ...
    @property
    def search(self) -> Search: ...
    @property
    def intake(self) -> Intake: ...
    @property
    def drafts(self) -> Drafts: ...


Unit = Callable[[Store], T]


class StaleWrite(Exception):
    """Somebody else changed the issue since it was read: the unit is run again."""


class NotSaved(Exception):
    """Certainly not stored; nothing was changed."""


class OutcomeUnknown(Exception):
    """The commit was under way when time ran out: it may be stored. Ask again with the same key to learn it."""


class Transactions(Protocol):
    """Runs units of work."""

    async def run(self, unit: Unit[T], *, budget: timedelta | None = None) -> T:
        """Run in one transaction and commit. Retries the whole unit on deadlock, lost connection and StaleWrite.

        With `budget`, raises NotSaved when it could not be stored in that time, or OutcomeUnknown when the commit was
        under way. Whatever the unit itself raises comes out as it is, after a rollback."""

    async def read(self, unit: Unit[T]) -> T:
        """Run on a stable snapshot; writing is refused."""

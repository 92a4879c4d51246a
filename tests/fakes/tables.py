"""What the in-memory store keeps: plain dicts of frozen values, so a snapshot is a copy of the dicts."""

from dataclasses import dataclass, field, fields
from datetime import datetime

from bot.domain.delivery import ALIVE, RowState
from bot.domain.events import Event
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue, Stage
from bot.domain.lifecycle import State
from bot.domain.matrix.model import PublishedMatrix
from bot.domain.oncall.model import OnCallChange
from bot.domain.timers import Timer, TimerKind
from bot.usecases.client_ports import ClientPage, ClientYes
from bot.usecases.finding_ports import Draft
from bot.usecases.people_ports import Agreement, Feed, FeedKind, FreeMessage, Swap
from bot.usecases.rows import MessageRef, OutboxRow, VersionInfo, WorkspaceRow

TimerKey = tuple[IssueRef, int, TimerKind, int]


class BrokenRule(Exception):
    """What a database would refuse by a CHECK, a foreign key or a unique index."""


@dataclass(frozen=True)
class Entry:
    """An outbox row with what its reader does not see."""

    row: OutboxRow
    lease_until: datetime | None = None

    @property
    def alive(self) -> bool:
        """Whether it still stands in its lane."""
        return self.row.state in ALIVE


@dataclass(frozen=True)
class Attempt:
    """One claim of one row, and what came of it."""

    row_id: int
    claim: int
    started_at: datetime
    outcome: RowState | None = None


@dataclass
class Tables:
    """Everything stored."""

    workspaces: dict[WorkspaceId, WorkspaceRow] = field(default_factory=dict)
    numbers: dict[WorkspaceId, int] = field(default_factory=dict)
    issues: dict[IssueRef, Issue] = field(default_factory=dict)
    asked_ever: dict[IssueRef, frozenset[str]] = field(default_factory=dict)
    """Who was asked in whichever opening."""
    timeline: dict[IssueRef, tuple[Event, ...]] = field(default_factory=dict)
    timers: dict[TimerKey, Timer] = field(default_factory=dict)
    outbox: dict[int, Entry] = field(default_factory=dict)
    attempts: dict[tuple[int, int], Attempt] = field(default_factory=dict)
    messages: dict[tuple[IssueRef, str], MessageRef] = field(default_factory=dict)
    inbound: dict[tuple[WorkspaceId, str], tuple[str, datetime]] = field(default_factory=dict)
    matrices: dict[tuple[WorkspaceId, int], PublishedMatrix] = field(default_factory=dict)
    versions: dict[tuple[WorkspaceId, int], VersionInfo] = field(default_factory=dict)
    oncall_changes: dict[tuple[WorkspaceId, int], OnCallChange] = field(default_factory=dict)
    withdrawn: dict[tuple[WorkspaceId, int], tuple[str, datetime]] = field(default_factory=dict)
    swaps: dict[tuple[WorkspaceId, int], Swap] = field(default_factory=dict)
    feeds: dict[tuple[WorkspaceId, FeedKind, str], Feed] = field(default_factory=dict)
    agreements: dict[tuple[WorkspaceId, str, int, str], Agreement] = field(default_factory=dict)
    free_messages: dict[tuple[WorkspaceId, str], FreeMessage] = field(default_factory=dict)
    client_pages: dict[int, ClientPage] = field(default_factory=dict)
    client_withdrawn: dict[int, tuple[str, datetime]] = field(default_factory=dict)
    client_yeses: dict[tuple[WorkspaceId, int, str, str], ClientYes] = field(default_factory=dict)
    drafts: dict[tuple[WorkspaceId, str], Draft] = field(default_factory=dict)
    last_row: dict[str, int] = field(default_factory=dict)
    """Ids given so far; never given twice, not even after a rollback of the row."""

    def snapshot(self) -> "Tables":
        """A copy that later changes do not reach."""
        return Tables(**{one.name: dict(getattr(self, one.name)) for one in fields(self)})

    def next_id(self, table: str) -> int:
        """A number that no row of this table has had."""
        self.last_row[table] = self.last_row.get(table, 0) + 1
        return self.last_row[table]

    def must_know(self, ref: IssueRef) -> None:
        """Raises BrokenRule for rows about an issue that is not stored."""
        if ref not in self.issues:
            raise BrokenRule(f"{ref} of {ref.workspace} is not stored")


def check_issue(issue: Issue) -> None:
    """The rules that the issues table has as CHECKs. Raises BrokenRule."""
    rules = {
        "an acknowledged issue has an owner": issue.state is not State.ACKNOWLEDGED or bool(issue.owner),
        "an acknowledged issue has acknowledged_at": issue.state is not State.ACKNOWLEDGED
        or issue.acknowledged_at is not None,
        "a resolved issue has resolved_at": issue.state is not State.RESOLVED
        or issue.resolved_at is not None,
        "a closed issue has closed_at": issue.state is not State.CLOSED or issue.closed_at is not None,
        "an open issue asks somebody": issue.state is not State.OPEN
        or issue.position.stage is not Stage.REST,
        "a finished issue asks nobody": issue.state in (State.OPEN, State.ACKNOWLEDGED)
        or issue.position.stage is Stage.REST,
        "counters start at one": min(issue.number, issue.version, issue.opening) >= 1 and issue.epoch >= 0,
        "a level is 1-based": issue.position.level >= 1
        and issue.position.round >= 0
        and issue.position.reminders >= 0,
    }
    broken = [rule for rule, kept in rules.items() if not kept]
    if broken:
        raise BrokenRule(f"{issue.ref}: {'; '.join(broken)}")

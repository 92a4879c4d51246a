"""What use cases and the world hand each other: stored rows as values, people, letters and answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.contacts import Contact
from bot.domain.delivery import RowState
from bot.domain.events import Event
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue, Target
from bot.domain.lifecycle import State
from bot.domain.notification import Notice
from bot.domain.timers import TimerKind
from bot.domain.words import Sentence
from bot.usecases.people_ports import FreeMessage


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A timer that may be due: found without a lock, so look again under the lock."""

    ref: IssueRef
    kind: TimerKind
    epoch: int
    n: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One message to deliver. `issue` is None for messages about no issue; `claim` numbers the present claim."""

    id: int
    workspace: WorkspaceId
    issue: int | None
    notice: Notice
    state: RowState
    due_at: datetime
    attempts: int
    claim: int
    created_at: datetime
    looked_up: bool = False
    """True when the last attempt's outcome is unknown: look for the message before sending it again."""
    last_error: str = ""


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message that was sent: where it is, which version of the issue it shows, and whether its buttons are live."""

    workspace: WorkspaceId
    issue: int
    key: str
    notice: Notice
    place: str
    stamp: str
    version: int
    live: bool


@dataclass(frozen=True, slots=True)
class WorkspaceRow:
    """What is known of a workspace between starts."""

    id: WorkspaceId
    name: str
    bot_user: str


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One published version. `author` is a user id, ``file`` for the start, or empty for the command line."""

    version: int
    author: str
    note: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class IssueFilter:
    """Which issues to list, newest first. Empty = no condition."""

    states: tuple[State, ...] = ()
    raiser: str | None = None
    owner: str | None = None
    asked: str | None = None
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class PersonInfo:
    """What is known of somebody. `outsider` is from another workspace, of a shared channel; `admin` and owners of the
    workspace may do everything to the matrix."""

    id: str
    name: str
    tz: str = "UTC"
    guest: bool = False
    outsider: bool = False
    deactivated: bool = False
    bot: bool = False
    admin: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a contact stands for right now. Empty `targets` = nobody, and `why` says why, in words for people."""

    contact: Contact
    targets: tuple[Target, ...]
    why: str = ""
    until: datetime | None = None
    """When these people's shift ends, for a contact on call."""
    again_at: datetime | None = None
    """When somebody will be on call, where nobody is now."""
    outside: bool = False
    """For a channel: Rung is not a member of it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a channel needs to deliver one notice: the present truth, and where earlier messages are."""

    row: OutboxRow
    issue: Issue | None
    now: datetime
    message: MessageRef | FreeMessage | None = None
    """The message to edit."""
    thread: MessageRef | None = None
    """The card whose thread it belongs to."""
    timeline: tuple[Event, ...] = ()
    extra: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What to tell who asked: a sentence, and the issue it is about."""

    sentence: Sentence
    number: int | None = None
    code: str = "done"

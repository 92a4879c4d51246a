"""What use cases and the world hand each other: stored rows as values, people, letters and answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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
class Viewer:
    """Who reads a list. Private issues are for those who take part in them, and for who `sees_all` (the escalation
    manager); who sees `own_only` (a guest, or somebody who could not be looked up) reads nothing else than those."""

    user: str
    sees_all: bool = False
    own_only: bool = False


class Order(StrEnum):
    """Which issue of a list comes first."""

    NEWEST = "newest"
    URGENT = "urgent"  # the most urgent priority first, the oldest of each first


@dataclass(frozen=True, slots=True)
class IssueFilter:
    """Which issues to list. Empty = no condition; several conditions hold all together.

    `states`, `unanswered` (open, and the escalation manager is asked), `ownerless` (open, asked beyond its first level)
    and `waiting` (somebody has it and waits) are alternatives of each other. `signed` leaves out those whose raiser
    keeps their name off the card: nobody finds them by a name; nor what such a one was merged into by a name that came
    with it, see `requester_openly` and `watcher_openly`. `requester` also finds those it is for besides;
    `follows` finds what is for them or what they watch, unless they raised it themselves. `untold` leaves out those for
    which somebody is asked right now and could be told, as far as is known. Those of `numbers` alone are found when it
    is given.
    `raised_from` and `raised_until` are instants, both included. `viewer` None = for the program, which reads all.
    """

    states: tuple[State, ...] = ()
    unanswered: bool = False
    ownerless: bool = False
    waiting: bool = False
    raiser: str | None = None
    signed: bool = False
    owner: str | None = None
    asked: str | None = None
    requester: str | None = None
    watcher: str | None = None
    follows: str | None = None
    priorities: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    raised_from: datetime | None = None
    raised_until: datetime | None = None
    late: bool = False
    private: bool = False
    bypass: bool = False
    appeal: bool = False
    update_late: bool = False
    untold: bool = False
    numbers: tuple[int, ...] | None = None
    viewer: Viewer | None = None
    order: Order = Order.NEWEST
    limit: int = 20
    offset: int = 0

    @property
    def requester_openly(self) -> str | None:
        """Whom it is for by what the card says; who is further does not count where names are kept back."""
        return self.requester if self.signed else None

    @property
    def watcher_openly(self) -> str | None:
        """Who watches it, where no names are kept back."""
        return self.watcher if self.signed else None


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
    away_since: datetime | None = None
    """For a person named by their id who is on leave now: when it began."""


@dataclass(frozen=True, slots=True)
class BundlePart:
    """One message of a bundle: its issue as it stands, and its row while it waits or the message once it was sent."""

    notice: Notice
    issue: Issue
    row: OutboxRow | None = None
    message: MessageRef | None = None


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
    parts: tuple[BundlePart, ...] = ()
    """What a bundle consists of."""
    extra: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What to tell who asked: a sentence, and the issue it is about."""

    sentence: Sentence
    number: int | None = None
    code: str = "done"

"""The matrix as a frozen value: who is asked, in which order, and how long each level has to answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class ContactKind(StrEnum):
    """How a contact is written in the matrix."""

    EMAIL = "email"
    USER = "user"
    HANDLE = "handle"
    GROUP = "group"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True, order=True)
class Contact:
    """Somebody or some place that can be asked. `value` has no prefix: ``ops-desk``, an id, an e-mail."""

    kind: ContactKind
    value: str

    def __str__(self) -> str:
        return {"handle": "@", "group": "group:", "channel": "#"}.get(self.kind, "") + self.value


@dataclass(frozen=True, slots=True)
class Level:
    """One rung of a path: its people, what they are there for, and the time they have."""

    name: str
    contacts: tuple[Contact, ...]
    acknowledge_within: timedelta
    role: str = ""
    remind_every: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """A ladder of levels. `match` maps a fact of the issue to the values it accepts; empty = the default path."""

    name: str
    levels: tuple[Level, ...]
    match: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    owner: Contact | None = None
    channel: Contact | None = None
    repeat: int = 0
    close_after: timedelta = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class IssueType:
    """What an issue can be about. Category is customer, operational or strategic, or the organisation's own."""

    key: str
    title: str
    category: str = ""


@dataclass(frozen=True, slots=True)
class Priority:
    """One step of urgency; `rank` 0 is the most urgent."""

    key: str
    title: str
    rank: int


@dataclass(frozen=True, slots=True)
class WorkspaceRules:
    """What holds for every path: where cards go, and who is there when every level stayed silent."""

    timezone: str
    issue_channel: Contact
    catch_all: Contact
    escalation_manager: Contact
    nag_every: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole document. `priority_matrix` maps (impact, urgency) to a priority key."""

    workspace: WorkspaceRules
    types: tuple[IssueType, ...]
    priorities: tuple[Priority, ...]
    priority_matrix: Mapping[tuple[str, str], str]
    paths: tuple[Path, ...]

    @property
    def impacts(self) -> tuple[str, ...]:
        """Impact names in the order of the document."""
        return tuple(dict.fromkeys(impact for impact, _ in self.priority_matrix))

    @property
    def urgencies(self) -> tuple[str, ...]:
        """Urgency names in the order of the document."""
        return tuple(dict.fromkeys(urgency for _, urgency in self.priority_matrix))

    def type(self, key: str) -> IssueType | None:
        """The type with this key."""
        return next((one for one in self.types if one.key == key), None)

    def priority(self, key: str) -> Priority | None:
        """The priority with this key."""
        return next((one for one in self.priorities if one.key == key), None)


@dataclass(frozen=True, slots=True)
class PublishedMatrix:
    """A matrix with its version number: 1, 2, 3 ... per workspace. `source` is the document as it was written."""

    version: int
    matrix: Matrix
    source: str


@dataclass(frozen=True, slots=True)
class Route:
    """What an issue takes along from the matrix it was raised under: its path, and the rules for the ladder's end."""

    version: int
    path: Path
    rules: WorkspaceRules
    type_title: str
    priority: Priority

    @property
    def levels(self) -> tuple[Level, ...]:
        """The rungs, first to last."""
        return self.path.levels

    @property
    def card_channel(self) -> Contact:
        """Where the card is posted: the path's channel, else the issue channel."""
        return self.path.channel or self.rules.issue_channel

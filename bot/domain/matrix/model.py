"""The matrix as a frozen value: who is asked, in which order, how long each has to answer, and what was promised."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.calendar import ALWAYS, Calendar
from bot.domain.contacts import Contact
from bot.domain.oncall.model import Schedule
from bot.domain.span import Span, Unit

THREE_DAYS = Span(3, Unit.DAY)
QUARTER_HOUR = Span(15, Unit.MINUTE)

Match = Mapping[str, tuple[str, ...]]
"""A fact of an issue and the values that fit. All facts named must fit; empty = everything fits.

The facts are ``type category service client priority channel impact urgency``. A channel is ``#name`` or ``#ID``."""

FORM_FACTS = (
    "since",
    "affected",
    "service",
    "client",
    "evidence",
    "reference",
    "promised_by",
    "tried",
    "needed",
)
"""The facts of the form that a type may require beside those that every issue needs."""


class IfNobody(StrEnum):
    """What a level does when nobody of it is on duty."""

    SKIP = "skip"  # the next level is asked at once
    HOLD = "hold"  # wait until somebody is


@dataclass(frozen=True, slots=True)
class Level:
    """One rung of a path: its people, what they are there for, and the time they have.

    `acknowledge_within` and `remind_every` count in the calendar of that name; None = around the clock. `inform` are
    told, not asked.
    """

    name: str
    contacts: tuple[Contact, ...]
    acknowledge_within: Span
    role: str = ""
    remind_every: Span | None = None
    calendar: str | None = None
    if_nobody: IfNobody = IfNobody.SKIP
    inform: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A ladder of levels. `functional` marks a specialist team's path, which escalating by hand may choose."""

    name: str
    levels: tuple[Level, ...]
    match: Match = field(default_factory=dict)
    owner: Contact | None = None
    channel: Contact | None = None
    repeat: int = 0
    close_after: Span = THREE_DAYS
    review_by: date | None = None
    still_on_it_after: Span | None = None
    follow_up_after: Span | None = None
    wait_at_most: Span | None = None
    inform: tuple[Contact, ...] = ()
    functional: bool = False


@dataclass(frozen=True, slots=True)
class IssueType:
    """What an issue can be about. Category is customer, operational or strategic, or the organisation's own.

    `requires` names facts of the form that this type cannot do without.
    """

    key: str
    title: str
    category: str = ""
    raise_when: str = ""
    not_for: str = ""
    first_try: str = ""
    scope: str = ""
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Priority:
    """One step of urgency; `rank` 0 is the most urgent."""

    key: str
    title: str
    rank: int
    update_every: Span | None = None
    inform: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A service or a client. `scope` says what is covered and what is not."""

    key: str
    title: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What customers were promised on the original request; used at intake. The first that fits counts."""

    match: Match
    answer: Span | None
    solve: Span | None
    calendar: str


@dataclass(frozen=True, slots=True)
class TargetRule:
    """How fast an issue is answered and solved, in working time of a calendar. The first that fits counts."""

    match: Match
    respond: Span | None
    resolve: Span | None
    calendar: str
    breach_every: Span | None = None


@dataclass(frozen=True, slots=True)
class WorkspaceRules:
    """What holds for every path: where cards go, and who is there when every level stayed silent.

    `wait_reasons` are reasons for waiting beside the requester that stop the clocks.
    """

    timezone: str
    issue_channel: Contact
    catch_all: Contact
    escalation_manager: Contact
    nag_every: Span = QUARTER_HOUR
    wait_reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole document. `priority_matrix` maps (impact, urgency) to a priority key."""

    workspace: WorkspaceRules
    types: tuple[IssueType, ...]
    priorities: tuple[Priority, ...]
    priority_matrix: Mapping[tuple[str, str], str]
    paths: tuple[Path, ...]
    calendars: tuple[Calendar, ...] = ()
    services: tuple[Named, ...] = ()
    clients: tuple[Named, ...] = ()
    promises: tuple[Promise, ...] = ()
    targets: tuple[TargetRule, ...] = ()
    schedules: tuple[Schedule, ...] = ()

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

    def schedule(self, key: str) -> Schedule | None:
        """The schedule with this key."""
        return next((one for one in self.schedules if one.key == key), None)

    def calendar(self, key: str | None) -> Calendar:
        """The calendar with this key; around the clock for None and for ``always``, which need not be written.

        Raises KeyError for a name that a checked matrix cannot have.
        """
        found = next((one for one in self.calendars if one.key == key), None)
        if found is None and key not in (None, ALWAYS.key):
            raise KeyError(key)
        return found or ALWAYS


@dataclass(frozen=True, slots=True)
class PublishedMatrix:
    """A matrix with its version number: 1, 2, 3 ... per workspace. `source` is the document as it was written."""

    version: int
    matrix: Matrix
    source: str


@dataclass(frozen=True, slots=True)
class Route:
    """What an issue takes along from the matrix it was raised under: its path, its target, the workspace rules.

    `calendars` has those that the path and the target name, with the days off of the next two years. The path was
    begun in round `first_round` of opening `opening`; asks of earlier rounds of it were made on another path.
    """

    version: int
    path: Path
    rules: WorkspaceRules
    type_title: str
    priority: Priority
    target: TargetRule | None = None
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    top_priority: bool = False
    opening: int = 1
    first_round: int = 0
    service_title: str = ""
    client_title: str = ""

    @property
    def levels(self) -> tuple[Level, ...]:
        """The rungs, first to last."""
        return self.path.levels

    @property
    def card_channel(self) -> Contact:
        """Where the card is posted: the path's channel, else the issue channel."""
        return self.path.channel or self.rules.issue_channel

    def calendar(self, key: str | None) -> Calendar:
        """The calendar of that name; around the clock for None."""
        return ALWAYS if key is None else self.calendars.get(key, ALWAYS)

    @property
    def target_calendar(self) -> Calendar:
        """Where updates, closing and waiting count."""
        return self.calendar(self.target.calendar if self.target else None)

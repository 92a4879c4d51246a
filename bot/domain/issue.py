"""The issue: what was raised, where it stands on its ladder, and who was asked."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.calendar import Calendar
from bot.domain.care import Care, Company
from bot.domain.clocks import Clocks, Pause
from bot.domain.contacts import Contact
from bot.domain.events import Event
from bot.domain.ids import ChannelId, IssueRef, UserId
from bot.domain.lifecycle import State
from bot.domain.matrix.model import Level, Route

REOPEN_WITHIN = timedelta(days=14)
"""How long after closing the requester may still say "Not solved"; afterwards a new issue is raised."""


class Stage(StrEnum):
    """Who is being asked right now."""

    LEVEL = "level"
    OWNER = "owner"  # the last owner, after a dispute
    NAMED = "named"  # those whom somebody named to take it
    CATCH_ALL = "catch_all"
    REST = "rest"  # nobody: somebody has it, or it is over


class AskStatus(StrEnum):
    """What became of asking one person or channel."""

    ASKED = "asked"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"
    ACKNOWLEDGED = "acknowledged"


class TargetKind(StrEnum):
    """Whether a person or a channel is asked."""

    USER = "user"
    CHANNEL = "channel"


class Part(StrEnum):
    """How somebody takes part in an issue beside raiser, requester and owner."""

    FURTHER = "further"
    WATCHER = "watcher"


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """A person or channel by id (a ``#name`` while the id is not known)."""

    kind: TargetKind
    id: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the raiser told us. All texts are as typed, cleaned at the edge, never escaped.

    `service` and `client` are keys of the matrix; `channel` is where it was raised, ``#name`` or an id. `priority` is
    the key of one that somebody set by hand, in place of what impact and urgency give, and `priority_reason` says why.
    `promised_by` is when the customer was promised an answer; `raised_because` why it was raised all the same when the
    matrix spoke against it. `path` is the name of a path that somebody sent it to by hand. `requester_name` is a
    requester without Slack, for whom the raiser speaks; `nameless` keeps who raised it off the card.
    """

    title: str
    happened: str
    type: str
    impact: str
    urgency: str
    since: str = ""
    affected: str = ""
    evidence: str = ""
    reference: str = ""
    tried: str = ""
    needed: str = ""
    source_link: str = ""
    service: str = ""
    client: str = ""
    channel: str = ""
    priority: str = ""
    priority_reason: str = ""
    promised_by: datetime | None = None
    raised_because: str = ""
    requester_name: str = ""
    nameless: bool = False
    path: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """Where the issue stands on its ladder.

    `level` is 1-based and stays when the stage is REST (an escalation goes on from there). `ends_at` is None where no
    level timer runs. `asked` turns true once the people of this stage were looked up. `reminders` counts reminders
    already sent: of the level, or nags in the catch-all; `repeats` counts how
    often the whole ladder was begun anew. A place that is asked a second time has another `round`, so that its asks can
    be told apart. `look_at` is when people are looked up again: because a shift ends, or because nobody is on duty and
    the level waits; `held_until` is when somebody will be, as far as known.
    """

    stage: Stage
    level: int
    round: int
    started_at: datetime
    ends_at: datetime | None
    asked: bool = False
    reminders: int = 0
    repeats: int = 0
    held_until: datetime | None = None
    look_at: datetime | None = None

    @property
    def held(self) -> bool:
        """Whether it waits for somebody to be on duty."""
        return not self.asked and self.look_at is not None

    def at_rest(self) -> "Position":
        """The same place with nobody being asked."""
        return replace(self, stage=Stage.REST, ends_at=None, held_until=None, look_at=None)


@dataclass(frozen=True, slots=True)
class Owed:
    """A contact that is to be told; because of the raise (`level` 0), or because this level starts."""

    contact: Contact
    level: int = 0


@dataclass(frozen=True, slots=True)
class Informing:
    """Who is told, not asked: those still to be told, and the contacts and ids told in this opening."""

    owed: tuple[Owed, ...] = ()
    told: tuple[str, ...] = ()

    def owing(self, contacts: tuple[Contact, ...], level: int = 0) -> "Informing":
        """With these to be told too, unless they were or will be."""
        known = {*self.told, *(str(one.contact) for one in self.owed)}
        fresh = tuple(Owed(one, level) for one in dict.fromkeys(contacts) if str(one) not in known)
        return replace(self, owed=self.owed + fresh)


@dataclass(frozen=True, slots=True)
class Ask:
    """One person or channel asked in this opening. `level` 0 is the catch-all."""

    target: Target
    contact: str
    level: int
    round: int
    at: datetime
    status: AskStatus = AskStatus.ASKED
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue. Every instant is UTC. `asks` are those of the present opening."""

    ref: IssueRef
    version: int
    epoch: int
    opening: int
    state: State
    facts: Facts
    route: Route
    raiser: UserId
    requester: UserId
    updates_channel: ChannelId | None
    owner: UserId | None
    last_owner: UserId | None = None
    """Who had it in the opening before: asked first when it is reopened."""
    position: Position
    asks: tuple[Ask, ...]
    raised_at: datetime
    acknowledged_at: datetime | None = None
    """When the present owner took it."""
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    resolution: str = ""
    last_update: str = ""
    last_update_at: datetime | None = None
    pressed_at: datetime | None = None
    """When raiser or requester last escalated before the level's time was over."""
    responded_at: datetime | None = None
    """The first acknowledgement of all, in whichever opening: the respond clock ended."""
    clocks: Clocks = field(default_factory=Clocks)
    informing: Informing = field(default_factory=Informing)
    private: bool = False
    company: Company = field(default_factory=Company)
    care: Care = field(default_factory=Care)

    @property
    def number(self) -> int:
        """The N of ISS-N."""
        return self.ref.number

    @property
    def gone(self) -> UserId | None:
        """Who has it, or had it last, and is not there: left Slack, or on leave. None while they are.

        While it is acknowledged, somebody is asked to take it over from them."""
        return self.owner if self.owner == self.care.gone else None

    @property
    def present_owner(self) -> UserId | None:
        """Who has it and is there, as far as known: who may be told that they have it."""
        return None if self.gone else self.owner

    @property
    def asking(self) -> bool:
        """Whether somebody is being asked right now."""
        return self.position.stage is not Stage.REST

    @property
    def waiting(self) -> Pause | None:
        """The pause while whoever has it waits for somebody or something; None when nobody does."""
        return self.clocks.pause if self.state is State.ACKNOWLEDGED else None

    @property
    def level(self) -> Level:
        """The level the issue stands at (the last one when the ladder is over)."""
        return self.route.levels[min(self.position.level, len(self.route.levels)) - 1]

    @property
    def level_calendar(self) -> Calendar:
        """Where the timers of that level count."""
        return self.route.calendar(self.level.calendar)

    @property
    def first_round(self) -> int:
        """The round in which this path was begun in this opening: asks of earlier ones were made on another path."""
        return self.route.first_round if self.route.opening == self.opening else 0

    @property
    def current_asks(self) -> tuple[Ask, ...]:
        """The asks of the present stage and round."""
        place = self.ask_level, self.position.round
        return tuple(ask for ask in self.asks if (ask.level, ask.round) == place)

    @property
    def ask_level(self) -> int:
        """The level written on asks made now: 0 for the catch-all."""
        return 0 if self.position.stage is Stage.CATCH_ALL else self.position.level

    def asks_of(self, user: str) -> tuple[Ask, ...]:
        """Every ask of this person in the present opening."""
        return tuple(ask for ask in self.asks if ask.target == Target(TargetKind.USER, user))

    def declined_by(self, user: str) -> bool:
        """Whether this person said no in the present opening."""
        return any(ask.status is AskStatus.DECLINED for ask in self.asks_of(user))

    def bump(self, **changes: object) -> "Issue":
        """A copy one version later."""
        return replace(self, version=self.version + 1, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Change:
    """What a verb did: the issue as it is now, and what happened, in order."""

    issue: Issue
    events: tuple[Event, ...]

    def then(self, other: "Change") -> "Change":
        """Two changes made one after the other, as one."""
        return Change(other.issue, self.events + other.events)

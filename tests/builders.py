"""Values with readable defaults, so that a test names only what it is about.

The default world: workspace ``T1``; Ravi (``U_RAVI``) raises "Checkout is down"; the path Payments has three levels:
the front desk (``#ops-desk`` and Ana, 15 min), Omar (30 min), the director (1 h).
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.calendar import Calendar, Hours
from bot.domain.clocks import PauseReason
from bot.domain.contacts import Contact, ContactKind
from bot.domain.delivery import RowState
from bot.domain.events import Event, EventKind
from bot.domain.ids import ChannelId, IssueRef, UserId, WorkspaceId
from bot.domain.issue import Ask, AskStatus, Facts, Issue, Position, Stage, Target, TargetKind
from bot.domain.lifecycle import State
from bot.domain.looked import Looked
from bot.domain.matrix.model import (
    IssueType,
    Level,
    Matrix,
    Path,
    Priority,
    PublishedMatrix,
    Route,
    TargetRule,
    WorkspaceRules,
)
from bot.domain.notification import Notice, NoticeKind, Op, Rank
from bot.domain.permissions import Actor
from bot.domain.span import Span, Unit, span
from bot.domain.timers import Timer, TimerKind
from bot.usecases.rows import MessageRef, OutboxRow, WorkspaceRow

T1 = WorkspaceId("T1")
T2 = WorkspaceId("T2")
RAVI = UserId("U_RAVI")
ANA = UserId("U_ANA")
OMAR = UserId("U_OMAR")
DIRECTOR = UserId("U_DIRECTOR")
MANAGER = UserId("U_MANAGER")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""A Monday."""
FIFTEEN = timedelta(minutes=15)
QUARTER = NOON + FIFTEEN
"""When the default level 1 ends."""


def minutes(n: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=n)


def as_span(length: timedelta) -> Span:
    """The same length as a matrix would write it."""
    return Span(round(length.total_seconds()), Unit.SECOND)


def spans(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes, lengths as the matrix would write them."""
    return {name: as_span(one) if isinstance(one, timedelta) else one for name, one in changes.items()}


def user(id_: str) -> Target:
    """A person to ask or to write to."""
    return Target(TargetKind.USER, id_)


def channel(id_: str) -> Target:
    """A channel to ask or to write to."""
    return Target(TargetKind.CHANNEL, id_)


def contact(text: str) -> Contact:
    """As the matrix writes it: ``#ops-desk``, ``@omar``, ``group:sre``, ``ana@example.com``, ``U_ANA``."""
    prefixes = (
        ("#", ContactKind.CHANNEL),
        ("@", ContactKind.HANDLE),
        ("group:", ContactKind.GROUP),
        ("oncall:", ContactKind.ONCALL),
    )
    for prefix, kind in prefixes:
        if text.startswith(prefix):
            return Contact(kind, text.removeprefix(prefix))
    return Contact(ContactKind.EMAIL if "@" in text else ContactKind.USER, text)


def level(
    name: str = "Front desk",
    *contacts: str,
    within: timedelta = FIFTEEN,
    role: str = "",
    remind_every: timedelta | None = None,
    **changes: Any,
) -> Level:
    """One rung; Ana alone unless contacts are named."""
    who = tuple(contact(one) for one in contacts or (ANA,))
    every = as_span(remind_every) if remind_every is not None else None
    return Level(name, who, as_span(within), role, every, **spans(changes))


def ladder() -> tuple[Level, ...]:
    """The three levels of the default path."""
    return (
        level("Front desk", "#ops-desk", ANA, remind_every=minutes(5)),
        level("Shift lead", OMAR, within=minutes(30), role="decides"),
        level("Director", DIRECTOR, within=minutes(60)),
    )


def path(name: str = "Payments", levels: Sequence[Level] | None = None, **changes: Any) -> Path:
    """The default path, or one with other levels."""
    return Path(name, tuple(levels if levels is not None else ladder()), **spans(changes))


def rules(**changes: Any) -> WorkspaceRules:
    """What holds for the whole workspace."""
    defaults: dict[str, Any] = {
        "timezone": "Europe/Berlin",
        "issue_channel": contact("#issues"),
        "catch_all": contact("#all-hands"),
        "escalation_manager": contact(MANAGER),
    }
    return WorkspaceRules(**{**defaults, **spans(changes)})


P1 = Priority("p1", "P1 Critical", 0)
P2 = Priority("p2", "P2 High", 1)
P3 = Priority("p3", "P3 Normal", 2)


def matrix(*paths: Path, **changes: Any) -> Matrix:
    """A small valid document: two types, three priorities, the default path (also the default of all)."""
    defaults: dict[str, Any] = {
        "workspace": rules(),
        "types": (
            IssueType("payments", "Payments", "customer"),
            IssueType("hardware", "Hardware", "operational"),
        ),
        "priorities": (P1, P2, P3),
        "priority_matrix": {
            ("everyone", "now"): "p1",
            ("everyone", "soon"): "p2",
            ("some", "now"): "p2",
            ("some", "soon"): "p3",
        },
        "paths": paths or (path(),),
    }
    return Matrix(**{**defaults, **changes})


def published(version: int = 1, document: Matrix | None = None, source: str = "") -> PublishedMatrix:
    """A matrix in force."""
    return PublishedMatrix(version, document or matrix(), source or f"# version {version}\n")


def route(levels: Sequence[Level] | None = None, **changes: Any) -> Route:
    """The route of the default path."""
    defaults: dict[str, Any] = {
        "version": 1,
        "path": path(levels=levels),
        "rules": rules(),
        "type_title": "Payments",
        "priority": P1,
    }
    return Route(**{**defaults, **changes})


def office(**changes: Any) -> Calendar:
    """Monday to Friday from 9 to 17, UTC."""
    day = (Hours(9 * 60, 17 * 60),)
    return Calendar("office", "UTC", (day, day, day, day, day, (), ()), **changes)


def target(
    respond: str | None = "15m",
    resolve: str | None = "4h",
    *,
    calendar: str = "always",
    every: str | None = None,
    **match: str,
) -> TargetRule:
    """How fast it is answered and solved, lengths as the matrix writes them; for everything unless facts are named."""
    lengths = [span(one) if one else None for one in (respond, resolve, every)]
    fits = {fact: (value,) for fact, value in match.items()}
    return TargetRule(fits, lengths[0], lengths[1], calendar, lengths[2])


def promised(levels: Sequence[Level] | None = None, *, target: TargetRule, **changes: Any) -> Route:
    """The default route with this target, and the calendar ``office``."""
    return route(levels, target=target, calendars={"office": office()}, **changes)


def facts(title: str = "Checkout is down", **changes: Any) -> Facts:
    """What Ravi told us."""
    defaults: dict[str, Any] = {
        "happened": "Every card payment is refused since 11:40.",
        "type": "payments",
        "impact": "everyone",
        "urgency": "now",
    }
    return Facts(title, **{**defaults, **changes})


def ref(number: int = 1, workspace: str = T1) -> IssueRef:
    """ISS-number of a workspace."""
    return IssueRef(WorkspaceId(workspace), number)


def position(stage: Stage = Stage.LEVEL, at: datetime = NOON, **changes: Any) -> Position:
    """At level 1, asked, the level ending after 15 minutes; without an end where nobody is asked."""
    ends = at + minutes(15) if stage in (Stage.LEVEL, Stage.OWNER) else None
    defaults: dict[str, Any] = {"level": 1, "round": 0, "started_at": at, "ends_at": ends, "asked": True}
    return Position(stage, **{**defaults, **changes})


def ask(target: Target | str = ANA, level: int = 1, round: int = 0, **changes: Any) -> Ask:  # noqa: A002
    """Somebody asked at noon."""
    who = user(target) if isinstance(target, str) else target
    defaults: dict[str, Any] = {"contact": who.id, "at": NOON}
    return Ask(who, level=level, round=round, **{**defaults, **changes})


def issue(number: int = 1, *, workspace: str = T1, at: datetime = NOON, **changes: Any) -> Issue:
    """An open issue at level 1, Ana asked; version 1, epoch 1, opening 1."""
    defaults: dict[str, Any] = {
        "ref": ref(number, workspace),
        "version": 1,
        "epoch": 1,
        "opening": 1,
        "state": State.OPEN,
        "facts": facts(),
        "route": route(),
        "raiser": RAVI,
        "requester": RAVI,
        "updates_channel": None,
        "owner": None,
        "position": position(at=at),
        "asks": (ask(at=at),),
        "raised_at": at,
    }
    return Issue(**{**defaults, **changes})


def acknowledged(before: Issue, owner: str = ANA, at: datetime = QUARTER) -> Issue:
    """The issue after somebody took it."""
    asks = tuple(
        Ask(one.target, one.contact, one.level, one.round, one.at, AskStatus.ACKNOWLEDGED)
        if one.target == user(owner)
        else one
        for one in before.asks
    )
    rest = position(Stage.REST, at, level=before.position.level, round=before.position.round)
    return before.bump(
        state=State.ACKNOWLEDGED,
        owner=UserId(owner),
        acknowledged_at=at,
        responded_at=before.responded_at or at,
        position=rest,
        asks=asks,
        epoch=before.epoch + 1,
    )


def climbing(before: Issue, at: datetime = QUARTER) -> Issue:
    """Ana has it, and Omar on level 2 is asked too."""
    taken = acknowledged(before, at=at)
    return taken.bump(
        position=position(Stage.LEVEL, at, level=2, ends_at=at + minutes(30)),
        asks=(*taken.asks, ask(OMAR, 2, at=at)),
        epoch=taken.epoch + 1,
    )


def at_level_two(before: Issue, at: datetime = QUARTER) -> Issue:
    """Level 1 stayed silent and Omar is asked."""
    return before.bump(
        position=position(Stage.LEVEL, at, level=2, ends_at=at + minutes(30)),
        asks=(*before.asks, ask(OMAR, 2, at=at)),
        epoch=before.epoch + 1,
    )


def unanswered(before: Issue, at: datetime = QUARTER) -> Issue:
    """Every level stayed silent; the escalation manager is asked."""
    return before.bump(
        position=position(Stage.CATCH_ALL, at, level=len(before.route.levels), ends_at=None),
        asks=(*before.asks, ask(MANAGER, 0, at=at)),
        epoch=before.epoch + 1,
    )


def resolved(before: Issue, owner: UserId = ANA, at: datetime = QUARTER + FIFTEEN) -> Issue:
    """The issue after its owner said what was done."""
    taken = before if before.owner else acknowledged(before, owner)
    rest = position(Stage.REST, at, level=taken.position.level, round=taken.position.round)
    return taken.bump(
        state=State.RESOLVED,
        resolved_at=at,
        resolution="Restarted.",
        position=rest,
        clocks=taken.clocks.stopped(at, PauseReason.RESOLVED, owner),
        epoch=taken.epoch + 1,
    )


def closed(before: Issue, at: datetime = QUARTER + timedelta(hours=1)) -> Issue:
    """The issue after the requester confirmed."""
    done = before if before.state is State.RESOLVED else resolved(before)
    return done.bump(state=State.CLOSED, closed_at=at, epoch=done.epoch + 1)


def actor(id_: str = ANA, **roles: Any) -> Actor:
    """Who acts; `manager=True` and the like as a look-up would tell."""
    return Actor(id_, **roles)


def looked(text: str, *targets: Target | str, why: str = "", **shift: datetime | None) -> Looked:
    """What a look-up of this contact found; `until` and `again_at` for who is on call."""
    found = tuple(user(one) if isinstance(one, str) else one for one in targets)
    return Looked(contact(text), found, why, **shift)


def timer(kind: TimerKind = TimerKind.LEVEL_END, due_at: datetime = QUARTER, **changes: int) -> Timer:
    """The end of level 1."""
    return Timer(kind, changes.get("epoch", 1), changes.get("n", 1), due_at)


def event(
    kind: EventKind = EventKind.RAISED, at: datetime = NOON, actor: str | None = RAVI, **data: Any
) -> Event:
    """A row of a timeline."""
    return Event(kind, at, actor, data)


def notice(kind: NoticeKind = NoticeKind.CARD, key: str = "card", **changes: Any) -> Notice:
    """A card for the issue channel, on the card's lane."""
    defaults: dict[str, Any] = {"to": channel("C_ISSUES"), "lane": "card:1", "rank": Rank.CARD}
    return Notice(kind, key, **{**defaults, **changes})


def edit(key: str = "card", kind: NoticeKind = NoticeKind.CARD, **changes: Any) -> Notice:
    """The same message drawn again."""
    return notice(kind, key, **{"op": Op.EDIT, "rank": Rank.EDIT, **changes})


def ping(who: str = ANA, level: int = 1, **changes: Any) -> Notice:
    """A direct message that asks somebody."""
    key = f"ping:1:{level}:0:user:{who}"
    return notice(
        NoticeKind.PING, key, **{"to": user(who), "lane": f"dm:{who}", "rank": Rank.PING, **changes}
    )


def outbox_row(some: Notice | None = None, **changes: Any) -> OutboxRow:
    """A claimed row of ISS-1."""
    defaults: dict[str, Any] = {
        "id": 1,
        "workspace": T1,
        "issue": 1,
        "notice": some or notice(),
        "state": RowState.CLAIMED,
        "due_at": NOON,
        "attempts": 1,
        "claim": 1,
        "created_at": NOON,
    }
    return OutboxRow(**{**defaults, **changes})


def message(key: str = "card", number: int = 1, **changes: Any) -> MessageRef:
    """A message that was sent: the card, live, showing version 1."""
    defaults: dict[str, Any] = {
        "workspace": T1,
        "notice": notice(key=key),
        "place": "C_ISSUES",
        "stamp": f"1772452800.{number:06d}",
        "version": 1,
        "live": True,
    }
    return MessageRef(issue=number, key=key, **{**defaults, **changes})


def workspace(id_: str = T1, name: str = "Acme", bot_user: str = "U_RUNG") -> WorkspaceRow:
    """A known workspace."""
    return WorkspaceRow(WorkspaceId(id_), name, bot_user)


def in_channel(id_: str = "C_OPS") -> ChannelId:
    """A channel id."""
    return ChannelId(id_)


def data(**values: str | int) -> Mapping[str, str | int]:
    """Arguments of an event or a notice."""
    return values

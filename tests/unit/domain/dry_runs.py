"""A small organisation to try dry runs on: leads and managers who take turns, an office that closes."""

from datetime import UTC, date, datetime, time
from typing import Any

from bot.domain.calendar import Calendar, Hours
from bot.domain.contacts import Contact, parse_contact
from bot.domain.dry_run import Ladder, dry_run
from bot.domain.dry_run_people import People
from bot.domain.matrix.match import Kind
from bot.domain.matrix.model import (
    IfNobody,
    IssueType,
    Level,
    Matrix,
    Named,
    Path,
    Priority,
    PublishedMatrix,
    TargetRule,
    WorkspaceRules,
)
from bot.domain.oncall.model import Layer, OnCallChange, Schedule
from bot.domain.span import span
from bot.usecases.oncall_rosters import Roster

SUNDAY_3 = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
"""Sunday 03:00 in London too: summer time begins four weeks later."""
_DAY = (Hours(9 * 60, 17 * 60),)
OFFICE = Calendar("office", "Europe/London", (*(_DAY,) * 5, (), ()))
OFFICE_WEEK = (*(_DAY,) * 5, (), ())


def who(text: str) -> Contact:
    """A contact as the matrix writes it."""
    contact = parse_contact(text)
    assert contact is not None
    return contact


def turns(*people: str, at: time = time(9), **changes: Any) -> Layer:
    """Week by week from Monday 5 January 2026 on."""
    whole: dict[str, Any] = {"rotate": span("1w"), **changes}
    return Layer(tuple(who(one) for one in people), date(2026, 1, 5), at, **whole)


def level(name: str, *contacts: str, within: str = "15m", inform: str = "", **changes: Any) -> Level:
    """One rung."""
    told = (who(inform),) if inform else ()
    return Level(name, tuple(who(one) for one in contacts), span(within), inform=told, **changes)


LEADS = Schedule("care-leads", "Europe/London", (turns("maya@example.com", "omar@example.com"),))
NIGHTS = Schedule("duty", "Europe/London", (turns("dina@example.com", hours=OFFICE_WEEK),))
CARE = Path(
    "Customer care",
    (
        level("Team lead", "oncall:care-leads", role="Owns the first answer"),
        level("Managers", "group:ops", "#ops-desk", within="30m", inform="lee@example.com"),
    ),
    {"category": ("customer",), "service": ("billing",)},
    owner=who("dina@example.com"),
    repeat=1,
    inform=(who("#care"),),
)
REST = Path(
    "Everything else",
    (level("Duty manager", "oncall:duty", within="30m", calendar="office", if_nobody=IfNobody.HOLD),),
)
RULES = WorkspaceRules(
    "Europe/London", who("#issues"), catch_all=who("#escalations"), escalation_manager=who("oncall:duty")
)


def document(*paths: Path, **changes: Any) -> Matrix:
    """The organisation's matrix; its two paths unless others are given."""
    defaults: dict[str, Any] = {
        "workspace": RULES,
        "types": (
            IssueType("quality", "Quality of work", "customer"),
            IssueType("tools", "Tools", "operational"),
        ),
        "priorities": (
            Priority("P1", "Critical", 0, inform=(who("#leadership"),)),
            Priority("P2", "High", 1),
        ),
        "priority_matrix": {
            ("high", "now"): "P1",
            ("high", "later"): "P2",
            ("low", "now"): "P2",
            ("low", "later"): "P2",
        },
        "paths": paths or (CARE, REST),
        "calendars": (OFFICE,),
        "services": (Named("billing", "Billing"),),
        "clients": (Named("acme", "Acme Ltd"),),
        "targets": (
            TargetRule({"priority": ("P1",)}, span("15m"), span("4h"), "always"),
            TargetRule({}, span("4h"), span("3d"), "office"),
        ),
        "schedules": (LEADS, NIGHTS),
    }
    return Matrix(**{**defaults, **changes})


def try_it(
    matrix: Matrix | None = None,
    kind: Kind | None = None,
    at: datetime = SUNDAY_3,
    priority: str = "",
    changes: tuple[OnCallChange, ...] = (),
    **people: Any,
) -> Ladder:
    """A P1 about billing on Sunday at three in the morning, unless said otherwise."""
    matrix = matrix or document()
    rotas = {one.key: Roster(one, changes) for one in matrix.schedules}
    asked = kind or Kind("quality", "high", "now", "billing")
    return dry_run(PublishedMatrix(3, matrix, ""), asked, at, People(rotas, **people), priority)

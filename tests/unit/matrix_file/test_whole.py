"""The whole matrix of the manual, part by part, as the program sees it."""

from datetime import date, time, timedelta

from bot.adapters.matrix_file import load_matrix
from bot.adapters.matrix_file.days_off import days_off
from bot.domain.calendar import ALWAYS, Calendar, Hours
from bot.domain.matrix.match import Kind, route_for
from bot.domain.matrix.model import (
    IfNobody,
    IssueType,
    Level,
    Matrix,
    Named,
    Path,
    Priority,
    Promise,
    PublishedMatrix,
    Route,
    TargetRule,
)
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.span import span
from tests.builders import NOON, contact
from tests.unit.matrix_file import manual

MATRIX: Matrix = load_matrix(manual.whole_matrix(), "matrix.yaml")
LONDON = "Europe/London"


def test_the_workspace() -> None:
    rules = MATRIX.workspace
    assert rules.timezone == LONDON
    assert [str(one) for one in (rules.issue_channel, rules.catch_all, rules.escalation_manager)] == [
        "#issues",
        "#escalations",
        "oncall:duty-manager",
    ]
    assert rules.nag_every == span("15m")


def test_the_calendars() -> None:
    long, short = (Hours(9 * 60, 17 * 60 + 30),), (Hours(9 * 60, 16 * 60),)
    office = Calendar(
        "office", LONDON, (long, long, long, long, short, (), ()), ("GB",), days_off(["GB"]), special={}
    )
    assert MATRIX.calendars == (office, Calendar("always", LONDON))
    assert date(2026, 12, 25) in office.off
    assert MATRIX.calendar("always").always


def test_priorities_types_services_and_clients() -> None:
    assert MATRIX.priorities == (
        Priority("P1", "Critical", 0, span("30m"), (contact("#leadership"),)),
        Priority("P2", "High", 1, span("2h")),
        Priority("P3", "Normal", 2, span("1d")),
    )
    assert MATRIX.priority_matrix["high", "medium"] == "P2"
    assert MATRIX.types == (
        IssueType(
            "response-time",
            "Slow response",
            "customer",
            raise_when="The promised answer time has passed or will pass before anyone can answer.",
            not_for="New requests.",
            first_try="Check the queue first. You may credit up to 50 GBP yourself.",
            requires=("reference", "promised_by"),
        ),
        IssueType("quality", "Quality of work", "customer"),
    )
    assert MATRIX.services == (
        Named("billing", "Billing", "Covered: invoices, refunds. Not covered: tax advice."),
    )
    assert MATRIX.clients == (Named("acme", "Acme Ltd", "Contract 2026-4: answers within 4 working hours."),)


def test_promises_and_targets() -> None:
    acme = {"client": ("acme",), "type": ("response-time",)}
    assert MATRIX.promises == (Promise(acme, span("4h"), span("2d"), "office"),)
    assert MATRIX.targets == (
        TargetRule({"priority": ("P1",)}, span("15m"), span("4h"), "always", span("2h")),
        TargetRule({}, span("4h"), span("3d"), "office", span("1d")),
    )


def test_the_schedules() -> None:
    def weekly(start: date, weekday: int, at: time, *people: str) -> Layer:
        return Layer(tuple(contact(one) for one in people), start, at, span("1w"), weekday)

    leads = weekly(date(2026, 1, 5), 0, time(9), "maya@example.com", "omar@example.com")
    managers = weekly(date(2026, 1, 2), 4, time(17), "dina@example.com", "lee@example.com")
    assert MATRIX.schedules == (
        Schedule("care-leads", LONDON, (leads,)),
        Schedule("duty-manager", LONDON, (managers,)),
    )


def test_the_paths() -> None:
    assert MATRIX.paths == (
        Path(
            "Customer care",
            (
                Level(
                    "Team lead",
                    (contact("oncall:care-leads"),),
                    span("15m"),
                    "Owns the first answer",
                    span("5m"),
                ),
                Level(
                    "Operations manager",
                    (contact("group:ops-managers"), contact("#ops-desk")),
                    span("30m"),
                    "Moves people and priorities",
                    inform=(contact("lee@example.com"),),
                ),
            ),
            {"category": ("customer",), "service": ("billing",)},
            owner=contact("dina@example.com"),
            repeat=1,
            review_by=date(2027, 3, 31),
            still_on_it_after=span("4h"),
            close_after=span("3d"),
            follow_up_after=span("14d"),
        ),
        Path(
            "Everything else",
            (
                Level(
                    "Duty manager",
                    (contact("oncall:duty-manager"),),
                    span("30m"),
                    "Finds an owner",
                    calendar="office",
                    if_nobody=IfNobody.HOLD,
                ),
            ),
            owner=contact("dina@example.com"),
        ),
    )


def route(service: str = "", impact: str = "high", urgency: str = "medium") -> Route:
    """What an issue takes along."""
    kind = Kind("response-time", impact, urgency, service)
    return route_for(PublishedMatrix(1, MATRIX, ""), kind, NOON)


def test_an_issue_goes_the_way_the_manual_tells() -> None:
    billing = route("billing")
    assert (billing.path.name, billing.priority.key, billing.target) == (
        "Customer care",
        "P2",
        MATRIX.targets[1],
    )
    assert set(billing.calendars) == {"office"}
    soon = NOON.date() + timedelta(days=800)
    assert all(day < soon for day in billing.calendars["office"].off)


def test_an_issue_about_nothing_special_goes_to_everybody_else() -> None:
    urgent = route(urgency="high")
    assert (urgent.path.name, urgent.top_priority) == ("Everything else", True)
    assert urgent.target_calendar == ALWAYS
    assert set(urgent.calendars) == {"office"}

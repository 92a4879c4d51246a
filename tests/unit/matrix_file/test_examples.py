"""The example files load without a word said about them, and send each issue its way."""

from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest

from bot.adapters.matrix_file import Severity
from bot.demo import sandbox_config
from bot.domain.contacts import ContactKind
from bot.domain.matrix.match import Kind, route_for
from bot.domain.matrix.model import IfNobody, Matrix, PublishedMatrix
from bot.domain.matrix.parts import contacts_at, levels_at, people_at, schedules_named
from bot.domain.oncall.lookup import gaps, on_call
from tests.builders import NOON
from tests.unit.matrix_file.checked import check_matrix

WRITTEN_OUT = ("contact-centre", "it-service-desk", "hospital-ward")


def example(name: str) -> Matrix:
    """The matrix; there is nothing in it to mend."""
    file = f"{name}.yaml"
    matrix, findings = check_matrix((files("bot") / "examples" / file).read_bytes(), file)
    assert [str(one) for one in findings if one.severity is not Severity.NOTE] == []
    assert matrix is not None
    return matrix


def test_there_is_no_example_without_a_test() -> None:
    names = {one.name.removesuffix(".yaml") for one in (files("bot") / "examples").iterdir()}
    assert names == {"demo", *WRITTEN_OUT}


def test_the_demo_has_ladders_one_can_watch() -> None:
    matrix = example("demo")
    care, team, rest = matrix.paths
    assert [level.name for level in care.levels] == ["Team lead", "Operations manager", "Director"]
    assert care.repeat == 1
    assert team.functional
    assert [level.name for level in rest.levels] == ["Duty manager"]
    times = [level.acknowledge_within.clock.total_seconds() for _, _, level in levels_at(matrix)]
    assert all(20 <= seconds <= 40 for seconds in times)
    assert matrix.workspace.nag_every.clock.total_seconds() == 40


def test_the_demo_shows_the_whole_life_within_minutes() -> None:
    matrix = example("demo")
    spans = [priority.update_every for priority in matrix.priorities]
    for path in matrix.paths:
        spans += [path.still_on_it_after, path.wait_at_most, path.close_after, path.follow_up_after]
    assert all(span is not None and span.clock <= timedelta(minutes=5) for span in spans)
    assert any(kind.raise_when and kind.not_for and kind.first_try for kind in matrix.types)
    assert any(kind.scope for kind in matrix.types)
    assert {kind for promise in matrix.promises for kind in promise.match["type"]} <= {
        kind.key for kind in matrix.types if kind.raise_when
    }


def test_the_demo_names_only_people_and_places_the_demo_has() -> None:
    config = sandbox_config()
    there = {f"@{person.handle}" for person in config.people}
    there |= {f"#{channel.name}" for channel in config.channels}
    there |= {f"group:{group.handle}" for group in config.groups}
    matrix = example("demo")
    there |= {f"oncall:{schedule.key}" for schedule in matrix.schedules}
    named = {str(contact) for _, contact in (*contacts_at(matrix), *people_at(matrix))}
    assert named <= there


@pytest.mark.parametrize("name", WRITTEN_OUT)
def test_an_example_shows_everything_there_is(name: str) -> None:
    matrix = example(name)
    for section in ("calendars", "services", "clients", "promises", "targets", "schedules"):
        assert getattr(matrix, section), section
    assert any(path.functional for path in matrix.paths)
    assert any(path.review_by for path in matrix.paths)
    assert any(level.if_nobody is IfNobody.HOLD for _, _, level in levels_at(matrix))
    assert any(level.calendar for _, _, level in levels_at(matrix))
    assert {schedule.key for schedule in matrix.schedules} == schedules_named(matrix)
    for kind in matrix.types:
        assert kind.raise_when or kind.first_try or kind.not_for or kind.requires, kind.key


@pytest.mark.parametrize("name", WRITTEN_OUT)
def test_an_example_needs_no_handles(name: str) -> None:
    matrix = example(name)
    kinds = {contact.kind for _, contact in (*contacts_at(matrix), *people_at(matrix))}
    assert kinds == {ContactKind.EMAIL, ContactKind.GROUP, ContactKind.CHANNEL, ContactKind.ONCALL}


@pytest.mark.parametrize("name", WRITTEN_OUT)
def test_somebody_is_on_call_whenever_a_level_does_not_wait(name: str) -> None:
    matrix = example(name)
    month = NOON, NOON + timedelta(days=30)
    for where, path, level in levels_at(matrix):
        schedules = [matrix.schedule(one.value) for one in level.contacts if one.kind is ContactKind.ONCALL]
        open_ = [one for one in schedules if one is not None and gaps(one, (), *month)]
        waits = level.if_nobody is IfNobody.HOLD
        last = where[-1] == len(path.levels) - 1
        assert not open_ or waits or not last, f"{path.name}, {level.name}"


EVERYTHING = {
    "contact-centre": {
        ("response-time", "many customers", "now"): ("Critical", "P1", "10m"),
        ("billing-error", "many customers", "now", "billing"): ("Critical", "P1", "10m"),
        ("billing-error", "one customer", "today", "billing"): ("Billing", "P3", "4h"),
        ("billing-error", "one customer", "now", "billing"): ("Customer care", "P2", "30m"),
        ("quality", "one customer", "now", "", "northline"): ("Key accounts", "P2", "30m"),
        ("quality", "one customer", "this week"): ("Customer care", "P4", "1d"),
        ("staffing", "only us", "now"): ("Tools and staffing", "P3", "4h"),
        ("key-account", "one customer", "now"): ("Everything else", "P2", "30m"),
    },
    "it-service-desk": {
        ("security", "one person", "slow"): ("Security", "P4", "1d"),
        ("outage", "whole site", "stopped", "scada"): ("Line control", "P1", "10m"),
        ("outage", "one team", "stopped", "scada"): ("Line control", "P2", "10m"),
        ("outage", "whole site", "stopped", "erp"): ("Major incident", "P1", "15m"),
        ("outage", "one team", "stopped", "network"): ("Network and sign-in", "P2", "1h"),
        ("outage", "one person", "slow", "network"): ("Service desk", "P4", "1d"),
        ("quality", "one team", "slow", "", "", "#shop-floor"): ("Shop floor", "P3", "4h"),
        ("outage", "whole site", "stopped", "", "", "#shop-floor"): ("Major incident", "P1", "15m"),
    },
    "hospital-ward": {
        ("staffing", "several patients", "now"): ("Staffing", "P1", "10m"),
        ("medicine", "one patient", "this shift", "pharmacy"): ("Medicines", "P2", "30m"),
        ("medicine", "staff only", "this week", "pharmacy"): ("Medicines that can wait", "P3", "1d"),
        ("equipment-fault", "one patient", "now", "equipment"): ("Equipment", "P1", "10m"),
        ("quality", "several patients", "this week", "estates", "ward-7"): ("Building", "P2", "30m"),
        ("delay", "one patient", "this shift", "transport"): ("Beds, transport and delays", "P2", "30m"),
        ("quality", "staff only", "this week"): ("Everything else", "P3", "1d"),
    },
}
WAYS = [
    pytest.param(name, kind, way, id=f"{name}: {', '.join(filter(None, kind))}")
    for name, ways in EVERYTHING.items()
    for kind, way in ways.items()
]


@pytest.mark.parametrize(("name", "kind", "way"), WAYS)
def test_each_issue_goes_its_way(name: str, kind: tuple[str, ...], way: tuple[str, str, str]) -> None:
    route = route_for(PublishedMatrix(1, example(name), ""), Kind(*kind), NOON)
    assert route.target is not None
    assert (route.path.name, route.priority.key, str(route.target.respond)) == way


@pytest.mark.parametrize(
    ("name", "schedule", "at", "who"),
    [
        ("contact-centre", "shift-leads", datetime(2026, 3, 2, 12, tzinfo=UTC), "aisha.khan@example.com"),
        ("contact-centre", "shift-leads", datetime(2026, 3, 2, 23, tzinfo=UTC), "tomas.novak@example.com"),
        ("it-service-desk", "line-control", datetime(2026, 3, 2, 7, tzinfo=UTC), "mehmet.kaya@example.com"),
        ("it-service-desk", "line-control", datetime(2026, 3, 2, 20, tzinfo=UTC), "anna.vogel@example.com"),
        (
            "hospital-ward",
            "nurse-in-charge",
            datetime(2026, 3, 2, 12, tzinfo=UTC),
            "chloe.martin@example.com",
        ),
        ("hospital-ward", "nurse-in-charge", datetime(2026, 3, 3, 2, tzinfo=UTC), "daniel.reyes@example.com"),
        ("hospital-ward", "engineers", datetime(2026, 3, 2, 12, tzinfo=UTC), "julia.novak@example.com"),
        ("hospital-ward", "pharmacists", datetime(2026, 3, 3, 2, tzinfo=UTC), None),
    ],
)
def test_who_is_on_call(name: str, schedule: str, at: datetime, who: str | None) -> None:
    found = example(name).schedule(schedule)
    assert found is not None
    shift = on_call(found, (), at)
    assert (str(shift.who) if shift else None) == who

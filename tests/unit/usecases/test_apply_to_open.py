"""The matrix in force is applied to open issues: listed first, done on request, one issue at a time, once."""

from dataclasses import replace

import pytest

from bot.domain.events import EventKind
from bot.domain.issue import Issue
from bot.domain.matrix.match import route_for
from bot.domain.matrix.model import IssueType, Matrix, PublishedMatrix
from bot.domain.raising import raise_issue
from bot.usecases.apply_to_open import PAGE, apply_to_open, list_changes
from bot.usecases.publish_matrix import apply
from bot.usecases.record import record
from tests.builders import (
    ANA,
    NOON,
    OMAR,
    P1,
    RAVI,
    T1,
    acknowledged,
    closed,
    facts,
    level,
    matrix,
    minutes,
    path,
    ref,
    resolved,
)
from tests.unit.usecases.desk import Desk

CARE = path("Care", [level("Desk", ANA), level("Lead", OMAR, within=minutes(30))])
REST = path("Rest", [level("Duty", OMAR)])
ONE = matrix(replace(CARE, match={"category": ("customer",)}), REST)
SOONER = replace(
    ONE,
    paths=(replace(ONE.paths[0], levels=(level("Desk", ANA, within=minutes(10)), CARE.levels[1])), REST),
)
"""The same, with ten minutes instead of fifteen on level 1 of Care."""


@pytest.fixture
async def office(desk: Desk) -> Desk:
    """Version 1 is in force."""
    await publish(desk, ONE, 0)
    return desk


async def publish(desk: Desk, document: Matrix, base: int) -> PublishedMatrix:
    """The next version."""
    return await apply(
        desk.services, T1, document, f"# {document}", base_version=base, author=ANA, note=f"after {base}"
    )


def raised(desk: Desk, number: int = 1, **known: str) -> Issue:
    """Raised now under the version in force, its first level asked."""
    published = desk.store.matrices.latest(T1)
    assert published is not None
    about = facts(**known)
    change = raise_issue(
        ref(number),
        about,
        route_for(published, about, desk.clock.now()),
        raiser=RAVI,
        requester=RAVI,
        updates_channel=None,
        now=desk.clock.now(),
    )
    return record(desk.store, None, change, desk.clock.now())


async def listed(desk: Desk) -> list[str]:
    """``1: what changes``."""
    return [f"{one.number}: {one.sentence.plain()}" for one in await list_changes(desk.services, T1)]


async def test_what_would_change_is_listed_and_nothing_is_done(office: Desk) -> None:
    raised(office, 1)
    raised(office, 2, type="hardware")
    await publish(office, SOONER, 1)
    assert await listed(office) == ["1: Desk has until 12:10 UTC."], "the path Rest is the same in both"
    assert office.issue(1).route.version == 1


async def test_it_is_done_on_request_with_a_line_in_the_timeline(office: Desk) -> None:
    raised(office)
    await office.fire()
    await publish(office, SOONER, 1)
    done = await apply_to_open(office.services, T1, by=ANA)
    assert [(one.number, one.possible) for one in done] == [(1, True)]
    after = office.issue()
    assert (after.route.version, after.position.ends_at) == (2, NOON + minutes(10))
    event = office.store.timeline.of(ref())[-1]
    assert (event.kind, event.actor, event.text("why")) == (EventKind.ROUTE_CHANGED, ANA, "matrix")
    assert ("level_end", 10.0) in office.timers()
    assert await listed(office) == []
    assert await apply_to_open(office.services, T1, by=ANA) == [], "twice is once"


async def test_only_those_that_were_chosen(office: Desk) -> None:
    for number in (1, 2, 3):
        raised(office, number)
    await publish(office, SOONER, 1)
    await apply_to_open(office.services, T1, by=None, numbers=[1, 3, 99])
    assert [office.issue(number).route.version for number in (1, 2, 3)] == [2, 1, 2]


async def test_what_is_over_is_left_alone(office: Desk) -> None:
    begun = raised(office)
    office.has(
        resolved(replace(begun, ref=ref(2))),
        closed(resolved(replace(begun, ref=ref(3)))),
        acknowledged(replace(begun, ref=ref(4), private=True)),
    )
    moved = replace(SOONER, paths=(replace(SOONER.paths[0], levels=(level("New desk", OMAR),)), REST))
    await publish(office, moved, 1)
    found = await list_changes(office.services, T1)
    assert [(one.number, one.title) for one in found] == [(1, begun.facts.title), (4, "a private issue")]


async def test_another_path_asks_its_level_1_and_the_owner_keeps_theirs(office: Desk) -> None:
    begun = raised(office)
    await office.fire()
    office.has(acknowledged(replace(begun, ref=ref(2))))
    await publish(office, replace(ONE, paths=(replace(REST, name="All"),)), 1)
    assert await listed(office) == [
        "1: path Care -> All and Duty is asked now, until 12:15 UTC.",
        "2: path Care -> All.",
    ]
    await apply_to_open(office.services, T1, by=ANA)
    await office.fire()
    assert [one.target.id for one in office.issue(1).current_asks] == [OMAR]
    assert office.issue(2).owner == ANA


async def test_a_path_that_was_renamed_is_the_same_path(office: Desk) -> None:
    raised(office)
    before = office.issue()
    await publish(office, replace(SOONER, paths=(replace(SOONER.paths[0], name="Customers"), REST)), 1)
    await apply_to_open(office.services, T1, by=ANA)
    after = office.issue()
    assert (after.route.path.name, after.epoch) == ("Customers", before.epoch)


async def test_a_priority_set_by_hand_stays(office: Desk) -> None:
    begun = raised(office, impact="some", urgency="soon")
    office.store.issues.save(begun, begun.bump(route=replace(begun.route, priority=P1, top_priority=True)))
    await publish(office, SOONER, 1)
    await apply_to_open(office.services, T1, by=ANA)
    assert office.issue().route.priority == P1


async def test_what_the_new_version_does_not_know_stays_and_says_why(office: Desk) -> None:
    raised(office)
    await publish(
        office, replace(SOONER, types=(IssueType("hardware", "Hardware", "operational"),), paths=(REST,)), 1
    )
    (only,) = await list_changes(office.services, T1)
    assert not only.possible
    assert only.sentence.plain() == (
        'It stays on version 1. The matrix has no type "payments". Choose one of: hardware.'
    )
    assert await apply_to_open(office.services, T1, by=ANA) == [only]
    assert office.issue().route.version == 1


async def test_a_path_chosen_by_hand_is_left_alone(office: Desk) -> None:
    begun = raised(office)
    office.store.issues.save(begun, begun.bump(route=replace(begun.route, path=REST)))
    await publish(office, SOONER, 1)
    (only,) = await list_changes(office.services, T1)
    assert (only.possible, "by hand" in only.sentence.plain()) == (False, True)


async def test_every_page_is_read_and_the_oldest_come_first(office: Desk) -> None:
    for number in range(1, PAGE + 3):
        raised(office, number)
    await publish(office, SOONER, 1)
    assert [one.number for one in await list_changes(office.services, T1)] == list(range(1, PAGE + 3))


async def test_without_a_matrix_nothing_is_listed(desk: Desk) -> None:
    assert await list_changes(desk.services, T1) == []

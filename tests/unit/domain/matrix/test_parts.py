"""Walking through a matrix, and its places in words."""

import pytest

from bot.domain.matrix.flaw import Where
from bot.domain.matrix.model import IssueType, Matrix, Named, Priority, Promise, TargetRule
from bot.domain.matrix.parts import contacts_at, part_of, people_at, schedules_named
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.span import span
from tests.builders import NOON, contact, level, matrix, path, rules


def whole() -> Matrix:
    """Everything that can be named is named once."""
    steps = (level("Desk", "oncall:duty", inform=(contact("@told"),)), level("Lead", "#lead"))
    return matrix(
        path(
            "Care",
            levels=steps,
            owner=contact("@owner"),
            channel=contact("#care"),
            inform=(contact("@path"),),
        ),
        workspace=rules(escalation_manager=contact("oncall:manager")),
        priorities=(Priority("p1", "One", 0, inform=(contact("#boss"),)),),
        priority_matrix={("some", "now"): "p1"},
        types=(IssueType("payments", "Payments"),),
        services=(Named("billing", "Billing"),),
        promises=(Promise({}, span("1h"), None, "always"),),
        targets=(TargetRule({}, span("1h"), None, "always"),),
        schedules=(Schedule("duty", "UTC", (Layer((contact("@ann"), contact("@bo")), NOON.date()),)),),
    )


def test_every_contact_with_its_place() -> None:
    assert {where: str(one) for where, one in contacts_at(whole())} == {
        ("workspace", "issue_channel"): "#issues",
        ("workspace", "catch_all"): "#all-hands",
        ("workspace", "escalation_manager"): "oncall:manager",
        ("priorities", "p1", "inform", 0): "#boss",
        ("paths", 0, "owner"): "@owner",
        ("paths", 0, "channel"): "#care",
        ("paths", 0, "inform", 0): "@path",
        ("paths", 0, "levels", 0, "contacts", 0): "oncall:duty",
        ("paths", 0, "levels", 0, "inform", 0): "@told",
        ("paths", 0, "levels", 1, "contacts", 0): "#lead",
    }
    assert schedules_named(whole()) == {"duty", "manager"}


def test_everybody_on_a_schedule_with_their_place() -> None:
    assert {where: str(one) for where, one in people_at(whole())} == {
        ("schedules", "duty", "layers", 0, "people", 0): "@ann",
        ("schedules", "duty", "layers", 0, "people", 1): "@bo",
    }


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (("paths", 0, "levels", 1, "contacts", 0), 'path "Care", level "Lead"'),
        (("paths", 0, "owner"), 'path "Care"'),
        (("paths",), "paths"),
        (("schedules", "duty", "layers", 0, "people", 1), 'schedule "duty", layer 1'),
        (("schedules", "duty"), 'schedule "duty"'),
        (("targets", 0, "respond"), "target 1"),
        (("promises", 0), "promise 1"),
        (("services", "billing", "title"), 'service "billing"'),
        (("types", "payments"), 'type "payments"'),
        (("priorities", "p1", "inform", 0), 'priority "p1"'),
        (("priority_matrix", "some", "now"), "priority matrix"),
        (("workspace", "timezone"), "workspace"),
        ((), "matrix"),
    ],
)
def test_a_place_in_words(where: Where, words: str) -> None:
    assert part_of(whole(), where) == words

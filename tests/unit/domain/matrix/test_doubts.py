"""What is allowed in a matrix and yet looks like a slip."""

from datetime import date

import pytest

from bot.domain.calendar import Calendar
from bot.domain.matrix.doubts import doubts
from bot.domain.matrix.flaw import Rule, Where
from bot.domain.matrix.model import IssueType, Match, Matrix, Named, Priority, Promise, TargetRule
from bot.domain.matrix.validate import MOST_FLAWS, flaws
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.span import span
from tests.builders import P1, contact, level, matrix, path

DUTY = Schedule("duty", "Europe/Berlin", (Layer((contact("@ann"),), date(2026, 1, 5)),))


def target(match: Match | None = None) -> TargetRule:
    """Answered within a quarter of an hour."""
    return TargetRule(match or {}, span("15m"), None, "always")


ABOVE = "is never used: those above it take all of its issues. Move it up, or change its match."
NO_ISSUE = "is never used: no issue fits all of its match. Move it up, or change its match."

CASES: dict[str, tuple[Matrix, Rule, Where, str]] = {
    "a priority that never comes": (
        matrix(priorities=(P1, Priority("p9", "Someday", 1)), priority_matrix={("some", "now"): "p1"}),
        Rule.UNUSED_PRIORITY,
        ("priorities", "p9"),
        'No impact and urgency give priority "p9". Add it to priority_matrix.',
    ),
    "a type below its category": (
        matrix(
            path("All", match={"category": ("customer",)}), path("One", match={"type": ("payments",)}), path()
        ),
        Rule.NEVER_USED,
        ("paths", 1),
        f'Path "One" {ABOVE}',
    ),
    "taken by two together": (
        matrix(
            path("Now", match={"urgency": ("now",)}),
            path("Soon", match={"urgency": ("soon",)}),
            path("Hardware", match={"type": ("hardware",)}),
            path(),
        ),
        Rule.NEVER_USED,
        ("paths", 2),
        f'Path "Hardware" {ABOVE}',
    ),
    "a type of another category": (
        matrix(path("Odd", match={"type": ("payments",), "category": ("operational",)}), path()),
        Rule.NEVER_USED,
        ("paths", 0),
        f'Path "Odd" {NO_ISSUE}',
    ),
    "a target below one for all": (
        matrix(targets=(target(), target({"priority": ("p1",)}))),
        Rule.NEVER_USED,
        ("targets", 1),
        "This target is never used: those above it take all of its issues. Move it up, or change its match.",
    ),
    "a promise to nobody": (
        matrix(promises=(Promise({"priority": ("p1",), "impact": ("some",)}, span("4h"), None, "always"),)),
        Rule.NEVER_USED,
        ("promises", 0),
        "This promise is never used: no issue fits all of its match. Move it up, or change its match.",
    ),
    "a service below all services": (
        matrix(
            path("All", match={"service": ("billing", "credit")}),
            path("One", match={"service": ("credit",), "urgency": ("now",)}),
            path(),
            services=(Named("billing", "Billing"), Named("credit", "Credit")),
        ),
        Rule.NEVER_USED,
        ("paths", 1),
        f'Path "One" {ABOVE}',
    ),
    "a calendar that counts nothing": (
        matrix(calendars=(Calendar("office", "Europe/Berlin"),)),
        Rule.UNUSED,
        ("calendars", "office"),
        'Nothing is counted in calendar "office". Name it in a target or a level.',
    ),
    "a schedule that is never asked": (
        matrix(schedules=(DUTY,)),
        Rule.UNUSED,
        ("schedules", "duty"),
        'Nobody is asked through schedule "duty". Name it as "oncall:duty".',
    ),
    "one person on two levels": (
        matrix(path(levels=(level("Desk", "@ann"), level("Lead", "@bo", "@ann")))),
        Rule.SAME_CONTACT,
        ("paths", 0, "levels", 1, "contacts"),
        '"@ann" is on level "Desk" already. Somebody who was silent there is only asked again; '
        "name somebody else if you can.",
    ),
}


@pytest.mark.parametrize(("document", "rule", "where", "sentence"), CASES.values(), ids=CASES)
def test_doubt(document: Matrix, rule: Rule, where: Where, sentence: str) -> None:
    assert flaws(document) == ()
    assert (rule, where, sentence) in {
        (doubt.rule, doubt.where, doubt.sentence) for doubt in doubts(document)
    }


def test_narrow_before_wide_is_in_order() -> None:
    document = matrix(
        path("One", match={"type": ("payments",)}), path("All", match={"category": ("customer",)}), path()
    )
    assert {doubt.rule for doubt in doubts(document)} == {
        Rule.NEVER_USED
    }  # All: payments is the only customer type
    wider = matrix(
        path("One", match={"type": ("payments",)}),
        path("All", match={"category": ("customer",)}),
        path(),
        types=(*document.types, IssueType("refund", "Refund", "customer")),
    )
    assert doubts(wider) == ()


def test_the_same_contact_twice_in_one_level_is_one_ping_and_no_doubt() -> None:
    assert doubts(matrix(path(levels=(level("Desk", "@ann", "@ann"),)))) == ()


def test_what_is_named_somewhere_is_used() -> None:
    document = matrix(
        path(levels=(level("Desk", "oncall:duty", calendar="office"),)),
        calendars=(Calendar("office", "Europe/Berlin"), Calendar("always", "UTC")),
        schedules=(DUTY,),
    )
    assert doubts(document) == ()


def test_nobody_reads_more_doubts_than_flaws() -> None:
    document = matrix(*(path(f"P{n}", match={"type": ("payments",)}) for n in range(500)), path())
    assert len(doubts(document)) == MOST_FLAWS

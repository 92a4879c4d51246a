"""What is allowed in a matrix and yet looks like a slip."""

import pytest

from bot.domain.matrix.doubts import doubts
from bot.domain.matrix.flaw import Rule, Where
from bot.domain.matrix.model import IssueType, Matrix, Priority
from bot.domain.matrix.validate import flaws
from tests.builders import P1, level, matrix, path

ABOVE = "is never used: the paths above it take all of its issues. Move it up, or change its match."
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


def test_a_table_too_large_to_compare_is_left_alone() -> None:
    document = matrix(
        path(),
        types=tuple(IssueType(f"t{n}", "T") for n in range(100)),
        priorities=(P1,),
        priority_matrix={(f"i{n}", f"u{m}"): "p1" for n in range(100) for m in range(100)},
    )
    assert doubts(document) == ()

"""What keeps targets, promises, services, clients and types from being used, one flaw at a time."""

from typing import Any

import pytest

from bot.domain.calendar import Calendar, Hours
from bot.domain.matrix.flaw import MOST_CHOICES, Rule, Where
from bot.domain.matrix.model import FORM_FACTS, IssueType, Matrix, Named, Promise, TargetRule
from bot.domain.matrix.validate import flaws
from bot.domain.span import span
from tests.builders import matrix, path

OFFICE = Calendar("office", "Europe/Berlin", (*((Hours(540, 1020),),) * 5, (), ()))
HOUR = Calendar("hour", "Europe/Berlin", ((Hours(600, 660),), *((),) * 6))
SERVICES = (Named("billing", "Billing"), Named("credit", "Credit"))


def target(
    respond: str | None = "15m", resolve: str | None = "4h", calendar: str = "office", **changes: Any
) -> Matrix:
    """A matrix with this one target."""
    first, last = (span(one) if one else None for one in (respond, resolve))
    rule = TargetRule(changes.pop("match", {}), first, last, calendar, **changes)
    return matrix(targets=(rule,), calendars=(OFFICE, HOUR), services=SERVICES)


def promise(answer: str | None, solve: str | None, calendar: str = "office") -> Matrix:
    """A matrix with this one promise."""
    first, last = (span(one) if one else None for one in (answer, solve))
    return matrix(promises=(Promise({}, first, last, calendar),), calendars=(OFFICE, HOUR))


def requires(*facts: str) -> Matrix:
    """A matrix whose only type requires these."""
    return matrix(types=(IssueType("payments", "Payments", requires=facts),))


CASES: dict[str, tuple[Matrix, Rule, Where, str]] = {
    "a target without times": (
        target(None, None),
        Rule.NO_TIMES,
        ("targets", 0),
        'This has no time. Add "respond", "resolve" or both, for example respond: 4h.',
    ),
    "a promise without times": (
        promise(None, None),
        Rule.NO_TIMES,
        ("promises", 0),
        'This has no time. Add "answer", "solve" or both, for example answer: 4h.',
    ),
    "an answer after the solution": (
        target("5h", "4h"),
        Rule.ORDER,
        ("targets", 0, "respond"),
        '"respond" takes longer than "resolve". Give the first the shorter time.',
    ),
    "ten hours are more than a working day": (
        promise("10h", "1d"),
        Rule.ORDER,
        ("promises", 0, "answer"),
        '"answer" takes longer than "solve". Give the first the shorter time.',
    ),
    "no time to answer": (
        target("0m", "4h"),
        Rule.DURATION,
        ("targets", 0, "respond"),
        '"respond" must be longer than zero, for example 15m.',
    ),
    "a breach without pause": (
        target(breach_every=span("0h")),
        Rule.DURATION,
        ("targets", 0, "breach_every"),
        '"breach_every" must be longer than zero, for example 15m.',
    ),
    "a target beyond the year": (
        target(None, "60h", "hour"),
        Rule.TOO_SLOW,
        ("targets", 0, "resolve"),
        '"resolve" takes longer than a year in the hours of calendar "hour". '
        "Use a shorter time or a calendar with more hours.",
    ),
    "breaches beyond the year": (
        target(calendar="hour", breach_every=span("99d")),
        Rule.TOO_SLOW,
        ("targets", 0, "breach_every"),
        '"breach_every" takes longer than a year in the hours of calendar "hour". '
        "Use a shorter time or a calendar with more hours.",
    ),
    "a calendar nobody knows": (
        target(calendar="offices"),
        Rule.UNKNOWN_CALENDAR,
        ("targets", 0, "calendar"),
        'There is no calendar "offices". Did you mean "office"?',
    ),
    "a priority nobody knows": (
        target(match={"priority": ("p4",)}),
        Rule.UNKNOWN_PRIORITY,
        ("targets", 0, "match", "priority"),
        'There is no priority "p4". Use one of: p1, p2, p3.',
    ),
    "a service nobody knows": (
        target(match={"service": ("biling",)}),
        Rule.UNKNOWN_SERVICE,
        ("targets", 0, "match", "service"),
        'There is no service "biling". Did you mean "billing"?',
    ),
    "a client where there are none": (
        matrix(path("A", match={"client": ("acme",)}), path()),
        Rule.UNKNOWN_CLIENT,
        ("paths", 0, "match", "client"),
        'There is no client "acme". None is defined yet.',
    ),
    "a person as channel": (
        matrix(path("A", match={"channel": ("@ann",)}), path()),
        Rule.CONTACT_KIND,
        ("paths", 0, "match", "channel"),
        '"channel" must be a channel such as "#shop-floor", not "@ann".',
    ),
    "a service without title": (
        matrix(services=(Named("billing", ""),)),
        Rule.NAME,
        ("services", "billing", "title"),
        '"title" is empty. Write a few plain words.',
    ),
    "a scope nobody reads": (
        matrix(clients=(Named("acme", "Acme", "x" * 1001),)),
        Rule.NAME,
        ("clients", "acme", "scope"),
        '"scope" is 1,001 characters long. Use at most 1,000.',
    ),
    "a client in two spellings": (
        matrix(clients=(Named("acme", "Acme"), Named("Acme", "Acme Ltd"))),
        Rule.DUPLICATE,
        ("clients", "Acme"),
        'There is another client "Acme" above. Give each its own name.',
    ),
    "too many services": (
        matrix(services=tuple(Named(f"s{n}", "S") for n in range(MOST_CHOICES + 1))),
        Rule.COUNT,
        ("services",),
        '"services" has 101 entries. The most is 100.',
    ),
    "a fact the form has not": (
        requires("reference", "refrence"),
        Rule.UNKNOWN_FACT,
        ("types", "payments", "requires", 1),
        'The form has no fact "refrence". Did you mean "reference"?',
    ),
    "a fact twice": (
        requires("tried", "tried"),
        Rule.DUPLICATE,
        ("types", "payments", "requires", 1),
        'There is another fact "tried" above. Give each its own name.',
    ),
    "a long advice": (
        matrix(types=(IssueType("payments", "Payments", first_try="x" * 1001),)),
        Rule.NAME,
        ("types", "payments", "first_try"),
        '"first_try" is 1,001 characters long. Use at most 1,000.',
    ),
}


@pytest.mark.parametrize(("document", "rule", "where", "sentence"), CASES.values(), ids=CASES)
def test_flaw(document: Matrix, rule: Rule, where: Where, sentence: str) -> None:
    assert [(flaw.rule, flaw.where, flaw.sentence) for flaw in flaws(document)] == [(rule, where, sentence)]


@pytest.mark.parametrize(
    "document",
    [
        target("4h", "4h"),
        target("8h", "1d"),
        target(None, "1w"),
        target("15m", None, "always"),
        promise("1d", "1w"),
        target(match={"service": ("billing", "credit"), "channel": ("#shop-floor",)}),
        requires(*FORM_FACTS),
    ],
)
def test_these_are_fine(document: Matrix) -> None:
    assert flaws(document) == ()

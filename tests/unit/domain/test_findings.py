"""What there is to say before an issue is stored: what stops, and what only stands beside."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.findings import RULES, FindingKind, Found, look, needs_reason, told_about
from bot.domain.matrix.model import IssueType, Named
from tests.builders import NOON, facts, issue, matrix

TYPED = IssueType(
    "payments", "Payments", raise_when="It is late.", not_for="Orders.", first_try="Look.", scope="All."
)
PLAIN = matrix(types=(IssueType("payments", "Payments"),), services=(Named("billing", "Billing"),))
KNOWN = matrix(
    types=(TYPED, IssueType("hardware", "Hardware")),
    services=(Named("billing", "Billing", "Covered: invoices."),),
    clients=(Named("acme", "Acme", "Contract 4."),),
)
FOUND = Found(PLAIN, facts(), NOON)
LATER = NOON + timedelta(hours=2)

TABLE = {
    "nothing to say": (FOUND, []),
    "the matrix says nothing": (replace(FOUND, told=False), []),
    "how often alone stops nobody": (replace(FOUND, count=5), []),
    "the promise holds": (replace(FOUND, facts=facts(promised_by=LATER)), ["promise"]),
    "seen before": (replace(FOUND, alike=(issue(7), issue(3))), ["seen", "seen"]),
    "seen before and often": (replace(FOUND, alike=(issue(7),), count=2), ["seen", "often"]),
    "seen before, the second": (replace(FOUND, alike=(issue(7),), count=1), ["seen"]),
    "what the form could not tell": (replace(FOUND, matrix=KNOWN), ["when"]),
    "what the form told": (replace(FOUND, matrix=KNOWN, told=True), []),
    "everything, in order": (
        replace(FOUND, matrix=KNOWN, facts=facts(promised_by=LATER), alike=(issue(7),), count=2),
        ["promise", "seen", "when", "often"],
    ),
}


@pytest.mark.parametrize(("found", "kinds"), TABLE.values(), ids=TABLE.keys())
def test_what_is_said(found: Found, kinds: list[str]) -> None:
    some = look(found)
    assert [one.kind.value for one in some] == kinds
    assert needs_reason(some) == ("promise" in kinds)


def test_every_kind_has_one_rule() -> None:
    assert sorted(rule.kind for rule in RULES) == sorted(FindingKind)


def test_what_the_matrix_says_about_a_choice() -> None:
    told = told_about(KNOWN, "payments", "billing", "acme")
    assert [(one.label, one.text) for one in told] == [
        ("Raise it when", "It is late."),
        ("Not for", "Orders."),
        ("Try first", "Look."),
        ("Payments", "All."),
        ("Billing", "Covered: invoices."),
        ("Acme", "Contract 4."),
    ]
    assert told_about(KNOWN, "hardware", "", "") == told_about(KNOWN, "no such", "none", "none") == ()


OFTEN = {
    2: 'This is the third "Payments" within a week for Billing.',
    9: 'This is the tenth "Payments" within a week for Billing.',
    10: 'This is number 11 of "Payments" within a week for Billing.',
}


@pytest.mark.parametrize(("count", "said"), OFTEN.items())
def test_how_often_is_said_in_words(count: int, said: str) -> None:
    some = look(replace(FOUND, facts=facts(service="billing"), alike=(issue(7),), count=count))
    assert some[-1].lines[0].plain() == said


def test_an_issue_that_looks_the_same_says_how_it_stands() -> None:
    (one,) = look(replace(FOUND, alike=(issue(7),)))
    assert one.issue == issue(7)
    assert one.lines[0].plain().startswith("ISS-7 · Checkout is down: open. ")

"""From the form to facts: every field is looked at, and nothing is guessed."""

from dataclasses import fields

import pytest

from bot.domain.errors import FieldErrors
from bot.domain.intake import REQUIRED, facts_from
from bot.domain.issue import Facts
from bot.domain.matrix.model import FORM_FACTS, Named
from tests.builders import matrix

TYPED = {
    "title": "Checkout is down",
    "happened": "Every card is refused.",
    "type": "payments",
    "impact": "everyone",
    "urgency": "now",
}
GONE = "The matrix was changed meanwhile and this choice is gone. Please choose again."


def refused(**changes: str) -> dict[str, str]:
    """The fields that need another look."""
    with pytest.raises(FieldErrors) as asked:
        facts_from({**TYPED, **changes}, matrix())
    return asked.value.fields


def test_the_five_required_answers_are_enough() -> None:
    assert facts_from(TYPED, matrix()) == Facts(**TYPED)


def test_everything_else_is_taken_along_cleaned() -> None:
    more = {
        "since": " 11:40\n",
        "affected": "all  shops",
        "evidence": "https://example.com/x",
        "reference": "T-1\0",
        "tried": "restart\r\nthen wait",
        "needed": " a decision ",
    }
    facts = facts_from({**TYPED, **more}, matrix(), source_link="https://slack.example/p1")
    assert facts == Facts(
        **TYPED,
        since="11:40",
        affected="all shops",
        evidence="https://example.com/x",
        reference="T-1",
        tried="restart\nthen wait",
        needed="a decision",
        source_link="https://slack.example/p1",
    )


@pytest.mark.parametrize("field", REQUIRED)
@pytest.mark.parametrize("empty", ["", "  "])
def test_each_required_answer_is_asked_for(field: str, empty: str) -> None:
    problems = refused(**{field: empty})
    assert set(problems) == {field}
    assert problems[field] in (REQUIRED[field], GONE)


def test_all_missing_answers_are_named_at_once() -> None:
    with pytest.raises(FieldErrors) as asked:
        facts_from({}, matrix())
    assert asked.value.fields == REQUIRED


@pytest.mark.parametrize("field", ["type", "impact", "urgency", "service", "client"])
def test_a_choice_the_matrix_no_longer_has_is_asked_again(field: str) -> None:
    assert refused(**{field: "gone"}) == {field: GONE}


def test_service_client_and_channel_are_taken_along() -> None:
    document = matrix(services=(Named("billing", "Billing"),), clients=(Named("acme", "Acme Ltd"),))
    facts = facts_from({**TYPED, "service": "billing", "client": "acme"}, document, channel="#shop-floor")
    assert facts == Facts(**TYPED, service="billing", client="acme", channel="#shop-floor")


def test_a_type_can_require_every_fact_of_the_form_and_no_other() -> None:
    optional = {one.name for one in fields(Facts) if one.default == ""}
    of_the_form = optional - {"source_link", "channel", "priority", "priority_reason"}
    assert set(FORM_FACTS) == of_the_form | {"promised_by"}


def test_a_title_of_invisible_signs_is_empty() -> None:
    assert refused(title="\u200b\u202e") == {"title": REQUIRED["title"]}


def test_unknown_fields_are_left() -> None:
    assert facts_from({**TYPED, "colour": "red"}, matrix()) == Facts(**TYPED)


@pytest.mark.parametrize(
    ("field", "limit"),
    [
        ("title", 150),
        ("happened", 3000),
        ("since", 200),
        ("affected", 200),
        ("evidence", 400),
        ("reference", 200),
        ("tried", 1000),
        ("needed", 1000),
    ],
)
def test_long_answers_are_cut_with_a_note(field: str, limit: int) -> None:
    facts = facts_from({**TYPED, field: "x" * 9000}, matrix())
    assert len(getattr(facts, field)) == limit
    assert getattr(facts, field).endswith("(cut here: it was longer)")

"""From the form to facts: every field is looked at, and nothing is guessed."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.errors import FieldErrors
from bot.domain.intake import ASKED_BY_TYPES, REQUIRED, Setting, facts_from
from bot.domain.issue import Facts
from bot.domain.matrix.model import FORM_FACTS, IssueType, Named
from tests.builders import NOON, matrix

TYPED: dict[str, Any] = {
    "title": "Checkout is down",
    "happened": "Every card is refused.",
    "type": "payments",
    "impact": "everyone",
    "urgency": "now",
}
SETTING = Setting(NOON)
GONE = "The matrix was changed meanwhile and this choice is gone. Please choose again."


def refused(**changes: str) -> dict[str, str]:
    """The fields that need another look."""
    with pytest.raises(FieldErrors) as asked:
        facts_from({**TYPED, **changes}, matrix(), SETTING)
    return asked.value.fields


def test_the_five_required_answers_are_enough() -> None:
    assert facts_from(TYPED, matrix(), SETTING) == Facts(**TYPED)


def test_everything_else_is_taken_along_cleaned() -> None:
    more = {
        "since": " 11:40\n",
        "affected": "all  shops",
        "evidence": "https://example.com/x",
        "reference": "T-1\0",
        "tried": "restart\r\nthen wait",
        "needed": " a decision ",
    }
    facts = facts_from({**TYPED, **more}, matrix(), replace(SETTING, source_link="https://slack.example/p1"))
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
        facts_from({}, matrix(), SETTING)
    assert asked.value.fields == REQUIRED


@pytest.mark.parametrize("field", ["type", "impact", "urgency", "service", "client"])
def test_a_choice_the_matrix_no_longer_has_is_asked_again(field: str) -> None:
    assert refused(**{field: "gone"}) == {field: GONE}


def test_service_client_and_channel_are_taken_along() -> None:
    document = matrix(services=(Named("billing", "Billing"),), clients=(Named("acme", "Acme Ltd"),))
    setting = replace(SETTING, channel="#shop-floor")
    facts = facts_from({**TYPED, "service": "billing", "client": "acme"}, document, setting)
    assert facts == Facts(**TYPED, service="billing", client="acme", channel="#shop-floor")


def test_a_type_can_require_every_fact_of_the_form_and_no_other() -> None:
    assert set(FORM_FACTS) == set(ASKED_BY_TYPES)


def test_a_title_of_invisible_signs_is_empty() -> None:
    assert refused(title="\u200b\u202e") == {"title": REQUIRED["title"]}


def test_unknown_fields_are_left() -> None:
    assert facts_from({**TYPED, "colour": "red"}, matrix(), SETTING) == Facts(**TYPED)


@pytest.mark.parametrize(
    ("field", "limit"),
    [
        ("title", 150),
        ("happened", 3000),
        ("since", 500),
        ("affected", 1000),
        ("evidence", 500),
        ("reference", 500),
        ("tried", 1000),
        ("needed", 1000),
        ("raised_because", 500),
        ("requester_name", 500),
    ],
)
def test_long_answers_are_cut_with_a_note(field: str, limit: int) -> None:
    facts = facts_from({**TYPED, field: "x" * 9000}, matrix(), SETTING)
    assert len(getattr(facts, field)) == limit
    assert getattr(facts, field).endswith("(cut here: it was longer)")


STRICT = matrix(
    types=(IssueType("payments", "Payments", requires=("reference", "promised_by", "service")),),
    services=(Named("billing", "Billing"),),
)


def test_what_the_type_requires_is_asked_for_at_its_field() -> None:
    with pytest.raises(FieldErrors) as asked:
        facts_from({**TYPED, "reference": " "}, STRICT, SETTING)
    assert asked.value.fields == {
        "reference": "Please say the reference: a ticket, order or contract number. "
        "Payments cannot be raised without it.",
        "promised_by": "Please say by when it was promised. Payments cannot be raised without it.",
        "service": "Please say which service it is about. Payments cannot be raised without it.",
    }
    given = {"reference": "T-1", "promised_by": "2026-03-02 16:40", "service": "billing"}
    assert facts_from({**TYPED, **given}, STRICT, SETTING).promised_by == datetime(
        2026, 3, 2, 16, 40, tzinfo=UTC
    )


IN_WORDS = "Please give it a title in words, so that whoever is asked can read it out."
TITLES = {
    "blanks": ("   ", "Please give it a short title."),
    "signs that nobody sees": (
        "\u2800\u3164",
        IN_WORDS,
    ),
    "only emoji": ("🔥🔥", IN_WORDS),
    "only marks": ("?!…", IN_WORDS),
}


@pytest.mark.parametrize(("title", "said"), TITLES.values(), ids=TITLES.keys())
def test_a_title_nobody_can_read_out_is_asked_for_again(title: str, said: str) -> None:
    assert refused(title=title) == {"title": said}


GOOD_TITLES = {
    "right to left": ("لا يعمل الدفع", "لا يعمل الدفع"),
    "zalgo is calmed": ("Z" + "\u0301\u0302" * 40, "Ź" + "\u0302\u0301" * 4),
    "one emoji beside words": ("🔥 checkout", "🔥 checkout"),
    "a number": ("503", "503"),
    "turned around": ("\u202eabc", "abc"),
}


@pytest.mark.parametrize(("title", "kept"), GOOD_TITLES.values(), ids=GOOD_TITLES.keys())
def test_titles_of_all_the_world_are_taken(title: str, kept: str) -> None:
    got = facts_from({**TYPED, "title": title}, matrix(), SETTING).title
    assert len(got) <= 12 + len(kept)
    assert got.startswith(kept[:1])


def test_a_priority_by_hand_takes_a_reason() -> None:
    assert refused(priority="p1", priority_reason=" ") == {
        "priority_reason": "Please say why it has another priority than impact and urgency give."
    }
    facts = facts_from({**TYPED, "priority": "p1", "priority_reason": "the board"}, matrix(), SETTING)
    assert (facts.priority, facts.priority_reason) == ("p1", "the board")
    assert refused(priority="p9", priority_reason="x") == {"priority": GONE}


def test_a_requester_is_chosen_or_written_not_both() -> None:
    both = {"requester": "U_RITA", "requester_name": "Mrs Jones", "raiser": "U_RAVI"}
    assert refused(**both) == {
        "requester_name": "Please choose the requester above or write their name here, not both."
    }
    facts = facts_from({**TYPED, **both, "requester": "U_RAVI"}, matrix(), SETTING)
    assert facts.requester_name == "Mrs Jones"


def test_a_name_can_be_kept_off_the_card() -> None:
    assert facts_from({**TYPED, "nameless": "yes"}, matrix(), SETTING).nameless
    assert not facts_from({**TYPED, "nameless": ""}, matrix(), SETTING).nameless

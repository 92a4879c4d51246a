"""Forms: what stands there already, what they remember, and that nothing typed is lost."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.raise_form import raise_form
from bot.adapters.slack.blocks.views import METADATA_LIMIT, metadata, read_metadata
from bot.adapters.slack.blocks.work_forms import (
    decline_form,
    dispute_form,
    resolve_form,
    take_anyway_form,
    update_form,
)
from bot.domain.matrix.model import IssueType, Matrix, Named
from tests import builders as make
from tests.unit.slack.second_opinion import objections

NONCE = metadata("n-1")


def inputs(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The elements of a form, by block_id."""
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


def test_the_raise_form_asks_in_this_order() -> None:
    form = raise_form(make.matrix(), {}, NONCE)
    assert list(inputs(form)) == [
        "title",
        "happened",
        "type",
        "impact",
        "urgency",
        "since",
        "affected",
        "evidence",
        "reference",
        "tried",
        "needed",
        "promised_by",
        "requester",
        "requester_name",
        "updates_channel",
        "private",
        "nameless",
        "priority",
        "priority_reason",
    ]
    required = [
        block["block_id"] for block in form["blocks"] if block["type"] == "input" and not block["optional"]
    ]
    assert required == ["title", "happened", "type", "impact", "urgency"]


STRICT = make.matrix(
    types=(
        IssueType("late", "Late answer", raise_when="It is late.", requires=("reference", "promised_by")),
        IssueType("other", "Something else"),
    ),
    services=(Named("billing", "Billing", "Covered: invoices."), Named("desk", "Desk")),
    clients=(Named("acme", "Acme"),),
)


def test_a_type_marks_what_it_requires_and_tells_what_the_matrix_says() -> None:
    form = raise_form(STRICT, {"type": "late", "service": "billing"}, NONCE)
    required = [one["block_id"] for one in form["blocks"] if one["type"] == "input" and not one["optional"]]
    assert required == ["title", "happened", "type", "impact", "urgency", "reference", "promised_by"]
    said = [one["elements"][0]["text"] for one in form["blocks"] if one["type"] == "context"]
    assert said == ["*Raise it when*: It is late.", "*Billing*: Covered: invoices."]


def test_only_choices_about_which_the_matrix_says_something_are_sent_at_once() -> None:
    def at_once(matrix: Matrix) -> list[str]:
        blocks = raise_form(matrix, {}, NONCE)["blocks"]
        return [one["block_id"] for one in blocks if one.get("dispatch_action")]

    assert at_once(STRICT) == ["type", "service"]
    assert at_once(make.matrix()) == []


def test_boxes_and_moments_can_be_prefilled() -> None:
    held = inputs(raise_form(STRICT, {"private": "yes", "promised_by": "1772469600"}, NONCE))
    assert held["promised_by"]["initial_date_time"] == 1772469600
    assert "initial_options" in held["private"]
    assert "initial_options" not in held["nameless"]
    assert (
        "initial_date_time" not in inputs(raise_form(STRICT, {"promised_by": "soon"}, NONCE))["promised_by"]
    )


def test_block_id_and_action_id_are_the_field_name() -> None:
    assert all(
        name == element["action_id"] for name, element in inputs(raise_form(make.matrix(), {}, NONCE)).items()
    )


def test_every_field_can_be_prefilled() -> None:
    texts = {name: f"about {name}" for name in ("title", "happened", "since", "affected", "evidence")}
    texts |= {name: f"about {name}" for name in ("reference", "tried", "needed")}
    chosen = {"type": "hardware", "impact": "some", "urgency": "soon"}
    places = {"requester": "U_LENA", "updates_channel": "C_CARE"}
    held = inputs(raise_form(make.matrix(), {**texts, **chosen, **places}, NONCE))
    assert {name: held[name]["initial_value"] for name in texts} == texts
    assert {name: held[name]["initial_option"]["value"] for name in chosen} == chosen
    assert held["requester"]["initial_user"] == "U_LENA"
    assert held["updates_channel"]["initial_conversation"] == "C_CARE"


def test_a_choice_that_is_gone_and_a_direct_message_are_left_out() -> None:
    held = inputs(
        raise_form(make.matrix(), {"type": "no-such", "updates_channel": "D1", "requester": ""}, NONCE)
    )
    assert "initial_option" not in held["type"]
    assert "initial_conversation" not in held["updates_channel"]
    assert "initial_user" not in held["requester"]


def test_a_title_too_long_goes_whole_into_the_story() -> None:
    title = "The checkout " * 20
    held = inputs(raise_form(make.matrix(), {"title": title, "happened": "Since noon."}, NONCE))
    assert held["title"]["initial_value"].endswith("…")
    assert held["happened"]["initial_value"] == f"{title.strip()}\n\nSince noon."


def test_a_prefill_that_does_not_fit_shows_that_it_was_cut() -> None:
    held = inputs(raise_form(make.matrix(), {"happened": "🔥" * 2000, "since": "x" * 501}, NONCE))
    assert held["happened"]["initial_value"] == "🔥" * 1499 + "…"
    assert held["since"]["initial_value"] == "x" * 499 + "…"


@pytest.mark.parametrize(
    "make_form", [update_form, resolve_form, dispute_form, decline_form, take_anyway_form]
)
def test_a_work_form_remembers_its_button(make_form: Callable[[ids.Carried, str], dict[str, Any]]) -> None:
    carried = ids.Carried(42, opening=2, level=3, round=1)
    form = make_form(carried, NONCE)
    remembered = read_metadata(form["private_metadata"])
    assert remembered["nonce"] == "n-1"
    assert ids.load_carried(remembered["carried"]) == carried


def test_titles_fit_even_for_the_largest_number() -> None:
    for make_form in (update_form, resolve_form, dispute_form, decline_form, take_anyway_form):
        assert objections(make_form(ids.Carried(999_999_999), NONCE)) == []


def test_metadata_keeps_the_nonce_and_what_fits() -> None:
    text = metadata("n-1", channel="C1", source_link="x" * 5000, empty="")
    assert json.loads(text) == {"nonce": "n-1", "channel": "C1"}
    assert len(metadata("n-1", a="é" * 2000)) <= METADATA_LIMIT


def test_foreign_metadata_is_refused() -> None:
    with pytest.raises(ValueError, match="not the metadata"):
        read_metadata("[1]")

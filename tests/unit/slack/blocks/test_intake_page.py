"""The page before an issue is stored, and what a search found: Slack takes them, whatever is in them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack import ids
from bot.adapters.slack.blocks.intake_page import intake_page
from bot.adapters.slack.blocks.raise_form import raise_form, told_mark
from bot.adapters.slack.blocks.search import page_value, permalink, read_page, search_answer, search_view
from bot.adapters.slack.blocks.views import metadata
from bot.domain.findings import Found, look
from bot.domain.matrix.model import FORM_FACTS, IssueType, Named
from bot.usecases.rows import MessageRef
from bot.usecases.search import Hit, Hits
from tests import builders as make
from tests.tries import tries
from tests.unit.slack.blocks import examples
from tests.unit.slack.blocks.gallery_intake import MATRIX, TYPED, findings
from tests.unit.slack.second_opinion import objections

REMEMBERED = metadata("n-1")
TEXTS = st.one_of(
    st.text(max_size=40), st.sampled_from(["<!channel>", "&" * 2000, "🔥" * 1500, "*_~`>", "\u202e"])
)


@tries(16)
@given(text=TEXTS, words=TEXTS, offset=st.integers(0, 500))
def test_slack_takes_the_pages_whatever_is_in_them(text: str, words: str, offset: int) -> None:
    kind = IssueType("payments", text, "", text, text, text, text, FORM_FACTS)
    matrix = make.matrix(
        types=(kind,), services=(Named("shop", text, text),), clients=(Named("acme", text, text),)
    )
    facts = make.facts(text, type="payments", service="shop", client="acme")
    like = examples.raised(facts).issue
    found = look(Found(matrix, facts, make.NOON, alike=(like,) * 3, count=20))
    fields = {**TYPED, "title": text, "happened": text, "tried": text}
    assert objections(intake_page(matrix, fields, found, REMEMBERED)) == []
    assert objections(raise_form(matrix, fields, REMEMBERED)) == []
    hits = Hits(words, offset, (Hit(like, None),) * 10, more=True)
    assert objections(search_view(hits, text, "/issue", make.NOON, REMEMBERED)) == []
    assert objections(search_answer(hits, text, "/issue", make.NOON)) == []
    assert read_page(page_value(offset, words)) == (offset, words[:300])


def test_the_page_holds_all_that_was_typed_below_what_is_said() -> None:
    page = intake_page(MATRIX, TYPED, findings(), REMEMBERED)
    inputs = [block for block in page["blocks"] if block["type"] == "input"]
    assert inputs[0]["block_id"] == ids.FIELD_RAISED_BECAUSE
    assert not inputs[0]["optional"]
    form = [
        block["block_id"]
        for block in raise_form(MATRIX, TYPED, REMEMBERED)["blocks"]
        if block["type"] == "input"
    ]
    assert [block["block_id"] for block in inputs[1:]] == form
    assert not any("dispatch_action" in block for block in page["blocks"])
    assert page["callback_id"] == ids.FORM_RAISE


def test_each_issue_that_looks_the_same_has_its_own_button() -> None:
    page = intake_page(MATRIX, TYPED, findings(), REMEMBERED)
    joins = [block["accessory"] for block in page["blocks"] if "accessory" in block]
    assert {one["action_id"] for one in joins} == {ids.JOIN_INSTEAD}
    assert all(ids.load_carried(one["value"]) for one in joins)


def test_what_the_form_told_is_known_by_its_texts() -> None:
    fields = {"type": "payments", "service": "shop", "client": "acme"}
    assert told_mark(MATRIX, fields) == told_mark(MATRIX, {**fields, "client": ""}), (
        "nothing is said about Acme"
    )
    assert told_mark(MATRIX, fields) != told_mark(MATRIX, {**fields, "service": ""})
    assert told_mark(make.matrix(), fields) == ""


CARD = make.message(place="C1", stamp="1772452800.000100")
LINKS = {
    "known": (CARD, "acme", "https://acme.slack.com/archives/C1/p1772452800000100"),
    "no card": (None, "acme", ""),
    "no domain": (CARD, "", ""),
    "a hostile domain": (CARD, "evil.example/x", ""),
    "no stamp": (replace(CARD, stamp=""), "acme", ""),
}


@pytest.mark.parametrize(("card", "domain", "link"), LINKS.values(), ids=LINKS.keys())
def test_a_card_has_an_address_where_it_is_known(card: MessageRef | None, domain: str, link: str) -> None:
    assert permalink(card, domain) == link

"""Editing any part of several documents to anything: only that part says something else, and comments stay."""

import re
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.adapters.matrix_file.edit import edit
from bot.demo import example_matrix
from bot.domain.matrix.edits import Edit, Value
from bot.domain.matrix.flaw import Where
from tests.tries import tries
from tests.unit.matrix_file.awkward import AWKWARD

DOCUMENTS = {
    "awkward": AWKWARD,
    "on Windows": AWKWARD.replace("\n", "\r\n"),
    "demo": example_matrix("demo").read_text(encoding="utf-8"),
}


def parts(data: Any, where: Where = ()) -> list[tuple[Where, Value]]:
    """Every text and every list of texts of a document."""
    if isinstance(data, dict):
        return list(chain.from_iterable(parts(one, (*where, str(key))) for key, one in data.items()))
    if isinstance(data, list) and any(isinstance(one, dict) for one in data):
        return list(chain.from_iterable(parts(one, (*where, index)) for index, one in enumerate(data)))
    if isinstance(data, list):
        return [(where, tuple(str(one) for one in data))]
    return [(where, str(data).strip())]


PARTS = {name: parts(YAML(typ="safe", pure=True).load(text)) for name, text in DOCUMENTS.items()}
SAFE = {"contacts": st.sampled_from(["@new", "#new", "new@example.com", "group:new", "U0NEW", "@maya"])}
TEXTS = (
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
    .map(str.strip)
    .filter(bool)
)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_said_already_changes_not_a_sign(name: str) -> None:
    text = DOCUMENTS[name]
    assert edit(text, [Edit(where, value) for where, value in PARTS[name]]) == text


@given(st.data())
@tries(12)
def test_any_list_becomes_any_other_and_the_rest_stays(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(DOCUMENTS)))
    lists = [where for where, _ in PARTS[name] if where[-1] == "contacts"]
    where = data.draw(st.sampled_from(lists))
    wanted = tuple(data.draw(st.lists(SAFE["contacts"], min_size=1, max_size=5, unique=True)))
    _check(name, where, wanted)


@given(st.data())
@tries(12)
def test_any_text_becomes_any_other_and_the_rest_stays(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(DOCUMENTS)))
    texts = [where for where, _ in PARTS[name] if where[-1] in ("role", "raise_when", "first_try")]
    _check(name, data.draw(st.sampled_from(texts)), data.draw(TEXTS))


def _check(name: str, where: Where, wanted: Value) -> None:
    """Only this part says something else, and every comment outside of it is still there."""
    text = DOCUMENTS[name]
    after = edit(text, [Edit(where, wanted)])
    assert dict(parts(_load(after))) == {**dict(PARTS[name]), where: wanted}
    lost = _comments(text) - _comments(after)
    assert lost <= {"# until June", "# by night", "# speaks for us"}, lost


def _load(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def _comments(text: str) -> set[str]:
    """The comments of these documents; no text in them has this sign behind a blank."""
    return {one.strip() for one in re.findall(r"(?:^|\s)(# [^\r\n]*)", text)}

"""Many edits at once say and look the same as one after the other, whether they touch each other or not."""

from functools import reduce

import pytest

from bot.adapters.matrix_file.edit import edit
from bot.adapters.matrix_file.load import load_matrix
from bot.demo import example_matrix
from bot.domain.matrix.edits import Edit
from bot.domain.matrix.parts import levels_at

EXAMPLES = {"hospital-ward": 4, "demo": 1}
"""Every fourth level of the large one: to edit one after the other takes the square of the time."""


def one_by_one(source: str, edits: list[Edit]) -> str:
    return reduce(lambda text, one: edit(text, [one]), edits, source)


@pytest.mark.parametrize(("name", "step"), EXAMPLES.items())
def test_a_timer_of_many_levels(name: str, step: int) -> None:
    source = example_matrix(name).read_text(encoding="utf-8")
    places = [where for where, _, _ in levels_at(load_matrix(source, name))][::step]
    edits = [Edit((*where, "acknowledge_within"), "71m") for where in places]

    assert edit(source, edits) == one_by_one(source, edits)
    assert edit(source, edits).count("acknowledge_within: 71m") == len(places)


def test_edits_that_touch_each_other() -> None:
    source = example_matrix("demo").read_text(encoding="utf-8")
    level = ("paths", 0, "levels", 0)
    edits = [
        Edit((*level, "remind_every"), None),
        Edit((*level, "inform"), ("#care",)),
        Edit((*level, "inform"), ("#care", "@dina")),
        Edit((*level, "role"), "Answers: first"),
    ]

    assert edit(source, edits) == one_by_one(source, edits)
    assert load_matrix(edit(source, edits), "demo").paths[0].levels[0].role == "Answers: first"

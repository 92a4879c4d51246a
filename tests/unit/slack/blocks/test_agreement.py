"""What the question for agreement promises: its buttons carry what was seen, and many places still fit."""

from dataclasses import replace
from typing import Any

import pytest

from bot.adapters.slack import ids, values
from bot.adapters.slack.drawing import Drawing
from bot.domain.matrix.terms import mark
from bot.usecases.people_ports import Agreement
from tests.builders import OMAR
from tests.unit.slack.blocks.gallery_agreement import FIRST, SECOND, agreed, cannot, question, truth
from tests.unit.slack.blocks.test_hostile import HOSTILE
from tests.unit.slack.second_opinion import objections

MANY = [replace(FIRST, path=f"Path {n:02}", terms=f"You are level 2 for Path {n:02}.") for n in range(60)]


def pressable(drawn: Drawing) -> dict[str, list[dict[str, Any]]]:
    """Its buttons, by what they do."""
    rows = [block["elements"] for block in drawn.blocks if block["type"] == "actions"]
    found: dict[str, list[dict[str, Any]]] = {}
    for one in (button for row in rows for button in row):
        found.setdefault(one["action_id"], []).append(one)
    return found


def test_a_button_carries_who_was_asked_what() -> None:
    (row,) = [block for block in question(FIRST).blocks if block["type"] == "actions"]
    carried = [values.load_asked(button["value"]) for button in row["elements"]]
    assert carried == [values.Asked(OMAR, 2, mark(FIRST.terms), "Payments")] * 2
    assert [button["action_id"] for button in row["elements"]] == [ids.AGREE, ids.CANNOT_AGREE]


@pytest.mark.parametrize(
    "value",
    ["", "v1", "v1|2|abc|U1", "v0|2|abc|U1|Payments", "v1|two|abc|U1|Payments", "v1|0|abc|U1|P", "v1|1|2|3"],
)
def test_values_that_are_not_ours_are_nothing(value: str) -> None:
    assert values.load_asked(value) is None


def test_one_button_agrees_to_all_that_is_shown_and_open() -> None:
    (every,) = pressable(question(FIRST, SECOND))[ids.AGREE_ALL]
    assert every["text"]["text"] == "Agree to all 2"
    asked = values.load_asked_all(every["value"])
    assert asked is not None
    assert (asked.user, set(asked.terms)) == (OMAR, {mark(FIRST.terms), mark(SECOND.terms)})
    for rows in ([FIRST], [FIRST, agreed(SECOND)], [agreed(FIRST), cannot(SECOND)]):
        assert ids.AGREE_ALL not in pressable(truth(*rows))
    (some,) = pressable(question(*MANY))[ids.AGREE_ALL]
    assert some["text"]["text"] == "Agree to these 20", "not to what they have not read"
    found = values.load_asked_all(some["value"])
    assert found is not None and found.terms == tuple(mark(one.terms) for one in MANY[:20])


@pytest.mark.parametrize("value", ["", "v1", "v1|U1", "v1|U1|", "v0|U1|abc", "v1|U1|abc|d"])
def test_values_of_others_are_nothing(value: str) -> None:
    assert values.load_asked_all(value) is None


def test_a_path_may_be_called_anything() -> None:
    asked = values.Asked("U1", 1, "abc", "a | b | c")
    assert values.load_asked(asked.dump()) == asked


def test_open_questions_stand_first() -> None:
    drawn = truth(agreed(replace(FIRST, path="Aardvarks")), FIRST)
    assert drawn.live
    assert [block["type"] for block in drawn.blocks][:3] == ["section", "section", "actions"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (MANY, "40 more follow when"),
        ([cannot(one) for one in MANY], "44 more, which you have answered, are not shown"),
        ([agreed(one) for one in MANY], "40 more, which you have answered, are not shown"),
        (
            [*MANY[:10], *(agreed(one) for one in MANY[10:])],
            "40 more, which you have answered, are not shown",
        ),
        ([*MANY[:30], *(agreed(one) for one in MANY[30:])], "10 more follow when"),
    ],
    ids=["asked", "refused", "agreed", "few are open", "some are open"],
)
def test_many_places_fit_and_the_rest_is_named(rows: list[Agreement], said: str) -> None:
    drawn = truth(*rows, asked=MANY[0])
    assert objections(drawn) == []
    assert drawn.blocks[-1]["elements"][0]["text"].startswith(said)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_people_becomes_a_mention_or_a_link(text: str) -> None:
    row = replace(FIRST, path=text[:75], terms=f"You are level 2 for {text}.")
    assert objections(question(row)) == []
    assert objections(truth(cannot(row, text), asked=row)) == []

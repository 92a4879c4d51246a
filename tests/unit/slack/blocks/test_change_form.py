"""The form of a change, and the menu that opens it: what stands there, what it remembers, what counts as changed."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.adapters.slack import ids
from bot.adapters.slack.blocks import menu
from bot.adapters.slack.blocks.change_form import NONE, change_form, drawn, wanted
from bot.adapters.slack.blocks.fields import OPTIONS_PER_LIST
from bot.adapters.slack.blocks.views import metadata, read_metadata
from bot.adapters.slack.listeners.menu import OPENS
from bot.adapters.slack.listeners.verbs import in_menu
from bot.domain.changing import CHANGEABLE, URGENCY
from bot.domain.matrix.model import Named
from tests import builders as make
from tests.unit.slack.blocks import examples
from tests.unit.slack.blocks.gallery_changing import MATRIX, by_hand, form

PLAIN = examples.raised().issue


def chosen(view: Mapping[str, Any]) -> dict[str, str]:
    """What each list of the form has chosen."""
    return {
        block["block_id"]: block["element"]["initial_option"]["value"]
        for block in view["blocks"]
        if block["type"] == "input" and block["element"]["type"] == "static_select"
    }


def test_present_values_stand_there() -> None:
    assert chosen(form(by_hand())) == {
        "type": "payments",
        "service": "shop",
        "client": "acme",
        "impact": "everyone",
        "urgency": "now",
        "priority": "p1",
    }


def test_what_is_not_set_says_so() -> None:
    values = chosen(form(PLAIN))
    assert (values["service"], values["client"], values["priority"]) == (NONE, NONE, NONE)


def test_a_priority_that_was_named_stands_there_already() -> None:
    view = form(PLAIN, *URGENCY, priority="p2")
    assert chosen(view) == {"impact": "everyone", "urgency": "now", "priority": "p2"}
    assert read_metadata(view["private_metadata"]).get("was_priority", "") == "", (
        "so that it counts as changed"
    )


def test_service_and_client_are_asked_only_where_the_matrix_has_them() -> None:
    view = change_form(PLAIN, make.matrix(), CHANGEABLE, metadata("n-1"))
    assert list(chosen(view)) == ["type", "impact", "urgency", "priority"]


def test_a_full_list_is_offered_whole() -> None:
    services = tuple(Named(f"s{number}", f"Service {number}") for number in range(OPTIONS_PER_LIST))
    view = change_form(PLAIN, make.matrix(services=services), CHANGEABLE, metadata("n-1"))
    (block,) = [one for one in view["blocks"] if one.get("block_id") == "service"]
    assert [one["value"] for one in block["element"]["options"]] == [one.key for one in services]
    assert block["optional"], "nothing need be chosen where nothing was"


def test_the_form_remembers_its_issue() -> None:
    remembered = read_metadata(form(by_hand())["private_metadata"])
    assert ids.load_carried(remembered["carried"]) == ids.Carried(42, opening=1, level=1, round=0)


CHANGED: list[tuple[str, dict[str, str], dict[str, str]]] = [
    ("nothing", {}, {}),
    ("as it was", {"type": "payments", "service": "shop", "client": NONE, "priority": NONE}, {}),
    ("another type", {"type": "hardware", "service": "shop"}, {"type": "hardware"}),
    ("taken away", {"service": NONE}, {"service": ""}),
    ("cleared", {"service": ""}, {"service": ""}),
    ("set", {"client": "acme", "priority": "p1"}, {"client": "acme", "priority": "p1"}),
    ("no fact", {"reason": "Just so", "title": "Ha"}, {}),
]


@pytest.mark.parametrize(
    ("typed", "different"), [one[1:] for one in CHANGED], ids=[one[0] for one in CHANGED]
)
def test_only_what_was_changed_in_the_form_is_wanted(
    typed: dict[str, str], different: dict[str, str]
) -> None:
    known = {"was_type": "payments", "was_service": "shop"}
    assert wanted(typed, known) == different


def test_what_the_form_shows_and_sends_back_is_no_change() -> None:
    for one in (PLAIN, by_hand()):
        view = change_form(one, MATRIX, CHANGEABLE, metadata("n-1", **drawn(one)))
        assert wanted(chosen(view), read_metadata(view["private_metadata"])) == {}


def test_every_entry_of_the_menu_opens_something() -> None:
    assert [(verb.word, verb.label) for verb in in_menu()] == list(menu.ENTRIES.items())
    assert set(menu.ENTRIES) <= set(OPENS)
    assert len(menu.ENTRIES) <= 5, "Slack shows no more"


def test_an_entry_carries_its_word_and_what_its_reader_saw() -> None:
    options = menu.issue_menu(PLAIN)["options"]
    read = [menu.read_entry(one["value"]) for one in options]
    assert [word for word, _ in read] == list(menu.ENTRIES)
    assert {ids.load_carried(carried) for _, carried in read} == {ids.carried(PLAIN)}

"""Pages for clients in Slack: whatever they are called, Slack takes the view, and no name becomes a mention."""

from typing import Any

import pytest

from bot.adapters.slack import values
from bot.usecases.client_pages import MOST_PAGES
from tests.unit.slack.blocks.gallery_client_pages import given, listed, some
from tests.unit.slack.blocks.test_hostile import HOSTILE
from tests.unit.slack.second_opinion import objections


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_only_names(name: str) -> None:
    assert objections(listed(given(name[:75], 1, *[name[:100]] * 9))) == []


@pytest.mark.parametrize(("pages", "cut"), [(MOST_PAGES, False), (97, True), (300, True)])
def test_a_long_list_ends_with_a_hint(pages: int, cut: bool) -> None:
    view = listed(*(given(f"Client {n}", n, "Zoë") for n in range(1, pages + 1)))
    assert objections(view) == []
    assert ("There are more" in str(view["blocks"][-1])) is cut


def buttons(view: dict[str, Any]) -> list[values.ClientPageOf | None]:
    """What each button carries."""
    found = (block["accessory"] for block in view["blocks"] if "accessory" in block)
    return [values.load_client_page(one["value"]) for one in found]


def test_a_button_knows_its_page_and_its_list() -> None:
    assert buttons(listed(*some()[:2])) == [
        values.ClientPageOf(7, "Payments"),
        values.ClientPageOf(5, "Payments"),
    ]
    assert buttons(listed(*some()[:1], all_=True)) == [values.ClientPageOf(7, "")]


@pytest.mark.parametrize("path", ["", "Customer care", "a|b|c", "7|8"])
def test_what_a_button_carries_comes_back(path: str) -> None:
    assert values.load_client_page(values.ClientPageOf(7, path).dump()) == values.ClientPageOf(7, path)


@pytest.mark.parametrize("value", ["", "7", "v1|", "v1|7", "v1||x", "v2|7|x", "v1|-7|x", "v1|x|7", "v1|0|x"])
def test_other_values_are_none_of_ours(value: str) -> None:
    assert values.load_client_page(value) is None

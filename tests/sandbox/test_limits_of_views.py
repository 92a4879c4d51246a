"""Every limit of modals and Home tabs: at the limit it is accepted, one beyond is refused where it is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.limits.surfaces import check_view
from tests.sandbox.blocks import (
    actions,
    button,
    data_table,
    field,
    home,
    modal,
    mrkdwn,
    pair,
    plain,
    rows,
    section,
    text_input,
)

IN_VIEWS: dict[str, tuple[Any, Any, str]] = {
    "title 24": (*pair(lambda t: modal(title=plain(t)), 24), "/title/text"),
    "title plain": (modal(), modal(title=mrkdwn()), "/title/type"),
    "title needed": (modal(), modal(title=None), ""),
    "submit 24": (*pair(lambda t: modal(submit=plain(t)), 24), "/submit/text"),
    "close 24": (*pair(lambda t: modal(close=plain(t)), 24), "/close/text"),
    "metadata 3000": (*pair(lambda t: modal(private_metadata=t), 3000), "/private_metadata"),
    "callback_id 255": (*pair(lambda t: modal(callback_id=t), 255), "/callback_id"),
    "external_id 255": (*pair(lambda t: modal(external_id=t), 255), "/external_id"),
    "submit with input": (modal(field()), modal(field(), submit=None), ""),
    "blocks 100": (modal(*[section()] * 100), modal(*[section()] * 101), "/blocks"),
    "blocks needed": (modal(), {"type": "modal", "title": plain()}, ""),
    "block_id unique": (
        modal(section()),
        modal(section(block_id="b"), section(block_id="b")),
        "/blocks/1/block_id",
    ),
    "label 2000": (*pair(lambda t: modal(field(label=plain(t))), 2000), "/blocks/0/label/text"),
    "label plain": (modal(field()), modal(field(label=mrkdwn())), "/blocks/0/label/type"),
    "hint 2000": (*pair(lambda t: modal(field(hint=plain(t))), 2000), "/blocks/0/hint/text"),
    "max_length 3000": (
        modal(field(text_input(max_length=3000))),
        modal(field(text_input(max_length=3001))),
        "/blocks/0/element/max_length",
    ),
    "min below max": (
        modal(field(text_input(min_length=1, max_length=2))),
        modal(field(text_input(min_length=3, max_length=2))),
        "/blocks/0/element",
    ),
    "rich lines 100": (
        modal(field({"type": "rich_text_input", "action_id": "a", "max_lines": 100})),
        modal(field({"type": "rich_text_input", "action_id": "a", "max_lines": 101})),
        "/blocks/0/element/max_lines",
    ),
    "file_input 10": (
        modal(field({"type": "file_input", "action_id": "a", "max_files": 10})),
        modal(field({"type": "file_input", "action_id": "a", "max_files": 11})),
        "/blocks/0/element/max_files",
    ),
    "number decimals said": (
        modal(field({"type": "number_input", "action_id": "a", "is_decimal_allowed": False})),
        modal(field({"type": "number_input", "action_id": "a"})),
        "/blocks/0/element",
    ),
    "no button as input": (modal(field()), modal(field(button())), "/blocks/0/element/type"),
    "one focus": (
        modal(field(text_input(focus_on_load=True))),
        modal(*[field(text_input(focus_on_load=True))] * 2),
        "/blocks",
    ),
    "alert 200": (*pair(lambda t: modal({"type": "alert", "text": plain(t)}), 200), "/blocks/0/text/text"),
    "no table": (modal(), modal({"type": "table", "rows": rows(1)}), "/blocks/0/type"),
    "no markdown": (modal(), modal({"type": "markdown", "text": "x"}), "/blocks/0/type"),
    "no container": (modal(), modal({"type": "container", "child_blocks": [section()]}), "/blocks/0/type"),
    "no data_table": (modal(), modal(data_table(2)), "/blocks/0/type"),
}
IN_HOMES: dict[str, tuple[Any, Any, str]] = {
    "no title": (home(), home(title=plain()), ""),
    "no submit": (home(), home(submit=plain()), ""),
    "blocks 100": (home(*[section()] * 100), home(*[section()] * 101), "/blocks"),
    "no alert": (home(), home({"type": "alert", "text": plain()}), "/blocks/0/type"),
    "tables": (
        home({"type": "table", "rows": rows(1)}),
        home({"type": "table", "rows": rows(101)}),
        "/blocks/0/rows",
    ),
    "no file input": (
        home(field()),
        home(field({"type": "file_input", "action_id": "a"})),
        "/blocks/0/element/type",
    ),
    "no response urls": (
        home(actions({"type": "conversations_select", "action_id": "a"})),
        home(actions({"type": "conversations_select", "action_id": "a", "response_url_enabled": True})),
        "/blocks/0/elements/0/response_url_enabled",
    ),
}


@pytest.mark.parametrize("name", IN_VIEWS)
def test_limits_of_modals(name: str) -> None:
    fits, exceeds, pointer = IN_VIEWS[name]
    assert check_view(fits, "modal") == []
    assert f"/view{pointer}" in [problem.pointer for problem in check_view(exceeds, "modal")]


@pytest.mark.parametrize("name", IN_HOMES)
def test_limits_of_homes(name: str) -> None:
    fits, exceeds, pointer = IN_HOMES[name]
    assert check_view(fits, "home") == []
    assert f"/view{pointer}" in [problem.pointer for problem in check_view(exceeds, "home")]


def test_a_modal_is_no_home_view() -> None:
    assert check_view(modal(), "home")
    assert check_view(home(), "modal")

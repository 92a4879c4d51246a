"""The validator of the pictures finds what it is for."""

from typing import Any

import pytest

from bot.adapters.slack.blocks.elements import actions, button, context, header, overflow, section
from bot.adapters.slack.drawing import Drawing
from tests.unit.slack.limits_check import drawing_problems, view_problems

Json = dict[str, Any]


def raw(text: str, **more: Any) -> Json:
    """A section nobody made safe."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True, **more}}


@pytest.mark.parametrize(
    ("block", "found"),
    [
        (raw("hello <!channel>"), "angle brackets"),
        (raw("see <http://evil.example|bank>"), "angle brackets"),
        (raw("by <@U1"), "angle brackets"),
        (raw("salt & pepper"), "ampersand"),
        (raw("cut &am"), "ampersand"),
        (raw("x" * 3001), "at most 3000"),
        (raw(""), "at most 3000"),
        (raw("\u202eevil"), "nobody can see"),
        (raw("www.example.com", verbatim=False), "search for links"),
        ({"type": "header", "text": {"type": "mrkdwn", "text": "*x*"}}, "not plain_text"),
        ({"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}, "1 to 150"),
        ({"type": "actions", "elements": [button("Go", "a"), button("Go", "a")]}, "action_id twice"),
        ({"type": "actions", "elements": [button("Go", "a", "v" * 2001)]}, "button value"),
        ({"type": "actions", "elements": [overflow("a", [("Go", "v" * 76)])]}, "entry value"),
        ({"type": "actions", "elements": [overflow("a", [("Go", "v"), ("Stay", "v")])]}, "an entry twice"),
        ({"type": "actions", "elements": [overflow("a", [])]}, "how many entries"),
        ({"type": "context", "elements": []}, "0 elements"),
        ({"type": "section"}, "neither text nor fields"),
        (
            {"type": "input", "label": {"type": "plain_text", "text": "x"}, "element": button("Go", "a")},
            "input in",
        ),
        ({"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}, "empty part"),
    ],
)
def test_a_bad_block_is_found(block: Json, found: str) -> None:
    problems = drawing_problems(Drawing("text", [block], live=False))
    assert any(found in one for one in problems), problems


def test_our_own_notation_is_welcome() -> None:
    text = "<@U1> in <#C1> at <!date^1772452800^{time}|12:00 UTC> &amp; so on"
    blocks = [header("ISS-1"), section(text), context(text), *actions([button("Go", "a", "v")])]
    assert drawing_problems(Drawing(text, blocks, live=True)) == []


def test_a_message_has_a_text_and_at_most_fifty_blocks() -> None:
    assert drawing_problems(Drawing(" ", [section("x")] * 51, live=False)) == [
        "text: nothing for notifications and screen readers",
        "51 blocks",
    ]


def test_a_form_needs_submit_and_unique_names() -> None:
    field = {
        "type": "input",
        "block_id": "a",
        "label": {"type": "plain_text", "text": "x"},
        "element": {"type": "plain_text_input", "action_id": "a", "max_length": 3000, "multiline": False},
    }
    view = {"type": "modal", "title": {"type": "plain_text", "text": "x" * 25}, "blocks": [field, field]}
    assert view_problems(view) == [
        "block_id a twice",
        "title: 25 characters, 1 to 24",
        "a modal with inputs needs submit",
    ]

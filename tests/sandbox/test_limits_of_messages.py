"""Every limit of Block Kit in messages: at the limit it is accepted, one beyond is refused where it is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.limits.surfaces import check_message
from tests.sandbox.blocks import (
    actions,
    button,
    buttons,
    card,
    confirm,
    data_table,
    icon,
    image,
    lines,
    mrkdwn,
    option,
    pair,
    pie,
    plain,
    rows,
    section,
    select,
    task,
    text_input,
)

IN_MESSAGES: dict[str, tuple[Any, Any, str]] = {
    "section text 3000": (*pair(lambda t: section(text=mrkdwn(t)), 3000), "/0/text/text"),
    "section field 2000": (*pair(lambda t: section(fields=[mrkdwn(t)]), 2000), "/0/fields/0/text"),
    "section fields 10": (section(fields=[mrkdwn()] * 10), section(fields=[mrkdwn()] * 11), "/0/fields"),
    "section needs text": (section(), {"type": "section"}, "/0"),
    "text not empty": (section(), section(text=mrkdwn("")), "/0/text/text"),
    "header 150": (*pair(lambda t: {"type": "header", "text": plain(t)}, 150), "/0/text/text"),
    "header plain": (
        {"type": "header", "text": plain()},
        {"type": "header", "text": mrkdwn()},
        "/0/text/type",
    ),
    "context elements 10": (
        {"type": "context", "elements": [mrkdwn()] * 10},
        {"type": "context", "elements": [mrkdwn()] * 11},
        "/0/elements",
    ),
    "context holds no buttons": (
        {"type": "context", "elements": [mrkdwn()]},
        {"type": "context", "elements": [button()]},
        "/0/elements/0/type",
    ),
    "actions elements 25": (actions(*buttons(25)), actions(*buttons(26)), "/0/elements"),
    "actions not empty": (actions(button()), actions(), "/0/elements"),
    "actions hold no inputs": (actions(button()), actions(text_input()), "/0/elements/0/type"),
    "actions hold no multi selects": (
        actions(select()),
        actions(select(type="multi_static_select")),
        "/0/elements/0/type",
    ),
    "context_actions 5": (
        {"type": "context_actions", "elements": [icon(n) for n in range(5)]},
        {"type": "context_actions", "elements": [icon(n) for n in range(6)]},
        "/0/elements",
    ),
    "image url 3000": (image(), image(image_url="https://e.x/" + "x" * 3000), "/0/image_url"),
    "image alt 2000": (*pair(lambda t: image(alt_text=t), 2000), "/0/alt_text"),
    "image alt needed": (image(), {"type": "image", "image_url": "https://example.com/x.png"}, "/0"),
    "image title 2000": (*pair(lambda t: image(title=plain(t)), 2000), "/0/title/text"),
    "image one source": (image(), image(slack_file={"id": "F1"}), "/0"),
    "button text 75": (*pair(lambda t: actions(button(text=plain(t))), 75), "/0/elements/0/text/text"),
    "button text plain": (actions(button()), actions(button(text=mrkdwn())), "/0/elements/0/text/type"),
    "button value 2000": (*pair(lambda t: actions(button(value=t)), 2000), "/0/elements/0/value"),
    "button url 3000": (
        actions(button(url="https://e.x/")),
        actions(button(url="https://e.x/" + "x" * 3000)),
        "/0/elements/0/url",
    ),
    "button url is one": (actions(button()), actions(button(url="nonsense")), "/0/elements/0/url"),
    "button style": (
        actions(button(style="danger")),
        actions(button(style="warning")),
        "/0/elements/0/style",
    ),
    "button label 75": (
        *pair(lambda t: actions(button(accessibility_label=t)), 75),
        "/0/elements/0/accessibility_label",
    ),
    "button prompt 4000": (
        *pair(lambda t: actions(button(agent_prompt=t)), 4000),
        "/0/elements/0/agent_prompt",
    ),
    "confirm title 100": (
        *pair(lambda t: actions(button(confirm=confirm(title=plain(t)))), 100),
        "/0/elements/0/confirm/title/text",
    ),
    "confirm text 300": (
        *pair(lambda t: actions(button(confirm=confirm(text=plain(t)))), 300),
        "/0/elements/0/confirm/text/text",
    ),
    "confirm yes 30": (
        *pair(lambda t: actions(button(confirm=confirm(confirm=plain(t)))), 30),
        "/0/elements/0/confirm/confirm/text",
    ),
    "confirm no 30": (
        *pair(lambda t: actions(button(confirm=confirm(deny=plain(t)))), 30),
        "/0/elements/0/confirm/deny/text",
    ),
    "option text 75": (
        *pair(lambda t: actions(select(options=[option(text=plain(t))])), 75),
        "/0/elements/0/options/0/text/text",
    ),
    "option text plain": (
        actions(select()),
        actions(select(options=[option(text=mrkdwn())])),
        "/0/elements/0/options/0/text/type",
    ),
    "option description 75": (
        *pair(lambda t: actions(select(options=[option(description=plain(t))])), 75),
        "/0/elements/0/options/0/description/text",
    ),
    "option value 150": (
        *pair(lambda t: actions(select(options=[option(value=t)])), 150),
        "/0/elements/0/options/0/value",
    ),
    "option url only in overflow": (
        actions({"type": "overflow", "action_id": "a", "options": [option(url="https://e.x/")]}),
        actions(select(options=[option(url="https://e.x/")])),
        "/0/elements/0/options/0",
    ),
    "select options 100": (
        actions(select(options=[option()] * 100)),
        actions(select(options=[option()] * 101)),
        "/0/elements/0/options",
    ),
    "select options not empty": (actions(select()), actions(select(options=[])), "/0/elements/0/options"),
    "group label 75": (
        *pair(
            lambda t: actions(
                {
                    "type": "static_select",
                    "action_id": "a",
                    "option_groups": [{"label": plain(t), "options": [option()]}],
                }
            ),
            75,
        ),
        "/0/elements/0/option_groups/0/label/text",
    ),
    "options or groups": (
        actions(select()),
        actions(select(option_groups=[{"label": plain(), "options": [option()]}])),
        "/0/elements/0",
    ),
    "initial option is offered": (
        actions(select(initial_option=option())),
        actions(select(initial_option=option(value="w"))),
        "/0/elements/0",
    ),
    "overflow 5": (
        actions({"type": "overflow", "action_id": "a", "options": [option()] * 5}),
        actions({"type": "overflow", "action_id": "a", "options": [option()] * 6}),
        "/0/elements/0/options",
    ),
    "checkboxes 10": (
        actions({"type": "checkboxes", "action_id": "a", "options": [option(text=mrkdwn())] * 10}),
        actions({"type": "checkboxes", "action_id": "a", "options": [option()] * 11}),
        "/0/elements/0/options",
    ),
    "radio 10": (
        actions({"type": "radio_buttons", "action_id": "a", "options": [option()] * 10}),
        actions({"type": "radio_buttons", "action_id": "a", "options": [option()] * 11}),
        "/0/elements/0/options",
    ),
    "placeholder 150": (
        *pair(lambda t: actions(select(placeholder=plain(t))), 150),
        "/0/elements/0/placeholder/text",
    ),
    "action_id 255": (*pair(lambda t: actions(button(action_id=t)), 255), "/0/elements/0/action_id"),
    "block_id 255": (*pair(lambda t: section(block_id=t), 255), "/0/block_id"),
    "action_id unique in block": (actions(*buttons(2)), actions(button(), button()), "/0"),
    "unknown property": (section(), section(colour="red"), "/0"),
    "unknown type": (section(), {"type": "marquee"}, "/0/type"),
    "not an object": (section(), "section", "/0"),
    "markdown 12000": (*pair(lambda t: {"type": "markdown", "text": t}, 12_000), "/0/text"),
    "video title 200": (
        *pair(
            lambda t: {
                "type": "video",
                "alt_text": "x",
                "title": plain(t),
                "thumbnail_url": "https://e.x/",
                "video_url": "https://e.x/",
            },
            200,
        ),
        "/0/title/text",
    ),
    "table rows 100": ({"type": "table", "rows": rows(100)}, {"type": "table", "rows": rows(101)}, "/0/rows"),
    "table columns 20": (
        {"type": "table", "rows": rows(1, 20)},
        {"type": "table", "rows": rows(1, 21)},
        "/0/rows/0",
    ),
    "table cell not empty": (
        {"type": "table", "rows": rows(1)},
        {"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]},
        "/0/rows/0/0/text",
    ),
    "data_table rows 101": (data_table(101), data_table(102), "/0/rows"),
    "data_table needs a row": (data_table(2), data_table(1), "/0/rows"),
    "data_table columns 20": (data_table(2, 20), data_table(2, 21), "/0/rows/0"),
    "data_table page 100": (data_table(2, page_size=100), data_table(2, page_size=101), "/0/page_size"),
    "data_table caption": (data_table(2), data_table(2, caption=None), "/0"),
    "data_table characters": (
        data_table(2),
        {**data_table(2), "rows": [[{"type": "raw_text", "text": "x" * 2900}] * 4] * 2},
        "/0/rows",
    ),
    "pie segments 12": (pie(12), pie(13), "/0/chart/segments"),
    "chart title 50": (*pair(lambda t: pie(1, title=t), 50), "/0/title"),
    "chart series 6": (lines(6), lines(7), "/0/chart/series"),
    "card title 150": (*pair(lambda t: card(title=plain(t)), 150), "/0/title/text"),
    "card body 200": (*pair(lambda t: card(body=plain(t)), 200), "/0/body/text"),
    "card actions 3": (card(actions=buttons(3)), card(actions=buttons(4)), "/0/actions"),
    "carousel 10": (
        {"type": "carousel", "elements": [card()] * 10},
        {"type": "carousel", "elements": [card()] * 11},
        "/0/elements",
    ),
    "container 10": (
        {"type": "container", "child_blocks": [section()] * 10},
        {"type": "container", "child_blocks": [section()] * 11},
        "/0/child_blocks",
    ),
    "plan tasks 50": (
        {"type": "plan", "title": "x", "tasks": [task(n) for n in range(50)]},
        {"type": "plan", "title": "x", "tasks": [task(n) for n in range(51)]},
        "/0/tasks",
    ),
    "rich text leaf": (
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
        },
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}],
        },
        "/0/elements/0/elements/0/text",
    ),
    "alert only in modals": (section(), {"type": "alert", "text": plain()}, "/0/type"),
}


@pytest.mark.parametrize("name", IN_MESSAGES)
def test_limits_of_messages(name: str) -> None:
    fits, exceeds, pointer = IN_MESSAGES[name]
    assert check_message([fits]) == []
    assert f"/blocks{pointer}" in [problem.pointer for problem in check_message([exceeds])]


WHOLE_MESSAGES = {
    "50 blocks": ([section()] * 50, [section()] * 51),
    "one table": ([{"type": "table", "rows": rows(1)}], [{"type": "table", "rows": rows(1)}] * 2),
    "two charts": ([pie(1)] * 2, [pie(1)] * 3),
    "markdown together": (
        [{"type": "markdown", "text": "x" * 6000}] * 2,
        [{"type": "markdown", "text": "x" * 6001}] * 2,
    ),
    "block_ids": ([section(block_id="a"), section(block_id="b")], [section(block_id="a")] * 2),
}


@pytest.mark.parametrize("name", WHOLE_MESSAGES)
def test_limits_of_whole_messages(name: str) -> None:
    fits, exceeds = WHOLE_MESSAGES[name]
    assert check_message(fits) == []
    assert check_message(exceeds)


def test_characters_are_counted_as_the_larger_of_both_ways() -> None:
    assert check_message([section(text=mrkdwn("\N{FIRE}" * 1500))]) == []
    assert check_message([section(text=mrkdwn("\N{FIRE}" * 1501))])

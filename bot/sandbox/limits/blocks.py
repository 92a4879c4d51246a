"""Blocks: every type, its fields, its limits and the surfaces it may stand on."""

from __future__ import annotations

from collections.abc import Mapping

from bot.sandbox.limits.checks import (
    MRKDWN,
    PLAIN,
    SURFACES,
    Check,
    Spec,
    anything,
    at_least_one,
    boolean,
    exactly_one,
    many,
    one_of,
    plain,
    string,
    text,
    typed,
    url,
)
from bot.sandbox.limits.elements import ELEMENTS, IMAGE, SLACK_FILE
from bot.sandbox.limits.rich import RICH_TEXT
from bot.sandbox.limits.tables import DATA_TABLE, DATA_VISUALIZATION, TABLE

MESSAGE = frozenset({"message"})
MODAL = frozenset({"modal"})
NOT_MODAL = SURFACES - MODAL
BASE: dict[str, Check] = {"type": anything, "block_id": string(255)}

SELECTS = frozenset(f"{kind}_select" for kind in ("static", "external", "users", "conversations", "channels"))
MULTI_SELECTS = frozenset(f"multi_{kind}" for kind in SELECTS)
PICKERS = frozenset({"datepicker", "timepicker", "checkboxes", "radio_buttons"})
IN_SECTION = SELECTS | MULTI_SELECTS | PICKERS | {"button", "image", "overflow", "workflow_button"}
IN_ACTIONS = (
    SELECTS | PICKERS | {"button", "overflow", "datetimepicker", "rich_text_input", "workflow_button"}
)
TEXT_INPUTS = frozenset(
    {
        "plain_text_input",
        "rich_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "file_input",
    }
)
IN_INPUT = SELECTS | MULTI_SELECTS | PICKERS | TEXT_INPUTS | {"datetimepicker"}
CONTEXT_TEXT = {
    PLAIN: Spec({"type": anything, "text": string(3000), "emoji": boolean}, ("text",)),
    MRKDWN: Spec({"type": anything, "text": string(3000), "verbatim": boolean}, ("text",)),
}

CARD = Spec(
    {
        **BASE,
        "hero_image": IMAGE,
        "icon": IMAGE,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "actions": many(typed(ELEMENTS, frozenset({"button"})), 3),
    },
    rules=(at_least_one("hero_image", "title", "actions", "body"),),
)
TASK_CARD = Spec(
    {
        **BASE,
        "task_id": string(255),
        "title": string(3000),
        "details": RICH_TEXT,
        "output": RICH_TEXT,
        "sources": many(
            Spec({"type": one_of("url"), "url": url(), "text": string(3000)}, ("url", "text")), 100
        ),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    ("task_id", "title", "status"),
    surfaces=MESSAGE,
)
CLASSIC: Mapping[str, Spec] = {
    "section": Spec(
        {
            **BASE,
            "text": text(3000),
            "fields": many(text(2000), 10),
            "accessory": typed(ELEMENTS, IN_SECTION),
            "expand": boolean,
        },
        rules=(at_least_one("text", "fields"),),
    ),
    "divider": Spec(BASE),
    "header": Spec({**BASE, "text": plain(150)}, ("text",)),
    "context": Spec({**BASE, "elements": many(typed({**CONTEXT_TEXT, "image": IMAGE}), 10)}, ("elements",)),
    "actions": Spec({**BASE, "elements": many(typed(ELEMENTS, IN_ACTIONS), 25)}, ("elements",)),
    "input": Spec(
        {
            **BASE,
            "label": plain(2000),
            "hint": plain(2000),
            "element": typed(ELEMENTS, IN_INPUT),
            "dispatch_action": boolean,
            "optional": boolean,
        },
        ("label", "element"),
    ),
    "image": Spec(
        {
            **BASE,
            "image_url": url(),
            "slack_file": SLACK_FILE,
            "alt_text": string(2000),
            "title": plain(2000),
        },
        ("alt_text",),
        rules=(exactly_one("image_url", "slack_file"),),
    ),
    "rich_text": RICH_TEXT,
    "video": Spec(
        {
            **BASE,
            "alt_text": string(2000),
            "video_url": url(),
            "thumbnail_url": url(),
            "title": plain(200),
            "title_url": url(),
            "description": plain(200),
            "provider_icon_url": url(),
            "provider_name": string(50),
            "author_name": string(50),
        },
        ("alt_text", "title", "thumbnail_url", "video_url"),
    ),
}
NEWER: Mapping[str, Spec] = {
    "markdown": Spec({**BASE, "text": string(12_000)}, ("text",), surfaces=MESSAGE),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "context_actions": Spec(
        {**BASE, "elements": many(typed(ELEMENTS, frozenset({"feedback_buttons", "icon_button"})), 5)},
        ("elements",),
        surfaces=MESSAGE,
    ),
    "alert": Spec(
        {**BASE, "text": text(200), "level": one_of("default", "info", "warning", "error", "success")},
        ("text",),
        surfaces=MODAL,
    ),
    "card": CARD,
    "carousel": Spec(
        {**BASE, "elements": many(typed({"card": CARD}), 10)}, ("elements",), surfaces=NOT_MODAL
    ),
    "task_card": TASK_CARD,
    "plan": Spec(
        {**BASE, "title": string(3000), "tasks": many(typed({"task_card": TASK_CARD}), 50)},
        ("title",),
        surfaces=MESSAGE,
    ),
}
IN_CONTAINER: Mapping[str, Spec] = {**CLASSIC, "table": TABLE}
CONTAINER = Spec(
    {
        **BASE,
        "child_blocks": many(typed(IN_CONTAINER), 10),
        "title": plain(150),
        "rich_text_title": RICH_TEXT,
        "subtitle": text(150),
        "width": one_of("narrow", "standard", "wide", "full"),
        "icon": IMAGE,
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    },
    ("child_blocks",),
    surfaces=MESSAGE,
)
BLOCKS: Mapping[str, Spec] = {**CLASSIC, **NEWER, "container": CONTAINER}

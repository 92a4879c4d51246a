"""Block elements and composition objects: every field Slack knows, and its limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.limits.checks import (
    MRKDWN,
    PLAIN,
    Check,
    Problem,
    Spec,
    Where,
    anything,
    at_least_one,
    boolean,
    exactly_one,
    integer,
    many,
    one_of,
    plain,
    string,
    text,
    url,
)
from bot.sandbox.limits.rich import RICH_TEXT

ID = string(255)
USER_ID = string(255)
BASE: dict[str, Check] = {"type": anything, "action_id": ID}
FOCUS: dict[str, Check] = {"focus_on_load": boolean}
PLACEHOLDER: dict[str, Check] = {"placeholder": plain(150)}
MODAL = frozenset({"modal"})

CONFIRM = Spec(
    {
        "title": plain(100),
        "text": text(300),
        "confirm": plain(30),
        "deny": plain(30),
        "style": one_of("primary", "danger"),
    },
    ("title", "text", "confirm", "deny"),
)
CONFIRMED: dict[str, Check] = {"confirm": CONFIRM}
DISPATCH = Spec({"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 2)})


def option(kinds: tuple[str, ...], with_url: bool = False) -> Spec:
    fields: dict[str, Check] = {"text": text(75, kinds), "value": string(150), "description": text(75, kinds)}
    return Spec(fields | ({"url": url()} if with_url else {}), ("text", "value"))


OPTION = option((PLAIN,))
CHOICE = option((PLAIN, MRKDWN))
GROUP = Spec({"label": plain(75), "options": many(OPTION, 100)}, ("label", "options"))
FILTER = Spec(
    {
        "include": many(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    rules=(at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)
SLACK_FILE = Spec({"id": string(255), "url": url()}, rules=(exactly_one("id", "url"),))


def offered(value: Mapping[str, Any], where: Where) -> Iterator[Problem]:
    """What is chosen from the start must be among the options, to the letter."""
    groups = value.get("option_groups") or [{"options": value.get("options") or []}]
    options = [one for group in groups if isinstance(group, dict) for one in group.get("options") or []]
    chosen = value.get("initial_options") or (
        [value["initial_option"]] if value.get("initial_option") else []
    )
    for one in chosen if isinstance(chosen, list) else []:
        if one not in options:
            yield where.says("initial options must match the options offered exactly")


def only_in_modals(*names: str) -> Any:
    def rule(value: Mapping[str, Any], where: Where) -> Iterator[Problem]:
        for name in names:
            if value.get(name) and where.surface != "modal":
                yield where.at(name).says(f"{name} is only allowed in a modal")

    return rule


def ordered(low: str, high: str) -> Any:
    def rule(value: Mapping[str, Any], where: Where) -> Iterator[Problem]:
        try:
            if float(value[low]) > float(value[high]):
                yield where.says(f"{low} must not be greater than {high}")
        except (KeyError, TypeError, ValueError):
            return  # one is absent, or another check already speaks of it

    return rule


BUTTON = Spec(
    {
        **BASE,
        **CONFIRMED,
        "text": plain(75),
        "value": string(2000),
        "url": url(),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
        "agent_prompt": string(4000),
        "agent_prompt_display": string(4000),
        "visible_to_user_ids": many(USER_ID, 10),
    },
    ("text",),
)
IMAGE = Spec(
    {"type": anything, "image_url": url(), "alt_text": string(2000), "slack_file": SLACK_FILE},
    ("alt_text",),
    rules=(exactly_one("image_url", "slack_file"),),
)
SELECT: dict[str, Check] = {**BASE, **CONFIRMED, **FOCUS, **PLACEHOLDER}
MULTI: dict[str, Check] = {**SELECT, "max_selected_items": integer(1, 1000)}
OPTIONS: dict[str, Check] = {"options": many(OPTION, 100), "option_groups": many(GROUP, 100)}
ONE_LIST = (exactly_one("options", "option_groups"), offered)
CONVERSATION: dict[str, Check] = {"default_to_current_conversation": boolean, "filter": FILTER}
ANSWERED: dict[str, Check] = {"response_url_enabled": boolean}
INPUT: dict[str, Check] = {**BASE, **FOCUS, **PLACEHOLDER, "dispatch_action_config": DISPATCH}
NUMBER: Check = string(255)


def numeric(value: Any, where: Where) -> Iterator[Problem]:
    try:
        float(value)
    except (TypeError, ValueError):
        yield where.says("must be a number in a string")


def choices(single: bool) -> Spec:
    start: dict[str, Check] = {"initial_option": CHOICE} if single else {"initial_options": many(CHOICE, 10)}
    fields: dict[str, Check] = {**BASE, **CONFIRMED, **FOCUS, "options": many(CHOICE, 10), **start}
    return Spec(fields, ("options",), rules=(offered,))


def picker(name: str, check: Check, *more: str) -> Spec:
    fields: dict[str, Check] = {**BASE, **CONFIRMED, **FOCUS, f"initial_{name}": check}
    return Spec(fields | dict.fromkeys(more, string(150)) | (PLACEHOLDER if name != "date_time" else {}))


ELEMENTS: Mapping[str, Spec] = {
    "button": BUTTON,
    "image": IMAGE,
    "overflow": Spec({**BASE, **CONFIRMED, "options": many(option((PLAIN,), True), 5)}, ("options",)),
    "static_select": Spec({**SELECT, **OPTIONS, "initial_option": OPTION}, rules=ONE_LIST),
    "multi_static_select": Spec({**MULTI, **OPTIONS, "initial_options": many(OPTION, 100)}, rules=ONE_LIST),
    "external_select": Spec({**SELECT, "initial_option": OPTION, "min_query_length": integer(0, 1000)}),
    "multi_external_select": Spec(
        {**MULTI, "initial_options": many(OPTION, 100), "min_query_length": integer(0, 1000)}
    ),
    "users_select": Spec({**SELECT, "initial_user": USER_ID}),
    "multi_users_select": Spec({**MULTI, "initial_users": many(USER_ID, 1000)}),
    "conversations_select": Spec(
        {**SELECT, **CONVERSATION, **ANSWERED, "initial_conversation": ID},
        rules=(only_in_modals("response_url_enabled"),),
    ),
    "multi_conversations_select": Spec({**MULTI, **CONVERSATION, "initial_conversations": many(ID, 1000)}),
    "channels_select": Spec(
        {**SELECT, **ANSWERED, "initial_channel": ID}, rules=(only_in_modals("response_url_enabled"),)
    ),
    "multi_channels_select": Spec({**MULTI, "initial_channels": many(ID, 1000)}),
    "checkboxes": choices(single=False),
    "radio_buttons": choices(single=True),
    "datepicker": picker("date", string(10, 10)),
    "timepicker": picker("time", string(5, 5), "timezone"),
    "datetimepicker": picker("date_time", integer(1_000_000_000, 9_999_999_999)),
    "plain_text_input": Spec(
        {
            **INPUT,
            "initial_value": string(3000, 0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        rules=(ordered("min_length", "max_length"),),
    ),
    "rich_text_input": Spec(
        {**INPUT, "initial_value": RICH_TEXT, "min_lines": integer(1, 100), "max_lines": integer(1, 100)},
        rules=(ordered("min_lines", "max_lines"),),
    ),
    "email_text_input": Spec({**INPUT, "initial_value": string(3000, 0)}),
    "url_text_input": Spec({**INPUT, "initial_value": string(3000, 0)}),
    "number_input": Spec(
        {
            **INPUT,
            "is_decimal_allowed": boolean,
            "initial_value": numeric,
            "min_value": numeric,
            "max_value": numeric,
        },
        ("is_decimal_allowed",),
        rules=(ordered("min_value", "max_value"),),
    ),
    "file_input": Spec(
        {**BASE, "filetypes": many(string(255), 100), "max_files": integer(1, 10)}, surfaces=MODAL
    ),
    "icon_button": Spec(
        {
            **BASE,
            **CONFIRMED,
            "icon": one_of("trash"),
            "text": plain(75),
            "value": string(2000),
            "accessibility_label": string(75),
            "visible_to_user_ids": many(USER_ID, 10),
        },
        ("icon", "text"),
    ),
    "feedback_buttons": Spec(
        {**BASE, "positive_button": anything, "negative_button": anything},
        ("positive_button", "negative_button"),
    ),
    "workflow_button": Spec(
        {
            **BASE,
            "text": plain(75),
            "workflow": anything,
            "style": one_of("primary", "danger"),
            "accessibility_label": string(75),
        },
        ("text", "workflow"),
    ),
}

"""How each block element holds a value: in view state, in an action, and as the plain value people give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.errors import ModalRefused

Json = dict[str, Any]
Lookup = Callable[[str], str]

FIELD = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
"""Where an element type keeps its value. Buttons are not here: they hold none."""

STATELESS = {"button", "overflow", "workflow_button", "icon_button", "feedback_buttons", "image"}
INITIAL = {
    "value": "initial_value",
    "rich_text_value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
}
MANY = {"selected_options", "selected_users", "selected_conversations", "selected_channels", "files"}


def initial_state(element: Mapping[str, Any]) -> Json:
    """The state an element has before anyone touches it."""
    kind = str(element["type"])
    key = FIELD[kind]
    empty: Any = [] if key in MANY else None
    held = element.get(INITIAL.get(key, ""), empty)
    return {"type": kind, key: held}


def filled(element: Mapping[str, Any], value: Any, lookup: Lookup, name: str) -> Json:
    """The state after a person chose `value`: text, option value, user or channel, or a list of those.

    Raises ModalRefused if the element does not offer it.
    """
    kind = str(element["type"])
    key = FIELD[kind]
    if value is None:
        return {"type": kind, key: [] if key in MANY else None}
    if key == "selected_option":
        return {"type": kind, key: option_of(element, value, name)}
    if key == "selected_options":
        return {"type": kind, key: [option_of(element, one, name) for one in value]}
    if key in {"selected_user", "selected_conversation", "selected_channel"}:
        return {"type": kind, key: lookup(str(value))}
    if key in {"selected_users", "selected_conversations", "selected_channels"}:
        return {"type": kind, key: [lookup(str(one)) for one in value]}
    if key == "rich_text_value" and isinstance(value, str):
        return {"type": kind, key: rich_text(value)}
    if key == "value":
        return {"type": kind, key: str(value)}
    return {"type": kind, key: value}


def rich_text(text: str) -> Json:
    """What Slack's editor makes of plain typing."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def option_of(element: Mapping[str, Any], value: Any, name: str) -> Json:
    """The option of `element` with this value; a select fed by the app takes what it is given."""
    groups = element.get("option_groups") or [{"options": element.get("options") or []}]
    offered = [option for group in groups for option in group["options"]]
    for option in offered:
        if value in (option.get("value"), option):
            return dict(option)
    if str(element["type"]).endswith("external_select") and isinstance(value, dict):
        return value
    raise ModalRefused(name, f"offers no {value!r}, only {[option.get('value') for option in offered]}")


def plain_value(held: Mapping[str, Any]) -> Any:
    """The plain form of a state entry: text, option value, id, or a list of those."""
    key = FIELD[str(held["type"])]
    value = held.get(key)
    if key == "selected_option":
        return value["value"] if value else None
    if key == "selected_options":
        return [option["value"] for option in value or ()]
    return value


def is_empty(held: Mapping[str, Any]) -> bool:
    value = held.get(FIELD[str(held["type"])])
    return value is None or value == "" or value == []

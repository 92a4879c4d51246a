"""Filling in a modal the way Slack's client lets people: it sends nothing that is empty, too long or malformed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.sandbox.elements import FIELD, STATELESS, filled, is_empty
from bot.sandbox.errors import ModalRefused, NotPossible
from bot.sandbox.model import Json, View
from bot.sandbox.readable import interactive
from bot.sandbox.view_state import with_value
from bot.sandbox.workspace import Workspace

Check = Callable[[Json, Any], str | None]
REQUIRED = "Please complete this required field."
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://\S+")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
TIME = re.compile(r"\d{2}:\d{2}")
MOST_FILES = 10


def fill(workspace: Workspace, view: View, values: Mapping[str, Any]) -> View:
    """The view after someone entered `values` (by action_id or block_id). Raises ModalRefused for unknown names."""
    state = view.state
    fields = [(b, e) for b, e in interactive(view.blocks) if e["type"] not in STATELESS]
    for name, value in values.items():
        found = [(b, e) for b, e in fields if name in (e["action_id"], b)]
        if not found:
            known = [e["action_id"] for _, e in fields]
            raise ModalRefused(name, f"the modal has no such field, only {known}")
        block_id, element = found[0]
        entered = filled(element, value, _lookup(workspace, element, name), name)
        state = with_value(state, block_id, element["action_id"], entered)
    return replace(view, state=state)


def _lookup(workspace: Workspace, element: Json, name: str) -> Any:
    def look(what: str) -> str:
        try:
            if "users" in element["type"]:
                return workspace.user(what).id
            return workspace.channel(what).id
        except NotPossible as unknown:
            raise ModalRefused(name, str(unknown)) from None

    return look


def refuse_incomplete(view: View) -> None:
    """Raises ModalRefused for the first input Slack's client would not send."""
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        held = view.state[block["block_id"]][element["action_id"]]
        if is_empty(held):
            if not block.get("optional"):
                raise ModalRefused(element["action_id"], REQUIRED, block["block_id"])
            continue
        reason = _objection(element, held[FIELD[element["type"]]])
        if reason is not None:
            raise ModalRefused(element["action_id"], reason, block["block_id"])


def _objection(element: Json, value: Any) -> str | None:
    """What Slack's client has against a value, or None."""
    kind = element["type"]
    if kind in CHECKS:
        return CHECKS[kind](element, value)
    most = element.get("max_selected_items")
    return f"Choose {most} at most." if most and isinstance(value, list) and len(value) > most else None


def _matching(pattern: re.Pattern[str], reason: str) -> Check:
    return lambda element, value: None if pattern.fullmatch(value) else reason


def _length(element: Json, value: str) -> str | None:
    if "\n" in value and not element.get("multiline"):
        return "This field takes one line."
    if len(value) > element.get("max_length", 3000):
        return f"This field takes {element.get('max_length', 3000)} characters at most."
    if len(value) < element.get("min_length", 0):
        return f"This field needs {element['min_length']} characters at least."
    return None


def _number(element: Json, value: str) -> str | None:
    try:
        number = float(value)
    except ValueError:
        return "Enter a number."
    if not element["is_decimal_allowed"] and not number.is_integer():
        return "Enter a whole number."
    if number < float(element.get("min_value", number)) or number > float(element.get("max_value", number)):
        return "The number is out of range."
    return None


def _files(element: Json, files: list[Json]) -> str | None:
    most = element.get("max_files", MOST_FILES)
    if len(files) > most:
        return f"Choose {most} at most."
    types = [one.lower() for one in element.get("filetypes") or ()]
    wrong = [file["name"] for file in files if types and file["filetype"] not in types]
    return f"{wrong[0]} is none of: {', '.join(types)}." if wrong else None


CHECKS: Mapping[str, Check] = {
    "plain_text_input": _length,
    "number_input": _number,
    "email_text_input": _matching(EMAIL, "Enter a valid email address."),
    "url_text_input": _matching(URL, "Enter a valid URL."),
    "datepicker": _matching(DATE, "Enter a date as YYYY-MM-DD."),
    "timepicker": _matching(TIME, "Enter a time as HH:MM."),
    "file_input": _files,
}

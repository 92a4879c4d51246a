"""What an acknowledgement may carry, by the type of payload it answers. Anything else is illegal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.limits.surfaces import check_message
from bot.sandbox.model import Json, View

MESSAGE_KEYS = frozenset(
    [
        "text",
        "blocks",
        "attachments",
        "response_type",
        "mrkdwn",
        "username",
        "icon_emoji",
        "icon_url",
        "link_names",
        "parse",
        "thread_ts",
        "replace_original",
        "delete_original",
        "unfurl_links",
        "unfurl_media",
        "metadata",
    ]
)
RESPONSE_TYPES = ("ephemeral", "in_channel")
VIEW_ACTIONS: Mapping[str, frozenset[str]] = {
    "errors": frozenset({"response_action", "errors"}),
    "update": frozenset({"response_action", "view"}),
    "push": frozenset({"response_action", "view"}),
    "clear": frozenset({"response_action"}),
}


def illegality(kind: str, body: Any) -> str | None:
    """Why this acknowledgement body is not legal for a payload of `kind`, or None if it is."""
    check = LEGAL.get(kind)
    return None if check is None else check(body)


def nothing(body: Any) -> str | None:
    return None if body in (None, "", {}) else "must have an empty body"


def message_or_nothing(body: Any) -> str | None:
    """A command is answered with nothing, a text, or a message."""
    if body in (None, "", {}) or isinstance(body, str):
        return None
    if not isinstance(body, dict):
        return "must be empty, a text or a message"
    unknown = sorted(set(body) - MESSAGE_KEYS)
    if unknown:
        return f"has no {unknown[0]}"
    if body.get("response_type", "ephemeral") not in RESPONSE_TYPES:
        return "has an unknown response_type"
    return message_problem(body)


def message_problem(body: Json) -> str | None:
    """What is wrong with the message in an acknowledgement or a response_url request."""
    problems = check_message(body.get("blocks") or [])
    if problems:
        return f"invalid_blocks: {problems[0]}"
    if not any(body.get(part) for part in ("text", "blocks", "attachments")):
        return "no_text"
    return None


def view_answer(body: Any) -> str | None:
    """A submission is answered with nothing or one response_action."""
    if body in (None, "", {}):
        return None
    action = str(body.get("response_action")) if isinstance(body, dict) else ""
    if action not in VIEW_ACTIONS:
        return "needs a response_action: errors, update, push or clear"
    unknown = sorted(set(body) - VIEW_ACTIONS[action])
    missing = sorted(VIEW_ACTIONS[action] - set(body))
    if unknown or missing:
        return f"{action} goes with {sorted(VIEW_ACTIONS[action])}, not {sorted(body)}"
    return None


def options_answer(body: Any) -> str | None:
    if isinstance(body, dict) and len(set(body) & {"options", "option_groups"}) == 1 and len(body) == 1:
        (offered,) = body.values()
        if isinstance(offered, list) and len(offered) <= 100:
            return None
    return "must be options or option_groups, 100 at most"


def bad_errors(view: View, errors: Any) -> str | None:
    """Field errors must be non-empty texts under the block_ids of input blocks of the view."""
    if not isinstance(errors, dict) or not errors:
        return "errors must name at least one input block"
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    for block_id, text in errors.items():
        if block_id not in inputs:
            return f"errors names {block_id!r}, which is no input block of the view"
        if not isinstance(text, str) or not text:
            return f"the error of {block_id!r} is not a text"
    return None


LEGAL: Mapping[str, Callable[[Any], str | None]] = {
    "command": message_or_nothing,
    "block_actions": nothing,
    "shortcut": nothing,
    "message_action": nothing,
    "view_closed": nothing,
    "view_submission": view_answer,
    "block_suggestion": options_answer,
}

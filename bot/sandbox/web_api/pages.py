"""Cursors: how Slack hands out long lists in pieces."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.errors import SlackError
from bot.sandbox.web_api.call import Call

T = TypeVar("T")


def page(call: Call, items: Sequence[T], default: int = 100, most: int = 1000) -> tuple[Sequence[T], str]:
    """The piece of `items` the call asks for, and the cursor of the next one ("" at the end).

    Raises invalid_limit and invalid_cursor.
    """
    limit = _limit(call, default, most)
    start = _offset(call)
    rest = start + limit
    return items[start:rest], _cursor(rest) if rest < len(items) else ""


def _limit(call: Call, default: int, most: int) -> int:
    try:
        limit = int(call.text("limit") or default)
    except ValueError:
        raise SlackError("invalid_limit") from None
    if not 0 <= limit <= most:
        raise SlackError("invalid_limit")
    return limit or default


def _cursor(offset: int) -> str:
    return base64.b64encode(f"next:{offset}".encode()).decode()


def _offset(call: Call) -> int:
    cursor = call.text("cursor")
    if not cursor:
        return 0
    try:
        word, _, offset = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word != "next":
            raise SlackError("invalid_cursor")
        return int(offset)
    except (binascii.Error, ValueError):
        raise SlackError("invalid_cursor") from None

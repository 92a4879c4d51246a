"""A notice as Slack takes it: what the drawer hands to the sender."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture. `text` is what notifications and screen readers use, and holds the whole message, escaped.

    `blocks` is Block Kit as Slack takes it (at most 50). `live` is True when its buttons still do something.
    `view` is set for notices that fill a modal or the Home tab, and is the whole view."""

    text: str
    blocks: list[dict[str, Any]]
    live: bool
    view: dict[str, Any] | None = None

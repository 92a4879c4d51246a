"""Rich text: sections, lists, quotes and code, and the leaves in them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.sandbox.limits.checks import (
    Check,
    Spec,
    anything,
    boolean,
    integer,
    many,
    one_of,
    string,
    typed,
    url,
)

STYLE = Spec(dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight", "unlink"), boolean))
LEAF: dict[str, Check] = {"type": anything, "style": STYLE}
MANY = 1000
"""Slack documents no number of leaves; this one is far from any message."""

LEAVES: Mapping[str, Spec] = {
    "text": Spec({**LEAF, "text": string(MANY * 40)}, ("text",)),
    "link": Spec({**LEAF, "url": url(), "text": string(3000), "unsafe": boolean}, ("url",)),
    "user": Spec({**LEAF, "user_id": string(255)}, ("user_id",)),
    "usergroup": Spec({**LEAF, "usergroup_id": string(255)}, ("usergroup_id",)),
    "channel": Spec({**LEAF, "channel_id": string(255)}, ("channel_id",)),
    "broadcast": Spec({**LEAF, "range": one_of("here", "channel", "everyone")}, ("range",)),
    "emoji": Spec({**LEAF, "name": string(255), "unicode": string(255), "url": url()}, ("name",)),
    "color": Spec({**LEAF, "value": string(7, 7)}, ("value",)),
    "date": Spec(
        {
            **LEAF,
            "timestamp": integer(0, 9_999_999_999),
            "format": string(255),
            "url": url(),
            "fallback": string(3000),
        },
        ("timestamp", "format"),
    ),
}
BORDER: dict[str, Check] = {"border": integer(0, 1)}
SECTION = Spec({"type": anything, "elements": many(typed(LEAVES), MANY)}, ("elements",))
CONTAINERS: Mapping[str, Spec] = {
    "rich_text_section": SECTION,
    "rich_text_list": Spec(
        {
            "type": anything,
            "style": one_of("bullet", "ordered"),
            "indent": integer(0, 8),
            "offset": integer(0, 100_000),
            "elements": many(typed({"rich_text_section": SECTION}), MANY),
            **BORDER,
        },
        ("style", "elements"),
    ),
    "rich_text_preformatted": Spec(
        {"type": anything, "elements": many(typed(LEAVES), MANY), "language": string(255), **BORDER},
        ("elements",),
    ),
    "rich_text_quote": Spec(
        {"type": anything, "elements": many(typed(LEAVES), MANY), **BORDER}, ("elements",)
    ),
}
RICH_TEXT = Spec(
    {"type": anything, "block_id": string(255), "elements": many(typed(CONTAINERS), MANY)}, ("elements",)
)

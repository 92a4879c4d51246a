"""What a reader finds in blocks: the texts in order, and the things that can be clicked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

RICH_LEAVES = {
    "user": lambda leaf: f"<@{leaf.get('user_id', '')}>",
    "usergroup": lambda leaf: f"<!subteam^{leaf.get('usergroup_id', '')}>",
    "channel": lambda leaf: f"<#{leaf.get('channel_id', '')}>",
    "broadcast": lambda leaf: f"@{leaf.get('range', '')}",
    "emoji": lambda leaf: f":{leaf.get('name', '')}:",
    "link": lambda leaf: str(leaf.get("text") or leaf.get("url", "")),
    "text": lambda leaf: str(leaf.get("text", "")),
    "date": lambda leaf: str(leaf.get("fallback", "")),
}
RICH_CONTAINERS = {"rich_text_section", "rich_text_preformatted", "rich_text_quote"}
CHILDREN = (
    "title",
    "subtitle",
    "label",
    "text",
    "body",
    "description",
    "caption",
    "fields",
    "elements",
    "element",
    "accessory",
    "rows",
    "blocks",
    "child_blocks",
    "cards",
    "actions",
    "hint",
)


def readable(blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    """Every text in `blocks`, in reading order."""
    return [piece for block in blocks for piece in _pieces(block) if piece]


def _pieces(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list | tuple):
        for child in node:
            yield from _pieces(child)
    elif isinstance(node, Mapping):
        yield from _of_mapping(node)


def _of_mapping(node: Mapping[str, Any]) -> Iterator[str]:
    if node.get("type") in RICH_CONTAINERS:
        yield "".join(
            RICH_LEAVES.get(leaf.get("type"), lambda _: "")(leaf) for leaf in node.get("elements", ())
        )
        return
    if node.get("type") == "raw_number":
        yield str(node.get("text") or node.get("value", ""))
        return
    if node.get("type") == "image":
        yield str(node.get("alt_text", ""))
    for key in CHILDREN:
        if key in node:
            yield from _pieces(node[key])


def interactive(blocks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(block_id, element) of everything with an action_id, in order."""
    for block in blocks:
        block_id = str(block.get("block_id", ""))
        held = [
            block.get("accessory"),
            block.get("element"),
            *_listed(block, "elements"),
            *_listed(block, "actions"),
        ]
        for element in held:
            if isinstance(element, dict) and "action_id" in element:
                yield block_id, element
        if inner := [*_listed(block, "child_blocks"), *_listed(block, "cards")]:
            yield from interactive(inner)
        if block.get("type") == "carousel":
            yield from interactive(_listed(block, "elements"))


def _listed(block: Mapping[str, Any], key: str) -> Sequence[Any]:
    held = block.get(key)
    return held if isinstance(held, list | tuple) else ()


def action_ids(blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(element["action_id"]) for _, element in interactive(blocks)]

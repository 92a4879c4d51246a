"""What Slack would refuse, found without Slack: a second opinion, written apart from the builders it judges."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from bot.adapters.slack.drawing import Drawing

Json = dict[str, Any]

OURS = re.compile(
    r"<@[UW][A-Z0-9_]+>|<#[CG][A-Z0-9_]+>|<!date\^\d+\^[^|<>^]+\|[^|<>]+>"
    r"|<https://[a-z0-9-]+\.slack\.com/archives/[A-Z0-9_]+/p\d+\|Open its card>"
)
"""The only things in angle brackets that Rung ever writes."""
ENTITY = re.compile(r"&(?!amp;|lt;|gt;)")


def size(text: str) -> int:
    """The larger of the ways Slack may count: UTF-16 units of the escaped text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def drawing_problems(drawing: Drawing) -> list[str]:
    """Everything Slack or a reader would mind about a message, or about the view it carries."""
    found = [f"text: {one}" for one in _mrkdwn(drawing.text)]
    if not drawing.text.strip():
        found.append("text: nothing for notifications and screen readers")
    if size(drawing.text) > 4000:
        found.append("text: longer than chat.update takes")
    if drawing.view is not None:
        return found + view_problems(drawing.view)
    if not drawing.blocks:
        found.append("no blocks")
    return found + list(_blocks(drawing.blocks, most=50, surface="message"))


def view_problems(view: Json) -> list[str]:
    """The same for a modal or the Home tab."""
    found = list(_blocks(view["blocks"], most=100, surface=view["type"]))
    if len(json.dumps(view)) > 250_000:
        found.append("view: more than 250 kB")
    if len(view.get("private_metadata", "")) > 3000:
        found.append("private_metadata: more than 3000")
    if view["type"] == "modal":
        for key in ("title", "submit", "close"):
            if key in view:
                found += [f"{key}: {one}" for one in _plain(view[key], 24)]
        if "title" not in view:
            found.append("a modal needs a title")
        has_input = any(block["type"] == "input" for block in view["blocks"])
        if has_input and "submit" not in view:
            found.append("a modal with inputs needs submit")
    elif view["type"] == "home" and {"submit", "title", "close"} & view.keys():
        found.append("a Home tab has neither title nor buttons of its own")
    return found


def _blocks(blocks: list[Json], most: int, surface: str) -> Iterator[str]:
    if not 1 <= len(blocks) <= most:
        yield f"{len(blocks)} blocks"
    named = Counter(block["block_id"] for block in blocks if "block_id" in block)
    yield from (f"block_id {name} twice" for name, times in named.items() if times > 1)
    for index, block in enumerate(blocks):
        if block["type"] == "input" and surface == "message":
            yield f"{index}: input in a message"
        yield from (f"{index} {block['type']}: {one}" for one in _CHECKS[block["type"]](block))


def _section(block: Json) -> Iterator[str]:
    if not {"text", "fields"} & block.keys():
        yield "neither text nor fields"
    if "text" in block:
        yield from _any_text(block["text"], 3000)
    shown = block.get("fields", [])
    if len(shown) > 10:
        yield "more than 10 fields"
    for one in shown:
        yield from _any_text(one, 2000)
    if "accessory" in block:
        yield from _element(block["accessory"])


def _header(block: Json) -> Iterator[str]:
    yield from _plain(block["text"], 150)


def _context(block: Json) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 10:
        yield f"{len(block['elements'])} elements"
    for one in block["elements"]:
        yield from _any_text(one, 3000)


def _actions(block: Json) -> Iterator[str]:
    elements = block["elements"]
    if not 1 <= len(elements) <= 25:
        yield f"{len(elements)} elements"
    if len({one["action_id"] for one in elements}) != len(elements):
        yield "an action_id twice"
    for one in elements:
        yield from _element(one)


def _input(block: Json) -> Iterator[str]:
    yield from _plain(block["label"], 2000)
    if "hint" in block:
        yield from _plain(block["hint"], 2000)
    yield from _element(block["element"])


def _rich_text(block: Json) -> Iterator[str]:
    total = 0
    for part in block["elements"]:
        if part["type"] not in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
            yield f"unknown part {part['type']}"
        if not part["elements"]:
            yield "an empty part"
        for leaf in part["elements"]:
            yield from _leaf(leaf)
            total += size(leaf.get("text", ""))
    if total > 12_000:
        yield "very long rich text"


def _leaf(leaf: Json) -> Iterator[str]:
    if leaf["type"] == "link":
        if not re.fullmatch(r"https?://[^\s<>|]+", leaf["url"], re.IGNORECASE) or "text" in leaf:
            yield f"a link that hides something: {leaf}"
    elif leaf["type"] != "text":
        yield f"user text became {leaf['type']}"
    elif not leaf["text"]:
        yield "an empty text"
    else:
        yield from _sendable(leaf["text"])


def _element(element: Json) -> Iterator[str]:
    if not 1 <= len(element["action_id"]) <= 255:
        yield "action_id"
    if "placeholder" in element:
        yield from _plain(element["placeholder"], 150)
    if element["type"] == "button":
        yield from _plain(element["text"], 75)
        if not 1 <= size(element.get("value", "-")) <= 2000:
            yield "button value"
        if size(element.get("accessibility_label", "")) > 75:
            yield "accessibility_label"
    elif element["type"] == "plain_text_input":
        yield from _text_input(element)
    elif element["type"] == "static_select":
        yield from _select(element)
    elif element["type"] == "overflow":
        yield from _overflow(element)
    elif element["type"] == "file_input":
        if not 1 <= element["max_files"] <= 10 or any(one.startswith(".") for one in element["filetypes"]):
            yield "file_input"
    elif element["type"] == "datetimepicker":
        if not 10**9 <= element.get("initial_date_time", 10**9) < 10**10:
            yield "initial_date_time"
    elif element["type"] == "checkboxes":
        if not 1 <= len(element["options"]) <= 10:
            yield "how many options"
        for option in (*element["options"], *element.get("initial_options", [])):
            yield from _plain(option["text"], 75)
    elif element["type"] not in ("users_select", "conversations_select"):
        yield f"unknown element {element['type']}"


def _text_input(element: Json) -> Iterator[str]:
    if not 1 <= element["max_length"] <= 3000:
        yield "max_length"
    standing = element.get("initial_value", "-")
    if not 1 <= size(standing) <= element["max_length"]:
        yield "initial_value does not fit"
    if "\n" in standing and not element["multiline"]:
        yield "two lines in a field of one"
    yield from _sendable(standing)


def _select(element: Json) -> Iterator[str]:
    groups = element.get("option_groups", [])
    if ("options" in element) == bool(groups):
        yield "options or option_groups"
    for group in groups:
        yield from _plain(group["label"], 75)
    lists = [group["options"] for group in groups] or [element.get("options", [])]
    if len(groups) > 100 or not all(1 <= len(options) <= 100 for options in lists):
        yield "how many options"
    every = [option for options in lists for option in options]
    if len({option["value"] for option in every}) != len(every):
        yield "a value twice"
    for option in every:
        yield from _plain(option["text"], 75)
        if not 1 <= size(option["value"]) <= 75:
            yield "option value"
    if "initial_option" in element and element["initial_option"] not in every:
        yield "initial_option is not offered"


def _overflow(element: Json) -> Iterator[str]:
    options = element["options"]
    if not 1 <= len(options) <= 5:
        yield "how many entries"
    if len({option["value"] for option in options}) != len(options):
        yield "an entry twice"
    for option in options:
        yield from _plain(option["text"], 75)
        if not 1 <= size(option["value"]) <= 75:
            yield "entry value"


def _any_text(text: Json, most: int) -> Iterator[str]:
    if text["type"] == "plain_text":
        yield from _plain(text, most)
        return
    if text["type"] != "mrkdwn" or not text.get("verbatim"):
        yield "mrkdwn that Slack would search for links"
    if not 1 <= size(text["text"]) <= most:
        yield f"{size(text['text'])} characters, at most {most}"
    yield from _mrkdwn(text["text"])


def _plain(text: Json, most: int) -> Iterator[str]:
    if text["type"] != "plain_text":
        yield "not plain_text"
    if not text["text"].strip() or size(text["text"]) > most:
        yield f"{size(text['text'])} characters, 1 to {most}"
    yield from _sendable(text["text"])


def _mrkdwn(text: str) -> Iterator[str]:
    rest = OURS.sub("", text)
    if "<" in rest or ">" in rest:
        yield f"angle brackets that are not ours: {rest[:200]!r}"
    if ENTITY.search(rest):
        yield f"an ampersand that is not escaped, or a cut entity: {rest[:200]!r}"
    yield from _sendable(text)


def _sendable(text: str) -> Iterator[str]:
    if re.search("[\ud800-\udfff\x00-\x08\u202a-\u202e\u2066-\u2069\u200b]", text):
        yield f"characters nobody can see: {text[:100]!r}"


_CHECKS: dict[str, Callable[[Json], Iterator[str]]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "rich_text": _rich_text,
    "divider": lambda _: iter(()),
}

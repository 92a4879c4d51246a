"""The parts of a message, each within Slack's limits: what is too long is cut here and nowhere else."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.adapters.slack.blocks.clean import one_line, visible
from bot.adapters.slack.blocks.text import NOTHING_TO_SEE, SECTION_LIMIT, cut, plain

Block = dict[str, Any]

HEADER_LIMIT = 150
FIELD_LIMIT = 2000
FIELDS_PER_SECTION = 10
BUTTON_LIMIT = 75
BUTTONS_PER_ROW = 25
OPTION_LIMIT = 75
MENU_LIMIT = 5
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100


def mrkdwn(text: str, limit: int = SECTION_LIMIT) -> Block:
    """Our own words, escaped already. Verbatim: only what we wrote as a mention, a link or a date is one."""
    return {"type": "mrkdwn", "text": cut(text, limit) if visible(text) else NOTHING_TO_SEE, "verbatim": True}


def section(text: str, accessory: Block | None = None) -> Block:
    """A paragraph of mrkdwn."""
    return _with(accessory, {"type": "section", "text": mrkdwn(text)})


def plain_section(raw: str, accessory: Block | None = None) -> Block:
    """A paragraph that may hold what people typed."""
    return _with(accessory, {"type": "section", "text": plain(raw)})


def header(raw: str) -> Block:
    """A heading; may hold what people typed."""
    return {"type": "header", "text": plain(one_line(raw), HEADER_LIMIT)}


def fields(pairs: Iterable[tuple[str, str]]) -> Block:
    """Short facts side by side: (our label, mrkdwn). Pairs without a value are left out."""
    shown = [mrkdwn(f"*{label}*\n{value}", FIELD_LIMIT) for label, value in pairs if value]
    return {"type": "section", "fields": shown[:FIELDS_PER_SECTION]}


def context(text: str) -> Block:
    """Small print, mrkdwn."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def plain_context(raw: str) -> Block:
    """Small print that may hold what people typed."""
    return {"type": "context", "elements": [plain(raw)]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def button(label: str, action: str, value: str = "", *, primary: bool = False, spoken: str = "") -> Block:
    """A button. `spoken` is what a screen reader says when the label alone is not enough."""
    made: Block = {"type": "button", "action_id": action, "text": plain(label, BUTTON_LIMIT)}
    if value:
        made["value"] = value
    if primary:
        made["style"] = "primary"
    if spoken:
        made["accessibility_label"] = plain(spoken, BUTTON_LIMIT)["text"]
    return made


def overflow(action: str, entries: Sequence[tuple[str, str]]) -> Block:
    """A small menu behind three dots: (label, what is sent back), at most five."""
    options = [{"text": plain(label, OPTION_LIMIT), "value": value} for label, value in entries[:MENU_LIMIT]]
    return {"type": "overflow", "action_id": action, "options": options}


def actions(buttons: Sequence[Block]) -> list[Block]:
    """One row of buttons, or nothing when there is none."""
    return [{"type": "actions", "elements": list(buttons[:BUTTONS_PER_ROW])}] if buttons else []


def _with(accessory: Block | None, block: Block) -> Block:
    return block if accessory is None else {**block, "accessory": accessory}

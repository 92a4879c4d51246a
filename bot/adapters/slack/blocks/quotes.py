"""What people wrote, quoted: rich text whose elements Slack never parses."""

import re
from collections.abc import Iterable, Sequence

from bot.adapters.slack.blocks.clean import clean, one_line, visible
from bot.adapters.slack.blocks.elements import Block
from bot.adapters.slack.blocks.text import SECTION_LIMIT, shorten

_WEB_ADDRESS = re.compile(r"https?://[^\s<>|\"'`\\^{}@]{1,2000}", re.IGNORECASE)


def quote(label: str, raw: str, limit: int = SECTION_LIMIT, rest: str = "") -> list[Block]:
    """What somebody wrote under a label of ours, or nothing when they wrote nothing. `rest` says where to read what
    was cut."""
    text = clean(raw).strip()
    if not visible(text):
        return []
    shown = shorten(text, limit)
    parts = [_quoted(shown)]
    if label:
        parts.insert(0, _section([_text(label, bold=True)]))
    if rest and shown != text:
        parts.append(_section([_text(rest, italic=True)]))
    return [{"type": "rich_text", "elements": parts}]


def labelled(pairs: Iterable[tuple[str, str]], limit: int = 1000) -> list[Block]:
    """Facts of one line each: our label, then what was typed. A web address is a link that shows itself."""
    lines = [_line(label, one_line(raw).strip(), limit) for label, raw in pairs if visible(raw)]
    return [{"type": "rich_text", "elements": lines}] if lines else []


def _line(label: str, value: str, limit: int) -> Block:
    shown = _link(value) if _WEB_ADDRESS.fullmatch(value) else _text(shorten(value, limit))
    return _section([_text(f"{label}: ", bold=True), shown])


def _section(elements: Sequence[Block]) -> Block:
    return {"type": "rich_text_section", "elements": list(elements)}


def _quoted(text: str) -> Block:
    return {"type": "rich_text_quote", "elements": [_text(text)]}


def _link(url: str) -> Block:
    return {"type": "link", "url": url}


def _text(text: str, **style: bool) -> Block:
    return {"type": "text", "text": text, "style": style} if style else {"type": "text", "text": text}

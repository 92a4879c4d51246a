"""Sentences and user text in Slack's notation: escaped at the last step, cut where Slack counts, never parsed.

Lengths are counted on the escaped text in UTF-16 units, the larger of the ways Slack might count.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from bot.adapters.slack.blocks.clean import clean, one_line, visible, without_marks
from bot.domain.words import At, Channel, Part, Person, Sentence

SECTION_LIMIT = 3000
FALLBACK_LIMIT = 3900
"""A little under the 4000 that chat.update takes."""
ELLIPSIS = "…"
NOTHING_TO_SEE = "–"

Weigh = Callable[[str], int]

_JOINS = r"\u0300-\u036f\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff"
_CLUSTER = rf"(?:\u200d[^<&]|[{_JOINS}])*"
_RUN = rf"(?P<run>[^<&\u200d{_JOINS}]+(?![\u200d{_JOINS}]))"
"""Characters that stand alone, as many as there are: weighed together, for there are thousands of them."""
_ESCAPED_PIECE = re.compile(rf"{_RUN}|<[^<>]*>|&(?:amp|lt|gt);|.{_CLUSTER}", re.DOTALL)
_RAW_PIECE = re.compile(rf"{_RUN}|.{_CLUSTER}", re.DOTALL)
_LONGEST_TOKEN = 200
_USER = re.compile(r"[UW][A-Z0-9_]+")
_PLACE = re.compile(r"[CG][A-Z0-9_]+")


def units(text: str) -> int:
    """Length in UTF-16 units: an emoji counts two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def octets(text: str) -> int:
    """Length in UTF-8 bytes, the measure of ephemeral messages."""
    return len(text.encode("utf-8"))


def escape(text: str) -> str:
    """The three characters that mean something to Slack, as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(escaped: str, limit: int, weigh: Weigh = units) -> str:
    """At most `limit`, never inside an entity, a mention or a character of several code points."""
    return escaped if weigh(escaped) <= limit else _cut(escaped, _ESCAPED_PIECE, limit, weigh)


def shorten(raw: str, limit: int) -> str:
    """User text cut so that it stays within `limit` even when Slack escapes it."""
    return raw if _escaped_units(raw) <= limit else _cut(raw, _RAW_PIECE, limit, _escaped_units)


def inline(raw: str) -> str:
    """User text inside one of our own mrkdwn lines: one line, without formatting, escaped."""
    return escape(without_marks(one_line(raw)))


def render(sentence: Sentence, now: datetime | None = None, limit: int = SECTION_LIMIT) -> str:
    """mrkdwn of one line. With `now`, an instant on another day (UTC) says its day too."""
    line = ""
    for part in sentence.parts:
        if isinstance(part, At) and _says_day(part.at, now, part.style) and line.endswith(" at "):
            line = line.removesuffix("at ")  # "asked tomorrow at 9:00", not "asked at tomorrow at 9:00"
        line += _part(part, now)
    return cut(line.strip(), limit)


def bold(line: str) -> str:
    """A line of mrkdwn that stands out; the sentences in it hold no marks of their own."""
    return f"*{cut(line, SECTION_LIMIT - 2)}*" if line else ""


def instant(at: datetime, now: datetime | None = None, style: str = "time") -> str:
    """A date token: each reader sees it in their own time zone, old clients see UTC."""
    at = at.astimezone(UTC)
    whole = _says_day(at, now, style)
    form = "{date_short_pretty} at {time}" if whole else "{time}"
    old = at.strftime("%a %d %b %H:%M UTC" if whole else "%H:%M UTC")
    return f"<!date^{int(at.timestamp())}^{form}|{old}>"


def person(user: str) -> str:
    """A mention of somebody; it notifies them only in a new message."""
    return f"<@{user}>" if _USER.fullmatch(user) else inline(user) or "somebody"


def channel(place: str) -> str:
    """A link to a channel by its id; a ``#name`` stays a name."""
    if _PLACE.fullmatch(place):
        return f"<#{place}>"
    return "#" + inline(place.removeprefix("#"))


def plain(raw: str, limit: int = SECTION_LIMIT, instead: str = NOTHING_TO_SEE) -> dict[str, Any]:
    """User text as a plain_text object: nothing in it is parsed. `instead` is shown when there is nothing to see."""
    text = clean(raw).strip()
    return {"type": "plain_text", "text": shorten(text, limit) if visible(text) else instead, "emoji": True}


def fallback(lines: Iterable[str], limit: int = FALLBACK_LIMIT, weigh: Weigh = units) -> str:
    """The whole message as text, for notifications and screen readers. Lines are escaped already; empty ones go."""
    return cut("\n".join(line for line in lines if visible(line)), limit, weigh) or NOTHING_TO_SEE


def _part(part: Part, now: datetime | None) -> str:
    match part:
        case str():
            return inline(part)
        case Person(id=user):
            return person(user)
        case Channel(id=place):
            return channel(place)
        case At(at=at, style=style):
            return instant(at, now, style)


def _says_day(at: datetime, now: datetime | None, style: str) -> bool:
    return style == "day" or (now is not None and now.astimezone(UTC).date() != at.astimezone(UTC).date())


def _escaped_units(text: str) -> int:
    return units(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def _cut(text: str, pieces: re.Pattern[str], limit: int, weigh: Weigh) -> str:
    room, end = limit - weigh(ELLIPSIS), 0
    within_reach = text[: limit + _LONGEST_TOKEN]  # every character weighs one at least
    for piece in pieces.finditer(within_reach):
        weight = weigh(piece[0])
        if weight > room:
            end += _fitting(piece["run"] or "", room, weigh)
            break
        room -= weight
        end = piece.end()
    return text[:end].rstrip() + ELLIPSIS


def _fitting(run: str, room: int, weigh: Weigh) -> int:
    """How many of these characters there is room for."""
    return max(0, bisect_right(range(len(run) + 1), room, key=lambda many: weigh(run[:many])) - 1)

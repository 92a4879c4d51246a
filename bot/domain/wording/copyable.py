"""A message as plain words that somebody can copy into a mail, or read out on the phone."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.words import At, Channel, Part, Person, Sentence

SOMEBODY = "a colleague"
SOMEWHERE = "our team"


def copyable(sentence: Sentence, names: Mapping[str, str], zone: str, now: datetime) -> str:
    """People by name (`names`: user id -> name; who is missing is a colleague), times of that zone; no Slack in it."""
    text = ""
    for part in sentence.parts:
        said = _part(part, names, ZoneInfo(zone), now)
        if isinstance(part, At) and said[:1].isalpha() and text.endswith(" at "):
            text = text.removesuffix("at ") + "on "  # "asked on Tuesday", not "asked at Tuesday"
        text += said
    return text[:1].upper() + text[1:].rstrip()


def people_in(sentence: Sentence) -> tuple[str, ...]:
    """The user ids in it, each once."""
    return tuple(dict.fromkeys(part.id for part in sentence.parts if isinstance(part, Person)))


def _part(part: Part, names: Mapping[str, str], zone: ZoneInfo, now: datetime) -> str:
    match part:
        case str():
            return part
        case Person(id=id_):
            return names.get(id_, SOMEBODY)
        case Channel():
            return SOMEWHERE
        case At(at=at, style=style):
            local = at.astimezone(zone)
            same_day = style == "time" and local.date() == now.astimezone(zone).date()
            return local.strftime("%H:%M") if same_day else f"{local:%A} {local.day} {local:%B, %H:%M}"

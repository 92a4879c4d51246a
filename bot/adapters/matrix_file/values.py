"""Durations, contacts, numbers, dates and times, from text. Each raises ValueError with a sentence for the writer."""

import re
from datetime import date, time
from typing import NamedTuple

from bot.domain.contacts import Contact, ContactKind, parse_contact
from bot.domain.matrix.phrases import did_you_mean, quoted
from bot.domain.matrix.week import DAYS
from bot.domain.span import Span, Unit, parse_span

FORMAT_VERSION = "1"
FIRST_YEAR, LAST_YEAR = 2000, 2100

_CHANNEL_ID = re.compile(r"[CG](?=[A-Z]*[0-9])[A-Z0-9]{7,}")
"""``#C0123ABCD``: for private channels that Rung may not look up by name."""
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_HANDOFF = re.compile(r"(?:([A-Za-z]+)\s+)?([0-9]{1,2}:[0-9]{2})")
_EVERYBODY = ("@channel", "@here", "@everyone")
_TURNS = {"daily": Span(1, Unit.DAY), "weekly": Span(1, Unit.WEEK)}
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


class Handoff(NamedTuple):
    """When people of a layer take over from each other; `weekday` 0 is Monday, None = no special day."""

    weekday: int | None
    time: time


def duration(value: object) -> Span:
    """``30s 15m 4h 3d 1w``. Zero and very long ones are judged elsewhere."""
    text = a_text(value, "a duration such as 15m")
    found = parse_span(text)
    if found is None:
        raise ValueError(
            f"{quoted(text)} is not a duration. Write a number and a unit: 30s, 15m, 4h, 3d or 1w."
        )
    return found


def turns(value: object) -> Span:
    """``daily``, ``weekly``, ``2w``, ``3d`` or ``12h``."""
    text = a_text(value, "how often people take turns, such as weekly")
    found = _TURNS.get(text.lower()) or parse_span(text)
    if found is None:
        raise ValueError(
            f"{quoted(text)} does not say how often people take turns. Write daily, weekly, or a time such as "
            "2w, 3d or 12h."
        )
    return found


def contact(value: object) -> Contact:
    """An e-mail, a Slack user id, ``@handle``, ``group:HANDLE``, ``oncall:SCHEDULE`` or ``#channel``."""
    text = a_text(value, 'a contact such as "@ann"')
    if text.lower() in _EVERYBODY:
        raise ValueError(
            f"{quoted(text)} would call everybody at once. Name people, groups or channels instead."
        )
    found = parse_contact(text)
    if found is not None:
        return _checked(found)
    raise ValueError(
        f"{quoted(text)} is not a contact. "
        'Write an e-mail, a Slack user id, "@handle", "group:HANDLE", "oncall:SCHEDULE" or "#channel".'
    )


def channel_name(value: object) -> str:
    """A channel an issue was raised in, as `match` keeps it: ``#name``."""
    found = contact(value)
    if found.kind is not ContactKind.CHANNEL:
        raise ValueError(f'{quoted(str(found))} is not a channel. Write "#name", for example "#shop-floor".')
    return str(found)


def number(value: object) -> int:
    """A whole number."""
    text = a_text(value, "a number such as 1")
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{quoted(text)} is not a number. Write digits only, for example 1.")
    return int(text)


def yes_or_no(value: object) -> bool:
    """``yes`` or ``no``; ``true`` and ``false`` are taken too."""
    text = a_text(value, "yes or no")
    found = _YES_NO.get(text.lower())
    if found is None:
        raise ValueError(f"{quoted(text)} is neither yes nor no. Write one of them.")
    return found


def one_of(*words: str) -> "_OneOf":
    """A reader for a choice of words."""
    return _OneOf(words)


class _OneOf:
    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words

    def __call__(self, value: object) -> str:
        choice = " or ".join(self._words)
        text = a_text(value, choice)
        if text not in self._words:
            hint = did_you_mean(text, self._words) or f"Write {choice}."
            raise ValueError(f"{quoted(text)} is not one of the choices here. {hint}")
        return text


def day(value: object) -> date:
    """``2026-01-05``."""
    text = a_text(value, "a date such as 2026-01-05")
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(f"{quoted(text)} is not a date. Write year, month and day, for example 2026-01-05.")
    year, month, number_of_day = (int(part) for part in found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{quoted(text)} is far away. Write a year from {FIRST_YEAR} to {LAST_YEAR}.")
    try:
        return date(year, month, number_of_day)
    except ValueError:
        raise ValueError(
            f"There is no day {quoted(text)} in the calendar. Check the month and the day."
        ) from None


def handoff(value: object) -> Handoff:
    """``mon 09:00`` or ``09:00``."""
    text = a_text(value, 'a time such as "mon 09:00"')
    found = _HANDOFF.fullmatch(text)
    minutes = minute_of_day(found[2]) if found else None
    if found is None or minutes is None:
        raise ValueError(f'{quoted(text)} is not a time to hand over. Write "mon 09:00" or "09:00".')
    name = (found[1] or "").lower()
    if name and name not in DAYS:
        raise ValueError(f"{quoted(found[1])} is not a day of the week. Write one of: {', '.join(DAYS)}.")
    return Handoff(DAYS.index(name) if name else None, time(*divmod(minutes, 60)))


def minute_of_day(text: str) -> int | None:
    """Minutes after midnight of ``09:00``; None for anything that is no time of day."""
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hours, minutes = int(found[1]), int(found[2])
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


def format_version(value: object) -> str:
    """The version of the format, the only one there is."""
    text = a_text(value, "the number 1")
    if text != FORMAT_VERSION:
        raise ValueError(
            f"This version of Rung does not know format {quoted(text)}. Write rung: {FORMAT_VERSION}."
        )
    return text


def one_or_many(value: object) -> object:
    """A single text stands for a list of one."""
    return (value,) if isinstance(value, str) else value


def a_text(value: object, wanted: str) -> str:
    """The value, which must be a text. Raises ValueError saying what was wanted."""
    if not isinstance(value, str):
        raise ValueError(f"Here must be {wanted}, not {kind_of(value)}.")
    return value


def kind_of(value: object) -> str:
    """What stands there, in words."""
    return (
        "a list" if isinstance(value, list | tuple) else "a section" if isinstance(value, dict) else "a text"
    )


def _checked(one: Contact) -> Contact:
    named = one.kind is ContactKind.CHANNEL and not _CHANNEL_ID.fullmatch(one.value)
    if named and one.value != one.value.lower():
        raise ValueError(f"Slack channels have no capitals in their names. Write {quoted(str(one).lower())}.")
    return one

"""Durations, contacts and numbers, from text. Each raises ValueError with a sentence for whoever wrote the file."""

import re

from bot.domain.contacts import Contact, ContactKind, parse_contact
from bot.domain.matrix.phrases import quoted
from bot.domain.span import Span, parse_span

FORMAT_VERSION = "1"

_CHANNEL_ID = re.compile(r"[CG](?=[A-Z]*[0-9])[A-Z0-9]{7,}")
"""``#C0123ABCD``: for private channels that Rung may not look up by name."""
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_EVERYBODY = ("@channel", "@here", "@everyone")


def duration(value: object) -> Span:
    """``30s 15m 4h 3d 1w``. Zero and very long ones are judged elsewhere."""
    text = _text(value, "a duration such as 15m")
    found = parse_span(text)
    if found is None:
        raise ValueError(
            f"{quoted(text)} is not a duration. Write a number and a unit: 30s, 15m, 4h, 3d or 1w."
        )
    return found


def contact(value: object) -> Contact:
    """An e-mail, a Slack user id, ``@handle``, ``group:HANDLE`` or ``#channel``."""
    text = _text(value, 'a contact such as "@ann"')
    if text.lower() in _EVERYBODY:
        raise ValueError(
            f"{quoted(text)} would call everybody at once. Name people, groups or channels instead."
        )
    if text.startswith("oncall:"):
        raise ValueError(
            f"{quoted(text)} is not built yet in this version. Remove it for now; "
            "name people, groups or channels instead."
        )
    found = parse_contact(text)
    if found is not None:
        return _checked(found)
    raise ValueError(
        f"{quoted(text)} is not a contact. "
        'Write an e-mail, a Slack user id, "@handle", "group:HANDLE" or "#channel".'
    )


def number(value: object) -> int:
    """A whole number."""
    text = _text(value, "a number such as 1")
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{quoted(text)} is not a number. Write digits only, for example 1.")
    return int(text)


def format_version(value: object) -> str:
    """The version of the format, the only one there is."""
    text = _text(value, "the number 1")
    if text != FORMAT_VERSION:
        raise ValueError(
            f"This version of Rung does not know format {quoted(text)}. Write rung: {FORMAT_VERSION}."
        )
    return text


def one_or_many(value: object) -> object:
    """A single text stands for a list of one."""
    return (value,) if isinstance(value, str) else value


def _checked(one: Contact) -> Contact:
    named = one.kind is ContactKind.CHANNEL and not _CHANNEL_ID.fullmatch(one.value)
    if named and one.value != one.value.lower():
        raise ValueError(f"Slack channels have no capitals in their names. Write {quoted(str(one).lower())}.")
    return one


def _text(value: object, wanted: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"Here must be {wanted}, not {kind_of(value)}.")
    return value


def kind_of(value: object) -> str:
    """What stands there, in words."""
    return (
        "a list" if isinstance(value, list | tuple) else "a section" if isinstance(value, dict) else "a text"
    )

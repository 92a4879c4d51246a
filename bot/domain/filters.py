"""What people write after "list": a few words that say which issues they mean.

``state:waiting priority:P1,P2 older:2d owner:@maya late`` and free words. Conditions hold all together; several values
of one, with commas between them, are alternatives. Values with blanks stand in quotes, and so do words that would
otherwise be read as a condition.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bot.domain.errors import Refused
from bot.domain.matrix.phrases import did_you_mean, quoted, suggest
from bot.domain.span import Span, parse_span
from bot.domain.words import say


class Standing(StrEnum):
    """Where an issue is, as people write it."""

    OPEN = "open"
    WORK = "work"
    WAITING = "waiting"
    UNANSWERED = "unanswered"
    OWNERLESS = "ownerless"
    RESOLVED = "resolved"
    CLOSED = "closed"
    SENT_BACK = "sent-back"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which issues somebody asks for. Names of kinds and people are as they wrote them; empty = not asked for.

    A person is ``me``, an id, ``@handle`` or an e-mail. No `states` = what is open or in work. `older` and `newer` are
    how long ago it was raised. `mine` = those they take part in.
    """

    states: tuple[Standing, ...] = ()
    priorities: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    older: Span | None = None
    newer: Span | None = None
    owner: str = ""
    raiser: str = ""
    requester: str = ""
    watching: str = ""
    mine: bool = False
    late: bool = False
    private: bool = False
    words: tuple[str, ...] = ()

    def having(self, **changes: object) -> "Filter":
        """A copy with these fields."""
        return replace(self, **changes)  # type: ignore[arg-type]


KINDS: Mapping[str, str] = {
    "priority": "priorities",
    "type": "types",
    "service": "services",
    "client": "clients",
    "path": "paths",
}
"""What people write -> the field; several values with commas."""
SPANS = ("older", "newer")
PEOPLE = ("owner", "raiser", "requester", "watching")
FLAGS = ("mine", "late", "private")
KEYS = ("state", *KINDS, *SPANS, *PEOPLE)
USAGE = (
    "state:open (work, waiting, unanswered, ownerless, resolved, closed, sent-back, withdrawn, all), priority:P1, "
    "type:, service:, client:, path:, older:2d, newer:4h, owner:@maya, raiser:, requester:, watching:me, mine, late, "
    "private"
)
"""Every filter there is, for help and refusals."""

LONGEST = 1000
_TOKEN = re.compile(r'(?:[^\s"]|"[^"]*(?:"|$))+')
_PART = re.compile(r'(?:[^,"]|"[^"]*(?:"|$))+')
_KEYED = re.compile(r'([^":,]+):(.*)', re.DOTALL)
_QUOTES = str.maketrans({"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"'})


def parse(text: str) -> Filter:
    """What was asked for. Raises Refused with a sentence when that cannot be told."""
    if len(text) > LONGEST:
        raise Refused("That is more than a filter can hold. Please use fewer words.")
    found = Filter()
    for token in _TOKEN.findall(text.translate(_QUOTES)):
        keyed = _KEYED.fullmatch(token)
        found = _with(found, keyed[1], keyed[2]) if keyed else _with_word(found, token)
    return found


def narrows(text: str) -> bool:
    """Whether a condition stands among the words of a search: ``state:open checkout``."""
    keyed = (_KEYED.fullmatch(token) for token in _TOKEN.findall(text.translate(_QUOTES)))
    return any(one is not None and one[1].lower() in KEYS for one in keyed)


def words(asked: Filter) -> str:
    """The same filter as somebody would write it: `parse` reads it back."""
    return " ".join(_written(asked))


def _with(found: Filter, key: str, value: str) -> Filter:
    known = key.lower()
    if known not in KEYS:
        raise Refused(
            say(
                "{key} is no filter. {hint} There are: {usage}. Put words with a colon in quotes.",
                key=quoted(key),
                hint=did_you_mean(key, KEYS),
                usage=USAGE,
            )
        )
    values = tuple(dict.fromkeys(_parts(value)))
    if not values:
        raise Refused(
            say("{key} needs a value, for example {example}.", key=f"{known}:", example=_example(known))
        )
    return _READ[known](found, known, values)


def _with_word(found: Filter, value: str) -> Filter:
    flag = value.lower()
    if flag in FLAGS:
        return found.having(**{flag: True})
    return replace(found, words=(*found.words, *value.replace('"', "").split()))


def _parts(value: str) -> Iterable[str]:
    for one in _PART.findall(value):
        if text := " ".join(one.replace('"', "").split()):
            yield text


def _read_states(found: Filter, _key: str, values: tuple[str, ...]) -> Filter:
    known = {one.value: one for one in Standing}
    for value in values:
        if _plain(value) not in known:
            raise Refused(
                say("{value} is no state. {hint}", value=quoted(value), hint=suggest(value, tuple(known)))
            )
    return replace(found, states=_joined(found.states, tuple(known[_plain(value)] for value in values)))


def _read_kinds(found: Filter, key: str, values: tuple[str, ...]) -> Filter:
    name = KINDS[key]
    return found.having(**{name: _joined(getattr(found, name), values)})


def _read_span(found: Filter, key: str, values: tuple[str, ...]) -> Filter:
    length = parse_span(values[0].lower()) if len(values) == 1 else None
    if length is None:
        raise Refused(
            say(
                "{value} is no length of time. Please write {key}:30m, {key}:4h, {key}:2d or {key}:1w.",
                value=quoted(",".join(values)),
                key=key,
            )
        )
    return found.having(**{key: length})


def _read_person(found: Filter, key: str, values: tuple[str, ...]) -> Filter:
    if len(values) > 1 or " " in values[0]:
        raise Refused(say("Please name one person after {key}: {key}:@maya or {key}:me.", key=key))
    person = "me" if values[0].lower() == "me" else values[0]
    return found.having(**{key: person})


def _joined(*some: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(one for part in some for one in part))


def _plain(value: str) -> str:
    return value.lower().replace(" ", "-").replace("_", "-")


_Reader = Callable[[Filter, str, tuple[str, ...]], Filter]
_READ: Mapping[str, _Reader] = {
    "state": _read_states,
    **dict.fromkeys(KINDS, _read_kinds),
    **dict.fromkeys(SPANS, _read_span),
    **dict.fromkeys(PEOPLE, _read_person),
}


def _example(key: str) -> str:
    values = {
        "state": "waiting",
        "older": "2d",
        "newer": "4h",
        "priority": "P1",
        **dict.fromkeys(PEOPLE, "@maya"),
    }
    return f"{key}:{values.get(key, 'billing')}"


def _written(asked: Filter) -> Iterable[str]:
    if asked.states:
        yield f"state:{','.join(asked.states)}"
    for key, name in KINDS.items():
        if values := getattr(asked, name):
            yield f"{key}:{','.join(map(_quoted, values))}"
    for key in SPANS:
        if getattr(asked, key) is not None:
            yield f"{key}:{getattr(asked, key)}"
    for key in PEOPLE:
        if getattr(asked, key):
            yield f"{key}:{_quoted(getattr(asked, key))}"
    yield from (flag for flag in FLAGS if getattr(asked, flag))
    yield from (f'"{word}"' if ":" in word or word.lower() in FLAGS else word for word in asked.words)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value or "," in value else value

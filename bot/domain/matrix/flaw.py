"""A flaw of a matrix as a value, the limits of its parts, and the small checks every part shares."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.contacts import Contact, ContactKind
from bot.domain.matrix.phrases import quoted, suggest
from bot.domain.span import Span

LONGEST = timedelta(days=365)
"""No timer of the matrix is longer."""
MOST_REPEATS = 99
MOST_PATHS = 1000
MOST_LEVELS = 1000
MOST_RULES = 1000
"""Targets, or promises."""
MOST_SCHEDULES = 500
MOST_LAYERS = 50
MOST_CHOICES = 100
"""A list in a Slack form shows no more."""
LONGEST_NAME = 75
"""A choice in a Slack form has no more characters."""
LONGEST_ROLE = 300
LONGEST_TEXT = 1000

Where = tuple[str | int, ...]
"""A part of the matrix by the keys and positions of the document: ``("paths", 0, "levels", 2, "name")``."""


class Rule(StrEnum):
    """What a matrix must hold to, or should."""

    TIMEZONE = "timezone"
    CONTACT_KIND = "contact_kind"
    NAME = "name"
    COUNT = "count"
    DUPLICATE = "duplicate"
    UNKNOWN_TYPE = "unknown_type"
    UNKNOWN_CATEGORY = "unknown_category"
    UNKNOWN_PRIORITY = "unknown_priority"
    UNKNOWN_IMPACT = "unknown_impact"
    UNKNOWN_URGENCY = "unknown_urgency"
    UNKNOWN_SERVICE = "unknown_service"
    UNKNOWN_CLIENT = "unknown_client"
    UNKNOWN_CALENDAR = "unknown_calendar"
    UNKNOWN_SCHEDULE = "unknown_schedule"
    UNKNOWN_FACT = "unknown_fact"
    HOLE = "hole"
    NO_DEFAULT = "no_default"
    AFTER_DEFAULT = "after_default"
    DURATION = "duration"
    REMIND = "remind"
    REPEAT = "repeat"
    RESERVED = "reserved"
    NO_HOURS = "no_hours"
    TOO_SLOW = "too_slow"
    NO_TIMES = "no_times"
    ORDER = "order"
    TURNS = "turns"
    # what is allowed and yet looks like a slip
    UNUSED_PRIORITY = "unused_priority"
    UNUSED = "unused"
    NEVER_USED = "never_used"
    SAME_CONTACT = "same_contact"
    NO_TURNS = "no_turns"
    OVERLAP = "overlap"
    LATE = "late"
    STANDS_STILL = "stands_still"
    NOT_HELD = "not_held"
    # what only the directory and today's date can tell
    NOBODY = "nobody"
    ANSWERLESS = "answerless"
    NOT_MEMBER = "not_member"
    SAME_PERSON = "same_person"
    GAP = "gap"
    REVIEW = "review"
    OVER = "over"
    CLOSED = "closed"
    UNKNOWN_NOW = "unknown_now"


class Severity(StrEnum):
    """Whether the matrix can be used as it is, should be looked at, or only does what somebody might not expect."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something to mend in one part of a matrix."""

    rule: Rule
    where: Where
    sentence: str
    severity: Severity = Severity.ERROR


def warning(rule: Rule, where: Where, sentence: str) -> Flaw:
    """Something that looks like a slip."""
    return Flaw(rule, where, sentence, Severity.WARNING)


def note(rule: Rule, where: Where, sentence: str) -> Flaw:
    """Something that is right and may surprise."""
    return Flaw(rule, where, sentence, Severity.NOTE)


def must_be_channel(contact: Contact, where: Where) -> Iterator[Flaw]:
    """The contact must be a channel."""
    if contact.kind is not ContactKind.CHANNEL:
        yield Flaw(
            Rule.CONTACT_KIND,
            where,
            f'{quoted(where[-1])} must be a channel such as "#issues", not {quoted(str(contact))}.',
        )


def must_be_somebody(contact: Contact, where: Where) -> Iterator[Flaw]:
    """The contact must be a person, a group or somebody on call."""
    if contact.kind is ContactKind.CHANNEL:
        yield Flaw(
            Rule.CONTACT_KIND,
            where,
            f"{quoted(where[-1])} must be a person or a group, not the channel {quoted(str(contact))}.",
        )


def must_be_timer(length: Span, where: Where) -> Iterator[Flaw]:
    """A timer is longer than zero and at most a year."""
    if length.clock <= timedelta(0):
        yield Flaw(Rule.DURATION, where, f"{quoted(where[-1])} must be longer than zero, for example 15m.")
    elif length.clock > LONGEST:
        yield Flaw(Rule.DURATION, where, f"{quoted(where[-1])} is longer than a year. Use at most 365d.")


def must_have(entries: int, most: int, where: Where) -> Iterator[Flaw]:
    """A section has something in it, and not too much."""
    if entries == 0:
        yield Flaw(Rule.COUNT, where, f"{label(where)} is empty. Add at least one.")
    yield from must_not_exceed(entries, most, where)


def must_not_exceed(entries: int, most: int, where: Where) -> Iterator[Flaw]:
    """A section has not too much in it."""
    if entries > most:
        yield Flaw(Rule.COUNT, where, f"{label(where)} has {entries:,} entries. The most is {most:,}.")


def must_be_known(
    rule: Rule, what: str, name: str, known: tuple[str, ...] | dict[str, None], where: Where
) -> Iterator[Flaw]:
    """Something of that name is in the matrix."""
    if name not in known:
        sentence = f"There is no {what} {quoted(name)}. {suggest(name, tuple(known))}"
        yield Flaw(rule, where, sentence)


def must_fit(text: str, most: int, where: Where) -> Iterator[Flaw]:
    """A longer text is not too long."""
    if len(text) > most:
        sentence = f"{label(where)} is {len(text):,} characters long. Use at most {most:,}."
        yield Flaw(Rule.NAME, where, sentence)


def must_differ(what: str, names: list[tuple[Where, str]]) -> Iterator[Flaw]:
    """No name is there twice, whatever the case."""
    seen: set[str] = set()
    for where, name in names:
        if name and name.casefold() in seen:
            sentence = f"There is another {what} {quoted(name)} above. Give each its own name."
            yield Flaw(Rule.DUPLICATE, where, sentence)
        seen.add(name.casefold())


def label(where: Where) -> str:
    """The last key of a place, in quotes."""
    return quoted(where[-1]) if isinstance(where[-1], str) else f"An entry of {quoted(where[-2])}"

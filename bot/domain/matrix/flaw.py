"""A flaw of a matrix as a value, the limits of its parts, and the small checks every part shares."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.contacts import Contact, ContactKind
from bot.domain.matrix.phrases import quoted
from bot.domain.span import Span

LONGEST = timedelta(days=365)
"""No timer of the matrix is longer."""
MOST_REPEATS = 99
MOST_PATHS = 1000
MOST_LEVELS = 1000
MOST_CHOICES = 100
"""A list in a Slack form shows no more."""
LONGEST_NAME = 75
"""A choice in a Slack form has no more characters."""
LONGEST_ROLE = 300

Where = tuple[str | int, ...]
"""A part of the matrix by the keys and positions of the document: ``("paths", 0, "levels", 2, "name")``."""


class Rule(StrEnum):
    """What a matrix must hold to."""

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
    UNKNOWN_FACT = "unknown_fact"
    HOLE = "hole"
    NO_DEFAULT = "no_default"
    AFTER_DEFAULT = "after_default"
    DURATION = "duration"
    REMIND = "remind"
    REPEAT = "repeat"
    UNUSED_PRIORITY = "unused_priority"
    NEVER_USED = "never_used"
    SAME_CONTACT = "same_contact"


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something to mend in one part of a matrix."""

    rule: Rule
    where: Where
    sentence: str


def must_be_channel(contact: Contact, where: Where) -> Iterator[Flaw]:
    """The contact must be a channel."""
    if contact.kind is not ContactKind.CHANNEL:
        yield Flaw(
            Rule.CONTACT_KIND,
            where,
            f'{quoted(where[-1])} must be a channel such as "#issues", not {quoted(str(contact))}.',
        )


def must_be_somebody(contact: Contact, where: Where) -> Iterator[Flaw]:
    """The contact must be a person or a group."""
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
        yield Flaw(Rule.COUNT, where, f"{quoted(where[-1])} is empty. Add at least one.")
    elif entries > most:
        yield Flaw(Rule.COUNT, where, f"{quoted(where[-1])} has {entries:,} entries. The most is {most:,}.")

"""How the values of a matrix read in a sentence about what changed; what people typed is filled in, no template."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from bot.domain.calendar import ROUND_THE_CLOCK, Day, Hours
from bot.domain.contacts import Contact, ContactKind
from bot.domain.matrix.model import IfNobody, Match
from bot.domain.span import Span, Unit
from bot.domain.words import Channel, Person, Sentence, listed, say

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MOST_LISTED = 3
_LONGEST = 80
_UNITS = {Unit.SECOND: "s", Unit.MINUTE: "min", Unit.HOUR: "h", Unit.DAY: "d", Unit.WEEK: "w"}
_IF_NOBODY = {IfNobody.SKIP: "the next level is asked", IfNobody.HOLD: "it waits until somebody is"}


def shown(value: object, without: str = "none") -> Sentence:
    """Any single value of a matrix, in words; `without` for None and for what is empty."""
    match value:
        case None | () | "":
            return say(without)
        case Contact():
            return who(value)
        case Span():
            return say("{text}", text=length(value))
        case IfNobody():
            return say(_IF_NOBODY[value])
        case bool():
            return say("yes" if value else "no")
        case date():
            return say(day(value))
        case time():
            return say("{at}", at=value.strftime("%H:%M"))
        case tuple():
            return listed([shown(one) for one in value])
        case str():
            return say("{text}", text=brief(value))
    return say("{text}", text=str(value))


def length(span: Span) -> str:
    """``15 min``, ``4 h``, ``1 d``: the number and the unit that the document has."""
    return f"{span.count} {_UNITS[span.unit]}"


def who(contact: Contact) -> Sentence:
    """A contact in the middle of a sentence."""
    match contact.kind:
        case ContactKind.CHANNEL:
            return say("{place}", place=Channel(str(contact)))
        case ContactKind.USER:
            return say("{person}", person=Person(contact.value))
        case ContactKind.GROUP:
            return say("the group {name}", name=contact.value)
        case ContactKind.ONCALL:
            return say("who is on call for {name}", name=contact.value)
    return say("{name}", name=str(contact))


def who_first(contact: Contact) -> Sentence:
    """A contact at the beginning of a sentence."""
    match contact.kind:
        case ContactKind.GROUP:
            return say("The group {name}", name=contact.value)
        case ContactKind.ONCALL:
            return say("Who is on call for {name}", name=contact.value)
    return who(contact)


def whom(contacts: Iterable[Contact]) -> Sentence:
    """Several contacts; the first few, and how many more."""
    return shortlist([who(one) for one in dict.fromkeys(contacts)]) or say("nobody")


def shortlist(items: Sequence[Sentence], most: int = MOST_LISTED) -> Sentence:
    """``a, b, c and 4 more``."""
    if len(items) <= most + 1:  # "and 1 more" would be no shorter than the one
        return listed(list(items))
    return listed([*items[:most], say("{n} more", n=len(items) - most)])


def match_words(match: Match) -> Sentence:
    """``category customer and service billing or sales``; for no match at all: ``everything else``."""
    facts = [
        say("{fact} {values}", fact=fact, values=listed([shown(one) for one in sorted(values)], last="or"))
        for fact, values in sorted(match.items())
    ]
    return listed(facts) if facts else say("everything else")


def hours(some: Day) -> str:
    """``09:00-12:00, 13:00-17:30``, ``closed`` or ``round the clock``."""
    if some == ROUND_THE_CLOCK:
        return "round the clock"
    return ", ".join(_part(one) for one in some) or "closed"


def day(some: date) -> str:
    """``25 Dec 2026``."""
    return f"{some.day} {some:%b %Y}"


def brief(text: str) -> str:
    """A text of the document on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def quoted(text: str) -> Sentence:
    """A text of the document between quotes."""
    return say('"{text}"', text=brief(text))


def _part(some: Hours) -> str:
    return f"{_clock(some.start)}-{_clock(some.end)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"

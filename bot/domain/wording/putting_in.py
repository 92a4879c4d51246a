"""The sentences about putting somebody in for a time: what stands there, what it would be, and who hears of it."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.oncall.model import ChangeKind, OnCallChange
from bot.domain.oncall.pieces import Piece
from bot.domain.wording.oncall import SHOWN, span, times
from bot.domain.words import NOTHING, At, Person, Sentence, listed, say, sentences


def noted(note: str) -> Sentence:
    """What somebody wrote about it, in their words."""
    return say("Note: “{note}”", note=note) if note else NOTHING


def put_in(by: str, who: str) -> Sentence:
    """Why somebody's time changed."""
    return say("{by} put {who} in.", by=Person(by), who=Person(who))


def put_you_in(by: str) -> Sentence:
    """To who was put in: why."""
    return say("{by} put you in.", by=Person(by))


def line(one: Piece) -> Sentence:
    """``@maya from Monday 09:00 until 17:00``."""
    who = say("{who}", who=Person(one.who)) if one.who else say("nobody")
    return who + say(" from {start} until {end}", start=At(one.start), end=At(one.end))


def now_on_call(who: str, gained: Sequence[Piece]) -> Sentence:
    """To who put somebody in: what is true from now on."""
    return say("{who} is on call for {times}.", who=Person(who), times=times(gained))


def asks_for(asker: str, title: str, start: datetime, end: datetime, note: str) -> Sentence:
    """To the colleague who is asked to stand in, whoever has the time."""
    question = say(
        "{who} asks whether you can be on call for {title} {span}. Nothing changes until you accept.",
        who=Person(asker),
        title=title,
        span=span(start, end),
    )
    return sentences(question, noted(note))


def asked(who: str) -> Sentence:
    """To who asked for somebody else's consent."""
    return say(
        "I asked {who}. Everything stays as it is until they accept; I tell you what they say.",
        who=Person(who),
    )


def you_accepted(theirs: Sequence[Piece], asker: str) -> Sentence:
    """To the colleague, once they said yes."""
    return say(
        "You are on call for {times}. Thank you; I told {who}.", times=times(theirs), who=Person(asker)
    )


def accepted(who: str, theirs: Sequence[Piece]) -> Sentence:
    """To who asked, once the colleague said yes."""
    return say("{who} accepted and is on call for {times}.", who=Person(who), times=times(theirs))


def you_declined(asker: str) -> Sentence:
    """To the colleague, once they said no."""
    return say("You said that you can't. Nothing changes, and {who} was told.", who=Person(asker))


def declined(who: str, title: str, start: datetime, end: datetime) -> Sentence:
    """To who asked, once the colleague said no."""
    return say(
        "{who} can't be on call for {title} {span}. Nothing has changed; you can put somebody else in.",
        who=Person(who),
        title=title,
        span=span(start, end),
    )


def overlap(change: OnCallChange) -> Sentence:
    """A change that stands already and touches the same time."""
    when = span(change.start, change.end)
    if change.kind is ChangeKind.AWAY:
        return say("{who} is away {span}.", who=Person(change.person), span=when)
    instead = say(" instead of {who}", who=Person(change.instead_of)) if change.instead_of else NOTHING
    return say("{who} is put in{instead} {span}.", who=Person(change.person), instead=instead, span=when)


def elsewhere(who: str, some: Sequence[Piece]) -> Sentence:
    """Whoever is put in is on call for something else at the same time."""
    return say("{who} is on call then for {times}, too.", who=Person(who), times=times(some))


def at_most(some: Sequence[Sentence]) -> Sentence:
    """The first few, and how many more there are."""
    more = len(some) - SHOWN
    return listed([*some[:SHOWN], *([say("{n} more", n=more)] if more > 0 else [])])

"""The sentences about being on call: what was changed, who is asked, and what it means for whom."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.oncall.model import ChangeKind, OnCallChange
from bot.domain.oncall.pieces import Effect, Piece
from bot.domain.words import NOTHING, At, Person, Sentence, listed, say, sentences

SHOWN = 5
"""So many pieces are named; a longer list says how many more there are."""


def times(some: Sequence[Piece]) -> Sentence:
    """``care-leads from Monday 09:00 until 17:00 and duty from ...``: whose they are is said elsewhere."""
    named = [
        say("{title} from {start} until {end}", title=one.title, start=At(one.start), end=At(one.end))
        for one in some[:SHOWN]
    ]
    more = len(some) - len(named)
    return listed([*named, say("{n} more", n=more)] if more else named)


def people(users: Sequence[str]) -> Sentence:
    """Mentions, each once."""
    return listed([say("{who}", who=Person(user)) for user in dict.fromkeys(users)])


def span(start: datetime, end: datetime) -> Sentence:
    """``from Monday 09:00 until 17:00``."""
    return say("from {start} until {end}", start=At(start), end=At(end))


def yours(effect: Effect, user: str) -> Sentence:
    """What a change means for one person."""
    gained, lost = effect.gained_by(user), effect.lost_by(user)
    return sentences(
        say("You are on call for {times}.", times=times(gained)) if gained else NOTHING,
        say("You are off: {times}.", times=times(lost)) if lost else NOTHING,
    )


def told(effect: Effect, by: str) -> Sentence:
    """``I told @maya.``: the others whom it concerns hear of it."""
    others = [one for one in effect.people if one != by]
    return say("I told {people}.", people=people(others)) if others else NOTHING


def takes(who: str) -> Sentence:
    """Why somebody's time changed."""
    return say("{who} takes over.", who=Person(who))


def is_away(who: str) -> Sentence:
    """Why somebody's time changed."""
    return say("{who} is away.", who=Person(who))


def if_you_cannot(called: str) -> Sentence:
    """To who stands in without having been asked."""
    return say("If you can't then, {called} ask @colleague WHEN asks somebody else.", called=called)


def took_back(who: str) -> Sentence:
    """Why somebody's time changed."""
    return say("{who} took a change back.", who=Person(who))


def away(user: str, by: str, start: datetime, end: datetime, effect: Effect) -> Sentence:
    """To who said that `user` is away: who stands in, and where nobody does."""
    who = say("You are") if user == by else say("{who} is", who=Person(user))
    said = [say("{who} away {span}.", who=who, span=span(start, end))]
    if not effect.lost_by(user):
        said.append(say("There is no shift in that time, so nobody needs to stand in."))
    for other in effect.people:
        theirs = effect.gained_by(other)
        if theirs:
            said.append(say("{who} stands in: {times}.", who=Person(other), times=times(theirs)))
    if effect.gaps:
        said.append(say("Nobody stands in for {times}. I told who looks after it.", times=times(effect.gaps)))
    return sentences(*said)


def gap(reason: Sentence, some: Sequence[Piece], called: str) -> Sentence:
    """To who looks after a schedule in which a change leaves nobody."""
    return sentences(
        reason,
        say(
            "Nobody is on call for {times}. Whoever can take it types {called} take.",
            times=times(some),
            called=called,
        ),
    )


def set_away(by: str, start: datetime, end: datetime) -> Sentence:
    """To somebody whom another person set away."""
    return say("{who} noted that you are away {span}.", who=Person(by), span=span(start, end))


def undone(change: OnCallChange, by: str) -> Sentence:
    """To who took a change back: which one it was."""
    who = say("You are") if change.person == by else say("{who} is", who=Person(change.person))
    what = "away" if change.kind is ChangeKind.AWAY else "taking over"
    return say("{who} no longer {what} {span}.", what=what, who=who, span=span(change.start, change.end))


def asks_you(asker: str, theirs: Sequence[Piece]) -> Sentence:
    """To the colleague who is asked."""
    return say(
        "{who} asks whether you can be on call for {times}. They have it until you accept.",
        who=Person(asker),
        times=times(theirs),
    )


def asked(colleague: str, mine: Sequence[Piece]) -> Sentence:
    """To who asked."""
    return say(
        "I asked {who} about {times}. You have it until they accept; I tell you what they say.",
        who=Person(colleague),
        times=times(mine),
    )


def you_accepted(asker: str, theirs: Sequence[Piece]) -> Sentence:
    """To the colleague, once they said yes."""
    return say(
        "You are on call for {times} instead of {who}. Thank you; I told them.",
        who=Person(asker),
        times=times(theirs),
    )


def accepted(colleague: str, mine: Sequence[Piece]) -> Sentence:
    """To who asked, once the colleague said yes."""
    return say(
        "{who} accepted and takes {times}. You are off then; nothing to do.",
        who=Person(colleague),
        times=times(mine),
    )


def you_declined(asker: str) -> Sentence:
    """To the colleague, once they said no."""
    return say("You said that you can't. {who} keeps the time and was told.", who=Person(asker))


def declined(colleague: str, start: datetime, end: datetime, called: str) -> Sentence:
    """To who asked, once the colleague said no."""
    return say(
        "{who} can't take over {span}. You are still on call then; {called} ask asks somebody else.",
        who=Person(colleague),
        span=span(start, end),
        called=called,
    )


def withdrawn(asker: str, start: datetime, end: datetime) -> Sentence:
    """To the colleague, once the question is taken back."""
    return say("{who} asks nobody any more {span}. Nothing to do.", who=Person(asker), span=span(start, end))


def not_theirs(asker: str) -> Sentence:
    """To the colleague who says yes when the time is somebody else's by now."""
    return say("{who} is not on call then any more. Nothing to do.", who=Person(asker))


def over(asker: str) -> Sentence:
    """To the colleague who answers too late."""
    return say("{who} asked about a time that is over. Nothing to do.", who=Person(asker))


def begins_unanswered(colleague: str, start: datetime, end: datetime, *, whoever: bool) -> Sentence:
    """To who asked, when the time begins and nobody has said yes or no."""
    asked = say("{who} has not answered about the time {span}.", who=Person(colleague), span=span(start, end))
    if whoever:
        return sentences(asked, say("It begins now, and whoever was on call stays it until they accept."))
    return sentences(asked, say("It begins now, and you are on call until they accept."))


def never_answered(colleague: str, start: datetime, end: datetime, *, whoever: bool) -> Sentence:
    """To who asked, once the time is over."""
    stayed = say("Nothing was changed.") if whoever else say("You kept it.")
    return sentences(
        say("{who} did not answer about the time {span}.", who=Person(colleague), span=span(start, end)),
        say("It is over now."),
        stayed,
    )


def not_yours(start: datetime, end: datetime, called: str) -> Sentence:
    """There is nothing to hand over."""
    return say(
        "You are not on call {span}, so there is nothing to hand over. {called} mine shows your shifts.",
        span=span(start, end),
        called=called,
    )


def not_on_call(user: str, start: datetime, end: datetime, called: str) -> Sentence:
    """There is nothing to cover."""
    return say(
        "{who} is not on call {span}. {called} shows who is.",
        who=Person(user),
        span=span(start, end),
        called=called,
    )


def shift_begun(piece: Piece, until: datetime | None, open_issues: int) -> Sentence:
    """To who is on call from now on; `until` None = without an end in sight."""
    return sentences(
        say("Your shift for {title} has begun.", title=piece.title),
        say("You are on call until {end}.", end=At(until)) if until else NOTHING,
        say("Open there: {n}.", n=open_issues) if open_issues else say("Nothing is open there."),
    )


def shift_over(piece: Piece, now: Piece | None, left: int, asked: int) -> Sentence:
    """To who is no longer on call; of `asked` issues that they have, each has a message of its own."""
    successor = say("{who} is on call now.", who=Person(now.who)) if now else say("Nobody is on call now.")
    over = say("Your shift for {title} is over.", title=piece.title)
    if not left:
        return sentences(over, successor, say("Nothing is left with you. Thank you."))
    said = "Still with you: {n}. Please finish or hand over."
    if asked:
        said = "Besides what you are asked about one by one, still with you: {n}. Please finish or hand over."
    return sentences(over, successor, say(said, n=left))

"""What is said once nothing reaches somebody any more: who it is, and who does what next."""

from collections.abc import Callable, Mapping

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.words import NOTHING, Person, Sentence, listed, say, sentences


def for_owner(issue: Issue, event: Event) -> Sentence:
    """For who has it: what they do about it."""
    if event.text("name"):
        return sentences(_bearer_is_gone(issue, event), say("What they should hear follows."))
    return for_taker(issue, (event.text("who"),))


def for_taker(issue: Issue, lost: tuple[str, ...]) -> Sentence:
    """For who takes it while that is so."""
    return sentences(_reader_is_gone(issue, lost), _what_next(issue))


def for_manager(issue: Issue, event: Event) -> Sentence:
    """For the escalation manager, where nobody has it."""
    if event.text("name"):
        until_then = say("Whoever takes it does so from then on; please see that it is done until then.")
        return sentences(_bearer_is_gone(issue, event), until_then)
    still = say("Please see whether somebody still needs it.")
    return sentences(_reader_is_gone(issue, (event.text("who"),)), still, _what_next(issue))


def answer_to_owner(issue: Issue) -> Sentence:
    """Instead of saying that the requester was told; whom else it is for, was."""
    gone = say("{who} cannot be reached in Slack any more.", who=Person(issue.requester))
    others = [say("{who}", who=Person(one)) for one in issue.company.further if one not in issue.care.lost]
    if others:
        said = "{who} has been told." if len(others) == 1 else "{who} have been told."
        return sentences(gone, say(said, who=listed(others, last="and")))
    return sentences(gone, say("Your words stand in the timeline of ISS-{number}.", number=issue.number))


def _what_next(issue: Issue) -> Sentence:
    """Somebody else reads it from now on, or it ends without them."""
    join = say(
        "If somebody else needs to hear how it goes, let them join: join ISS-{number} @name.",
        number=issue.number,
    )
    if issue.state is State.RESOLVED:
        return sentences(join, say("If nobody does, there is nothing to do: it closes by itself."))
    return sentences(join, say("If nobody does, resolve it: then it closes by itself."))


def _reader_is_gone(issue: Issue, lost: tuple[str, ...]) -> Sentence:
    who = listed([say("{who}", who=Person(one)) for one in lost], last="and")
    return say(
        "ISS-{number} is for {who}, who cannot be reached in Slack any more.", number=issue.number, who=who
    )


def _bearer_is_gone(issue: Issue, event: Event) -> Sentence:
    return say(
        "ISS-{number} is for {name}, who has no Slack. {who} told them how it stands, and cannot be reached any more. "
        "Please tell {name} yourself.",
        number=issue.number,
        name=event.text("name"),
        who=Person(event.text("who")),
    )


def _line(_issue: Issue, event: Event) -> Sentence:
    name = event.text("name")
    brings = say(", who tells {name} how it stands,", name=name) if name else NOTHING
    return say(
        "{who}{brings} cannot be reached in Slack any more. Reason: {why}.",
        who=Person(event.text("who")),
        brings=brings,
        why=event.text("why").rstrip(". "),
    )


LINES: Mapping[EventKind, Callable[[Issue, Event], Sentence | None]] = {EventKind.OUT_OF_REACH: _line}

"""What is said when raiser or requester end an issue themselves."""

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.words import Part, Person, Sentence, say


def withdrawn(_issue: Issue, event: Event) -> Sentence:
    """For the log."""
    reason = event.text("reason")
    ending = say(": {reason}", reason=reason) if reason else say(".")
    return say("{who} withdrew it", who=_actor(event)) + ending


def solved(_issue: Issue, event: Event) -> Sentence:
    """For the log: closed by those it is for."""
    done = event.text("done")
    ending = say(": {done}", done=done) if done else say(".")
    return say("{who} says it is solved, so it is closed", who=_actor(event)) + ending


def for_requester(issue: Issue, event: Event) -> Sentence:
    """Once, with how to go on; the reason of somebody else follows as a quote."""
    again = "It can be opened again within 14 days."
    if event.actor == issue.requester:
        return say("ISS-{number} is withdrawn. " + again, number=issue.number)
    return say("{who} withdrew ISS-{number}. " + again, who=_actor(event), number=issue.number)


def for_raiser(issue: Issue, event: Event) -> Sentence:
    """To who raised it for somebody else, who withdrew it."""
    said = "{who} withdrew ISS-{number}. It can be opened again within 14 days."
    return say(said, who=_actor(event), number=issue.number)


def for_others(issue: Issue, event: Event) -> Sentence:
    """To whoever has it, and to those who were asked."""
    what = "withdrew ISS-{number}"
    if event.kind is EventKind.CLOSED:
        what = "says that ISS-{number} is solved"
    return say(
        "{who} " + what + ". Nothing to do any more. Thank you.", who=_actor(event), number=issue.number
    )


def open_again(_issue: Issue) -> Sentence:
    """Below a message that offered to open it again."""
    return say("It was opened again.")


def _actor(event: Event) -> Part:
    return Person(event.actor) if event.actor else "Rung"

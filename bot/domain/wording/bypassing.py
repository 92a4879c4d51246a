"""What is said about escalating by hand: to a team, past a level, and what the escalation manager says to it."""

from collections.abc import Callable, Mapping

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.wording import names
from bot.domain.words import NOTHING, Part, Person, Sentence, say, sentences


def escalated(_issue: Issue, event: Event) -> Sentence:
    """The next level, or a team, was asked for by hand."""
    reason, team = event.text("reason"), event.text("team")
    ending = say(": {reason}", reason=reason) if reason else say(".")
    if team:
        return say("{who} sent it to {team}", who=_actor(event), team=team) + ending
    return say("{who} asked for the next level", who=_actor(event)) + ending


def asked(_issue: Issue, event: Event) -> Sentence:
    """Somebody would like to leave out a level."""
    said = say("{who} would like to go straight to {name}", who=_actor(event), name=event.text("name"))
    why = say(": {reason}", reason=event.text("reason"))
    return sentences(said + why, say("The escalation manager decides; the ladder goes on meanwhile."))


def passed(_issue: Issue, event: Event) -> Sentence:
    """A level was left out."""
    name, out = event.text("name"), event.text("left_out")
    if event.text("by"):
        wished = Person(event.text("by"))
        return say(
            "{who} allowed it: {name} is asked, as {by} wished.", who=_actor(event), name=name, by=wished
        )
    without = say(", without {out}", out=out) if out else NOTHING
    said = say("{who} went straight to {name}", who=_actor(event), name=name)
    return said + without + say(": {reason}", reason=event.text("reason"))


def refused(_issue: Issue, event: Event) -> Sentence:
    """The ladder goes on as it is."""
    return say(
        "{who} leaves it with the ladder: {name} is not asked yet.",
        who=_actor(event),
        name=event.text("name"),
    )


def went_straight(_issue: Issue, event: Event) -> Sentence:
    """It had come to a senior directly."""
    return say("It came straight to {who}, and starts where it belongs.", who=Person(event.text("target")))


def for_manager(issue: Issue, event: Event) -> Sentence:
    """Asks whether a level may be left out; the reason follows as a quote."""
    return sentences(
        say(
            "{who} would like to go straight to {name} with ISS-{number}. May they?",
            who=_actor(event),
            name=event.text("name"),
            number=issue.number,
        ),
        names.now_with(issue),
        say("If you do not answer, the ladder simply goes on."),
    )


def told_manager(issue: Issue, event: Event) -> Sentence:
    """A level was left out by somebody who may; the reason follows as a quote."""
    return say(
        "{who} went straight to {name} with ISS-{number}, without {out}.",
        who=_actor(event),
        name=event.text("name"),
        number=issue.number,
        out=event.text("left_out"),
    )


def allowed_for_asker(issue: Issue, event: Event) -> Sentence:
    """Yes."""
    said = "{who} agrees: {name} is asked about ISS-{number} now."
    return say(said, who=_actor(event), name=event.text("name"), number=issue.number)


def refused_for_asker(issue: Issue, event: Event) -> Sentence:
    """No, kindly, with who is asked until when."""
    said = "{who} would rather leave ISS-{number} with those who are asked first, and thanks you for pointing it out."
    return sentences(say(said, who=_actor(event), number=issue.number), names.now_with(issue))


def team_for_owner(issue: Issue, event: Event) -> Sentence:
    """Whoever has it keeps it until somebody of the team takes it; the reason follows as a quote."""
    return say(
        "{who} sent ISS-{number} to {team}. You have it until somebody there takes it.",
        who=_actor(event),
        number=issue.number,
        team=event.text("team"),
    )


def _actor(event: Event) -> Part:
    return Person(event.actor) if event.actor else "Rung"


LINES: Mapping[EventKind, Callable[[Issue, Event], Sentence | None]] = {
    EventKind.ESCALATED: escalated,
    EventKind.BYPASS_ASKED: asked,
    EventKind.BYPASSED: passed,
    EventKind.BYPASS_REFUSED: refused,
    EventKind.WENT_STRAIGHT: went_straight,
}

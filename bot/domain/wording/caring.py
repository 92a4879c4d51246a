"""What is said about news that are due, of texts to bring, of ratings and of follow-ups."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.rating import WORDS
from bot.domain.standing_in import brings
from bot.domain.wording import names
from bot.domain.words import At, Part, Person, Sentence, say, sentences


def next_update(by: datetime) -> Sentence:
    """The promise that stands below each message to the requester."""
    return say("Next update by {by}.", by=At(by))


def update_due(issue: Issue, event: Event) -> Sentence:
    """For who has it: most of the time is used."""
    return say(
        "ISS-{number}: {who} expects news by {by}. A line about how it stands is enough, "
        "also when there is nothing new.",
        number=issue.number,
        who=requester_of(issue),
        by=_by(event),
    )


def update_late(issue: Issue, event: Event) -> Sentence:
    """For the escalation manager: nobody is blamed."""
    return sentences(
        say(
            "ISS-{number}: {who} was to read news by {by} and still waits for them.",
            number=issue.number,
            who=requester_of(issue),
            by=_by(event),
        ),
        names.now_with(issue),
        say("Please see with them what it needs, or tell the requester how it stands."),
    )


def bring_this(issue: Issue, user: str) -> Sentence:
    """Above a text for somebody without Slack."""
    return say(
        "Please tell {name}, who has no Slack, about ISS-{number}. You can copy this:",
        name=brings(issue, user),
        number=issue.number,
    )


def times_are_local(issue: Issue) -> Sentence:
    """Below such a text."""
    return say("Times are those of {zone}.", zone=issue.route.rules.timezone)


def bring_reminder(issue: Issue, event: Event) -> Sentence:
    """For the raiser, once for all texts that wait."""
    return say(
        "ISS-{number}: {name} should hear by {by} how it stands. Press I told them when you have told them.",
        number=issue.number,
        name=event.text("name"),
        by=_by(event),
    )


def bring_late(issue: Issue, event: Event) -> Sentence:
    """For the escalation manager."""
    late = say(
        "ISS-{number}: {name}, who has no Slack, was to hear by {by} how it stands.",
        number=issue.number,
        name=event.text("name"),
        by=_by(event),
    )
    who = Person(event.text("who") or issue.raiser)
    if event.data.get("lost"):
        gone = say("{who}, who was to tell them, cannot be reached in Slack any more.", who=who)
        return sentences(late, gone, say("Please tell {name} yourself.", name=event.text("name")))
    bringing = say("{who} brings them the news. Please see whether they need a hand.", who=who)
    return sentences(late, bringing)


def well_done(issue: Issue, event: Event) -> Sentence:
    """For who had it."""
    return say(
        "{who} confirmed that ISS-{number} is solved. Well done.", who=speaker(event), number=issue.number
    )


def what_would_have_helped(issue: Issue) -> Sentence:
    """For raiser and owner, once it is closed."""
    return say(
        "ISS-{number} is closed. One question, if you like: what would have helped?", number=issue.number
    )


def rated(issue: Issue, event: Event) -> Sentence:
    """For who had it, and for the manager where it did not go well."""
    return say(
        "{who} says how ISS-{number} went: {stars} of 5, {word}.",
        who=speaker(event),
        number=issue.number,
        stars=int(event.data.get("stars", 0)),
        word=_word(event),
    )


def commented(issue: Issue, event: Event) -> Sentence:
    """Introduces what somebody wrote, which follows as a quote."""
    return say(
        "What would have helped with ISS-{number}, says {who}:", number=issue.number, who=speaker(event)
    )


def did_it_last(issue: Issue) -> Sentence:
    """Some time after it closed."""
    return say(
        "ISS-{number} was closed {when}. Did the solution last?",
        number=issue.number,
        when=At(issue.closed_at or issue.raised_at, "day"),
    )


def follow_up_answered(issue: Issue, event: Event) -> Sentence:
    """For who had it."""
    said = "{who} says that the solution of ISS-{number} lasted. Well done."
    if not event.data.get("lasted"):
        said = "{who} says that ISS-{number} came back. A new issue can be raised for it."
    return say(said, who=speaker(event), number=issue.number)


def asks_to_send(issue: Issue) -> Sentence:
    """To somebody it is for, who wrote instead of pressing; their words follow as a quote."""
    owner = issue.present_owner
    whom = say("{who}", who=Person(owner)) if owner else say("those who are asked")
    return say(
        "Should {whom} read this about ISS-{number}? Press Reply to send it.", whom=whom, number=issue.number
    )


def requester_of(issue: Issue) -> Part:
    """Whom it is for, for those who work on it."""
    return issue.facts.requester_name or Person(issue.requester)


def speaker(event: Event) -> Sentence:
    """Who said it, and for whom."""
    who: Part = Person(event.actor) if event.actor else "Rung"
    absent = event.text("in_place_of")
    name: Part = Person(absent) if absent else event.text("on_behalf")
    return say("{who} (for {name})", who=who, name=name) if name else say("{who}", who=who)


def _word(event: Event) -> str:
    return WORDS[int(event.data.get("stars", 0))]


def _by(event: Event) -> Part:
    text = event.text("by")
    return At(datetime.fromisoformat(text)) if text else "now"


def _line_late(_issue: Issue, event: Event) -> Sentence:
    if name := event.text("name"):
        return say("{name}, who has no Slack, was to hear by {by} how it stands.", name=name, by=_by(event))
    return say("The requester was to read news by {by} and still waits for them.", by=_by(event))


def _line_due(_issue: Issue, event: Event) -> Sentence:
    return say("News for the requester are due by {by}.", by=_by(event))


def _line_owed(_issue: Issue, event: Event) -> Sentence:
    if event.data.get("lost"):
        return say("{name} has no Slack, and nobody is there to tell them.", name=event.text("name"))
    said = "{name} has no Slack: {who} was {asked} to tell them."
    who: Part = Person(event.text("who")) if event.text("who") else "who raised it"
    return say(
        said, name=event.text("name"), who=who, asked="reminded" if event.data.get("again") else "asked"
    )


def _line_told(_issue: Issue, event: Event) -> Sentence:
    return say("{who} told {name}.", who=speaker(event), name=event.text("name"))


def _line_rated(_issue: Issue, event: Event) -> Sentence:
    """Without the number: how people rate is no public matter."""
    return say("{who} said how it went.", who=speaker(event))


def _line_commented(_issue: Issue, event: Event) -> Sentence | None:
    return (
        None if event.data.get("skipped") else say("{who} said what would have helped.", who=speaker(event))
    )


def _line_followed_up(_issue: Issue, _event: Event) -> Sentence:
    return say("The requester was asked whether the solution lasted.")


def _line_follow_up_answered(_issue: Issue, event: Event) -> Sentence:
    said = "{who} says that it lasted." if event.data.get("lasted") else "{who} says that it came back."
    return say(said, who=speaker(event))


LINES: Mapping[EventKind, Callable[[Issue, Event], Sentence | None]] = {
    EventKind.UPDATE_DUE: _line_due,
    EventKind.UPDATE_LATE: _line_late,
    EventKind.OWED: _line_owed,
    EventKind.TOLD: _line_told,
    EventKind.RATED: _line_rated,
    EventKind.COMMENTED: _line_commented,
    EventKind.FOLLOWED_UP: _line_followed_up,
    EventKind.FOLLOW_UP_ANSWERED: _line_follow_up_answered,
}

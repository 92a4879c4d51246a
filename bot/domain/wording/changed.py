"""What people read when somebody changed what an issue is about."""

from collections.abc import Iterator

from bot.domain.events import Event
from bot.domain.issue import Issue
from bot.domain.words import NOTHING, Person, Sentence, listed, load_sentence, say, sentences

NONE = "none"


def what_changed(before: Issue, after: Issue) -> Sentence:
    """``the service to Billing and the priority to High``, in the titles of the matrix."""
    said = [say("the {fact} to {value}", fact=fact, value=value) for fact, value in _facts(before, after)]
    if before.route.priority != after.route.priority or not said:
        said.append(say("the priority to {title}", title=after.route.priority.title))
    return listed(said)


def line(event: Event) -> Sentence:
    """For the timeline: who, what, what follows from it, and why."""
    effects, reason = load_sentence(event.text("effects")), event.text("reason")
    return sentences(
        say("{who} changed {what}.", who=_actor(event), what=_what(event)),
        say("This means: {effects}.", effects=effects) if effects else NOTHING,
        say("Why: {reason}", reason=reason) if reason else NOTHING,
    )


def for_requester(issue: Issue, event: Event) -> Sentence:
    """In plain words; the reason is for those who work on it."""
    return say(
        "ISS-{number}: {who} changed {what}.", number=issue.number, who=_actor(event), what=_what(event)
    )


def for_owner(issue: Issue, event: Event) -> Sentence:
    """Whoever has it keeps it."""
    said = for_requester(issue, event)
    if event.text("from") != event.text("to"):
        return sentences(said, say("It is on the path {path} now. You still have it.", path=event.text("to")))
    return said


def _facts(before: Issue, after: Issue) -> Iterator[tuple[str, str]]:
    facts, route = after.facts, after.route
    titles = {
        "type": route.type_title,
        "service": route.service_title or NONE,
        "client": route.client_title or NONE,
        "impact": facts.impact,
        "urgency": facts.urgency,
    }
    for name, title in titles.items():
        if getattr(facts, name) != getattr(before.facts, name):
            yield name, title


def _what(event: Event) -> Sentence:
    return load_sentence(event.text("what"))


def _actor(event: Event) -> Person | str:
    return Person(event.actor) if event.actor else "Rung"

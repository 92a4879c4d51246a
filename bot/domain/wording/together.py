"""What is said about issues that belong together, those who take part, notes, edits and kudos."""

from collections.abc import Callable, Mapping

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.noting import EDITABLE
from bot.domain.wording import names
from bot.domain.words import NOTHING, Part, Person, Sentence, say, sentences


def _actor(event: Event) -> Part:
    return Person(event.actor) if event.actor else "Rung"


def _who(event: Event) -> Part:
    return Person(event.text("who"))


def _joined(_issue: Issue, event: Event) -> Sentence:
    return say("It happens to {who} too, who is told about every step now.", who=_who(event))


def _watched(_issue: Issue, event: Event) -> Sentence:
    if event.actor == event.text("who"):
        return say("{who} watches it.", who=_who(event))
    return say("{actor} let {who} watch it.", actor=_actor(event), who=_who(event))


def _unwatched(_issue: Issue, event: Event) -> Sentence:
    return say("{who} does not watch it any more.", who=_who(event))


def _linked(_issue: Issue, event: Event) -> Sentence:
    return say("{who} linked it to ISS-{other}.", who=_actor(event), other=int(event.data["other"]))


def _merged(_issue: Issue, event: Event) -> Sentence:
    return say("{who} merged it into ISS-{into}.", who=_actor(event), into=int(event.data["into"]))


def _absorbed(_issue: Issue, event: Event) -> Sentence:
    return say(
        "{who} merged ISS-{other} into it: {title}",
        who=_actor(event),
        other=int(event.data["other"]),
        title=event.text("title"),
    )


def _noted(_issue: Issue, event: Event) -> Sentence:
    return say("Internal note by {who}: {text}", who=_actor(event), text=event.text("text"))


def _edited(_issue: Issue, event: Event) -> Sentence:
    return say(
        "{who} corrected {what}: “{was}” is now “{now}”.",
        who=_actor(event),
        what=EDITABLE.get(event.text("field"), "a fact"),
        was=event.text("was") or "nothing",
        now=event.text("now") or "nothing",
    )


def _thanked(_issue: Issue, event: Event) -> Sentence:
    text = event.text("text")
    return say("{actor} thanks {who}", actor=_actor(event), who=_who(event)) + (
        say(": {text}", text=text) if text else say(".")
    )


def _hidden(_issue: Issue, event: Event) -> Sentence:
    return say("{who} made it private.", who=_actor(event))


def _shown(_issue: Issue, event: Event) -> Sentence:
    return say("{who} made it public.", who=_actor(event))


def _reposted(_issue: Issue, _event: Event) -> Sentence:
    return say("The card was deleted and is posted anew.")


def for_joiner(issue: Issue) -> Sentence:
    """The first message to a further requester: what happens now."""
    told = say("You are told about every step of ISS-{number} from now on.", number=issue.number)
    return sentences(told, names.now_with(issue) if issue.state is not State.RESOLVED else NOTHING)


def for_watcher(issue: Issue, event: Event) -> Sentence:
    """Somebody let them watch it: what they get, and how it ends."""
    return say(
        "{actor} lets you watch ISS-{number}: you are told how it goes, and nobody asks you anything.",
        actor=_actor(event),
        number=issue.number,
    )


def merged_for_requester(issue: Issue) -> Sentence:
    """Plain words for who waits for it."""
    return say(
        "ISS-{number} is about the same thing as ISS-{into}, so both are handled together. "
        "You are told about every step there.",
        number=issue.number,
        into=issue.company.merged_into or 0,
    )


def merged_for_owner(issue: Issue, event: Event) -> Sentence:
    """Who had it has nothing to do any more."""
    return say(
        "{who} merged ISS-{number} into ISS-{into}. Nothing to do here any more.",
        who=_actor(event),
        number=issue.number,
        into=issue.company.merged_into or 0,
    )


def absorbed_for_owner(issue: Issue, event: Event) -> Sentence:
    """Who has the other one gets more people to tell."""
    return say(
        "{who} merged ISS-{other} into ISS-{number}. Its requesters are told about every step of yours.",
        who=_actor(event),
        other=int(event.data["other"]),
        number=issue.number,
    )


def thanked(issue: Issue, event: Event) -> Sentence:
    """Introduces what they wrote, which follows as a quote."""
    return say("{actor} says thank you for ISS-{number}.", actor=_actor(event), number=issue.number)


def note_for_owner(issue: Issue, event: Event) -> Sentence:
    """Introduces the note, which follows as a quote."""
    return say("{actor} wrote a note about ISS-{number}:", actor=_actor(event), number=issue.number)


LINES: Mapping[EventKind, Callable[[Issue, Event], Sentence | None]] = {
    EventKind.JOINED: _joined,
    EventKind.WATCHED: _watched,
    EventKind.UNWATCHED: _unwatched,
    EventKind.LINKED: _linked,
    EventKind.MERGED: _merged,
    EventKind.ABSORBED: _absorbed,
    EventKind.NOTED: _noted,
    EventKind.EDITED: _edited,
    EventKind.THANKED: _thanked,
    EventKind.HIDDEN: _hidden,
    EventKind.SHOWN: _shown,
    EventKind.REPOSTED: _reposted,
}

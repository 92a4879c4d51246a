"""One line of the log per event; None where the line would say nothing new."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.asking import RAISED_IT
from bot.domain.clocks import ClockKind
from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import Issue, Stage
from bot.domain.veil import SOMEBODY
from bot.domain.wording import (
    bypassing,
    caring,
    changed,
    handing,
    keeping,
    out_of_reach,
    sending_back,
    together,
    unsent,
    waiting,
    withdrawing,
)
from bot.domain.words import At, Channel, Part, Person, Sentence, load_sentence, say, sentences

CAUSES = {
    Cause.TIMER: "nobody answered in time",
    Cause.ALL_DECLINED: "everybody asked said they can't take it",
    Cause.UNREACHABLE: "nobody could be reached",
    Cause.NOBODY: "nobody is left to ask",
    Cause.BY_HAND: "escalated by hand",
    Cause.DISPUTE: "not solved",
    Cause.REROUTED: "it takes another path",
    Cause.BREACH: "nobody answered in time, and it is later than promised",
    Cause.GAVE_BACK: "it was given back",
    Cause.OWNER_GONE: "who had it is not available",
    Cause.STILL: "who has it stayed silent",
    Cause.HAND_OVER: "it is to be handed over",
    Cause.BYPASS: "a level was left out",
    Cause.APPEAL: "the appeal was upheld",
}


def line(issue: Issue, event: Event) -> Sentence | None:
    """What the thread and the timeline say about this event."""
    return _LINES[event.kind](issue, event)


def until(event: Event) -> datetime | None:
    """The end of the level that began with this event, UTC."""
    return _instant(event, "until")


def due(event: Event) -> datetime | None:
    """The deadline this event is about, UTC."""
    return _instant(event, "due")


def _instant(event: Event, name: str) -> datetime | None:
    text = event.text(name)
    return datetime.fromisoformat(text) if text else None


def _actor(event: Event) -> Part:
    return Person(event.actor) if event.actor else "Rung"


def _target(event: Event) -> Part:
    one = event.text("target")
    return Channel(one) if event.text("kind") == "channel" else Person(one)


def _raised(issue: Issue, event: Event) -> Sentence:
    return say(
        "{who} raised ISS-{number}: {priority}, path {path}.",
        who=_actor(event),
        number=issue.number,
        priority=issue.route.priority.title,
        path=issue.route.path.name,
    )


def _started(issue: Issue, event: Event) -> Sentence:
    name, end = event.text("name"), until(event)
    named = "who follows on call" if event.text("cause") == Cause.OWNER_GONE else "who was named"
    name = {"owner": "the last owner", "named": named}.get(event.text("stage"), name)
    if end is None:
        return say("Now asking {name}.", name=name)
    return sentences(
        keeping.silence(event), say("Now asking {name}, until {until}.", name=name, until=At(end))
    )


def _ended(_issue: Issue, event: Event) -> Sentence:
    return say("{name}: {why}.", name=event.text("name"), why=CAUSES[Cause(event.text("cause"))])


def _repeated(issue: Issue, event: Event) -> Sentence:
    return sentences(say("The ladder starts once more."), _started(issue, event))


def _catch_all(issue: Issue, event: Event) -> Sentence:
    every = issue.route.rules.nag_every.clock
    asked = say("UNANSWERED: the escalation manager is asked, again every {every}.", every=every)
    return sentences(keeping.silence(event), asked)


def _asked(_issue: Issue, event: Event) -> Sentence:
    return say("{who} was asked.", who=_target(event))


def _unreachable(_issue: Issue, event: Event) -> Sentence:
    return say(
        "{contact} could not be reached: {why}.",
        contact=event.text("contact"),
        why=event.text("why").rstrip(". ") or "no answer from the directory",
    )


def _skipped(issue: Issue, event: Event) -> Sentence | None:
    if event.text("why") == RAISED_IT and issue.raiser == SOMEBODY:
        return None  # nobody learns on which levels to look for them
    if event.text("stage") == Stage.OWNER:
        said = "{who}, who had it last, {why}, so the people of the level are asked."
        return say(said, who=Person(event.text("target")), why=event.text("why"))
    return say("{who} was not asked: {why}.", who=Person(event.text("target")), why=event.text("why"))


def _reminded(_issue: Issue, event: Event) -> Sentence:
    return say("{name} was reminded.", name=event.text("name"))


def _nagged(_issue: Issue, _event: Event) -> Sentence:
    return say("Still UNANSWERED: asked again.")


def _declined(_issue: Issue, event: Event) -> Sentence:
    reason = event.text("reason")
    ending = say(": {reason}", reason=reason) if reason else say(".")
    return say("{who} can't take it", who=_actor(event)) + ending


def _acknowledged(_issue: Issue, event: Event) -> Sentence:
    took = say("{who} took it.", who=_actor(event))
    if event.data.get("unasked"):
        return sentences(took, say("They had not been asked."))
    return sentences(took, say("They were not on the path.")) if event.data.get("off_path") else took


def _updated(_issue: Issue, event: Event) -> Sentence:
    return say("{who} told the requester: {text}", who=_actor(event), text=event.text("text"))


def _resolved(_issue: Issue, event: Event) -> Sentence:
    return say("{who} resolved it: {done}", who=_actor(event), done=event.text("done"))


def _confirmed(_issue: Issue, event: Event) -> Sentence:
    return say("{who} confirmed: solved.", who=caring.speaker(event))


def _disputed(_issue: Issue, event: Event) -> Sentence:
    said = "{who} opened it again: {why}" if event.text("was") else "{who} says it is not solved: {why}"
    return say(said, who=caring.speaker(event), why=event.text("why"))


def _closed(_issue: Issue, event: Event) -> Sentence:
    if event.text("why") == "own":
        return say("Closed: the requester solved it.")
    if event.text("why") == "solved":
        return withdrawing.solved(_issue, event)
    return say("Closed: nobody objected in time.")


def _rerouted(_issue: Issue, event: Event) -> Sentence:
    meant, person = event.text("from"), event.text("person")
    place = (
        say("be sent to {who}", who=Person(person)) if person else say("be posted in {from_}", from_=meant)
    )
    return say(
        "{what} could not {place}, so it went to {to}. Reason: {why}.",
        what=event.text("what"),
        place=place,
        to=event.text("to"),
        why=event.text("why").rstrip(". "),
    )


def _held(_issue: Issue, event: Event) -> Sentence:
    again = until(event)
    when = say("at {when}", when=At(again)) if again else say("as soon as somebody is")
    return say("Nobody is on duty for {name}. They are asked {when}.", name=event.text("name"), when=when)


def _hold_ended(issue: Issue, event: Event) -> Sentence:
    return sentences(say("Somebody is on duty."), _started(issue, event))


def _shift_changed(_issue: Issue, event: Event) -> Sentence:
    end = until(event)
    more = say(", until {until}.", until=At(end)) if end else say(".")
    return say("{name}: the shift changed, who is on duty now is asked too", name=event.text("name")) + more


def _informed(_issue: Issue, event: Event) -> Sentence:
    return say("{who} was told, not asked.", who=_target(event))


def _warned(_issue: Issue, event: Event) -> Sentence:
    return say("Most of the time is used: {what} is due {at}.", what=_promised(event), at=_due(event))


def _breached(_issue: Issue, event: Event) -> Sentence:
    n, again = int(event.data.get("n", 1)), event.data.get("n") != event.data.get("times")
    how = "Still later" if again else "Later"
    said = say("{how} than promised: {what} was due {at}.", how=how, what=_promised(event), at=_due(event))
    return said if n == 1 else sentences(said, say("Counted as late {n} times.", n=n))


def _route_changed(_issue: Issue, event: Event) -> Sentence:
    said = load_sentence(event.text("said"))
    return say("{who} changed how it is handled: {said}", who=_actor(event), said=said)


def _changed(_issue: Issue, event: Event) -> Sentence:
    return changed.line(event)


def _promised(event: Event) -> str:
    return "the answer" if event.text("clock") == ClockKind.RESPOND else "the solution"


def _due(event: Event) -> Part:
    at = due(event)
    return "earlier" if at is None else At(at)


_LINES: dict[EventKind, Callable[[Issue, Event], Sentence | None]] = {
    EventKind.RAISED: _raised,
    EventKind.LEVEL_STARTED: _started,
    EventKind.ASKED: _asked,
    EventKind.UNREACHABLE: _unreachable,
    EventKind.SKIPPED: _skipped,
    EventKind.LEVEL_ENDED: _ended,
    EventKind.REPEATED: _repeated,
    EventKind.CATCH_ALL: _catch_all,
    EventKind.REMINDED: _reminded,
    EventKind.NAGGED: _nagged,
    EventKind.DECLINED: _declined,
    EventKind.ACKNOWLEDGED: _acknowledged,
    EventKind.UPDATED: _updated,
    EventKind.RESOLVED: _resolved,
    EventKind.CONFIRMED: _confirmed,
    EventKind.DISPUTED: _disputed,
    EventKind.CLOSED: _closed,
    EventKind.REROUTED: _rerouted,
    EventKind.HELD: _held,
    EventKind.HOLD_ENDED: _hold_ended,
    EventKind.SHIFT_CHANGED: _shift_changed,
    EventKind.INFORMED: _informed,
    EventKind.WARNED: _warned,
    EventKind.BREACHED: _breached,
    EventKind.ROUTE_CHANGED: _route_changed,
    EventKind.CHANGED: _changed,
    EventKind.WAITING: waiting.began,
    EventKind.WAIT_REMINDED: waiting.reminded,
    EventKind.ANSWERED: waiting.answered,
    EventKind.WENT_ON: waiting.went_on,
    **handing.LINES,
    **bypassing.LINES,
    **sending_back.LINES,
    **together.LINES,
    **unsent.LINES,
    **caring.LINES,
    **out_of_reach.LINES,
}

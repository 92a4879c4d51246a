"""What is said to an owner who is asked whether they are still on it, who keeps it, or who wants to be left alone."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.contacts import Contact, ContactKind
from bot.domain.escalation import waiting_for
from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import Issue, Stage
from bot.domain.lifecycle import STATE_WORDS, State
from bot.domain.notification import Notice
from bot.domain.snoozing_time import snoozed_until
from bot.domain.wording import names
from bot.domain.words import NOTHING, At, Part, Person, Sentence, say, sentences


def still(issue: Issue, event: Event) -> Sentence:
    """The question after silence."""
    asked = say("Are you still on ISS-{number}? Nothing was heard of it for a while.", number=issue.number)
    return sentences(asked, _or_else(issue, event))


def at_the_top(issue: Issue, event: Event) -> Sentence:
    """The question to whoever has it when somebody else made it most urgent."""
    now = say("ISS-{number} is {title} now.", number=issue.number, title=issue.route.priority.title)
    if event.actor:
        now = say(
            "{who} raised ISS-{number}, which you have, to {title}.",
            who=Person(event.actor),
            number=issue.number,
            title=issue.route.priority.title,
        )
    asks = say("Nothing is more urgent now. Do you keep it?")
    return sentences(now, asks, _or_else(issue, event))


def settled(issue: Issue, notice: Notice) -> Sentence:
    """What became of a question to the owner."""
    if notice.args.get("opening") != issue.opening:
        return say("It was opened again after this. Nothing to do here.")
    if issue.state is not State.OPEN and issue.state is not State.ACKNOWLEDGED:
        return say("It is {state}. Nothing to do.", state=STATE_WORDS[issue.state])
    if issue.owner is None:
        return sentences(say("You don't have it any more."), names.now_asked(issue))
    if issue.gone:
        return you_are_away(issue) if issue.gone == notice.to.id else names.gone(issue)
    if issue.owner != notice.to.id:
        return say("{who} has it now. Nothing to do.", who=Person(issue.owner))
    return handed(issue) or say("You keep it. Thank you.")


def handed(issue: Issue) -> Sentence:
    """Whom somebody asked to take it over, since when, and that it is the reader's until then; nothing when nobody did,
    or their time is over.

    Who follows by themselves, because the owner is gone, was not asked by anybody."""
    found = _asked_to_take_over(issue)
    if found is None:
        return NOTHING
    one, since = found
    who: Part = Person(one.value) if one.kind is ContactKind.USER else str(one)
    return say(
        "{who} has been asked to take it over since {since}; you have it until it is taken.",
        who=who,
        since=At(since),
    )


def _asked_to_take_over(issue: Issue) -> tuple[Contact, datetime] | None:
    """The last one named who has not answered, or is not looked up yet, and since when they are asked."""
    wish, place = issue.care.named, issue.position
    if wish is None or wish.by is None or not issue.asking:
        return None
    if place.stage is Stage.NAMED and not place.asked:
        return wish.contacts[-1], place.started_at
    since = {ask.contact: ask.at for ask in waiting_for(issue)}
    return next(((one, since[str(one)]) for one in reversed(wish.contacts) if str(one) in since), None)


def you_are_away(issue: Issue) -> Sentence:
    """For who has it and is not there, while somebody is asked to follow them."""
    return say(
        "You are away, so somebody else is asked to take ISS-{number} over. You need not do anything.",
        number=issue.number,
    )


def snoozed(issue: Issue) -> Sentence:
    """``Quiet until 14:00.``, for the card; nothing without a snooze."""
    until = snoozed_until(issue)
    return say("Quiet until {until}.", until=At(until)) if until else NOTHING


def will_be_quiet(issue: Issue, until: datetime, cut: bool) -> Sentence:
    """To who snoozed it; `cut` = sooner than they wished."""
    said = say(
        "I leave you alone with ISS-{number} until {until}, unless something happens.",
        number=issue.number,
        until=At(until, "day"),
    )
    why = say("That is sooner than you asked: 80 % of the time to solve it is used then.")
    return sentences(said, why if cut else NOTHING)


def awake(issue: Issue) -> Sentence:
    """To who snoozed it, when the time is over."""
    return say("ISS-{number}: your snooze is over. It is still with you.", number=issue.number)


def on_it(issue: Issue, event: Event) -> Sentence:
    """For the requester, when the next level is not asked any more."""
    return say("{who} is on ISS-{number} and goes on.", who=_actor(event), number=issue.number)


def _or_else(issue: Issue, event: Event) -> Sentence:
    until = _instant(event, "until")
    if until is None:
        return NOTHING
    upcoming = names.next_step_name(issue) or names.CATCH_ALL_NAME
    return say("Please answer by {until}; then {upcoming} is asked too.", until=At(until), upcoming=upcoming)


def _kept(_issue: Issue, event: Event) -> Sentence:
    said = "{who} keeps it." if event.data.get("top") else "{who} is still on it."
    stopped = say("The next level is not asked any more.") if event.data.get("stopped") else NOTHING
    return sentences(say(said, who=_actor(event)), stopped)


def _still_asked(issue: Issue, _event: Event) -> Sentence:
    return say("{who} is asked whether they are still on it.", who=_owner(issue))


def _top_asked(issue: Issue, _event: Event) -> Sentence:
    return say("{who} is asked whether they keep it.", who=_owner(issue))


def _snoozed(_issue: Issue, event: Event) -> Sentence:
    until = _instant(event, "until")
    return say("{who} snoozed it until {until}.", who=_actor(event), until=At(until, "day") if until else "")


def _snooze_ended(_issue: Issue, _event: Event) -> Sentence:
    return say("The snooze is over.")


def silence(event: Event) -> Sentence:
    """For the log, before the level that is asked because of it; nothing when something else is why."""
    return say("Whoever has it stayed silent.") if event.text("cause") == Cause.STILL else NOTHING


def _owner(issue: Issue) -> Part:
    return Person(issue.owner) if issue.owner else "Whoever has it"


def _actor(event: Event) -> Part:
    return Person(event.actor) if event.actor else "Rung"


def _instant(event: Event, name: str) -> datetime | None:
    text = event.text(name)
    return datetime.fromisoformat(text) if text else None


LINES: Mapping[EventKind, Callable[[Issue, Event], Sentence | None]] = {
    EventKind.STILL_ASKED: _still_asked,
    EventKind.TOP_ASKED: _top_asked,
    EventKind.KEPT: _kept,
    EventKind.SNOOZED: _snoozed,
    EventKind.SNOOZE_ENDED: _snooze_ended,
}

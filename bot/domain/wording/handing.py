"""What is said about an owner who gives it back or hands it over, and of one who is gone."""

from collections.abc import Callable, Mapping

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue, Stage
from bot.domain.wording import keeping, names
from bot.domain.words import NOTHING, At, Channel, Part, Person, Sentence, say, sentences


def gave_back(_issue: Issue, event: Event) -> Sentence:
    """For the log."""
    reason = event.text("reason")
    return say("{who} gave it back", who=_actor(event)) + (
        say(": {reason}", reason=reason) if reason else say(".")
    )


def gave_back_for_requester(issue: Issue, event: Event) -> Sentence:
    """No reason is given: nobody is blamed."""
    return say(
        "{who} can't go on with ISS-{number}; {asked}.",
        who=_actor(event),
        number=issue.number,
        asked=_somebody_else(issue),
    )


def assigned(_issue: Issue, event: Event) -> Sentence:
    """For the log."""
    why = event.text("why")
    return say("{who} asks {named} to take it", who=_actor(event), named=named(event)) + (
        say(": {why}", why=why) if why else say(".")
    )


def assigned_for_owner(issue: Issue, event: Event) -> Sentence:
    """For who has it, when somebody else names who is to take it."""
    return say(
        "{who} asks {named} to take ISS-{number} over from you. You have it until somebody takes it.",
        who=_actor(event),
        named=named(event),
        number=issue.number,
    )


def named(event: Event) -> Part:
    """Who was named: a person, a channel, or as the matrix writes it."""
    one = event.text("target")
    if not one:
        return event.text("contact")
    return Channel(one) if event.text("kind") == "channel" else Person(one)


def not_taken(issue: Issue, event: Event) -> Sentence:
    """For the log."""
    if event.text("gone"):
        return say("Nobody took it over from {who}, so it is open again.", who=Person(event.text("gone")))
    if issue.owner:
        return say("Nobody of those named took it. {who} keeps it.", who=Person(issue.owner))
    return say("Nobody of those named took it.")


def not_taken_for_owner(issue: Issue) -> Sentence:
    """With buttons to try once more."""
    return say(
        "Nobody took ISS-{number} over, so you still have it. Please go on, or hand it to somebody else.",
        number=issue.number,
    )


def not_taken_for_asker(issue: Issue) -> Sentence:
    """For who named them."""
    said = say("Nobody of those you named took ISS-{number}.", number=issue.number)
    return sentences(said, names.now_with(issue))


def owner_gone(_issue: Issue, event: Event) -> Sentence:
    """For the log."""
    said = "{who}, who had it, {why}." if event.data.get("opened") else "{who}, who has it, {why}."
    return say(said, who=Person(event.text("owner")), why=_gone(event))


def gone_for_manager(issue: Issue, event: Event) -> Sentence:
    """Who had it, why they do not go on, and who is asked."""
    said = say(
        "{who}, who {has} ISS-{number}, {why}.",
        has="had" if event.data.get("opened") else "has",
        who=Person(event.text("owner")),
        number=issue.number,
        why=_gone(event),
    )
    until = issue.position.ends_at
    if not issue.gone or until is None:
        return sentences(said, names.now_asked(issue))
    then = "Somebody else is asked to take it over until {until}. Then {level} is asked."
    named = issue.position.stage is Stage.NAMED
    upcoming = issue.level.name if named else names.next_step_name(issue) or names.CATCH_ALL_NAME
    return sentences(said, say(then, until=At(until), level=upcoming))


def gone_for_requester(issue: Issue, event: Event) -> Sentence:
    """Plainly, and without why."""
    return say(
        "{who} is not available for ISS-{number} any more; {asked}.",
        who=Person(event.text("owner")),
        number=issue.number,
        asked=_somebody_else(issue),
    )


def gone_for_owner(issue: Issue) -> Sentence:
    """For who is away and will be back."""
    if issue.gone:
        return keeping.you_are_away(issue)
    return say(
        "You are away, so ISS-{number} is not with you any more: somebody else is asked. You need not do anything.",
        number=issue.number,
    )


def still_with_you(issue: Issue, schedule: str, on_call: str, follows: str) -> Sentence:
    """At the end of a shift, with buttons. `on_call` is who is on call now, if anybody; `follows` the same where they
    can take it."""
    said = say(
        "Your shift for {schedule} is over, and ISS-{number} is still with you.",
        schedule=schedule,
        number=issue.number,
    )
    if follows:
        ask = "Do you hand it over to {who}, who is on call now? You have it until they take it."
        return sentences(said, say(ask, who=Person(follows)))
    now = say("{who} is on call now.", who=Person(on_call)) if on_call else say("Nobody is on call now.")
    return sentences(said, now, say("Do you hand it over? You have it until somebody takes it."))


def asks_you(issue: Issue) -> Sentence:
    """``Dina asks you to take ISS-1 over from Maya.``: above the ping of somebody who was named."""
    wish = issue.care.named
    by = Person(wish.by) if wish and wish.by else None
    has_it = Person(issue.owner) if issue.owner else None
    if issue.gone and by in (None, has_it):
        why = names.GONE.get(issue.care.gone_why, names.GONE["away"])
        said = "{who}, who has ISS-{number}, {why}, and you are asked to take it over."
        return say(said, who=Person(issue.gone), number=issue.number, why=why)
    if by is None and has_it is None:
        return say("ISS-{number} is with nobody any more, and you follow on call.", number=issue.number)
    if by is None:
        return say(
            "You follow {who} on call. Can you take ISS-{number} over?", who=has_it or "", number=issue.number
        )
    if has_it is None or wish is None:
        return say("{by} asks you to take ISS-{number}.", by=by, number=issue.number)
    if wish.by == issue.owner:
        return say("{by} asks you to take ISS-{number} over from them.", by=by, number=issue.number)
    return say("{by} asks you to take ISS-{number} over from {who}.", by=by, number=issue.number, who=has_it)


def because(issue: Issue) -> Sentence:
    """Why they were named; nothing when nobody said."""
    why = issue.care.named.why if issue.care.named else ""
    return say("Why: {why}", why=why) if why else NOTHING


def if_nobody(issue: Issue) -> Sentence:
    """What becomes of it when nobody of those named takes it."""
    if issue.present_owner:
        return say("If nobody takes it, {who} keeps it.", who=Person(issue.present_owner))
    return say("If nobody takes it, {level} is asked.", level=issue.level.name)


def _somebody_else(issue: Issue) -> Sentence:
    until = issue.position.ends_at
    if until is None or issue.position.stage is Stage.CATCH_ALL:
        return say("somebody else is being asked")
    return say("somebody else is being asked, by {until}", until=At(until))


def _gone(event: Event) -> str:
    return names.GONE.get(event.text("why"), names.GONE["away"])


def _actor(event: Event) -> Part:
    return Person(event.actor) if event.actor else "Rung"


LINES: Mapping[EventKind, Callable[[Issue, Event], Sentence | None]] = {
    EventKind.GAVE_BACK: gave_back,
    EventKind.ASSIGNED: assigned,
    EventKind.NOT_TAKEN: not_taken,
    EventKind.OWNER_GONE: owner_gone,
    **keeping.LINES,
}

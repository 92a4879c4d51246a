"""What people read while an issue waits, and when it goes on."""

from datetime import datetime

from bot.domain.clocks import PauseReason
from bot.domain.events import Event
from bot.domain.issue import Ask, Issue
from bot.domain.standing_in import is_absent
from bot.domain.waiting_time import waits_until
from bot.domain.wording import names
from bot.domain.wording.caring import speaker
from bot.domain.words import NOTHING, At, Person, Sentence, say, sentences

_WENT_ON = {
    "answer": "It goes on.",
    "time": "It has waited as long as it may, and goes on.",
    "escalated": "It does not wait any longer: the next level is asked.",
    "gave_back": "It does not wait any longer: who had it gave it back.",
    "taken": "It does not wait any longer: the requester has it.",
    "owner_gone": "It does not wait any longer: who had it is not available.",
}


def called(reason: str) -> str:
    """A reason as people read it: ``the requester``, or what the matrix names."""
    return "the requester" if reason == PauseReason.REQUESTER else reason


def waits(issue: Issue) -> Sentence:
    """``Waiting for the requester since 14:02, until 16:02 at the latest.``; nothing when it does not wait."""
    if issue.waiting is None:
        return NOTHING
    until = waits_until(issue)
    latest = say(", until {until} at the latest", until=At(until, "day")) if until else NOTHING
    what, since = called(issue.waiting.reason), At(issue.waiting.start)
    return say("Waiting for {what} since {at}{latest}.", what=what, at=since, latest=latest)


def began(_issue: Issue, event: Event) -> Sentence:
    """For the log."""
    until, text = _instant(event, "until"), event.text("text")
    return sentences(
        say("{who} lets it wait for {what}", who=_actor(event), what=called(event.text("reason")))
        + (say(", until {until} at the latest.", until=At(until, "day")) if until else say(".")),
        say("{text}", text=text) if text else NOTHING,
    )


def went_on(_issue: Issue, event: Event) -> Sentence:
    """For the log."""
    why = event.text("why")
    return say(_WENT_ON[why]) if why in _WENT_ON else say("{who} let it go on.", who=_actor(event))


def answered(_issue: Issue, event: Event) -> Sentence:
    """For the log: an answer to what was asked, or a word of their own."""
    said = "{who} answered: {text}" if event.data.get("waited") else "{who} wrote: {text}"
    return say(said, who=speaker(event), text=event.text("text"))


def reminded(_issue: Issue, event: Event) -> Sentence:
    """For the timeline."""
    return say("It was said that it still waits for {what}.", what=called(event.text("reason")))


def for_requester(issue: Issue, event: Event) -> Sentence:
    """Introduces what is needed, which follows as a quote."""
    who, number = _actor(event), issue.number
    if event.text("reason") != PauseReason.REQUESTER:
        return say(
            "ISS-{number} waits for {what}. {who} goes on as soon as that is over.",
            number=number,
            what=event.text("reason"),
            who=_owner(issue),
        )
    until = _instant(event, "until")
    when = say("until {until} at the latest", until=At(until, "day")) if until else say("until then")
    said = "{who} needs something from you for ISS-{number}. Please press Answer; it waits {when}."
    if is_absent(issue):
        said = "{who} needs something from you for ISS-{number}. Please answer; it waits {when}."
    return say(
        said,
        who=who,
        number=number,
        when=when,
    )


def remind_requester(issue: Issue, event: Event) -> Sentence:
    """A reminder; what is needed follows as a quote."""
    said = "Reminder: {who} still needs something from you for ISS-{number}, by {until}. Please press Answer."
    return say(
        said.replace("press Answer", "answer") if is_absent(issue) else said,
        who=_owner(issue),
        number=issue.number,
        until=_at(event, "until"),
    )


def remind_owner(issue: Issue, event: Event) -> Sentence:
    """It still waits for something else."""
    return say(
        "ISS-{number} still waits for {what}. It goes on by itself {until}. Press Go on when it can go on sooner.",
        number=issue.number,
        what=called(event.text("reason")),
        until=_at(event, "until"),
    )


def thanks(issue: Issue) -> Sentence:
    """For who wrote."""
    if issue.present_owner:
        return say(
            "Thank you. {who} reads what you wrote about ISS-{number}.",
            who=Person(issue.present_owner),
            number=issue.number,
        )
    return say("Thank you. Whoever is asked about ISS-{number} reads what you wrote.", number=issue.number)


def answer_for_owner(issue: Issue, event: Event, waits_still: bool) -> Sentence:
    """Introduces what was written, which follows as a quote."""
    if not event.data.get("waited"):
        return say("{who} wrote to you about ISS-{number}:", who=speaker(event), number=issue.number)
    said = say("{who} answered you about ISS-{number}.", who=speaker(event), number=issue.number)
    return said if waits_still else sentences(said, say("It goes on, and its time runs again:"))


def answer_for_asked(asked: tuple[Ask, ...], event: Event) -> Sentence:
    """For those who are asked, below what was written."""
    return say("{asked}: please read what {who} wrote.", asked=names.people(asked), who=speaker(event))


def set_by_other(issue: Issue, event: Event) -> Sentence:
    """For who has it, when somebody else lets it wait."""
    return say(
        "{who} lets ISS-{number}, which you have, wait for {what}. Press Go on when it can go on.",
        who=_actor(event),
        number=issue.number,
        what=called(event.text("reason")),
    )


def goes_on(issue: Issue, event: Event) -> Sentence:
    """For the requester, and for who has it when somebody else let it go on."""
    return say(
        "ISS-{number} does not wait any longer. {who} goes on.", number=issue.number, who=_owner(issue)
    )


def over_for_owner(issue: Issue, event: Event) -> Sentence:
    """It has waited long enough: what to do now."""
    return sentences(
        _over(issue, event),
        say("Its time runs again. Please resolve it, press Escalate, or let it wait once more."),
    )


def over_for_manager(issue: Issue, event: Event) -> Sentence:
    """The same for the escalation manager."""
    help_ = say("Please see with them what it needs.")
    return sentences(_over(issue, event), names.now_with(issue), help_)


def _over(issue: Issue, event: Event) -> Sentence:
    return say(
        "ISS-{number} has waited for {what} since {since}, as long as it may, and goes on now.",
        number=issue.number,
        what=called(event.text("reason")),
        since=_at(event, "since"),
    )


def _owner(issue: Issue) -> Person | str:
    return Person(issue.present_owner) if issue.present_owner else "Somebody"


def _actor(event: Event) -> Person | str:
    return Person(event.actor) if event.actor else "Rung"


def _instant(event: Event, name: str) -> datetime | None:
    text = event.text(name)
    return datetime.fromisoformat(text) if text else None


def _at(event: Event, name: str) -> At | str:
    at = _instant(event, name)
    return At(at, "day") if at else "now"

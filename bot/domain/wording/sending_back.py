"""What is said about an issue that is sent back, and about the appeal. Nobody is blamed: another way is right."""

from collections.abc import Callable, Mapping

from bot.domain.events import Event, EventKind
from bot.domain.issue import Issue
from bot.domain.sending_back import CODES
from bot.domain.wording import names, withdrawing
from bot.domain.words import NOTHING, At, Part, Person, Sentence, say, sentences


def sent_back(_issue: Issue, event: Event) -> Sentence:
    """For the log."""
    note = event.text("note")
    ending = say(": {note}", note=note) if note else say(".")
    return say("{who} sent it back. {label}", who=_actor(event), label=_label(event)) + ending


def appealed(_issue: Issue, event: Event) -> Sentence:
    """For the log."""
    said = say("{who} appeals: {why}", who=_actor(event), why=event.text("why"))
    return sentences(said, say("Somebody else looks at it now."))


def judged(_issue: Issue, event: Event) -> Sentence:
    """For the log."""
    why = event.text("why")
    ending = say(": {why}", why=why) if why else say(".")
    said = (
        "{who} opened it again"
        if event.data.get("upheld")
        else "{who} looked at it too, and it stays sent back"
    )
    return say(said, who=_actor(event)) + ending


def for_requester(issue: Issue, event: Event) -> Sentence:
    """Kindly, with what to do instead; the note follows as a quote."""
    code, instead = CODES[event.text("code")], event.text("instead")
    return sentences(
        say("{who} looked at ISS-{number} and sent it back.", who=_actor(event), number=issue.number),
        say(code.said),
        say("{instead}", instead=instead) if instead else NOTHING,
        say(code.instead) if code.instead else NOTHING,
        say("If you see it differently, press Appeal, and somebody else decides."),
    )


def for_owner(issue: Issue, event: Event) -> Sentence:
    """Whoever had it need not do anything."""
    said = "{who} sent ISS-{number} back. Nothing to do for you."
    return say(said, who=_actor(event), number=issue.number)


def for_judge(issue: Issue, event: Event) -> Sentence:
    """Asks for a judgement; the appeal follows as a quote."""
    back = issue.care.sent_back
    label = CODES[back.code].label if back is not None and back.code in CODES else ""
    if event.kind is EventKind.JUDGE_REMINDED and back is not None and back.appealed_at:
        return say(
            "The appeal of {who} has been waiting since {when}: ISS-{number} was sent back by {by} ({label}). "
            "Should it be opened again?",
            who=Person(back.appealed_by),
            when=At(back.appealed_at, "day"),
            number=issue.number,
            by=Person(back.by),
            label=label,
        )
    return say(
        "{who} appeals: ISS-{number} was sent back by {by} ({label}). Should it be opened again?",
        who=_actor(event),
        number=issue.number,
        by=Person(event.text("by")),
        label=label,
    )


def judged_for_requester(issue: Issue, event: Event) -> Sentence:
    """What somebody else decided; why follows as a quote."""
    if not event.data.get("upheld"):
        said = "{who} looked at ISS-{number} once more, and it stays sent back. Thank you for asking."
        return say(said, who=_actor(event), number=issue.number)
    said = "{who} looked at ISS-{number}, and it is open again."
    return sentences(say(said, who=_actor(event), number=issue.number), names.now_asked(issue))


def judged_for_sender(issue: Issue, event: Event) -> Sentence:
    """To who had sent it back."""
    return sentences(
        say("{who} opened ISS-{number} again.", who=_actor(event), number=issue.number),
        names.now_asked(issue),
        say("Nothing to do for you."),
    )


def appeal_settled(issue: Issue) -> Sentence:
    """Below a message that offered an appeal."""
    back = issue.care.sent_back
    if back is None or not back.appealed_by:
        return say("It is open again.")
    if not back.judged:
        return say("{who} appealed. You are told what is decided.", who=Person(back.appealed_by))
    return judged_settled(issue)


def judged_settled(issue: Issue) -> Sentence:
    """Below a message that asked for a judgement."""
    back = issue.care.sent_back
    if back is None or not back.judged:
        return say("Nothing to decide any more.")
    said = "{who} opened it again." if back.upheld else "{who} decided: it stays sent back."
    return say(said, who=Person(back.judge))


def _label(event: Event) -> str:
    code = CODES.get(event.text("code"))
    return code.label if code else event.text("code")


def _actor(event: Event) -> Part:
    return Person(event.actor) if event.actor else "Rung"


LINES: Mapping[EventKind, Callable[[Issue, Event], Sentence | None]] = {
    EventKind.SENT_BACK: sent_back,
    EventKind.APPEALED: appealed,
    EventKind.JUDGED: judged,
    EventKind.JUDGE_REMINDED: lambda _issue, _event: None,
    EventKind.WITHDRAWN: withdrawing.withdrawn,
}

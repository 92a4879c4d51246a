"""What the requester reads: plain words, every step, nobody blamed."""

from bot.domain.clocks import ClockKind
from bot.domain.events import Event
from bot.domain.issue import REOPEN_WITHIN, Issue, Stage
from bot.domain.standing_in import is_absent
from bot.domain.targets import closes_at
from bot.domain.wording import names
from bot.domain.wording.caring import speaker
from bot.domain.wording.log import until
from bot.domain.words import At, Person, Sentence, say, sentences


def raised(issue: Issue) -> Sentence:
    """The first message: number, who answers, by when."""
    first = say("{raised}. {asked}", raised=_by_whom(issue), asked=names.first_asked(issue))
    return first + say("; if nobody answers, the next level is asked, and you are told.")


def taken(issue: Issue, event: Event) -> Sentence:
    """Somebody has it."""
    return say("{who} has taken ISS-{number}.", who=Person(event.actor or ""), number=issue.number)


def next_level(issue: Issue, event: Event) -> Sentence:
    """One more level was asked."""
    end = until(event)
    if end is None or issue.position.stage is Stage.CATCH_ALL:
        return catch_all(issue)
    said = "ISS-{number}: {name} is asked now and answers by {until}."
    if issue.present_owner:
        said = "ISS-{number}: {name} is asked to help now and answers by {until}. {owner} has it meanwhile."
    return say(
        said,
        number=issue.number,
        name=event.text("name"),
        until=At(end),
        owner=Person(issue.present_owner or ""),
    )


def catch_all(issue: Issue) -> Sentence:
    """Nobody is left above: later than it should be."""
    said = "ISS-{number} takes longer than it should. {who} has been told and will find somebody."
    if issue.owner:
        said = "ISS-{number} takes longer than it should. {who} has been told and will see what it needs."
    return say(
        said,
        number=issue.number,
        who=_capital(names.CATCH_ALL_NAME),
    )


def held(issue: Issue, event: Event) -> Sentence:
    """Nobody is on duty: when somebody will be asked."""
    again = until(event)
    when = say("at {when}", when=At(again)) if again else say("as soon as somebody is")
    return say(
        "ISS-{number}: nobody is on duty for {name} right now. They are asked {when}.",
        number=issue.number,
        name=event.text("name"),
        when=when,
    )


def late(issue: Issue, kind: ClockKind) -> Sentence:
    """Later than promised, and what happens about it."""
    sorry = "ISS-{number} takes longer than promised, and we are sorry."
    if kind is ClockKind.RESPOND:
        sorry = "The answer to ISS-{number} is later than promised, and we are sorry."
    return sentences(say(sorry, number=issue.number), names.now_with(issue))


def updated(issue: Issue, event: Event) -> Sentence:
    """Introduces the owner's own words, which follow as a quote."""
    return say("ISS-{number}, news from {who}:", number=issue.number, who=Person(event.actor or ""))


def resolved(issue: Issue, event: Event) -> Sentence:
    """Asks for confirmation; what was done follows as a quote."""
    said = "{who} says that ISS-{number} is solved. Is it? It closes {closes} unless you press Not solved."
    if is_absent(issue):
        said = "{who} says that ISS-{number} is solved. Is it? It closes {closes} unless you tell us that it is not."
    return say(
        said,
        who=Person(event.actor or ""),
        number=issue.number,
        closes=At(closes_at(issue) or event.at, "day"),
    )


def confirmed(issue: Issue) -> Sentence:
    """The end, for who said that it is solved."""
    return sentences(say("Thank you. ISS-{number} is closed.", number=issue.number), how_was_it(issue))


def confirmed_for_others(issue: Issue, event: Event) -> Sentence:
    """The end, for whom it is also for."""
    said = "{who} says that ISS-{number} is solved, so it is closed. If it is not solved for you, press Not solved."
    return sentences(say(said, who=speaker(event), number=issue.number), how_was_it(issue))


def closed(issue: Issue) -> Sentence:
    """The end, when nobody objected."""
    return sentences(
        say("ISS-{number} is closed.", number=issue.number), how_to_come_back(issue), how_was_it(issue)
    )


def closed_own(issue: Issue) -> Sentence:
    """The end, for a requester who solved it themselves."""
    return sentences(say("ISS-{number} is solved and closed.", number=issue.number), how_to_come_back(issue))


def closed_by_owner(issue: Issue) -> Sentence:
    """The same, for whom it is also for."""
    return say(
        "{who} solved ISS-{number}, so it is closed. If it is not solved for you, press Not solved.",
        who=Person(issue.owner or ""),
        number=issue.number,
    )


def how_to_come_back(issue: Issue) -> Sentence:
    """For two weeks the same number goes on."""
    if is_absent(issue):
        return say(
            "If it comes back within {days} days, tell us and it is opened again.", days=REOPEN_WITHIN.days
        )
    return say(
        "If it comes back within {days} days, press Not solved and it is opened again.",
        days=REOPEN_WITHIN.days,
    )


def in_their_place(user: str) -> Sentence:
    """Below a message for somebody whom it did not reach; whoever raised it reads it instead."""
    return say(
        "{who} could not be reached, so you read this, and may answer, in their place.", who=Person(user)
    )


def how_was_it(issue: Issue) -> Sentence:
    """Asked with the last message."""
    if is_absent(issue):
        return say("How did it go, from 1 (poor) to 5 (excellent)?")
    return say("How did it go?")


def reopened(issue: Issue, event: Event) -> Sentence:
    """Not solved: thanks to the requester if they said so, else who did; and who is asked now."""
    return sentences(_told_us(issue, event), _open_again(issue))


def reopened_for_others(issue: Issue, event: Event) -> Sentence:
    """The same for whom it is also for."""
    return sentences(_somebody_says(issue, event), _open_again(issue))


def _told_us(issue: Issue, event: Event) -> Sentence:
    if event.actor in (None, issue.requester):
        return say("Thank you for telling us.")
    return _somebody_says(issue, event)


def _somebody_says(issue: Issue, event: Event) -> Sentence:
    return say("{who} says that ISS-{number} is not solved yet.", who=speaker(event), number=issue.number)


def _open_again(issue: Issue) -> Sentence:
    if issue.position.stage is Stage.OWNER and issue.last_owner and issue.position.ends_at:
        return say(
            "ISS-{number} is open again; {who} is asked first and answers by {until}.",
            number=issue.number,
            who=Person(issue.last_owner),
            until=At(issue.position.ends_at),
        )
    return say(
        "ISS-{number} is open again; {name} is asked now.", number=issue.number, name=names.place_name(issue)
    )


def _by_whom(issue: Issue) -> Sentence:
    if issue.requester == issue.raiser:
        return say("ISS-{number} is raised", number=issue.number)
    return say("{who} raised ISS-{number} for you", who=Person(issue.raiser), number=issue.number)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

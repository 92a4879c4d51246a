"""What the card says of promises, and what owners and the escalation manager read when time runs low or out."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.clocks import ClockKind
from bot.domain.events import Event
from bot.domain.issue import Issue
from bot.domain.lifecycle import IN_WORK, State
from bot.domain.targets import due_at, ended_at, left
from bot.domain.wording import names
from bot.domain.wording.log import due, until
from bot.domain.words import NOTHING, At, Part, Person, Sentence, say, sentences

WHAT = {ClockKind.RESPOND: "answer", ClockKind.RESOLVE: "solution"}
"""What people wait for."""


def deadlines(issue: Issue) -> Sentence:
    """``Answer due 16:40 · Solution due Thu 12:00``; nothing where nothing was promised or all was kept."""
    shown = [one for kind in ClockKind for one in _deadline(issue, kind)]
    line = say("")
    for index, one in enumerate(shown):
        line = line + say(" · ") + one if index else one
    return line


def late(issue: Issue) -> Sentence:
    """``later than promised since 16:40``, for lists; nothing while all was kept, or once it is over."""
    if issue.clocks.late_since is None or issue.state in (State.RESOLVED, State.CLOSED):
        return NOTHING
    marks = [issue.clocks.of(kind).breached_at for kind in ClockKind if ended_at(issue, kind) is None]
    still = [at for at in marks if at is not None]
    if still:
        return say("later than promised since {at}", at=At(min(still)))
    return say("its answer was later than promised")


def warned(issue: Issue, event: Event) -> Sentence:
    """Most of the time is used."""
    what, at = _what(event), due(event)
    first = say("ISS-{number}: the {what} is due {at}.", number=issue.number, what=what, at=_at(at))
    if not issue.present_owner:
        nobody = NOTHING if issue.gone else say("Nobody has it yet.")
        return sentences(first, nobody, names.now_with(issue))
    help_ = say(
        "Press Escalate if you need help; Update requester tells {who} how it goes.", who=_requester(issue)
    )
    return sentences(first, help_)


def breached_for_owner(issue: Issue, event: Event) -> Sentence:
    """Later than promised, for who has it."""
    tell = say("Please tell {who} how it goes.", who=_requester(issue))
    return sentences(_breached(issue, event), names.now_asked(issue), tell)


def breached(issue: Issue, event: Event) -> Sentence:
    """Later than promised, for the escalation manager."""
    return sentences(_breached(issue, event), names.now_with(issue))


def _breached(issue: Issue, event: Event) -> Sentence:
    again = event.data.get("n") != event.data.get("times")
    said = "ISS-{number} is {still}later than promised: the {what} was due {at}."
    still = "still " if again else ""
    return say(said, number=issue.number, still=still, what=_what(event), at=_at(due(event)))


def held(issue: Issue, event: Event) -> Sentence:
    """For the escalation manager, once: a level waits for somebody to be on duty."""
    again = until(event)
    when = say("until {when}", when=At(again)) if again else say("now, and nobody knows until when")
    return say(
        "ISS-{number} waits: nobody is on duty for {name} {when}. Press Escalate on the card if it cannot wait.",
        number=issue.number,
        name=event.text("name"),
        when=when,
    )


def informed(issue: Issue, event: Event) -> Sentence:
    """For those who are told and not asked."""
    level = int(event.data.get("level", 0))
    news = say(
        "{who} raised ISS-{number}. Priority: {priority}.",
        who=Person(issue.raiser),
        number=issue.number,
        priority=issue.route.priority.title,
    )
    if level:
        name = issue.route.levels[level - 1].name
        news = say(
            "ISS-{number} has come to level {level}, {name}.", number=issue.number, level=level, name=name
        )
    nothing = say("This is for your information: you need not do anything.")
    return sentences(news, names.now_with(issue), nothing)


def _deadline(issue: Issue, kind: ClockKind) -> Iterator[Sentence]:
    at, since = due_at(issue, kind), issue.clocks.of(kind).breached_at
    what = WHAT[kind].capitalize()
    pause = issue.clocks.pause
    if since is not None:
        ended = ended_at(issue, kind) is not None
        said = (
            "{what} was later than promised (due {at})" if ended else "{what} later than promised since {at}"
        )
        yield say(said, what=what, at=At(since))
    elif at is None or issue.state not in IN_WORK or ended_at(issue, kind) is not None:
        return
    elif pause is not None:
        time = left(issue, kind, pause.start)
        yield say(
            "{what} due: stands still since {since}, {time} left", what=what, since=At(pause.start), time=time
        )
    else:
        yield say("{what} due {at}", what=what, at=At(at))


def _what(event: Event) -> str:
    return WHAT[ClockKind(event.text("clock"))]


def _at(at: datetime | None) -> At | str:
    return "now" if at is None else At(at)


def _requester(issue: Issue) -> Part:
    return issue.facts.requester_name or Person(issue.requester)

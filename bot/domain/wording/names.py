"""How people, states and levels are called."""

from bot.domain.escalation import next_step, waiting_for
from bot.domain.issue import Ask, Issue, Stage, Target, TargetKind
from bot.domain.lifecycle import STATE_WORDS, State
from bot.domain.matrix.model import IfNobody
from bot.domain.waiting_time import keeps_time
from bot.domain.words import NOTHING, At, Channel, Person, Sentence, listed, say, sentences

CATCH_ALL_NAME = "the escalation manager"
GONE = {"left": "has left Slack", "away": "is away"}
"""Why somebody is not there any more."""


def state_words(issue: Issue) -> str:
    """The state in plain words: open, unanswered, in work, waiting, resolved, closed."""
    if issue.state is State.OPEN and issue.position.stage is Stage.CATCH_ALL:
        return "unanswered"
    return "waiting" if issue.waiting else STATE_WORDS[issue.state]


def target(one: Target) -> Sentence:
    """A person or a channel."""
    return say("{one}", one=Channel(one.id) if one.kind is TargetKind.CHANNEL else Person(one.id))


def people(asks: tuple[Ask, ...]) -> Sentence:
    """``Maya, Omar or #ops-desk``: those who were asked, without repeats."""
    return listed([target(one) for one in dict.fromkeys(ask.target for ask in asks)], last="or")


def place_name(issue: Issue) -> str:
    """The name of the level that is asked now."""
    match issue.position.stage:
        case Stage.CATCH_ALL:
            return CATCH_ALL_NAME
        case Stage.NAMED:
            return "who was named"
        case _:
            return issue.level.name


def next_step_name(issue: Issue) -> str | None:
    """Who would be asked next, by the name of the level; None when there is nobody above."""
    step = next_step(issue)
    if step is None:
        return None
    return CATCH_ALL_NAME if step.stage is Stage.CATCH_ALL else issue.route.levels[step.level - 1].name


def first_asked(issue: Issue) -> Sentence:
    """Who answers by when, before anybody was looked up: a level that may wait for its people promises no time."""
    level, until = issue.level, issue.position.ends_at
    if until is None or level.if_nobody is IfNobody.HOLD:
        return say("{name} is asked first", name=level.name)
    return say("{name} answers by {until}", name=level.name, until=At(until))


def gone(issue: Issue) -> Sentence:
    """``Maya is away; Omar is asked to take over until 14:20.``; nothing while whoever has it is there."""
    if issue.gone is None:
        return NOTHING
    if issue.position.held:
        why = GONE.get(issue.care.gone_why, GONE["away"])
        return sentences(say("{gone} {why}.", gone=Person(issue.gone), why=why), now_asked(issue))
    asked, ends_at = waiting_for(issue), issue.position.ends_at
    until = NOTHING if keeps_time(issue) or ends_at is None else say(" until {until}", until=At(ends_at))
    return say(
        "{gone} {why}; {who} is asked to take over{until}.",
        gone=Person(issue.gone),
        why=GONE.get(issue.care.gone_why, GONE["away"]),
        who=people(asked) if asked else say("somebody else"),
        until=until,
    )


def now_with(issue: Issue) -> Sentence:
    """Who has it and who is asked, in up to two sentences; for readers who are not asked themselves."""
    if issue.gone:
        return gone(issue)
    has_it = say("{who} has it.", who=Person(issue.owner)) if issue.owner else NOTHING
    return sentences(has_it, now_asked(issue))


def now_asked(issue: Issue) -> Sentence:
    """Who is asked and until when, or from when on; nothing when nobody is."""
    position = issue.position
    if not issue.asking:
        return NOTHING
    if position.stage is Stage.CATCH_ALL:
        return say("The escalation manager has been told and will find somebody.")
    name = issue.level.name
    if position.stage is Stage.NAMED:
        name = "Somebody who was named"
    if keeps_time(issue):
        return say("{name} is asked too, and has time until it goes on.", name=name)
    if position.held_until:
        return say(
            "{name} is asked at {when}, when somebody is on duty.", name=name, when=At(position.held_until)
        )
    if position.held or position.ends_at is None:
        return say("{name} is asked as soon as somebody is on duty.", name=name)
    return say("{name} is asked now and answers by {until}.", name=name, until=At(position.ends_at))

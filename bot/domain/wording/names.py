"""How people, states and levels are called."""

from bot.domain.escalation import next_step
from bot.domain.issue import Ask, Issue, Stage, Target, TargetKind
from bot.domain.lifecycle import STATE_WORDS, State
from bot.domain.words import Channel, Person, Sentence, listed, say

CATCH_ALL_NAME = "the escalation manager"


def state_words(issue: Issue) -> str:
    """The state in plain words: open, unanswered, in work, resolved, closed."""
    if issue.state is State.OPEN and issue.position.stage is Stage.CATCH_ALL:
        return "unanswered"
    return STATE_WORDS[issue.state]


def target(one: Target) -> Sentence:
    """A person or a channel."""
    return say("{one}", one=Channel(one.id) if one.kind is TargetKind.CHANNEL else Person(one.id))


def people(asks: tuple[Ask, ...]) -> Sentence:
    """``Maya, Omar or #ops-desk``: those who were asked, without repeats."""
    return listed([target(one) for one in dict.fromkeys(ask.target for ask in asks)], last="or")


def place_name(issue: Issue) -> str:
    """The name of the level that is asked now."""
    return CATCH_ALL_NAME if issue.position.stage is Stage.CATCH_ALL else issue.level.name


def next_step_name(issue: Issue) -> str | None:
    """Who would be asked next, by the name of the level; None when there is nobody above."""
    step = next_step(issue)
    if step is None:
        return None
    return CATCH_ALL_NAME if step.stage is Stage.CATCH_ALL else issue.route.levels[step.level - 1].name

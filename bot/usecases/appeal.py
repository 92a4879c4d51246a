"""The appeal against sending back, and its judgement."""

from datetime import datetime

from bot.domain import sending_back
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import State
from bot.domain.permissions import Actor
from bot.domain.text import clean_text
from bot.domain.wording import names
from bot.domain.words import Sentence, say, sentences
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import Decide, TextCommand
from bot.usecases.rows import Answer
from bot.usecases.services import Services


async def appeal(services: Services, command: TextCommand) -> Answer:
    """Somebody else is asked to look at it. Raises what `sending_back.appeal` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return sending_back.appeal(issue, actor, clean_text(command.text), now)

    return await change_issue(services, command, verb, _appealed)


async def judge(services: Services, command: Decide) -> Answer:
    """Open it again, or leave it sent back. Raises what `sending_back.judge` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return sending_back.judge(issue, actor, command.yes, clean_text(command.text), now)

    return await change_issue(services, command, verb, _judged)


def _appealed(issue: Issue) -> Sentence:
    return say("Somebody else looks at ISS-{number} now. You are told what they decide.", number=issue.number)


def _judged(issue: Issue) -> Sentence:
    if issue.state is State.SENT_BACK:
        return say("ISS-{number} stays sent back. The requester reads why.", number=issue.number)
    return sentences(say("ISS-{number} is open again.", number=issue.number), names.now_asked(issue))

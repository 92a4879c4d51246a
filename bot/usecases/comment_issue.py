"""After it closed: what would have helped."""

from datetime import datetime

from bot.domain import rating
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.text import clean_text
from bot.domain.words import Sentence, say
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import IssueCommand, TextCommand
from bot.usecases.rows import Answer
from bot.usecases.services import Services


async def comment(services: Services, command: TextCommand) -> Answer:
    """Say what would have helped. Raises what `rating.comment` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return rating.comment(issue, actor, clean_text(command.text), now)

    return await change_issue(services, command, verb, _thanks)


async def skip(services: Services, command: IssueCommand) -> Answer:
    """Nothing to add. Raises what `rating.skip` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return rating.skip(issue, actor, now)

    return await change_issue(services, command, verb, _thanks)


def _thanks(issue: Issue) -> Sentence:
    return say("Thank you. That is noted for ISS-{number}.", number=issue.number)

"""Did it last?"""

from datetime import datetime

from bot.domain import following_up
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.words import Sentence, say
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import IssueCommand
from bot.usecases.rows import Answer
from bot.usecases.services import Services


async def lasted(services: Services, command: IssueCommand) -> Answer:
    """Yes. Raises what `following_up.lasted` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return following_up.lasted(issue, actor, now)

    return await change_issue(services, command, verb, _thanks)


async def came_back(services: Services, command: IssueCommand) -> Answer:
    """No, and it is too late to open it again. Raises what `following_up.came_back` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return following_up.came_back(issue, actor, now)

    return await change_issue(services, command, verb, _thanks)


def _thanks(issue: Issue) -> Sentence:
    return say("Thank you. That is noted for ISS-{number}.", number=issue.number)

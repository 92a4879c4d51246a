"""After it closed: how it went."""

from datetime import datetime

from bot.domain import rating
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.words import Sentence, say
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import Rate
from bot.usecases.rows import Answer
from bot.usecases.services import Services


async def rate(services: Services, command: Rate) -> Answer:
    """Say how it went, 1 to 5. Raises what `rating.rate` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return rating.rate(issue, actor, command.stars, now)

    return await change_issue(services, command, verb, _thanks)


def _thanks(issue: Issue) -> Sentence:
    return say("Thank you for telling us how ISS-{number} went.", number=issue.number)

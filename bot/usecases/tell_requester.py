"""The raiser told a requester without Slack how it stands."""

from datetime import datetime

from bot.domain import standing_in
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.words import Sentence, say
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import Tell
from bot.usecases.rows import Answer
from bot.usecases.services import Services


async def tell(services: Services, command: Tell) -> Answer:
    """They were told text `n`. Raises what `standing_in.tell` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return standing_in.tell(issue, actor, command.n, now)

    def thanks(issue: Issue) -> Sentence:
        name = standing_in.brings(issue, command.user) or "the requester"
        return say("Thank you. {name} knows how ISS-{number} stands.", name=name, number=issue.number)

    return await change_issue(services, command, verb, thanks)

"""The owner says that they are still on it, or keep it."""

from datetime import datetime

from bot.domain import still_on_it
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.words import Sentence, say
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import IssueCommand
from bot.usecases.rows import Answer
from bot.usecases.services import Services


async def keep(services: Services, command: IssueCommand) -> Answer:
    """Nothing is asked of them any more for now. Raises what `still_on_it.keep` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return still_on_it.keep(issue, actor, now)

    return await change_issue(services, command, verb, _kept)


def _kept(issue: Issue) -> Sentence:
    return say("Thank you. You keep ISS-{number}.", number=issue.number)

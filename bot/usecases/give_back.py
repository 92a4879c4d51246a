"""Giving back what one cannot go on with."""

from datetime import datetime

from bot.domain import handing
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.text import clean_text
from bot.domain.wording import prompts
from bot.domain.words import Sentence, say
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import TextCommand
from bot.usecases.rows import Answer
from bot.usecases.services import Services

REASON_LENGTH = 500


async def give_back(services: Services, command: TextCommand) -> Answer:
    """Somebody else is asked; `text` is why, and may be empty. Raises what `handing.give_back` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return handing.give_back(issue, actor, clean_text(command.text, REASON_LENGTH), now)

    return await change_issue(services, command, verb, _given_back)


def _given_back(issue: Issue) -> Sentence:
    return say(
        "You don't have ISS-{number} any more. {who} is asked now.",
        number=issue.number,
        who=prompts.asked_now(issue),
    )

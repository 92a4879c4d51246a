"""The requester's word: confirm or dispute."""

from datetime import datetime

from bot.domain import closing
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.text import clean_text
from bot.domain.wording import prompts
from bot.domain.words import Sentence, say
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import IssueCommand, TextCommand
from bot.usecases.rows import Answer
from bot.usecases.services import Services


async def confirm(services: Services, command: IssueCommand) -> Answer:
    """It is solved."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return closing.confirm(issue, actor, now)

    return await change_issue(services, command, verb, _closed)


async def dispute(services: Services, command: TextCommand) -> Answer:
    """It is not solved: open again."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return closing.dispute(issue, actor, clean_text(command.text), now)

    return await change_issue(services, command, verb, _reopened)


def _closed(issue: Issue) -> Sentence:
    return say("Thank you. ISS-{number} is closed.", number=issue.number)


def _reopened(issue: Issue) -> Sentence:
    return say(
        "ISS-{number} is open again. {who} is asked.", number=issue.number, who=prompts.asked_now(issue)
    )

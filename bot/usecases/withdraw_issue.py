"""Raiser or requester end it themselves: it is solved, or it is not needed any more."""

from datetime import datetime

from bot.domain import withdrawing
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.text import clean_text
from bot.domain.words import Sentence, say
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import TextCommand
from bot.usecases.rows import Answer
from bot.usecases.services import Services


async def withdraw(services: Services, command: TextCommand) -> Answer:
    """Nobody needs it any more; the text says why, if it does. Raises what `withdrawing.withdraw` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return withdrawing.withdraw(issue, actor, clean_text(command.text), now)

    return await change_issue(services, command, verb, _withdrawn)


async def solved(services: Services, command: TextCommand) -> Answer:
    """Closed at once; the text says what helped, if it does. Raises what `withdrawing.solved` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return withdrawing.solved(issue, actor, clean_text(command.text), now)

    return await change_issue(services, command, verb, _solved)


def _withdrawn(issue: Issue) -> Sentence:
    said = (
        "ISS-{number} is withdrawn, and everybody who was asked knows. It can be opened again within 14 days."
    )
    return say(said, number=issue.number)


def _solved(issue: Issue) -> Sentence:
    return say(
        "Good to hear. ISS-{number} is closed, and everybody who was asked knows.", number=issue.number
    )

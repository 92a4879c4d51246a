"""Sending back what is not an escalation."""

from datetime import datetime

from bot.domain import sending_back
from bot.domain.ids import IssueRef
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.text import clean_text
from bot.domain.words import Person, Sentence, say
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import SendBack
from bot.usecases.own_matrix import read_with_matrix
from bot.usecases.rows import Answer
from bot.usecases.services import Services

NOTE_LENGTH = 1000


async def send_back(services: Services, command: SendBack) -> Answer:
    """It ends, and who asked reads what to do instead, by the text of its type where the matrix has one.

    Raises what `sending_back.send_back` does, NotFound, NotSaved, OutcomeUnknown and TimeoutError."""
    _, published = await read_with_matrix(services, IssueRef(command.workspace, command.number))

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        about = published.matrix.type(issue.facts.type) if published is not None else None
        note = clean_text(command.note, NOTE_LENGTH)
        return sending_back.send_back(issue, actor, command.code, note, now, about)

    return await change_issue(services, command, verb, _sent_back)


def _sent_back(issue: Issue) -> Sentence:
    said = "ISS-{number} is sent back. {who} reads why, and what to do instead."
    return say(said, number=issue.number, who=Person(issue.requester))

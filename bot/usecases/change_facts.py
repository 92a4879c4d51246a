"""Changing what an issue is about: what a form of it shows, and what becomes of the form."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.domain import changing
from bot.domain.errors import NotAllowed
from bot.domain.ids import IssueRef
from bot.domain.issue import Change, Issue
from bot.domain.lifecycle import Verb, move
from bot.domain.matrix.model import PublishedMatrix
from bot.domain.permissions import Actor
from bot.domain.text import clean_text
from bot.domain.words import Sentence, say
from bot.usecases.actors import look_up
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import ChangeFacts, IssueCommand
from bot.usecases.own_matrix import own_matrix, read_with_matrix
from bot.usecases.rows import Answer
from bot.usecases.services import Services

REASON_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Changeable:
    """An issue, the matrix version that chooses for it, and the facts of it that this person may change."""

    issue: Issue
    published: PublishedMatrix
    facts: tuple[str, ...]


async def changeable(services: Services, command: IssueCommand) -> Changeable:
    """What a form shows to this person, before anything is filled in.

    Raises NotFound, Refused (it is over, or its version is gone), NotAllowed and TimeoutError.
    """
    ref = IssueRef(command.workspace, command.number)
    issue, published = await read_with_matrix(services, ref)
    move(issue.state, Verb.CHANGE, issue.number)
    facts = await _may_change(services, ref, issue, command)
    return Changeable(issue, own_matrix(issue, published), facts)


async def change_facts(services: Services, command: ChangeFacts) -> Answer:
    """Choose path and priority again by the matrix version of the issue. Raises what `changing.change_facts` does,
    NotFound, NotSaved, OutcomeUnknown and TimeoutError."""
    wanted = {name: key for name, key in command.wanted.items() if name in changing.CHANGEABLE}
    _, published = await read_with_matrix(services, IssueRef(command.workspace, command.number))

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        reason = clean_text(command.reason, REASON_LENGTH)
        return changing.change_facts(issue, actor, wanted, own_matrix(issue, published), now, reason)

    return await change_issue(services, command, verb, _changed)


async def _may_change(
    services: Services, ref: IssueRef, issue: Issue, command: IssueCommand
) -> tuple[str, ...]:
    """Managers and contacts of the path are looked up only when the rest does not give every right."""
    plain = Actor(command.user, via=command.via, outsider=command.outsider)
    with suppress(NotAllowed):
        known = changing.may_change(issue, plain)
        if known == changing.CHANGEABLE:
            return known
    return changing.may_change(issue, await look_up(services, ref, plain))


def _changed(issue: Issue) -> Sentence:
    return say(
        "ISS-{number} is {priority} now, on the path {path}.",
        number=issue.number,
        priority=issue.route.priority.title,
        path=issue.route.path.name,
    )

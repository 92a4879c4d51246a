"""Changing what an issue is about: what a form of it shows, and what becomes of the form."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import changing
from bot.domain.errors import NotAllowed, Refused
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
from bot.usecases.ports import Store
from bot.usecases.record import unknown_issue
from bot.usecases.rows import Answer
from bot.usecases.services import Services

READ_TIME = timedelta(milliseconds=700)
"""How long reading the issue and its matrix may take; what is left is for rights, and for Slack or storing."""
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
    issue, published = await _read(services, ref)
    move(issue.state, Verb.CHANGE, issue.number)
    facts = await _may_change(services, ref, issue, command)
    return Changeable(issue, _of(issue, published), facts)


async def change_facts(services: Services, command: ChangeFacts) -> Answer:
    """Choose path and priority again by the matrix version of the issue. Raises what `changing.change_facts` does,
    NotFound, NotSaved, OutcomeUnknown and TimeoutError."""
    wanted = {name: key for name, key in command.wanted.items() if name in changing.CHANGEABLE}
    _, published = await _read(services, IssueRef(command.workspace, command.number))

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        reason = clean_text(command.reason, REASON_LENGTH)
        return changing.change_facts(issue, actor, wanted, _of(issue, published), now, reason)

    return await change_issue(services, command, verb, _changed)


async def _read(services: Services, ref: IssueRef) -> tuple[Issue, PublishedMatrix | None]:
    """The version in force is in memory; an older one is read."""
    current = services.matrix.current(ref.workspace)

    def unit(store: Store) -> tuple[Issue, PublishedMatrix | None]:
        issue = store.issues.get(ref)
        if issue is None:
            raise unknown_issue(ref.number)
        version = issue.route.version
        if current is not None and current.version == version:
            return issue, current
        return issue, store.matrices.get(ref.workspace, version)

    async with asyncio.timeout(READ_TIME.total_seconds()):
        return await services.transactions.read(unit)


def _of(issue: Issue, published: PublishedMatrix | None) -> PublishedMatrix:
    """The version of the issue. Raises Refused when it is another one by now, or none."""
    if published is None:
        raise Refused(
            say(
                "Version {version} of the matrix, which is that of ISS-{number}, is not kept any more, so nothing can "
                "be chosen by it. Please escalate ISS-{number}, or raise it once more.",
                version=issue.route.version,
                number=issue.number,
            )
        )
    if published.version != issue.route.version:
        raise Refused(
            say(
                "ISS-{number} was put on another version of the matrix just now. Please open the form again.",
                number=issue.number,
            )
        )
    return published


async def _may_change(
    services: Services, ref: IssueRef, issue: Issue, command: IssueCommand
) -> tuple[str, ...]:
    """Managers and path owners are looked up only when the rest does not give every right."""
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

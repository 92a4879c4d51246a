"""Letting an issue wait, go on, and the requester's answer."""

import asyncio
from datetime import datetime, timedelta

from bot.domain import waiting
from bot.domain.ids import IssueRef
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.text import clean_text
from bot.domain.waiting_time import waits_until
from bot.domain.wording.waiting import called, thanks
from bot.domain.words import At, Sentence, say, sentences
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import IssueCommand, TextCommand, WaitFor
from bot.usecases.ports import Store
from bot.usecases.record import unknown_issue
from bot.usecases.rows import Answer
from bot.usecases.services import Services

READ_TIME = timedelta(seconds=1)
"""How long a form waits for the issue: its trigger lives three seconds."""


async def reasons_now(services: Services, command: IssueCommand) -> tuple[str, ...]:
    """What this issue may wait for. Raises NotFound, Refused when it cannot wait now, and TimeoutError."""
    ref = IssueRef(command.workspace, command.number)

    def unit(store: Store) -> Issue:
        issue = store.issues.get(ref)
        if issue is None:
            raise unknown_issue(ref.number)
        return issue

    async with asyncio.timeout(READ_TIME.total_seconds()):
        issue = await services.transactions.read(unit)
    waiting.may_wait(issue)
    return waiting.reasons(issue)


async def wait_for(services: Services, command: WaitFor) -> Answer:
    """Both clocks stand still; the requester reads the note. Raises what `waiting.wait` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return waiting.wait(issue, actor, command.reason, clean_text(command.note), now)

    return await change_issue(services, command, verb, _waits)


async def go_on(services: Services, command: IssueCommand) -> Answer:
    """The clocks go on. Raises what `waiting.go_on` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return waiting.go_on(issue, actor, now)

    return await change_issue(services, command, verb, _goes_on)


async def answer(services: Services, command: TextCommand) -> Answer:
    """The requester answers; if it waits for that, it goes on. Raises what `waiting.answer` does."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return waiting.answer(issue, actor, clean_text(command.text), now)

    return await change_issue(services, command, verb, thanks)


def _waits(issue: Issue) -> Sentence:
    reason, until = issue.waiting.reason if issue.waiting else "", waits_until(issue)
    said = say("ISS-{number} waits for {what}.", number=issue.number, what=called(reason))
    return (
        sentences(said, say("It goes on {until} at the latest.", until=At(until, "day"))) if until else said
    )


def _goes_on(issue: Issue) -> Sentence:
    return say("ISS-{number} goes on, and its time runs again.", number=issue.number)

"""Making an issue private, or public again."""

from datetime import datetime

from bot.domain import hiding
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.wording.hiding import made_private, made_public
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import IssueCommand
from bot.usecases.rows import Answer
from bot.usecases.services import Services


async def hide(services: Services, command: IssueCommand) -> Answer:
    """Private from now on. Raises what `hiding.hide` does, NotFound, NotSaved and OutcomeUnknown."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return hiding.hide(issue, actor, now)

    return await change_issue(services, command, verb, made_private)


async def show(services: Services, command: IssueCommand) -> Answer:
    """Public from now on. Raises what `hiding.show` does, NotFound, NotSaved and OutcomeUnknown."""

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return hiding.show(issue, actor, now)

    return await change_issue(services, command, verb, made_public)

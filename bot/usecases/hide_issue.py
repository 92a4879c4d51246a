"""Making an issue private, or public again."""

from datetime import datetime

from bot.domain import hiding
from bot.domain.ids import IssueRef
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.sight import require_touch
from bot.domain.wording.hiding import made_private, made_public
from bot.usecases.actors import known_to, plain
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import IssueCommand
from bot.usecases.record import unknown_issue
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


async def try_to_show(services: Services, command: IssueCommand) -> None:
    """Whether they may make it public, before they are asked whether they mean it. Raises what `show` would."""
    ref = IssueRef(command.workspace, command.number)
    issue = await services.transactions.read(lambda store: store.issues.get(ref))
    if issue is None:
        raise unknown_issue(command.number)
    actor = await known_to(services, issue, plain(services, command))
    require_touch(issue, actor)
    hiding.show(issue, actor, services.clock.now())

"""Who acts: what only a look-up can tell (manager, path owner, guest), fetched outside of any transaction."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

from bot.domain.ids import IssueRef
from bot.domain.issue import Issue
from bot.domain.permissions import Actor
from bot.domain.sight import require_sight
from bot.usecases.commands import IssueCommand
from bot.usecases.find_people import find_people
from bot.usecases.outside import DirectoryDown
from bot.usecases.record import unknown_issue
from bot.usecases.services import Services

LOOK_UP_TIME = timedelta(milliseconds=800)
"""Leaves more than half of the answer's budget for storing."""

_log = logging.getLogger(__name__)


def plain(services: Services, command: IssueCommand) -> Actor:
    """Who asks, before anything is looked up."""
    may = services.outsiders_may
    return Actor(command.user, via=command.via, outsider=command.outsider, outsiders_may=may)


async def look_up(services: Services, ref: IssueRef, plain: Actor) -> Actor:
    """The actor with roles looked up; without them when the directory is slow: rights can only get smaller."""
    issue = await services.transactions.read(lambda store: store.issues.get(ref))
    if issue is None:
        raise unknown_issue(ref.number)
    return await known_to(services, issue, plain)


async def known_to(services: Services, issue: Issue, plain: Actor) -> Actor:
    """The same for an issue that was read."""
    rules, owner, workspace = issue.route.rules, issue.route.path.owner, issue.ref.workspace
    contacts = [rules.escalation_manager, *([owner] if owner else [])]
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            person = await services.directory.person(workspace, plain.user)
            found = await find_people(services, workspace, contacts)
    except (DirectoryDown, TimeoutError) as error:
        _log.warning("actor not looked up: %s", error or "too slow", extra={"action": "actor"})
        return plain
    named = [any(target.id == plain.user for target in one.targets) for one in found]
    return replace(
        plain,
        manager=named[0],
        path_owner=any(named[1:]),
        guest=person.guest if person else False,
        outsider=person.outsider if person else plain.outsider,
        admin=bool(person and person.admin),
        member=bool(person and not (person.guest or person.outsider or person.bot or person.deactivated)),
        outsiders_may=services.outsiders_may,
    )


async def who_sees(services: Services, issue: Issue, plain: Actor) -> Actor:
    """The actor looked up, when they may see the issue. Raises NotAllowed with a sentence that says who may."""
    actor = await known_to(services, issue, plain)
    require_sight(issue, actor)
    return actor

"""Who acts: what only a look-up can tell (manager, path owner, guest), fetched outside of any transaction."""

import asyncio
import logging
from datetime import timedelta

from bot.domain.ids import IssueRef
from bot.domain.permissions import Actor
from bot.usecases.find_people import find_people
from bot.usecases.outside import DirectoryDown
from bot.usecases.record import unknown_issue
from bot.usecases.services import Services

LOOK_UP_TIME = timedelta(milliseconds=800)
"""Leaves more than half of the answer's budget for storing."""

_log = logging.getLogger(__name__)


async def look_up(services: Services, ref: IssueRef, plain: Actor) -> Actor:
    """The actor with roles looked up; without them when the directory is slow: rights can only get smaller."""
    issue = await services.transactions.read(lambda store: store.issues.get(ref))
    if issue is None:
        raise unknown_issue(ref.number)
    rules, owner = issue.route.rules, issue.route.path.owner
    contacts = [rules.escalation_manager, *([owner] if owner else [])]
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            person = await services.directory.person(ref.workspace, plain.user)
            found = await find_people(services, ref.workspace, contacts)
    except (DirectoryDown, TimeoutError) as error:
        _log.warning("actor not looked up: %s", error or "too slow", extra={"action": "actor"})
        return plain
    named = [any(target.id == plain.user for target in one.targets) for one in found]
    return Actor(
        plain.user,
        manager=named[0],
        path_owner=any(named[1:]),
        guest=person.guest if person else False,
        outsider=person.outsider if person else plain.outsider,
        via=plain.via,
        admin=bool(person and person.admin),
        member=bool(person and not (person.guest or person.outsider or person.bot or person.deactivated)),
    )

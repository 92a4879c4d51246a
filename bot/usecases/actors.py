"""Who acts: what only a look-up can tell (manager, path owner, contacts of the path, guest), fetched outside of any
transaction."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

from bot.domain.answering import STRANGERS
from bot.domain.errors import NotAllowed
from bot.domain.ids import IssueRef
from bot.domain.issue import Issue
from bot.domain.permissions import Actor, Role, roles
from bot.domain.sight import require_sight
from bot.domain.standing import only_by_channel
from bot.domain.wishing import wish
from bot.usecases.commands import IssueCommand
from bot.usecases.find_people import find_people
from bot.usecases.outside import DirectoryDown
from bot.usecases.record import unknown_issue
from bot.usecases.services import Services

LOOK_UP_TIME = timedelta(milliseconds=800)
"""Leaves more than half of the answer's budget for storing."""

_ENOUGH = frozenset({Role.CONTACT, Role.PATH, Role.OWNER, Role.MANAGER})
"""Each of these gives every right that being on the path gives."""
_DECISIONS = frozenset({"judge", "bypass"})
"""What a message asks that waits for somebody to decide."""

_log = logging.getLogger(__name__)


def plain(services: Services, command: IssueCommand) -> Actor:
    """Who asks, before anything is looked up."""
    may = services.outsiders_may
    return Actor(command.user, via=command.via, outsider=command.outsider, outsiders_may=may)


def require_known(issue: Issue, actor: Actor) -> None:
    """For somebody who was not looked up. Raises NotAllowed when nothing but a channel that was asked makes them
    somebody to the issue: guests sit in channels too, so they are to be looked up first."""
    if only_by_channel(issue, actor):
        raise NotAllowed(STRANGERS)


async def look_up(services: Services, ref: IssueRef, plain: Actor) -> Actor:
    """The actor with everything looked up that may give a right to this issue; without what the directory is too slow
    to say: rights can only get smaller. Raises NotFound."""
    issue = await services.transactions.read(lambda store: store.issues.get(ref))
    if issue is None:
        raise unknown_issue(ref.number)
    return await known_to(services, issue, plain)


async def known_to(services: Services, issue: Issue, plain: Actor, *, path: bool = True) -> Actor:
    """The same for an issue that was read. Without `path` the contacts of its path are not looked up: most of them are
    known by other roles, and the more there are the longer it takes."""
    return (await _in_time(services, issue, plain, path=path))[0]


async def if_known(services: Services, issue: Issue, plain: Actor) -> Actor | None:
    """The same; None when the directory was too slow to say all of it."""
    actor, whole = await _in_time(services, issue, plain, path=True)
    return actor if whole else None


async def _in_time(services: Services, issue: Issue, plain: Actor, *, path: bool) -> tuple[Actor, bool]:
    """What could be learned, and whether that is all."""
    actor = plain
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            actor = await _in_person(services, issue, plain)
            if path and not (actor.guest or roles(issue, actor) & _ENOUGH):
                actor = replace(actor, on_path=await _on_path(services, issue, actor))
    except (DirectoryDown, TimeoutError) as error:
        _log.warning("actor not looked up: %s", error or "too slow", extra={"action": "actor"})
        return actor, False
    return actor, True


async def who_sees(services: Services, issue: Issue, plain: Actor) -> Actor:
    """The actor looked up, when they may see the issue. Raises NotAllowed with a sentence that says who may."""
    actor = await known_to(services, issue, plain, path=issue.private)
    require_sight(issue, actor)
    return actor


async def _in_person(services: Services, issue: Issue, plain: Actor) -> Actor:
    """Everything but the contacts of the path. Raises DirectoryDown."""
    rules, owner, workspace = issue.route.rules, issue.route.path.owner, issue.ref.workspace
    contacts = [rules.escalation_manager, *([owner] if owner else [])]
    person = await services.directory.person(workspace, plain.user)
    found = await find_people(services, workspace, contacts)
    managers, *owners = [frozenset(target.id for target in one.targets) for one in found]
    actor = replace(
        plain,
        manager=plain.user in managers,
        path_owner=any(plain.user in one for one in owners),
        guest=person.guest if person else False,
        outsider=person.outsider if person else plain.outsider,
        admin=bool(person and person.admin),
        member=bool(person and not (person.guest or person.outsider or person.bot or person.deactivated)),
        outsiders_may=services.outsiders_may,
        managers=managers,
        path_owners=frozenset().union(*owners),
    )
    return replace(actor, put_to_them=await _was_put_to(services, issue, actor))


async def _on_path(services: Services, issue: Issue, actor: Actor) -> frozenset[str]:
    """Whether a contact of any level of the path stands for this person now, or for the channel where they press.
    Raises DirectoryDown."""
    contacts = dict.fromkeys(one for level in issue.route.levels for one in level.contacts)
    found = await find_people(services, issue.ref.workspace, list(contacts))
    return frozenset(target.id for one in found for target in one.targets) & {actor.user, actor.via}


async def _was_put_to(services: Services, issue: Issue, actor: Actor) -> bool:
    """Whether the question that waits for a decision was sent to where they press, in the place of who could not be
    reached; asked only for those who stand in for others."""
    waits = issue.care.appeal_waits or wish(issue) is not None
    if not (waits and actor.via and (actor.path_owner or actor.admin)):
        return False
    live = await services.transactions.read(lambda store: store.messages.live(issue.ref))
    return any(
        one.place == actor.via and _DECISIONS & set(one.notice.text("buttons").split()) for one in live
    )

"""Where a message may go: the place that was meant, then the stand-ins for when that place is gone."""

from collections.abc import AsyncIterator

from bot.domain import last_resort
from bot.domain.contacts import ADMINS, ContactKind, parse_contact
from bot.domain.issue import Issue, Target, TargetKind
from bot.domain.notices import place
from bot.domain.notification import NoticeKind, Op
from bot.usecases.find_people import find_people
from bot.usecases.rows import Letter
from bot.usecases.services import Services


class Unreachable(Exception):
    """Nobody stands behind the address."""


async def addresses(services: Services, letter: Letter) -> AsyncIterator[Target]:
    """Best first; each is looked up only when those before it did not take it. Raises Unreachable when there is none,
    and DirectoryDown."""
    notice = letter.row.notice
    if notice.op is Op.EDIT or letter.thread is not None:
        yield notice.to
        return
    barred = notice.text("not_for").split()  # nobody decides about their own act
    found: set[Target] = set()
    why = ""
    for one in (notice.to, *_stand_ins(services, letter)):
        targets, reason = await _people(services, letter, one)
        why = why or reason
        for target in targets:
            if target.id not in barred and target not in found:
                found.add(target)
                yield target
    if not found:
        raise Unreachable(why or "nobody stands behind this address")


async def _people(services: Services, letter: Letter, target: Target) -> tuple[tuple[Target, ...], str]:
    """A person written as the matrix writes them (`@maya`, an e-mail) becomes a user id."""
    contact = parse_contact(target.id) if target.kind is TargetKind.USER else None
    contact = ADMINS if target.id == str(ADMINS) else contact
    if contact is None or contact.kind is ContactKind.USER:
        return (target,), ""
    (resolved,) = await find_people(services, letter.row.workspace, [contact])
    return resolved.targets, resolved.why


def _stand_ins(services: Services, letter: Letter) -> list[Target]:
    issue, kind = letter.issue, letter.row.notice.kind
    if issue is None:
        return _about_the_matrix(services, letter)
    if kind is NoticeKind.CARD:
        return [place(issue.route.rules.catch_all), place(issue.route.rules.escalation_manager)]
    if kind is NoticeKind.REQUESTER:
        return _requester_stand_ins(issue)
    if kind is NoticeKind.MANAGER:
        return [*(place(one) for one in last_resort.chain(issue)[1:]), place(issue.route.rules.catch_all)]
    if kind is NoticeKind.PATH_OWNER:
        return [place(issue.route.rules.escalation_manager)]
    return []


def _about_the_matrix(services: Services, letter: Letter) -> list[Target]:
    """What a path's owner cannot be told about no issue, the escalation manager is."""
    published = services.matrix.current(letter.row.workspace)
    if published is None or letter.row.notice.kind is not NoticeKind.PATH_OWNER:
        return []
    return [place(published.matrix.workspace.escalation_manager)]


def _requester_stand_ins(issue: Issue) -> list[Target]:
    people = [issue.requester, issue.raiser] if issue.updates_channel else [issue.raiser]
    return [Target(TargetKind.USER, user) for user in dict.fromkeys(people)]

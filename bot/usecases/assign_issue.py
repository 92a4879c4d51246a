"""Asking somebody by name to take an issue: whom the name stands for, and whether they can be asked at all."""

from datetime import datetime

from bot.domain import handing
from bot.domain.contacts import PEOPLE, Contact, ContactKind
from bot.domain.errors import FieldErrors
from bot.domain.handing import Wish
from bot.domain.issue import Change, Issue
from bot.domain.matrix.parts import contacts_at
from bot.domain.permissions import Actor
from bot.domain.text import clean_text
from bot.domain.wording import prompts
from bot.domain.words import At, Person, Sentence, say, sentences
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import AssignIssue
from bot.usecases.find_people import find_people
from bot.usecases.oncall_known import in_time
from bot.usecases.rows import Answer, Resolved
from bot.usecases.services import Services

WHY_LENGTH = 500
NOBODY = (
    "Please name one: a person, or a team as the matrix writes it, "
    "for example group:ops-managers, oncall:care-leads or #ops-desk."
)


async def assign(services: Services, command: AssignIssue) -> Answer:
    """Ask them to take it; whoever has it keeps it until they do.

    Raises FieldErrors at the field in which they were named, what `handing.assign` raises, and DirectoryDown.
    """
    if command.contact is None:
        raise FieldErrors({command.field: NOBODY})
    wish = await in_time(_wish(services, command, command.contact))

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        return handing.assign(issue, actor, wish, clean_text(command.why, WHY_LENGTH), now)

    return await change_issue(services, command, verb, _asked)


async def _wish(services: Services, command: AssignIssue, contact: Contact) -> Wish:
    if contact.kind is ContactKind.CHANNEL:
        _require_known(services, command, contact)
    (found,) = await find_people(services, command.workspace, [contact])
    if not found.targets:
        why = found.why or f"{contact} stands for nobody right now."
        raise FieldErrors({command.field: f"{why} Please choose somebody else."})
    if contact.kind not in PEOPLE:
        return Wish(contact, found.targets, str(contact), command.field)
    return await _one_person(services, command, found)


async def _one_person(services: Services, command: AssignIssue, found: Resolved) -> Wish:
    """Guests and people of other organisations cannot be asked."""
    user = found.targets[0].id
    person = await services.directory.person(command.workspace, user)
    called = person.name if person else str(found.contact)
    for wrong, what in (
        (person is not None and person.guest, "is a guest here and cannot be asked to take issues."),
        (person is not None and person.outsider, "is of another organisation and cannot be asked here."),
        (person is not None and person.bot, "is a bot."),
        (person is not None and person.deactivated, "has left Slack."),
    ):
        if wrong:
            raise FieldErrors({command.field: f"{called} {what} Please choose somebody else."})
    return Wish(Contact(ContactKind.USER, user), found.targets[:1], called, command.field)


def _require_known(services: Services, command: AssignIssue, channel: Contact) -> None:
    """Only channels of the matrix: in others nobody expects to be asked."""
    published = services.matrix.current(command.workspace)
    named = {one for _, one in contacts_at(published.matrix)} if published else set()
    known = sorted(str(one) for one in named if one.kind is ContactKind.CHANNEL)
    if channel not in named:
        raise FieldErrors(
            {command.field: f"{channel} is not a channel of the matrix. You can name {', '.join(known)}."}
        )


def _asked(issue: Issue) -> Sentence:
    until = issue.position.ends_at
    when = say(" and answers by {until}", until=At(until)) if until else say("")
    asked = say("ISS-{number}: {who} is asked now{when}.", number=issue.number, who=_who(issue), when=when)
    owner = issue.present_owner
    if owner is None:
        return asked
    return sentences(asked, say("{who} has it until somebody takes it.", who=Person(owner)))


def _who(issue: Issue) -> Sentence:
    """The person or contact that was named last: the others were asked before."""
    wish = issue.care.named
    last = wish.contacts[-1] if wish else None
    if last is None:
        return prompts.asked_now(issue)
    return say("{who}", who=Person(last.value) if last.kind is ContactKind.USER else str(last))

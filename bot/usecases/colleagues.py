"""Whom somebody names: one person of this workspace, looked up within the time that an answer to Slack has."""

import asyncio
from datetime import timedelta

from bot.domain.contacts import Contact, ContactKind
from bot.domain.errors import FieldErrors
from bot.domain.ids import WorkspaceId
from bot.usecases.find_people import find_people
from bot.usecases.outside import DirectoryDown
from bot.usecases.rows import PersonInfo
from bot.usecases.services import Services

PEOPLE = frozenset({ContactKind.USER, ContactKind.EMAIL, ContactKind.HANDLE})
LOOK_UP_TIME = timedelta(milliseconds=800)


async def colleague(services: Services, workspace: WorkspaceId, contact: Contact, field: str) -> PersonInfo:
    """The person. Raises FieldErrors at `field` when that is nobody who could be told anything, and DirectoryDown."""
    if contact.kind not in PEOPLE:
        raise FieldErrors({field: f"Please name one person: {contact} is not one."})
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            (found,) = await find_people(services, workspace, [contact])
            person = (
                await services.directory.person(workspace, found.targets[0].id) if found.targets else None
            )
    except TimeoutError:
        raise DirectoryDown("Slack is slow to say who is who.") from None
    if person is None:
        raise FieldErrors(
            {field: found.why or f"{contact} is nobody in this Slack. Please choose somebody else."}
        )
    if person.bot or person.deactivated:
        raise FieldErrors({field: f"{person.name} cannot read messages here. Please choose somebody else."})
    return person

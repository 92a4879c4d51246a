"""Reading the form that raises an issue: what was typed becomes facts, and people and places are looked up.

Whatever cannot be looked up in time is taken as it was typed: a slow directory never keeps an issue from being raised.
"""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from bot.domain.contacts import Contact, ContactKind
from bot.domain.errors import FieldErrors, Refused
from bot.domain.intake import YES, Setting, facts_from
from bot.domain.issue import Facts
from bot.domain.matrix.match import choose
from bot.domain.matrix.model import Matrix, PublishedMatrix
from bot.domain.matrix.parts import channels_matched
from bot.usecases.commands import RaiseIssue
from bot.usecases.outside import DirectoryDown
from bot.usecases.rows import PersonInfo
from bot.usecases.services import Services
from bot.usecases.show_matrix import in_force

LOOK_TIME = timedelta(milliseconds=400)
"""So long a look at people and channels may take, all of it at once; without it the form is taken as it is."""

NO_CHANNEL = (
    "Rung is not in this channel and cannot write there. "
    "Please invite it, choose another one, or leave this empty."
)

_log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Form:
    """What was read, by which matrix. `requester` is a user id."""

    published: PublishedMatrix
    facts: Facts
    requester: str
    private: bool


async def read_form(services: Services, command: RaiseIssue) -> Form:
    """Raises FieldErrors with a sentence for each field that needs another look, Refused without a matrix."""
    published = in_force(services, command.workspace)
    channel, zone, outside = await asyncio.gather(
        _raised_in(services, command, published.matrix), _zone(services, command), _outside(services, command)
    )
    setting = Setting(
        services.clock.now(), zone or published.matrix.workspace.timezone, channel, command.source_link
    )
    facts = _facts(command, published.matrix, setting, outside)
    private = command.fields.get("private") == YES
    return Form(published, facts, command.requester or command.user, private)


def _facts(command: RaiseIssue, matrix: Matrix, setting: Setting, outside: dict[str, str]) -> Facts:
    """A priority that is what impact and urgency give anyway is no priority by hand."""
    fields = {**command.fields, "raiser": command.user, "requester": command.requester}
    try:
        computed = matrix.priority_matrix.get((fields.get("impact", ""), fields.get("urgency", "")))
        if fields.get("priority") == computed:
            fields["priority"] = fields["priority_reason"] = ""
        facts = facts_from(fields, matrix, setting)
        choose(matrix, facts, facts.priority)
    except FieldErrors as errors:
        raise FieldErrors({**outside, **errors.fields}) from errors
    except Refused as refusal:  # the matrix has no path for it
        raise FieldErrors({**outside, "type": refusal.sentence.plain()}) from refusal
    if outside:
        raise FieldErrors(outside)
    return facts


async def _raised_in(services: Services, command: RaiseIssue, matrix: Matrix) -> str:
    """The channel as the matrix writes it, where a rule asks for channels; else its id."""
    wanted = [Contact(ContactKind.CHANNEL, name) for name in channels_matched(matrix)]
    if not wanted or not command.asked_in:
        return command.asked_in
    found = await _in_time(services.directory.resolve(command.workspace, wanted)) or []
    here = (str(one.contact) for one in found for target in one.targets if target.id == command.asked_in)
    return next(here, command.asked_in)


async def _zone(services: Services, command: RaiseIssue) -> str:
    """Where who typed a time is; looked up only when one was typed."""
    if not command.fields.get("promised_by"):
        return ""
    person = await _in_time(services.directory.person(command.workspace, command.user))
    return person.tz if person else ""


async def _outside(services: Services, command: RaiseIssue) -> dict[str, str]:
    """What the world has against the chosen people and places, by field."""
    somebody, place = command.requester, command.updates_channel
    wrong: dict[str, str] = {}
    if somebody and somebody != command.user:
        why = await _in_time(_why_not(services, command, somebody))
        if why:
            wrong["requester"] = why
    if place and await _in_time(services.directory.may_post(command.workspace, place)) is False:
        wrong["updates_channel"] = NO_CHANNEL
    return wrong


async def _why_not(services: Services, command: RaiseIssue, user: str) -> str:
    """Why this person cannot be told about an issue; empty when they can."""
    person = await services.directory.person(command.workspace, user)
    if person is None:
        return "Nobody in this Slack has this name. Please choose somebody else."
    why = _cannot_read(person)
    return f"{person.name} {why} Please choose somebody else, or write their name below." if why else ""


def _cannot_read(person: PersonInfo) -> str:
    if person.bot:
        return "is a bot and reads no messages."
    if person.deactivated:
        return "has left Slack."
    return "is of another organisation and gets no messages of Rung." if person.outsider else ""


async def _in_time(asked: Awaitable[T]) -> T | None:
    """The answer, or None when there is none in time."""
    try:
        async with asyncio.timeout(LOOK_TIME.total_seconds()):
            return await asked
    except (DirectoryDown, TimeoutError) as error:
        _log.warning("the form is taken as typed: %s", error or "too slow", extra={"action": "intake"})
        return None

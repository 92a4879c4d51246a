"""Snoozing: the owner wants to be left alone with it for a while."""

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain import snoozing
from bot.domain.errors import Refused
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.snoozing_time import snoozed_until
from bot.domain.text import clean_line
from bot.domain.when import parse_end, parse_when
from bot.domain.wording import keeping
from bot.domain.words import Sentence, say
from bot.usecases.change_issue import change_issue
from bot.usecases.commands import TextCommand
from bot.usecases.outside import DirectoryDown
from bot.usecases.rows import Answer
from bot.usecases.services import Services

LOOK_UP_TIME = timedelta(milliseconds=500)
"""How long the person's time zone is waited for; without it the matrix's own is taken."""
EXAMPLES = "2h, until 15:00, until tomorrow 9:00 or until fri"


async def snooze(services: Services, command: TextCommand) -> Answer:
    """Quiet until the time in `text`, as its writer reads the clock. Raises what `snoozing.snooze` does."""
    zone = await _zone(services, command)

    def verb(issue: Issue, actor: Actor, now: datetime) -> Change:
        until = read_until(command.text, now, zone or issue.route.rules.timezone)
        return snoozing.snooze(issue, actor, until, now)

    return await change_issue(services, command, verb, _quiet)


def read_until(text: str, now: datetime, zone: str) -> datetime:
    """The end of a snooze (UTC): ``2h``, ``for 2h``, ``17:00``, ``until tomorrow 9:00``, ``until fri``.

    Raises Refused with examples.
    """
    words = clean_line(text)
    first, _, rest = words.partition(" ")
    try:
        if first.casefold() == "until":
            return parse_when(words, now, zone)[1]
        return parse_end(rest if first.casefold() in ("for", "to") else words, now, now, zone)
    except Refused:
        raise Refused(
            say(
                'I do not know until when "{text}" is. Please write it like this: {examples}.',
                text=words[:60],
                examples=EXAMPLES,
            )
            if words
            else say("Please write until when, like this: {examples}.", examples=EXAMPLES)
        ) from None


async def _zone(services: Services, command: TextCommand) -> str:
    """Where the person reads the clock; empty when that cannot be told in time."""
    try:
        async with asyncio.timeout(LOOK_UP_TIME.total_seconds()):
            person = await services.directory.person(command.workspace, command.user)
        return ZoneInfo(person.tz).key if person else ""
    except (DirectoryDown, TimeoutError, ZoneInfoNotFoundError, ValueError, OSError):
        return ""


def _quiet(issue: Issue) -> Sentence:
    until, wished = snoozed_until(issue), issue.care.snoozed_until
    if until is None or wished is None:
        return say("ISS-{number} is not snoozed.", number=issue.number)
    return keeping.will_be_quiet(issue, until, cut=until < wished)

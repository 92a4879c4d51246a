"""Raising an issue: facts and route become an issue that stands on level 1."""

import asyncio
from datetime import datetime, timedelta

from bot.domain.contacts import Contact, ContactKind
from bot.domain.errors import FieldErrors, Refused
from bot.domain.ids import ChannelId, IssueRef, UserId
from bot.domain.intake import facts_from
from bot.domain.issue import Facts, Issue
from bot.domain.matrix.match import route_for
from bot.domain.matrix.model import Matrix, PublishedMatrix, Route
from bot.domain.matrix.parts import channels_matched
from bot.domain.raising import raise_issue as begin
from bot.domain.wording import names
from bot.domain.words import Channel, Sentence, say
from bot.usecases.commands import RaiseIssue
from bot.usecases.outside import DirectoryDown
from bot.usecases.ports import Store
from bot.usecases.record import dump_answer, known_answer, record
from bot.usecases.rows import Answer
from bot.usecases.services import ANSWER_BUDGET, Services
from bot.usecases.tell import whispered

CHANNEL_TIME = timedelta(milliseconds=500)
"""So long a look at the names of channels may take; without it the issue goes by its other facts."""


async def raise_issue(services: Services, command: RaiseIssue) -> Answer:
    """Store the issue and answer with its number, who answers and by when.

    Raises FieldErrors for the form, Refused when no matrix is published, NotSaved and OutcomeUnknown.
    """
    published = services.matrix.current(command.workspace)
    if published is None:
        raise Refused("There is no escalation matrix yet. Please ask an admin to publish one.")
    channel = await _raised_in(services, command, published.matrix)
    facts = facts_from(command.fields, published.matrix, command.source_link, channel)
    now = services.clock.now()
    route = _route(published, facts, now)

    def unit(store: Store) -> Answer:
        known = known_answer(store, command.workspace, command.key)
        if known is not None:
            return known
        ref = IssueRef(command.workspace, store.issues.next_number(command.workspace))
        change = begin(
            ref,
            facts,
            route,
            raiser=UserId(command.user),
            requester=UserId(command.requester or command.user),
            updates_channel=ChannelId(command.updates_channel) if command.updates_channel else None,
            now=now,
        )
        issue = record(store, None, change, now)
        if issue.raiser != issue.requester:
            told = whispered(command.user, command.asked_in, command.key, _raised(issue))
            store.outbox.put(command.workspace, None, [told], now)
        answer = Answer(_raised(issue), ref.number)
        store.inbound.remember(command.workspace, command.key, dump_answer(answer), now)
        return answer

    answer = await services.transactions.run(unit, budget=ANSWER_BUDGET)
    services.bell.ring()
    return answer


async def _raised_in(services: Services, command: RaiseIssue, matrix: Matrix) -> str:
    """The channel as the matrix writes it, where a rule asks for channels; else its id."""
    wanted = [Contact(ContactKind.CHANNEL, name) for name in channels_matched(matrix)]
    if not wanted or not command.asked_in:
        return command.asked_in
    try:
        async with asyncio.timeout(CHANNEL_TIME.total_seconds()):
            found = await services.directory.resolve(command.workspace, wanted)
    except (DirectoryDown, TimeoutError):
        return command.asked_in
    here = (str(one.contact) for one in found for target in one.targets if target.id == command.asked_in)
    return next(here, command.asked_in)


def _route(published: PublishedMatrix, facts: Facts, now: datetime) -> Route:
    try:
        return route_for(published, facts, now)
    except Refused as refusal:
        raise FieldErrors({"type": refusal.sentence.plain()}) from refusal


def _raised(issue: Issue) -> Sentence:
    return say(
        "ISS-{number} is raised. Priority: {priority}. {asked}. You can follow it in {channel}.",
        number=issue.number,
        priority=issue.route.priority.title,
        asked=names.first_asked(issue),
        channel=Channel(str(issue.route.card_channel)),
    )

"""Raising an issue: facts and route become an issue that stands on level 1."""

from bot.domain.errors import FieldErrors, Refused
from bot.domain.ids import ChannelId, IssueRef, UserId
from bot.domain.intake import facts_from
from bot.domain.issue import Facts, Issue
from bot.domain.matrix.match import route_for
from bot.domain.matrix.model import PublishedMatrix, Route
from bot.domain.raising import raise_issue as begin
from bot.domain.words import At, Channel, Sentence, say
from bot.usecases.commands import RaiseIssue
from bot.usecases.ports import Answer, Store
from bot.usecases.record import dump_answer, known_answer, record
from bot.usecases.services import ANSWER_BUDGET, Services
from bot.usecases.tell import whispered


async def raise_issue(services: Services, command: RaiseIssue) -> Answer:
    """Store the issue and answer with its number, who answers and by when.

    Raises FieldErrors for the form, Refused when no matrix is published, NotSaved and OutcomeUnknown.
    """
    published = services.matrix.current(command.workspace)
    if published is None:
        raise Refused("There is no escalation matrix yet. Please ask an admin to publish one.")
    facts = facts_from(command.fields, published.matrix, command.source_link)
    route = _route(published, facts)
    now = services.clock.now()

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


def _route(published: PublishedMatrix, facts: Facts) -> Route:
    try:
        return route_for(published, facts.type, facts.impact, facts.urgency)
    except Refused as refusal:
        raise FieldErrors({"type": refusal.sentence.plain()}) from refusal


def _raised(issue: Issue) -> Sentence:
    return say(
        "ISS-{number} is raised as {priority}. {name} answers by {until}. You can follow it in {channel}.",
        number=issue.number,
        priority=issue.route.priority.title,
        name=issue.level.name,
        until=At(issue.position.ends_at or issue.raised_at),
        channel=Channel(str(issue.route.card_channel)),
    )

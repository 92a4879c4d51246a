"""Raising a new issue after one that ended too long ago: both are stored in one transaction."""

from datetime import datetime

from bot.domain import raising_again
from bot.domain.errors import FieldErrors, NotAllowed, Refused
from bot.domain.ids import IssueRef
from bot.domain.issue import Issue
from bot.domain.matrix.match import route_for
from bot.domain.matrix.model import PublishedMatrix, Route
from bot.domain.permissions import Actor
from bot.domain.text import clean_text
from bot.domain.words import say
from bot.usecases.actors import look_up, plain, require_known
from bot.usecases.commands import TextCommand
from bot.usecases.ports import Store
from bot.usecases.raise_issue import raised
from bot.usecases.record import dump_answer, known_answer, load, record
from bot.usecases.rows import Answer
from bot.usecases.services import ANSWER_BUDGET, Services


async def raise_again(services: Services, command: TextCommand) -> Answer:
    """The text says what is wrong now. By the matrix in force. Raises what `raising_again.raise_again` does, Refused
    when the matrix knows its type or other facts no more, NotFound, NotSaved and OutcomeUnknown."""
    ref = IssueRef(command.workspace, command.number)
    known = plain(services, command)
    if not command.outsider:
        try:
            return await _raise(services, command, ref, known, first=True)
        except NotAllowed:
            pass
    return await _raise(services, command, ref, await look_up(services, ref, known))


async def _raise(
    services: Services, command: TextCommand, ref: IssueRef, actor: Actor, *, first: bool = False
) -> Answer:
    now, why = services.clock.now(), clean_text(command.text)
    published = services.matrix.current(command.workspace)

    def unit(store: Store) -> Answer:
        known = known_answer(store, ref.workspace, command.key)
        if known is not None:
            return known
        old = load(store, ref)
        if first:
            require_known(old, actor)
        new = IssueRef(command.workspace, store.issues.next_number(command.workspace))
        route = _route(published, old, now)
        linked, begun = raising_again.raise_again(old, new, actor, why, route, now)
        record(store, old, linked, now)
        issue = record(store, None, begun, now)
        answer = Answer(raised(issue), new.number)
        store.inbound.remember(command.workspace, command.key, dump_answer(answer), now)
        return answer

    answer = await services.transactions.run(unit, budget=ANSWER_BUDGET)
    services.bell.ring()
    return answer


def _route(published: PublishedMatrix | None, old: Issue, now: datetime) -> Route:
    try:
        if published is not None:
            return route_for(published, old.facts, now, old.facts.priority)
    except FieldErrors:
        pass
    said = (
        "The matrix was changed since ISS-{number}, so nothing can be taken along. Please raise a new issue."
    )
    raise Refused(say(said, number=old.number))

"""Two issues at once: link them, or merge one into the other. Both are stored in one transaction, or neither is."""

from collections.abc import Callable
from datetime import datetime

from bot.domain import merging
from bot.domain.answering import NotOnPath
from bot.domain.errors import FieldErrors, NotAllowed, Refused
from bot.domain.ids import IssueRef
from bot.domain.issue import Issue
from bot.domain.matrix.match import route_for
from bot.domain.matrix.model import PublishedMatrix, Route
from bot.domain.permissions import Actor
from bot.domain.sight import require_touch
from bot.domain.words import Sentence, say
from bot.usecases.actors import look_up, plain, require_known
from bot.usecases.commands import WithOther
from bot.usecases.ports import Store
from bot.usecases.record import dump_answer, known_answer, load, record
from bot.usecases.rows import Answer
from bot.usecases.services import ANSWER_BUDGET, Services

Verb = Callable[[Store, Issue, Issue, Actor, datetime], merging.Both]


async def link(services: Services, command: WithOther) -> Answer:
    """Each names the other. Raises what `merging.link` does, NotFound, NotSaved and OutcomeUnknown."""

    def verb(_store: Store, one: Issue, other: Issue, actor: Actor, now: datetime) -> merging.Both:
        return merging.link(one, other, actor, now)

    said = say("ISS-{one} and ISS-{other} are linked.", one=command.number, other=command.other)
    return await _both(services, command, verb, said)


async def merge(services: Services, command: WithOther) -> Answer:
    """The first goes on as the second. Raises what `merging.merge` does, NotFound, NotSaved and OutcomeUnknown."""

    def verb(store: Store, source: Issue, target: Issue, actor: Actor, now: datetime) -> merging.Both:
        return merging.merge(source, target, actor, now, _as_urgent(store, source, target, now))

    said = say("ISS-{one} goes on as ISS-{other}.", one=command.number, other=command.other)
    return await _both(services, command, verb, said)


def _as_urgent(store: Store, source: Issue, target: Issue, now: datetime) -> Route | None:
    """The target's route with the priority of the source, by the target's own version; None when it has none such."""
    published: PublishedMatrix | None = store.matrices.get(target.ref.workspace, target.route.version)
    if published is None:
        return None
    try:
        return route_for(published, target.facts, now, source.route.priority.key)
    except (FieldErrors, Refused):
        return None


async def _both(services: Services, command: WithOther, verb: Verb, said: Sentence) -> Answer:
    """Who somebody is to either issue is looked up only when they would be refused without."""
    known = plain(services, command)
    if not command.outsider:
        try:
            return await _apply(services, command, (known, known), verb, said, first=True)
        except (NotAllowed, NotOnPath):
            pass
    ref, other = (IssueRef(command.workspace, number) for number in (command.number, command.other))
    both = await look_up(services, ref, known), await look_up(services, other, known)
    return await _apply(services, command, both, verb, said)


async def _apply(
    services: Services,
    command: WithOther,
    actors: tuple[Actor, Actor],
    verb: Verb,
    said: Sentence,
    *,
    first: bool = False,
) -> Answer:
    """`actors` is the same person twice: what they are to the first issue, and to the other one. `first` = they were
    not looked up."""
    now = services.clock.now()
    ref, other = (IssueRef(command.workspace, number) for number in (command.number, command.other))

    def unit(store: Store) -> Answer:
        locked = {one: load(store, one) for one in sorted({ref, other})}
        known = known_answer(store, command.workspace, command.key)
        if known is not None:
            return known
        for one, actor in zip((ref, other), actors, strict=True):
            require_touch(locked[one], actor)
            if first:
                require_known(locked[one], actor)
        changes = verb(store, locked[ref], locked[other], actors[0], now)
        for change in changes:
            record(store, locked[change.issue.ref], change, now)
        answer = Answer(said, command.number)
        store.inbound.remember(command.workspace, command.key, dump_answer(answer), now)
        return answer

    answer = await services.transactions.run(unit, budget=ANSWER_BUDGET)
    services.bell.ring()
    return answer

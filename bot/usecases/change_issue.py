"""The frame of every verb: look for the repeat, load and lock, apply the verb, record, remember the answer."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.answering import NotOnPath
from bot.domain.errors import NotAllowed
from bot.domain.ids import IssueRef
from bot.domain.issue import Change, Issue
from bot.domain.permissions import Actor
from bot.domain.sight import require_touch
from bot.domain.veil import veiled
from bot.domain.words import Sentence
from bot.usecases.actors import look_up, plain, require_known
from bot.usecases.commands import IssueCommand
from bot.usecases.ports import Store
from bot.usecases.record import dump_answer, known_answer, load, record
from bot.usecases.rows import Answer
from bot.usecases.services import ANSWER_BUDGET, Services

Verb = Callable[[Issue, Actor, datetime], Change]
Said = Callable[[Issue], Sentence]


async def change_issue(
    services: Services, command: IssueCommand, verb: Verb, said: Said, *, look_first: bool = False
) -> Answer:
    """Apply a verb of the domain to one issue and answer who asked.

    Most people are known from the asks alone; only who would be refused is looked up (see `actors`), and
    then the verb is tried once more. With `look_first` everybody is: for verbs that do more for a manager than for who
    asked. Raises what the verb raises, NotSaved and OutcomeUnknown.
    """
    ref = IssueRef(command.workspace, command.number)
    known = plain(services, command)
    if (
        look_first or command.outsider
    ):  # of another workspace: only the directory knows whether that is a stranger
        known = await look_up(services, ref, known)
    try:
        return await _apply(services, command, ref, known, verb, said, first=not look_first)
    except (NotAllowed, NotOnPath):
        actor = await look_up(services, ref, known)
        return await _apply(services, command, ref, actor, verb, said)


async def _apply(
    services: Services,
    command: IssueCommand,
    ref: IssueRef,
    actor: Actor,
    verb: Verb,
    said: Said,
    *,
    first: bool = False,
) -> Answer:
    now = services.clock.now()

    def unit(store: Store) -> Answer:
        before = load(
            store, ref
        )  # locked first: of two deliveries of one click, the second finds the first's answer
        known = known_answer(store, ref.workspace, command.key)
        if known is not None:
            return known
        require_touch(before, actor)
        if first:
            require_known(before, actor)
        after = record(store, before, verb(before, actor, now), now)
        answer = Answer(said(veiled(after, command.user)), ref.number)
        store.inbound.remember(ref.workspace, command.key, dump_answer(answer), now)
        return answer

    answer = await services.transactions.run(unit, budget=ANSWER_BUDGET)
    services.bell.ring()
    return answer

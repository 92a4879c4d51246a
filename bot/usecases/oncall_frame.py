"""The frame of every change of on-call: once per request, in one transaction with what it tells everybody concerned."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.issue import Target, TargetKind
from bot.domain.matrix.model import Matrix
from bot.domain.notices import place
from bot.domain.notification import Notice, NoticeKind, Rank
from bot.domain.oncall.model import OnCallChange
from bot.domain.oncall.pieces import Effect, Standing, effect
from bot.domain.wording import oncall as wording
from bot.domain.words import NOTHING, Sentence, sentences
from bot.usecases.commands import Command
from bot.usecases.matrix_rights import schedules_of
from bot.usecases.oncall_known import Known
from bot.usecases.ports import Store
from bot.usecases.record import dump_answer, known_answer
from bot.usecases.rows import Answer
from bot.usecases.services import ANSWER_BUDGET, Services


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb did: the answer, and whom to tell what."""

    answer: Answer
    news: tuple[Notice, ...] = ()


Verb = Callable[[Store, datetime], Done]


async def once(services: Services, command: Command, verb: Verb) -> Answer:
    """Apply a verb in one transaction with its messages; a repeat of the same request gets the same answer.

    One after another: what a verb says to whom is true only while nobody else changes the same time.
    """
    now = services.clock.now()

    def unit(store: Store) -> Answer:
        store.oncall.lock(command.workspace)
        known = known_answer(store, command.workspace, command.key)
        if known is not None:
            return known
        done = verb(store, now)
        store.outbox.put(command.workspace, None, done.news, now)
        store.inbound.remember(command.workspace, command.key, dump_answer(done.answer), now)
        return done.answer

    answer = await services.transactions.run(unit, budget=ANSWER_BUDGET)
    services.bell.ring()
    return answer


def changed(store: Store, known: Known, change: OnCallChange) -> tuple[OnCallChange, Effect]:
    """Store a change; the answer has its id, and what it does to whom."""
    before = standing(store, known, change.start, change.end)
    stored = store.oncall.add(known.workspace, change)
    after = standing(store, known, change.start, change.end)
    return stored, effect(before, after, change.start, change.end)


def withdrawn(store: Store, known: Known, change: OnCallChange, now: datetime) -> Effect:
    """Take a change back; what that does to whom from now on."""
    start, end = max(change.start, now), change.end
    before = standing(store, known, start, end)
    store.oncall.withdraw(known.workspace, change.id, known.user, now)
    return effect(before, standing(store, known, start, end), start, end)


def standing(store: Store, known: Known, start: datetime, end: datetime) -> list[Standing]:
    """Every schedule as it stands."""
    return [(one.schedule, one.changes) for one in known.rosters(store, start, end)]


def told(
    command: Command,
    reason: Sentence,
    did: Effect,
    *,
    besides: Sequence[str] = (),
    undo: int = 0,
    more: Sentence = NOTHING,
) -> tuple[Notice, ...]:
    """A message to everybody concerned but `besides` and who did it; with a button to take it back.

    It says why, what it means for them, and `more`."""
    return tuple(
        note(user, f"{command.key}:{user}", sentences(reason, wording.yours(did, user), more), undo)
        for user in did.people
        if user not in (*besides, command.user)
    )


def told_of_gaps(
    command: Command, matrix: Matrix, reason: Sentence, did: Effect, called: str
) -> tuple[Notice, ...]:
    """A message to the owners of the paths that ask a schedule on which nobody is left, else to the manager."""
    found = []
    for key in dict.fromkeys(one.schedule for one in did.gaps):
        some = [one for one in did.gaps if one.schedule == key]
        owners = [path.owner for path in matrix.paths if path.owner and key in schedules_of(path)]
        for owner in dict.fromkeys(owners) or (matrix.workspace.escalation_manager,):
            said = wording.gap(reason, some, called)
            name = f"oncall:gap:{command.key}:{key}:{owner}"
            to = place(owner)
            args = {"sentence": said.dump()}
            found.append(Notice(NoticeKind.PATH_OWNER, name, to, name, Rank.REQUESTER, args=args))
    return tuple(found)


def note(user: str, key: str, sentence: Sentence, undo: int = 0) -> Notice:
    """A direct message about being on call; `undo` is the change that its button takes back."""
    name = f"oncall:{key}"
    args: dict[str, str | int] = {"sentence": sentence.dump(), "undo": undo}
    to = Target(TargetKind.USER, user)
    return Notice(NoticeKind.SHIFT, name, to, name, Rank.REQUESTER, args=args)

"""Asking a colleague to take over: they accept or decline, and until then nothing changes."""

from dataclasses import replace
from datetime import datetime

from bot.domain.errors import NotAllowed, NotFound, Refused
from bot.domain.notification import Notice, NoticeKind
from bot.domain.oncall.model import ChangeKind, OnCallChange
from bot.domain.oncall.pieces import Piece
from bot.domain.wording import oncall as wording
from bot.domain.words import Person, Sentence, say
from bot.usecases import free_messages
from bot.usecases.oncall_commands import OnCallCommand, SwapCommand
from bot.usecases.oncall_frame import Done, changed, note, once, told
from bot.usecases.oncall_known import (
    Known,
    get_to_know,
    had_by,
    named_schedule,
    time_named,
    with_colleague,
)
from bot.usecases.people_ports import Swap, SwapState
from bot.usecases.ports import Store
from bot.usecases.rows import Answer
from bot.usecases.services import Services

ASKS = "asks"
"""The argument of a message that still has its buttons."""


async def ask(services: Services, command: OnCallCommand) -> Answer:
    """Ask a colleague to take my time. Raises RungError, DirectoryDown."""
    known, colleague = await with_colleague(services, command)
    if colleague.id == known.user:
        raise Refused(say("That is you. Please name a colleague."))
    named, words = named_schedule(known, command.words)
    start, end = time_named(words, services.clock.now(), known.zone(named))

    def verb(store: Store, now: datetime) -> Done:
        mine = _had(store, known, known.user, named.key if named else None, start, end)
        if not mine:
            raise Refused(wording.not_yours(start, end, command.called))
        _refuse_twice(store, known, colleague.id, start, end, now)
        keys = list(dict.fromkeys(one.schedule for one in mine))
        key = keys[0] if len(keys) == 1 else named.key if named else None
        swap = Swap(0, known.user, colleague.id, start, end, SwapState.ASKED, now, key)
        stored = store.swaps.add(known.workspace, swap)
        args = _args(wording.asks_you(known.user, mine), stored, asks=True)
        notice = free_messages.asked(NoticeKind.SWAP, _key(stored), colleague.id, args)
        return Done(Answer(wording.asked(colleague.id, mine), code=f"withdraw:{stored.id}"), (notice,))

    return await once(services, command, verb)


async def accept(services: Services, command: SwapCommand) -> Answer:
    """Take over what I was asked for. Raises RungError, DirectoryDown."""
    known = await get_to_know(services, command)

    def verb(store: Store, now: datetime) -> Done:
        swap = _open(store, known, command, now)
        start = max(swap.start, now)
        theirs = _had(store, known, swap.asker, swap.schedule, start, swap.end) if start < swap.end else ()
        if not theirs:
            said = wording.not_theirs(swap.asker) if start < swap.end else wording.over(swap.asker)
            return Done(Answer(said), _settled(store, known, swap, SwapState.WITHDRAWN, said, now))
        made, did = changed(store, known, _cover(swap, start, now))
        said = wording.you_accepted(swap.asker, theirs)
        news = [
            *_settled(store, known, swap, SwapState.ACCEPTED, said, now),
            note(swap.asker, _answer_key(swap), wording.accepted(known.user, theirs), made.id),
            *told(command, wording.takes(known.user), did, besides=[swap.asker], undo=made.id),
            *_others_are_free(store, known, swap, now),
        ]
        return Done(Answer(said, code=f"undo:{made.id}"), tuple(news))

    return await once(services, command, verb)


async def decline(services: Services, command: SwapCommand) -> Answer:
    """I can't take over. Raises RungError, DirectoryDown."""
    known = await get_to_know(services, command)

    def verb(store: Store, now: datetime) -> Done:
        swap = _open(store, known, command, now)
        said = wording.you_declined(swap.asker)
        to_asker = wording.declined(known.user, swap.start, swap.end, command.called)
        news = [
            *_settled(store, known, swap, SwapState.DECLINED, said, now),
            note(swap.asker, _answer_key(swap), to_asker),
        ]
        return Done(Answer(said), tuple(news))

    return await once(services, command, verb)


async def withdraw(services: Services, command: SwapCommand) -> Answer:
    """I no longer need anybody. Raises RungError, DirectoryDown."""
    known = await get_to_know(services, command)

    def verb(store: Store, now: datetime) -> Done:
        swap = _locked(store, known, command)
        if swap.asker != known.user:
            raise NotAllowed(say("Only {who}, who asked, can take that back.", who=Person(swap.asker)))
        if swap.state is not SwapState.ASKED:
            raise Refused(_decided(swap, known.user))
        said = wording.withdrawn(swap.asker, swap.start, swap.end)
        news = _settled(store, known, swap, SwapState.WITHDRAWN, said, now)
        return Done(Answer(say("Taken back. You keep that time, and I told them.")), news)

    return await once(services, command, verb)


def _had(
    store: Store, known: Known, user: str, key: str | None, start: datetime, end: datetime
) -> tuple[Piece, ...]:
    """What they have on the schedule of this key; None = on every one."""
    rosters = [one for one in known.rosters(store, start, end) if key in (None, one.key)]
    return had_by(rosters, user, start, end)


def _refuse_twice(
    store: Store, known: Known, colleague: str, start: datetime, end: datetime, now: datetime
) -> None:
    for one in store.swaps.open_of(known.workspace, known.user, now):
        asked = (one.asker, one.colleague) == (known.user, colleague)
        if asked and one.start < end and start < one.end:
            span = wording.span(one.start, one.end)
            raise Refused(
                say("You asked {who} already about the time {span}.", who=Person(colleague), span=span)
            )


def _open(store: Store, known: Known, command: SwapCommand, now: datetime) -> Swap:
    """The question, if this person is asked and has not answered yet. Raises NotFound, NotAllowed, Refused."""
    swap = _locked(store, known, command)
    if swap.colleague != known.user:
        raise NotAllowed(say("Only {who} was asked.", who=Person(swap.colleague)))
    if swap.state is not SwapState.ASKED:
        raise Refused(_decided(swap, known.user))
    return swap


def _locked(store: Store, known: Known, command: SwapCommand) -> Swap:
    swap = store.swaps.get(known.workspace, command.swap, lock=True)
    if swap is None:
        raise NotFound(
            say("There is no such request here. {called} mine shows yours.", called=command.called)
        )
    return swap


def _decided(swap: Swap, user: str) -> Sentence:
    who = say("You") if swap.colleague == user else say("{who}", who=Person(swap.colleague))
    match swap.state:
        case SwapState.ACCEPTED:
            return say("{who} accepted that already.", who=who)
        case SwapState.DECLINED:
            return say("{who} declined that already.", who=who)
    return say("{asker} took the question back. Nothing to do.", asker=Person(swap.asker))


def _cover(swap: Swap, start: datetime, now: datetime) -> OnCallChange:
    return OnCallChange(
        0,
        ChangeKind.COVER,
        swap.colleague,
        start,
        swap.end,
        swap.schedule,
        swap.asker,
        made_by=swap.colleague,
        made_at=now,
    )


def _settled(
    store: Store, known: Known, swap: Swap, state: SwapState, said: Sentence, now: datetime
) -> tuple[Notice, ...]:
    """Store what became of it; the colleague's message says so instead of asking."""
    decided = replace(swap, state=state, decided_at=now)
    store.swaps.decide(known.workspace, decided)
    return (free_messages.retold(NoticeKind.SWAP, _key(swap), swap.colleague, _args(said, swap, asks=False)),)


def _others_are_free(store: Store, known: Known, done: Swap, now: datetime) -> list[Notice]:
    """Who else was asked about the same time need not answer any more."""
    found: list[Notice] = []
    for one in store.swaps.open_of(known.workspace, done.asker, now):
        same = one.asker == done.asker and one.schedule == done.schedule
        if one.id != done.id and same and done.start <= one.start and one.end <= done.end:
            said = wording.withdrawn(one.asker, one.start, one.end)
            found += _settled(store, known, one, SwapState.WITHDRAWN, said, now)
    return found


def _args(said: Sentence, swap: Swap, *, asks: bool) -> dict[str, str | int]:
    return {"sentence": said.dump(), "swap": swap.id, ASKS: int(asks)}


def _key(swap: Swap) -> str:
    return f"swap:{swap.id}"


def _answer_key(swap: Swap) -> str:
    return f"swap:{swap.id}:answer"

"""Asking a colleague to take over: they accept or decline, and until then nothing changes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import NotAllowed, NotFound, Refused
from bot.domain.ids import WorkspaceId
from bot.domain.notification import Notice, NoticeKind
from bot.domain.oncall.model import ChangeKind, OnCallChange
from bot.domain.oncall.pieces import Piece, empty, pieces, title_of
from bot.domain.wording import oncall as wording
from bot.domain.wording import putting_in
from bot.domain.words import Person, Sentence, say
from bot.usecases import free_messages
from bot.usecases.commands import Command
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

ASKS, UNDO = "asks", "undo"
"""The arguments of a message that still has its buttons, and of one with a change that can be taken back."""


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
        args = question_args(wording.asks_you(known.user, mine), stored, asks=True)
        notice = free_messages.asked(NoticeKind.SWAP, question_key(stored), colleague.id, args)
        return Done(Answer(wording.asked(colleague.id, mine), code=f"withdraw:{stored.id}"), (notice,))

    return await once(services, command, verb)


async def accept(services: Services, command: SwapCommand) -> Answer:
    """Take over what I was asked for. Raises RungError, DirectoryDown."""
    known = await get_to_know(services, command)

    def verb(store: Store, now: datetime) -> Done:
        swap = _open(store, command)
        start = max(swap.start, now)
        theirs = _to_take(store, known, swap, start) if start < swap.end else ()
        if not theirs:
            said = _nothing_left(swap) if start < swap.end else wording.over(swap.asker)
            return Done(Answer(said), settled(store, command.workspace, swap, SwapState.WITHDRAWN, said, now))
        made, did = changed(store, known, _cover(swap, start, now))
        said, to_asker = _accepted(swap, theirs, did.gained_by(swap.colleague))
        news = [
            *settled(store, command.workspace, swap, SwapState.ACCEPTED, said, now, undo=made.id),
            note(swap.asker, answer_key(swap), to_asker, made.id),
            *told(
                command,
                wording.takes(known.user),
                did,
                besides=[swap.asker],
                undo=made.id,
                more=putting_in.noted(swap.note),
            ),
            *_others_are_free(store, command.workspace, swap, now),
        ]
        return Done(Answer(said, code=f"undo:{made.id}"), tuple(news))

    return await once(services, command, verb)


async def decline(services: Services, command: SwapCommand) -> Answer:
    """I can't take over. Raises RungError."""

    def verb(store: Store, now: datetime) -> Done:
        swap = _open(store, command)
        if swap.whoever:
            said = putting_in.you_declined(swap.asker)
            to_asker = putting_in.declined(
                swap.colleague, title_for(services, command, swap), swap.start, swap.end
            )
        else:
            said = wording.you_declined(swap.asker)
            to_asker = wording.declined(swap.colleague, swap.start, swap.end, command.called)
        news = [
            *settled(store, command.workspace, swap, SwapState.DECLINED, said, now),
            note(swap.asker, answer_key(swap), to_asker),
        ]
        return Done(Answer(said), tuple(news))

    return await once(services, command, verb)


async def withdraw(services: Services, command: SwapCommand) -> Answer:
    """I no longer need anybody. Raises RungError."""

    def verb(store: Store, now: datetime) -> Done:
        swap = _locked(store, command)
        if swap.asker != command.user:
            raise NotAllowed(say("Only {who}, who asked, can take that back.", who=Person(swap.asker)))
        if swap.state is not SwapState.ASKED:
            raise Refused(_decided(swap, command.user))
        return taken_back(store, command.workspace, swap, now)

    return await once(services, command, verb)


def taken_back(store: Store, workspace: WorkspaceId, swap: Swap, now: datetime) -> Done:
    """The question is no more; who asked reads the answer."""
    said = wording.withdrawn(swap.asker, swap.start, swap.end)
    news = settled(store, workspace, swap, SwapState.WITHDRAWN, said, now)
    kept = say("Everything stays as it is,") if swap.whoever else say("You keep that time,")
    return Done(
        Answer(say("Taken back. {kept} and I told {who}.", kept=kept, who=Person(swap.colleague))), news
    )


def _to_take(store: Store, known: Known, swap: Swap, start: datetime) -> tuple[Piece, ...]:
    """What there is for the colleague to take: what the asker has, or what the colleague has not yet."""
    if not swap.whoever:
        return _had(store, known, swap.asker, swap.schedule, start, swap.end)
    here = [one for one in known.rosters(store, start, swap.end) if one.key == swap.schedule]
    both = (
        piece
        for one in here
        for find in (pieces, empty)
        for piece in find((one.schedule, one.changes), start, swap.end)
    )
    return tuple(piece for piece in both if piece.who != swap.colleague)


def _nothing_left(swap: Swap) -> Sentence:
    if swap.whoever:
        return say("You are on call then already, or the schedule is no more. Nothing to do.")
    return wording.not_theirs(swap.asker)


def _accepted(swap: Swap, theirs: Sequence[Piece], gained: Sequence[Piece]) -> tuple[Sentence, Sentence]:
    """What the colleague reads, and what who asked reads."""
    if swap.whoever:
        return putting_in.you_accepted(gained, swap.asker), putting_in.accepted(swap.colleague, gained)
    return wording.you_accepted(swap.asker, theirs), wording.accepted(swap.colleague, theirs)


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


def _open(store: Store, command: SwapCommand) -> Swap:
    """The question, if this person is asked and has not answered yet. Raises NotFound, NotAllowed, Refused."""
    swap = _locked(store, command)
    if swap.colleague != command.user:
        raise NotAllowed(say("Only {who} was asked.", who=Person(swap.colleague)))
    if swap.state is not SwapState.ASKED:
        raise Refused(_decided(swap, command.user))
    return swap


def _locked(store: Store, command: SwapCommand) -> Swap:
    swap = store.swaps.get(command.workspace, command.swap, lock=True)
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
        case SwapState.EXPIRED:
            return say("Nobody answered before that time was over. Nothing to do.")
    return say("{asker} took the question back. Nothing to do.", asker=Person(swap.asker))


def _cover(swap: Swap, start: datetime, now: datetime) -> OnCallChange:
    return OnCallChange(
        0,
        ChangeKind.COVER,
        swap.colleague,
        start,
        swap.end,
        swap.schedule,
        None if swap.whoever else swap.asker,
        made_by=swap.colleague,
        made_at=now,
        note=swap.note,
    )


def settled(
    store: Store,
    workspace: WorkspaceId,
    swap: Swap,
    state: SwapState,
    said: Sentence,
    now: datetime,
    undo: int = 0,
) -> tuple[Notice, ...]:
    """Store what became of it; the colleague's message says so instead of asking, and may `undo` that change."""
    store.swaps.decide(workspace, replace(swap, state=state, decided_at=now))
    args = question_args(said, swap, asks=False) | {UNDO: undo}
    return (free_messages.retold(NoticeKind.SWAP, question_key(swap), swap.colleague, args),)


def _others_are_free(store: Store, workspace: WorkspaceId, done: Swap, now: datetime) -> list[Notice]:
    """Who else was asked about the same time need not answer any more."""
    found: list[Notice] = []
    for one in store.swaps.open_of(workspace, done.asker, now):
        same = (one.asker, one.schedule, one.whoever) == (done.asker, done.schedule, done.whoever)
        if one.id != done.id and same and done.start <= one.start and one.end <= done.end:
            said = wording.withdrawn(one.asker, one.start, one.end)
            found += settled(store, workspace, one, SwapState.WITHDRAWN, said, now)
    return found


def title_for(services: Services, command: Command, swap: Swap) -> str:
    """What people call the schedule it is about."""
    published = services.matrix.current(command.workspace)
    schedule = published.matrix.schedule(swap.schedule or "") if published else None
    return title_of(schedule) if schedule else swap.schedule or ""


def question_args(said: Sentence, swap: Swap, *, asks: bool) -> dict[str, str | int]:
    """What the colleague's message is drawn from; `asks` = with the buttons."""
    return {"sentence": said.dump(), "swap": swap.id, ASKS: int(asks)}


def question_key(swap: Swap) -> str:
    """Of the message to the colleague."""
    return f"swap:{swap.id}"


def answer_key(swap: Swap) -> str:
    """Of the message to who asked."""
    return f"swap:{swap.id}:answer"

"""Changing who is on call: take a time, cover a colleague, be away, and take a change back."""

from datetime import datetime, timedelta

from bot.domain.errors import NotAllowed, NotFound, Refused
from bot.domain.oncall.model import ChangeKind, OnCallChange, Schedule
from bot.domain.oncall.pieces import pieces
from bot.domain.wording import oncall as wording
from bot.domain.words import Sentence, say, sentences
from bot.usecases.oncall_commands import OnCallCommand, Undo
from bot.usecases.oncall_frame import Done, changed, note, once, told, told_of_gaps, withdrawn
from bot.usecases.oncall_known import (
    Known,
    get_to_know,
    had_by,
    named_schedule,
    time_named,
    which_schedule,
    with_colleague,
)
from bot.usecases.oncall_open import open_there
from bot.usecases.oncall_swaps import taken_back
from bot.usecases.people_ports import Swap
from bot.usecases.ports import Store
from bot.usecases.rows import Answer, PersonInfo
from bot.usecases.services import Services

FOREVER = timedelta(days=3660)
"""So far ahead changes are looked for."""


async def take(services: Services, command: OnCallCommand) -> Answer:
    """I am on call for a schedule, from now or from a time to come. Raises RungError, DirectoryDown."""
    known = await get_to_know(services, command)
    named, words = named_schedule(known, command.words)
    schedule = named or _only_schedule(known, command)
    known.require_serving([schedule.key])
    start, end = time_named(words, services.clock.now(), known.zone(schedule))

    def verb(store: Store, now: datetime) -> Done:
        change = OnCallChange(
            0,
            ChangeKind.COVER,
            known.user,
            start,
            end,
            schedule.key,
            made_by=known.user,
            made_at=now,
        )
        made, did = changed(store, known, change)
        if not did.gained_by(known.user):
            raise Refused(_already(known, store, schedule, start, end))
        answer = sentences(wording.yours(did, known.user), wording.told(did, known.user))
        if start <= now:
            answer = sentences(answer, open_there(store, known.workspace, schedule.key))
        news = told(command, wording.takes(known.user), did, undo=made.id)
        return Done(Answer(answer, code=f"undo:{made.id}"), news)

    return await once(services, command, verb)


async def cover(services: Services, command: OnCallCommand) -> Answer:
    """I take a colleague's time, on the schedule named or wherever they are on call then. Raises as `take`."""
    known, colleague = await with_colleague(services, command)
    if colleague.id == known.user:
        raise Refused(say("That is you. {called} take puts you on call.", called=command.called))
    named, words = named_schedule(known, command.words)
    start, end = time_named(words, services.clock.now(), known.zone(named))

    def verb(store: Store, now: datetime) -> Done:
        key = _theirs(known, store, colleague.id, named, (start, end), command.called)
        change = OnCallChange(
            0,
            ChangeKind.COVER,
            known.user,
            start,
            end,
            key,
            colleague.id,
            made_by=known.user,
            made_at=now,
        )
        made, did = changed(store, known, change)
        answer = sentences(wording.yours(did, known.user), wording.told(did, known.user))
        news = told(command, wording.takes(known.user), did, undo=made.id)
        return Done(Answer(answer, code=f"undo:{made.id}"), news)

    return await once(services, command, verb)


async def away(services: Services, command: OnCallCommand) -> Answer:
    """I am away, or a colleague is; the next of each layer stands in. Raises as `take`."""
    if command.colleague is None:
        known = await get_to_know(services, command)
        person = known.me or PersonInfo(known.user, known.user)
    else:
        known, person = await with_colleague(services, command)
    known.require_over(person.id)
    start, end = time_named(command.words, services.clock.now(), known.zone())

    def verb(store: Store, now: datetime) -> Done:
        _refuse_twice(store, known, person.id, start, end)
        change = OnCallChange(0, ChangeKind.AWAY, person.id, start, end, made_by=known.user, made_at=now)
        made, did = changed(store, known, change)
        reason = wording.is_away(person.id)
        can_ask = wording.if_you_cannot(command.called)
        news = [
            *told(command, reason, did, besides=[person.id], more=can_ask),
            *told_of_gaps(command, known.matrix, reason, did, command.called),
        ]
        if person.id != known.user:
            said = sentences(wording.set_away(known.user, start, end), wording.yours(did, person.id))
            news.append(note(person.id, f"{command.key}:{person.id}", said, made.id))
        answer = wording.away(person.id, known.user, start, end, did)
        return Done(Answer(answer, code=f"undo:{made.id}"), tuple(news))

    return await once(services, command, verb)


async def undo(services: Services, command: Undo) -> Answer:
    """Take back a change that is not over yet: the one named, else the latest that concerns me. Raises as `take`.

    A question of mine that is newer than that is taken back instead.
    """
    known = await get_to_know(services, command)

    def verb(store: Store, now: datetime) -> Done:
        change = _to_undo(store, known, command, now)
        if isinstance(change, Swap):
            return taken_back(store, known.workspace, change, now)
        did = withdrawn(store, known, change, now)
        reason = wording.took_back(known.user)
        news = [
            *told(command, reason, did),
            *told_of_gaps(command, known.matrix, reason, did, command.called),
        ]
        if change.person not in (known.user, *did.people):
            said = sentences(reason, wording.undone(change, change.person))
            news.append(note(change.person, f"{command.key}:{change.person}", said))
        answer = sentences(
            wording.undone(change, known.user),
            wording.yours(did, known.user),
            wording.told(did, known.user),
        )
        return Done(Answer(answer), tuple(news))

    return await once(services, command, verb)


def _only_schedule(known: Known, command: OnCallCommand) -> Schedule:
    """The one there is, else the one I am on. Raises Refused when that leaves several."""
    mine = known.on or known.matrix.schedules
    if len(mine) > 1:
        raise which_schedule(known, f"take {command.words}".strip(), command.called)
    return mine[0]


def _already(known: Known, store: Store, schedule: Schedule, start: datetime, end: datetime) -> Sentence:
    rosters = [one for one in known.rosters(store, start, end) if one.key == schedule.key]
    there = [one for each in rosters for one in pieces((each.schedule, each.changes), start, end)]
    return say("You are on call for {times} already.", times=wording.times(there))


def _theirs(
    known: Known,
    store: Store,
    colleague: str,
    named: Schedule | None,
    time: tuple[datetime, datetime],
    called: str,
) -> str | None:
    """The schedule on which the colleague is on call then; None = several. Raises Refused, NotAllowed."""
    rosters = [one for one in known.rosters(store, *time) if named is None or one.key == named.key]
    keys = list(dict.fromkeys(one.schedule for one in had_by(rosters, colleague, *time)))
    if not keys:
        raise Refused(wording.not_on_call(colleague, *time, called))
    known.require_serving(keys)
    return keys[0] if len(keys) == 1 else None


def _refuse_twice(store: Store, known: Known, user: str, start: datetime, end: datetime) -> None:
    for one in store.oncall.between(known.workspace, start, end):
        same = one.kind is ChangeKind.AWAY and one.person == user
        if same and one.start <= start and end <= one.end:
            who = "You are" if user == known.user else "They are"
            raise Refused(say("{who} away {span} already.", who=who, span=wording.span(one.start, one.end)))


def _to_undo(store: Store, known: Known, command: Undo, now: datetime) -> OnCallChange | Swap:
    if command.change is None:
        return _latest(store, known, now)
    found = store.oncall.get(known.workspace, command.change)
    if found is None or found.end <= now:
        raise NotFound("That was taken back already, or its time is over. Nothing to do.")
    _require_undo(known, found)
    return found


def _latest(store: Store, known: Known, now: datetime) -> OnCallChange | Swap:
    """What concerns me and was done or asked last."""
    coming = store.oncall.between(known.workspace, now, now + FOREVER)
    mine = [one for one in coming if known.user in (one.person, one.instead_of, one.made_by)]
    asked = [one for one in store.swaps.open_of(known.workspace, known.user, now) if one.asker == known.user]
    newest = max(asked, key=lambda one: one.id, default=None)
    if newest and not any(one.made_at and one.made_at > newest.asked_at for one in mine):
        return newest
    if not mine:
        raise NotFound("There is no change of yours that could be taken back.")
    return mine[-1]


def _require_undo(known: Known, change: OnCallChange) -> None:
    """Raises NotAllowed with a sentence that says who may."""
    if known.may_undo(change):
        return
    if change.schedule is None:
        known.require_over(change.person)
    raise NotAllowed("Only those whom this change concerns, and the people of the schedule, may undo it.")

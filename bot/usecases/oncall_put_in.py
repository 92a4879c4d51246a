"""Putting somebody in for a time, in two steps: what it would change, and doing it.

Who may edit the schedule does it; the other people of the schedule ask whom they put in, and it waits for a yes.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.contacts import Contact, ContactKind
from bot.domain.errors import FieldErrors, NotFound, Refused
from bot.domain.notification import NoticeKind
from bot.domain.oncall.model import ChangeKind, OnCallChange, Schedule
from bot.domain.oncall.pieces import Piece, empty, pieces, title_of
from bot.domain.text import clean_line
from bot.domain.when import parse_end, parse_start
from bot.domain.wording import oncall as wording
from bot.domain.wording import putting_in
from bot.domain.words import Person, say, sentences
from bot.usecases import free_messages
from bot.usecases.commands import Command
from bot.usecases.oncall_commands import PutIn
from bot.usecases.oncall_frame import Done, changed, note, once, told
from bot.usecases.oncall_known import Known, get_to_know, had_by, in_time
from bot.usecases.oncall_open import open_there
from bot.usecases.oncall_swaps import question_args, question_key
from bot.usecases.people_ports import Swap, SwapState
from bot.usecases.ports import Store
from bot.usecases.rows import Answer
from bot.usecases.services import Services

NOTE_LIMIT = 300
WHO, BEGINS, UNTIL = "person", "begins", "until"
"""The fields of the form."""
_LAST = 2**62
"""An id after all others: a change that is not made yet counts as the newest."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody (a user id) is to be on call for a schedule (its key) from `start` to `end` (UTC, end exclusive)."""

    schedule: str
    person: str
    start: datetime
    end: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class PutInPlan:
    """What it would mean. `before` and `after` say who is on call in that time, with those times nobody is.

    `overlaps` are changes that stand already, `elsewhere` what the person has at the same time on other schedules.
    `asks` = it waits for the person's yes. `mark` is another one as soon as anything of this differs.
    """

    wanted: Wanted
    title: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    overlaps: tuple[OnCallChange, ...]
    elsewhere: tuple[Piece, ...]
    asks: bool
    mark: str


@dataclass(frozen=True, slots=True)
class Opened:
    """For whom the form is drawn: times are read in `zone`; `asks` = others are asked before it counts."""

    schedule: Schedule
    zone: str
    asks: bool


class MovedOn(Refused):
    """Somebody changed the same time since the plan was shown; `plan` is what it would mean now."""

    def __init__(self, plan: PutInPlan) -> None:
        self.plan = plan
        super().__init__("Meanwhile somebody changed who is on call then. This is how it is now.")


async def may_put_in(services: Services, command: PutIn) -> Opened:
    """What the form shows, once this person may put somebody in.

    Raises NotAllowed, NotFound, Refused, DirectoryDown.
    """
    known = await get_to_know(services, command)
    schedule = _schedule(known, command.schedule)
    return Opened(schedule, known.zone(schedule), not known.editor.may_edit_schedule(schedule.key))


async def plan(services: Services, command: PutIn) -> PutInPlan:
    """What the filled form means. Raises FieldErrors, NotAllowed, NotFound, Refused, DirectoryDown."""
    if not command.person:
        raise FieldErrors({WHO: "Choose who is to be on call."})
    known = await _knowing(services, command, command.person)
    schedule = _schedule(known, command.schedule)
    now = services.clock.now()
    wanted = _wanted(command, now, known.zone(schedule))
    found = await services.transactions.read(lambda store: _plan(store, known, schedule, wanted))
    if found.before == found.after:
        raise FieldErrors({WHO: "They are on call for all of that time already. Choose somebody else."})
    return found


async def put_in(services: Services, command: PutIn, wanted: Wanted, mark: str) -> Answer:
    """Do what the plan with this mark said. Raises MovedOn when it would be something else by now, and as `plan`."""
    known = await _knowing(services, command, wanted.person)
    schedule = _schedule(known, wanted.schedule)

    def verb(store: Store, now: datetime) -> Done:
        if wanted.end <= now:
            raise Refused("That time is over by now. Please choose another one.")
        present = _plan(store, known, schedule, replace(wanted, start=max(wanted.start, now)))
        if present.mark != mark:
            raise MovedOn(present)
        if present.asks:
            return _ask(store, known, present, now)
        return _put(store, known, command, present, now)

    return await once(services, command, verb)


def _put(store: Store, known: Known, command: Command, found: PutInPlan, now: datetime) -> Done:
    wanted, by = found.wanted, known.user
    change = OnCallChange(
        0,
        ChangeKind.COVER,
        wanted.person,
        wanted.start,
        wanted.end,
        wanted.schedule,
        made_by=by,
        made_at=now,
        note=wanted.note,
    )
    made, did = changed(store, known, change)
    noted, gained = putting_in.noted(wanted.note), did.gained_by(wanted.person)
    if wanted.person == by:
        said = wording.yours(did, by)
        news = told(command, wording.takes(by), did, undo=made.id, more=noted)
    else:
        said = putting_in.now_on_call(wanted.person, gained)
        reason = putting_in.put_in(by, wanted.person)
        theirs = sentences(putting_in.put_you_in(by), wording.yours(did, wanted.person), noted)
        news = (
            note(wanted.person, f"{command.key}:{wanted.person}", theirs, made.id),
            *told(command, reason, did, besides=[wanted.person], undo=made.id, more=noted),
        )
    there = open_there(store, known.workspace, wanted.schedule) if wanted.start <= now else say("")
    answer = sentences(said, wording.told(did, by), there)
    return Done(Answer(answer, code=f"undo:{made.id}"), news)


def _ask(store: Store, known: Known, found: PutInPlan, now: datetime) -> Done:
    wanted, asker = found.wanted, known.user
    for one in store.swaps.open_of(known.workspace, asker, now):
        same = (one.asker, one.colleague, one.schedule) == (asker, wanted.person, wanted.schedule)
        if same and one.start < wanted.end and wanted.start < one.end:
            raise Refused(
                say(
                    "You asked {who} already about the time {span}. I tell you what they say.",
                    who=Person(wanted.person),
                    span=wording.span(one.start, one.end),
                )
            )
    swap = Swap(
        0,
        asker,
        wanted.person,
        wanted.start,
        wanted.end,
        SwapState.ASKED,
        now,
        wanted.schedule,
        whoever=True,
        note=wanted.note,
    )
    stored = store.swaps.add(known.workspace, swap)
    said = putting_in.asks_for(asker, found.title, wanted.start, wanted.end, wanted.note)
    args = question_args(said, stored, asks=True)
    notice = free_messages.asked(NoticeKind.SWAP, question_key(stored), wanted.person, args)
    return Done(Answer(putting_in.asked(wanted.person), code=f"withdraw:{stored.id}"), (notice,))


def _plan(store: Store, known: Known, schedule: Schedule, wanted: Wanted) -> PutInPlan:
    start, end, key = wanted.start, wanted.end, schedule.key
    rosters = known.rosters(store, start, end)
    here = next(one for one in rosters if one.key == key)
    change = OnCallChange(_LAST, ChangeKind.COVER, wanted.person, start, end, key)
    before = _whole(here.schedule, here.changes, start, end)
    after = _whole(here.schedule, [*here.changes, change], start, end)
    overlaps = tuple(one for one in here.changes if _touches(one, wanted.person))
    elsewhere = had_by([one for one in rosters if one.key != key], wanted.person, start, end)
    asks = wanted.person != known.user and not known.editor.may_edit_schedule(key)
    mark = _mark(before, overlaps, asks)
    return PutInPlan(wanted, title_of(schedule), before, after, overlaps, elsewhere, asks, mark)


def _whole(
    schedule: Schedule, changes: Sequence[OnCallChange], start: datetime, end: datetime
) -> tuple[Piece, ...]:
    """Who has it when, and when nobody does, in order."""
    standing = schedule, changes
    both = (*pieces(standing, start, end), *empty(standing, start, end))
    return tuple(sorted(both, key=lambda one: one.start))


def _touches(change: OnCallChange, person: str) -> bool:
    """Others whose leave falls into the time change nothing about it."""
    return change.kind is ChangeKind.COVER or change.person == person


def _mark(before: Sequence[Piece], overlaps: Sequence[OnCallChange], asks: bool) -> str:
    """Without the beginning: a time that begins now moves on while somebody reads."""
    seen = (asks, [(one.who, one.end.isoformat()) for one in before], [one.id for one in overlaps])
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def _schedule(known: Known, key: str) -> Schedule:
    found = known.matrix.schedule(key)
    if found is None:
        raise NotFound("This schedule is not there any more. Please look at the matrix again.")
    known.require_serving([key])
    return found


async def _knowing(services: Services, command: Command, user: str) -> Known:
    """What is known. Raises FieldErrors when the user is nobody who could be on call."""
    contact = Contact(ContactKind.USER, user)
    known, person = await asyncio.gather(
        get_to_know(services, command, contact),
        in_time(services.directory.person(command.workspace, user)),
    )
    if known.people.id_of(contact) is None:
        why = known.people.found[contact].why or "That is nobody who can be asked."
        raise FieldErrors({WHO: f"{why} Choose somebody else."})
    if person is not None and (person.guest or person.outsider):
        raise FieldErrors({WHO: "Guests cannot be on call. Choose a member of your organisation."})
    return known


def _wanted(command: PutIn, now: datetime, zone: str) -> Wanted:
    wrong: dict[str, str] = {}
    start = end = now
    try:
        start = parse_start(command.begins or "now", now, zone)
    except Refused as refused:
        wrong[BEGINS] = refused.sentence.plain()
    try:
        end = parse_end(command.until, start, now, zone)
    except Refused as refused:
        wrong[UNTIL] = refused.sentence.plain()
    if wrong:
        raise FieldErrors(wrong)
    return Wanted(command.schedule, command.person, start, end, clean_line(command.note, NOTE_LIMIT))

"""Asking the people of a place on the ladder: who of those found is asked, and what happens when nobody is there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

from bot.domain import last_resort
from bot.domain.contacts import ADMINS, Contact, ContactKind
from bot.domain.escalation import end_level, somebody_can_answer
from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import Ask, AskStatus, Change, Issue, Position, Stage, Target, TargetKind
from bot.domain.looked import Looked
from bot.domain.matrix.model import IfNobody
from bot.domain.reminding import reminders_by
from bot.domain.veil import hidden
from bot.domain.waiting_time import pinged_at
from bot.domain.working_time import add_working, share

LOOK_AGAIN = timedelta(minutes=15)
"""How soon a level that waits, and does not know for how long, looks again who is on duty."""
AWAY = "is away"
"""Why somebody on leave is not asked, as the end of a sentence."""
RAISED_IT = "raised it"
"""Why somebody is not asked to answer for themselves, likewise."""


def contacts_to_ask(issue: Issue) -> tuple[Contact, ...]:
    """Whom to look up for the present place. For the last owner: the schedule too by which they had been asked. At the
    catch-all: manager, those in reserve, channel."""
    match issue.position.stage:
        case Stage.LEVEL:
            return issue.level.contacts
        case Stage.OWNER:
            owner = (Contact(ContactKind.USER, issue.last_owner),) if issue.last_owner else ()
            return (*owner, *([issue.care.on_call_as] if issue.care.on_call_as else []))
        case Stage.NAMED:
            return issue.care.named.contacts if issue.care.named else ()
        case Stage.CATCH_ALL:
            return last_resort.contacts(issue)
        case Stage.REST:
            return ()


def ask_people(issue: Issue, found: Sequence[Looked], now: datetime) -> Change:
    """Ask everybody of this place who can be asked; when that is nobody, the place ends at once or waits.

    One ping per person and level. Left out: the raiser, who has it already, and who said no in this opening. A level
    that holds waits while nobody is on duty; when nothing is new about that, nothing changes. A last owner who is not
    on shift, on leave or not in Slack any more is not asked: the people of the level are.
    """
    if _waits(issue, found):
        return _hold(issue, found, now)
    why = _why_not_the_owner(issue, found)
    if why:
        return _without_the_owner(issue, why, now)
    found = _to_be_asked(issue, found)
    asks, events = _new_asks(issue, found, now)
    position = _asked_position(issue, found, now)
    after = last_resort.call_the_next(issue.bump(asks=issue.asks + tuple(asks), position=position), now)
    if issue.position.held and asks:
        events.insert(0, _place_event(after, EventKind.HOLD_ENDED, now, position.ends_at))
    events = [*_not_there(issue, _in_reserve_order(issue, found), now), *events]
    change = Change(after, tuple(events))
    if somebody_can_answer(after):
        return change
    return change.then(end_level(after, now, _why_nobody(after, events)))


def look_again(issue: Issue, found: Sequence[Looked], now: datetime) -> Change:
    """A shift has ended: who is on duty now is asked too, and has at least half of the level's time.

    Those asked before may still answer. At the catch-all, where nobody of the last resort can, the next one is asked.
    """
    called = issue.position.stage is Stage.CATCH_ALL and not last_resort.can_answer(issue)
    asks, events = _new_asks(issue, found, now)
    ends_at = issue.position.ends_at
    if asks and ends_at is not None:
        ends_at = max(ends_at, _half(issue, now))
    position = replace(issue.position, ends_at=ends_at, look_at=_next_look(found, now, ends_at))
    after = issue.bump(asks=issue.asks + tuple(asks), position=position)
    if called:
        events = [*_not_there(issue, [one for one in found if one.contact == ADMINS], now), *events]
    elif asks:
        moved = ends_at if ends_at != issue.position.ends_at else None
        events.insert(0, _place_event(after, EventKind.SHIFT_CHANGED, now, moved))
    return Change(after, tuple(events))


def on_leave(issue: Issue, since: datetime) -> bool:
    """Whether who has it, or had it last, is on leave that began then: who did something on it since is there."""
    return since > max(at for at in (issue.acknowledged_at, issue.care.active_at, issue.raised_at) if at)


def _why_not_the_owner(issue: Issue, found: Sequence[Looked]) -> str:
    """Why the last owner is not asked, as the end of a sentence; empty when they are, and at any other place."""
    if issue.position.stage is not Stage.OWNER:
        return ""
    last = [one for one in found if one.contact == Contact(ContactKind.USER, issue.last_owner or "")]
    if any(not one.targets for one in last):
        return "is not in Slack any more"
    if any(one.away_since is not None and on_leave(issue, one.away_since) for one in last):
        return AWAY
    return "is not on shift" if _off_shift(issue, found) else ""


def _off_shift(issue: Issue, found: Sequence[Looked]) -> bool:
    """Whether the last owner had been asked by a schedule, and by it somebody else is on duty now, or nobody."""
    shifts = [one for one in found if one.contact.kind is ContactKind.ONCALL]
    mine = [one for one in shifts if any(target.id == issue.last_owner for target in one.targets)]
    return bool(shifts) and not mine


def _without_the_owner(issue: Issue, why: str, now: datetime) -> Change:
    """The people of the level are asked at once, with its full time; who is on leave is not, should they be of it."""
    data: dict[str, str | int] = {"target": issue.last_owner or "", "why": why, "stage": Stage.OWNER}
    event = Event(EventKind.SKIPPED, now, None, data)
    care = replace(issue.care, gone=issue.last_owner or "", gone_why="away") if why == AWAY else issue.care
    after = issue.bump(care=care)
    return Change(after, (event,)).then(end_level(after, now, Cause.NOBODY))


def _to_be_asked(issue: Issue, found: Sequence[Looked]) -> Sequence[Looked]:
    """The schedule of the last owner only says whether they are on shift."""
    if issue.position.stage is not Stage.OWNER:
        return found
    return [one for one in found if one.contact.kind is not ContactKind.ONCALL]


def _waits(issue: Issue, found: Sequence[Looked]) -> bool:
    """Nobody of the level is on duty, and it may wait for that: the most urgent priority never does."""
    may = issue.position.stage is Stage.LEVEL and issue.level.if_nobody is IfNobody.HOLD
    on_call = any(one.contact.kind is ContactKind.ONCALL for one in found)
    return may and not issue.route.top_priority and on_call and not any(one.targets for one in found)


def _hold(issue: Issue, found: Sequence[Looked], now: datetime) -> Change:
    """Wait until somebody is on duty; the level's time begins then.

    Where nobody can say when that is, it is not waited for without end: the level keeps its time from now, people are
    looked up every quarter of an hour, and then the next level is asked.
    """
    known = [one.again_at for one in found if one.again_at is not None and one.again_at > now]
    again, before = min(known, default=None), issue.position
    if before.held and again == before.held_until:
        return Change(issue, ())
    ends_at = None if again else before.ends_at or _whole(issue, now)
    position = replace(before, held_until=again, look_at=again or now + LOOK_AGAIN, ends_at=ends_at)
    after = issue.bump(position=position)
    held = _place_event(after, EventKind.HELD, now, again, first=int(not before.held))
    real = [one for one in found if again is None or one.contact.kind is not ContactKind.ONCALL]
    troubles = [] if before.held else list(_not_there(issue, real, now))
    return Change(after, (*troubles, held))


def _asked_position(issue: Issue, found: Sequence[Looked], now: datetime) -> Position:
    """Who could only be looked up late (the directory was down) still has at least half of the level's time.

    The time of a level that waited for somebody to be on duty begins now.
    """
    position = issue.position
    if position.held:
        position = replace(position, started_at=now, ends_at=_whole(issue, now), reminders=0)
    ends_at = position.ends_at
    if ends_at is not None:
        ends_at = max(ends_at, _half(issue, now))
    missed = reminders_by(issue, position.started_at, now) if ends_at else position.reminders
    look_at = _next_look(found, now, ends_at)
    return replace(position, asked=True, ends_at=ends_at, reminders=missed, look_at=look_at, held_until=None)


def _whole(issue: Issue, now: datetime) -> datetime:
    return add_working(issue.level_calendar, now, issue.level.acknowledge_within)


def _half(issue: Issue, now: datetime) -> datetime:
    start = pinged_at(issue, now)
    return share(issue.level_calendar, start, _whole(issue, start), Fraction(1, 2))


def _next_look(found: Sequence[Looked], now: datetime, ends_at: datetime | None) -> datetime | None:
    """When somebody else comes on duty, if that is before the place ends."""
    changes = [at for one in found for at in (one.until, one.again_at) if at is not None and at > now]
    return min((at for at in changes if ends_at is None or at < ends_at), default=None)


def _new_asks(issue: Issue, found: Sequence[Looked], now: datetime) -> tuple[list[Ask], list[Event]]:
    asks: list[Ask] = []
    events: list[Event] = []
    for looked in _in_reserve_order(issue, found):
        for target in looked.targets:
            if any(ask.target == target for ask in (*asks, *issue.current_asks)):
                continue
            if why := _left_out(issue, target):
                events.append(Event(EventKind.SKIPPED, now, None, {"target": target.id, "why": why}))
                continue
            ask = Ask(target, str(looked.contact), issue.ask_level, issue.position.round, now)
            asks.append(ask)
            events.append(Event(EventKind.ASKED, now, None, _asked(ask)))
    return asks, events


def _not_there(issue: Issue, found: Sequence[Looked] | Iterator[Looked], now: datetime) -> Iterator[Event]:
    for looked in found:
        if not looked.targets:
            data: dict[str, str | int] = {"contact": str(looked.contact), "why": looked.why}
            yield Event(EventKind.UNREACHABLE, now, None, {**data, "level": issue.ask_level})


def _in_reserve_order(issue: Issue, found: Sequence[Looked]) -> Iterator[Looked]:
    """At the catch-all each is asked only when those before them cannot be."""
    reserve: tuple[Contact, ...] = ()
    if issue.position.stage is Stage.CATCH_ALL:
        there = {one.contact for one in found if any(_can_be_asked(issue, target) for target in one.targets)}
        order = last_resort.chain(issue)
        first = next((index for index, one in enumerate(order) if one in there), len(order))
        reserve = tuple(one for one in order[first + 1 :] if one != issue.route.rules.catch_all)
    yield from (looked for looked in found if looked.contact not in reserve)


def _can_be_asked(issue: Issue, target: Target) -> bool:
    failed = any(ask.target == target and ask.status is AskStatus.UNREACHABLE for ask in issue.current_asks)
    return not failed and not _left_out(issue, target)


def _left_out(issue: Issue, target: Target) -> str:
    if target.kind is not TargetKind.USER:
        return ""
    if target.id == issue.raiser and not _named_unknowing(issue):
        return RAISED_IT
    if target.id == issue.owner:
        return "has it already"
    if target.id == issue.care.gone:
        return "is not available"
    return "said no before" if issue.declined_by(target.id) else ""


def _named_unknowing(issue: Issue) -> bool:
    """A colleague who names them does not learn that they raised it: they are asked as anybody is."""
    named = issue.care.named if issue.position.stage is Stage.NAMED else None
    return named is not None and named.by is not None and issue.raiser in hidden(issue)


def _why_nobody(issue: Issue, events: Sequence[Event]) -> Cause:
    if any(ask.status is AskStatus.DECLINED for ask in issue.current_asks):
        return Cause.ALL_DECLINED
    skipped = [event for event in events if event.kind is EventKind.SKIPPED]
    if skipped and all(event.text("why") == "said no before" for event in skipped):
        return Cause.ALL_DECLINED
    return Cause.NOBODY if skipped else Cause.UNREACHABLE


def _place_event(issue: Issue, kind: EventKind, now: datetime, until: datetime | None, **more: int) -> Event:
    data: dict[str, str | int] = {"level": issue.ask_level, "name": issue.level.name, **more}
    if until is not None:
        data["until"] = until.isoformat()
    return Event(kind, now, None, data)


def _asked(ask: Ask) -> dict[str, str | int]:
    return {
        "target": ask.target.id,
        "kind": ask.target.kind,
        "contact": ask.contact,
        "level": ask.level,
        "round": ask.round,
    }

"""Climbing the ladder: who is asked next, and what ends a level. Nothing here looks anybody up or tells anybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.contacts import Contact, ContactKind
from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import Ask, AskStatus, Change, Issue, Position, Stage, Target, TargetKind
from bot.domain.lifecycle import State
from bot.domain.span import Span


@dataclass(frozen=True, slots=True)
class Step:
    """The next place on the ladder."""

    stage: Stage
    level: int
    round: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look-up of one contact found: targets, or why there are none."""

    contact: Contact
    targets: tuple[Target, ...]
    why: str = ""


def next_step(issue: Issue) -> Step | None:
    """Where it climbs to when the present place ends; None at the catch-all, which only nags.

    The whole ladder is repeated as often as the path says, in the first opening and while nobody has it: a reopened or
    acknowledged issue never starts at level 1 again. Nor is it repeated for people who all said no.
    """
    position, levels = issue.position, len(issue.route.levels)
    if position.stage is Stage.CATCH_ALL:
        return None
    if position.level < levels:
        return Step(Stage.LEVEL, position.level + 1, position.round)
    first_climb = issue.opening == 1 and issue.state is State.OPEN
    if first_climb and position.round < issue.route.path.repeat and not _all_declined(issue):
        return Step(Stage.LEVEL, 1, position.round + 1)
    return Step(Stage.CATCH_ALL, levels, _catch_all_round(issue))


def enter(issue: Issue, step: Step, now: datetime, cause: Cause) -> Change:
    """Move to a place of the ladder: a new epoch, so that every timer of the old place is void."""
    level = issue.route.levels[step.level - 1]
    timed = step.stage is not Stage.CATCH_ALL
    position = Position(
        stage=step.stage,
        level=step.level,
        round=step.round,
        started_at=now,
        ends_at=now + level.acknowledge_within.clock if timed else None,
    )
    data: dict[str, str | int] = {
        "level": step.level,
        "round": step.round,
        "name": level.name,
        "cause": cause,
    }
    if position.ends_at:
        data["until"] = position.ends_at.isoformat()
    repeated = step.round > issue.position.round and timed
    kind = EventKind.CATCH_ALL if not timed else EventKind.REPEATED if repeated else EventKind.LEVEL_STARTED
    data["stage"] = step.stage
    return Change(issue.bump(position=position, epoch=issue.epoch + 1), (Event(kind, now, None, data),))


def end_level(issue: Issue, now: datetime, cause: Cause) -> Change:
    """The present place is over without an answer: on to the next. Does nothing at the catch-all."""
    if issue.position.stage is Stage.OWNER and cause is not Cause.TIMER:
        same = Step(Stage.LEVEL, issue.position.level, issue.position.round)
        return enter(issue, same, now, cause)
    step = next_step(issue)
    if step is None:
        return Change(issue, ())
    ended = Event(
        EventKind.LEVEL_ENDED,
        now,
        None,
        {"level": issue.position.level, "name": issue.level.name, "cause": cause},
    )
    return Change(issue, (ended,)).then(enter(issue, step, now, cause))


def contacts_to_ask(issue: Issue) -> tuple[Contact, ...]:
    """Whom to look up for the present place. At the catch-all: manager, path owner in reserve, channel."""
    rules = issue.route.rules
    match issue.position.stage:
        case Stage.LEVEL:
            return issue.level.contacts
        case Stage.OWNER:
            return (Contact(ContactKind.USER, issue.last_owner),) if issue.last_owner else ()
        case Stage.CATCH_ALL:
            reserve = (issue.route.path.owner,) if issue.route.path.owner else ()
            return (rules.escalation_manager, *reserve, rules.catch_all)
        case Stage.REST:
            return ()


def ask_people(issue: Issue, found: Sequence[Looked], now: datetime) -> Change:
    """Ask everybody of this place who can be asked; when that is nobody, the place ends at once.

    One ping per person and level. Left out: the raiser, who has it already, and who said no in this opening.
    """
    asks: list[Ask] = []
    events: list[Event] = []
    for looked in _in_reserve_order(issue, found):
        if not looked.targets:
            data: dict[str, str | int] = {"contact": str(looked.contact), "why": looked.why}
            data["level"] = issue.ask_level
            events.append(Event(EventKind.UNREACHABLE, now, None, data))
        for target in looked.targets:
            if any(ask.target == target for ask in (*asks, *issue.current_asks)):
                continue
            if why := _left_out(issue, target):
                events.append(Event(EventKind.SKIPPED, now, None, {"target": target.id, "why": why}))
                continue
            ask = Ask(target, str(looked.contact), issue.ask_level, issue.position.round, now)
            asks.append(ask)
            events.append(Event(EventKind.ASKED, now, None, _asked(ask)))
    after = issue.bump(asks=issue.asks + tuple(asks), position=_asked_at(issue, now))
    change = Change(after, tuple(events))
    if _somebody_can_answer(after):
        return change
    return change.then(end_level(after, now, _why_nobody(after, events)))


def _asked_at(issue: Issue, now: datetime) -> Position:
    """Who could only be looked up late (the directory was down) still has at least half of the level's time."""
    position = issue.position
    if position.ends_at is None:
        return replace(position, asked=True)
    fair = now + issue.level.acknowledge_within.clock / 2
    every = issue.level.remind_every
    missed = (now - position.started_at) // every.clock if every else 0  # no reminder together with the ping
    return replace(position, asked=True, ends_at=max(position.ends_at, fair), reminders=missed)


def mark_unreachable(issue: Issue, target: Target, why: str, now: datetime) -> Change:
    """A ping could not be delivered: written down, and the level ends early when nobody else can answer."""
    hit = [ask for ask in issue.asks if ask.target == target and ask.status is AskStatus.ASKED]
    if not hit:
        return Change(issue, ())
    after = issue.bump(asks=with_status(issue, target, AskStatus.UNREACHABLE, why))
    data: dict[str, str | int] = {
        "contact": hit[-1].contact,
        "target": target.id,
        "why": why,
        "level": hit[-1].level,
    }
    change = Change(after, (Event(EventKind.UNREACHABLE, now, None, data),))
    return change if not issue.asking else change.then(early_end(after, now, Cause.UNREACHABLE))


def early_end(issue: Issue, now: datetime, cause: Cause) -> Change:
    """End the place when it has asked, and nobody of it can still answer."""
    if not issue.position.asked or _somebody_can_answer(issue):
        return Change(issue, ())
    return end_level(issue, now, cause)


def remind(issue: Issue, now: datetime) -> Change:
    """Ping those of this level who have not answered once more."""
    return _again(issue, now, EventKind.REMINDED, issue.level.remind_every)


def nag(issue: Issue, now: datetime) -> Change:
    """The ladder is over and nobody has it: ask again. When nobody could be reached, all are looked up anew."""
    change = _again(_revived(issue), now, EventKind.NAGGED, issue.route.rules.nag_every)
    if _somebody_can_answer(issue):
        return change
    fresh = replace(change.issue, position=replace(change.issue.position, asked=False))
    return Change(fresh, change.events)


def with_status(issue: Issue, target: Target, status: AskStatus, reason: str = "") -> tuple[Ask, ...]:
    """The asks, with every unanswered one of this target answered so."""
    return tuple(
        replace(ask, status=status, reason=reason)
        if ask.target == target and ask.status is AskStatus.ASKED
        else ask
        for ask in issue.asks
    )


def waiting_for(issue: Issue) -> tuple[Ask, ...]:
    """Who is being asked right now and has not answered."""
    if not issue.asking:
        return ()
    return tuple(ask for ask in issue.current_asks if ask.status is AskStatus.ASKED)


def _revived(issue: Issue) -> Issue:
    """While nobody can answer, a message that failed is worth another try: the last resort is never silent."""
    if _somebody_can_answer(issue):
        return issue
    here = issue.current_asks
    asks = tuple(
        replace(ask, status=AskStatus.ASKED, reason="")
        if ask in here and ask.status is AskStatus.UNREACHABLE
        else ask
        for ask in issue.asks
    )
    return replace(issue, asks=asks)


def _again(issue: Issue, now: datetime, kind: EventKind, every: Span | None) -> Change:
    """Once, however many were missed while Rung was down."""
    n = issue.position.reminders + 1
    if every:
        n = max(n, (now - issue.position.started_at) // every.clock)
    after = issue.bump(position=replace(issue.position, reminders=n))
    return Change(
        after, (Event(kind, now, None, {"n": n, "level": issue.ask_level, "name": issue.level.name}),)
    )


def _in_reserve_order(issue: Issue, found: Sequence[Looked]) -> Iterator[Looked]:
    """At the catch-all the path's owner is asked only when the manager cannot be."""
    if issue.position.stage is not Stage.CATCH_ALL:
        yield from found
        return
    rules, owner = issue.route.rules, issue.route.path.owner
    manager_there = any(
        looked.contact == rules.escalation_manager
        and any(not _left_out(issue, one) for one in looked.targets)
        for looked in found
    )
    reserve_idle = manager_there and owner not in (rules.escalation_manager, rules.catch_all)
    yield from (looked for looked in found if not (reserve_idle and looked.contact == owner))


def _left_out(issue: Issue, target: Target) -> str:
    if target.kind is not TargetKind.USER:
        return ""
    if target.id == issue.raiser:
        return "raised it"
    if target.id == issue.owner:
        return "has it already"
    return "said no before" if issue.declined_by(target.id) else ""


def _somebody_can_answer(issue: Issue) -> bool:
    return any(ask.status is AskStatus.ASKED for ask in issue.current_asks)


def _catch_all_round(issue: Issue) -> int:
    """Each time the last resort is reached its people are asked anew: by a round that has no asks there yet."""
    used = [ask.round for ask in issue.asks if ask.level == 0]
    return max(issue.position.round, max(used, default=-1) + 1)


def _all_declined(issue: Issue) -> bool:
    return bool(issue.asks) and all(ask.status is AskStatus.DECLINED for ask in issue.asks)


def _why_nobody(issue: Issue, events: Sequence[Event]) -> Cause:
    if any(ask.status is AskStatus.DECLINED for ask in issue.current_asks):
        return Cause.ALL_DECLINED
    skipped = [event for event in events if event.kind is EventKind.SKIPPED]
    if skipped and all(event.text("why") == "said no before" for event in skipped):
        return Cause.ALL_DECLINED
    return Cause.NOBODY if skipped else Cause.UNREACHABLE


def _asked(ask: Ask) -> dict[str, str | int]:
    return {
        "target": ask.target.id,
        "kind": ask.target.kind,
        "contact": ask.contact,
        "level": ask.level,
        "round": ask.round,
    }

"""Climbing the ladder: which place comes next, and what ends a place. Nobody is looked up or told here."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.events import Cause, Event, EventKind
from bot.domain.issue import Ask, AskStatus, Change, Issue, Position, Stage, Target
from bot.domain.last_resort import call_the_next
from bot.domain.lifecycle import State
from bot.domain.working_time import add_working


@dataclass(frozen=True, slots=True)
class Step:
    """The next place on the ladder. `repeats` is how often the ladder has been begun anew then; None = as before."""

    stage: Stage
    level: int
    round: int
    repeats: int | None = None


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
    if first_climb and position.repeats < issue.route.path.repeat and not _all_declined(issue):
        return Step(Stage.LEVEL, 1, fresh_round(issue), position.repeats + 1)
    return Step(Stage.CATCH_ALL, levels, _catch_all_round(issue))


def enter(issue: Issue, step: Step, now: datetime, cause: Cause) -> Change:
    """Move to a place of the ladder: a new epoch, so that every timer of the old place is void.

    The level's time counts in its own calendar. Those it informs are to be told. When who has it is gone, and those who
    were asked did not follow them, it is open again.
    """
    if issue.gone and not _may_follow(step, cause):
        nobody = _not_taken_event(issue, now, cause)
        return Change(issue, (nobody,)).then(enter(without_owner(issue), step, now, cause))
    level = issue.route.levels[step.level - 1]
    timed = step.stage is not Stage.CATCH_ALL
    calendar = issue.route.calendar(level.calendar)
    position = Position(
        stage=step.stage,
        level=step.level,
        round=step.round,
        started_at=now,
        ends_at=add_working(calendar, now, level.acknowledge_within) if timed else None,
        repeats=issue.position.repeats if step.repeats is None else step.repeats,
    )
    informed = level.inform if step.stage is Stage.LEVEL else ()
    after = issue.bump(
        position=position,
        epoch=issue.epoch + 1,
        informing=issue.informing.owing(informed, step.level),
        care=issue.care if step.stage is Stage.NAMED else replace(issue.care, named=None),
    )
    return Change(after, (_entered(issue, position, cause),))


def _may_follow(step: Step, cause: Cause) -> bool:
    """Whether others are asked to follow who is gone, because a person wished for them; at the end nobody is left."""
    by_hand = cause in (Cause.BY_HAND, Cause.BYPASS, Cause.REROUTED) and step.stage is Stage.LEVEL
    return by_hand or step.stage is Stage.NAMED


def without_owner(issue: Issue) -> Issue:
    """Open again, with nobody who has it; what they were asked, and their snooze, are over."""
    care = replace(issue.care, still_asked_at=None, top_asked_at=None, snoozed_until=None, unheard=False)
    return replace(issue, state=State.OPEN, owner=None, acknowledged_at=None, care=care)


def fresh_round(issue: Issue) -> int:
    """A round that has no asks yet: whoever is asked in it is asked anew."""
    return max((issue.position.round, *(ask.round for ask in issue.asks))) + 1


def ask_anew(issue: Issue, stage: Stage, now: datetime, cause: Cause) -> Change:
    """The present level once more, or those named to take it, with the level's full time."""
    return enter(issue, Step(stage, issue.position.level, fresh_round(issue)), now, cause)


def end_level(issue: Issue, now: datetime, cause: Cause) -> Change:
    """The present place is over without an answer: on to the next. Does nothing at the catch-all.

    When those named to take it do not, whoever has it keeps it; when nobody has, or who has it is gone, its level is
    asked.
    """
    if issue.position.stage is Stage.NAMED:
        return _not_taken(issue, now, cause)
    if issue.position.stage is Stage.OWNER and cause not in (Cause.TIMER, Cause.BREACH):
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


def climb(issue: Issue, now: datetime, cause: Cause) -> Change:
    """Ask the next level now, whether somebody has it, is asked, or not: state and owner stay.

    Does nothing at the catch-all.
    """
    if issue.position.stage is Stage.CATCH_ALL:
        return Change(issue, ())
    care = replace(issue.care, unheard=cause is Cause.STILL)
    resting = replace(issue, position=replace(issue.position, stage=Stage.LEVEL), care=care)
    climbed = end_level(resting, now, cause)
    return Change(
        climbed.issue, tuple(one for one in climbed.events if one.kind is not EventKind.LEVEL_ENDED)
    )


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
    """End the place when it has asked, and nobody of it can still answer. At the catch-all the next one is asked."""
    if issue.position.stage is Stage.CATCH_ALL:
        return Change(call_the_next(issue, now), ())
    if not issue.position.asked or somebody_can_answer(issue):
        return Change(issue, ())
    return end_level(issue, now, cause)


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


def somebody_can_answer(issue: Issue) -> bool:
    """Whether the present place asks anybody who has not answered yet."""
    return any(ask.status is AskStatus.ASKED for ask in issue.current_asks)


def _not_taken(issue: Issue, now: datetime, cause: Cause) -> Change:
    after = issue.bump(care=replace(issue.care, named=None, quiet_from=now))
    if issue.gone:
        return ask_anew(issue, Stage.LEVEL, now, cause)
    event = _not_taken_event(issue, now, cause)
    if issue.state is State.ACKNOWLEDGED:
        rest = replace(after, position=issue.position.at_rest(), epoch=issue.epoch + 1)
        return Change(rest, (event,))
    return Change(after, (event,)).then(ask_anew(after, Stage.LEVEL, now, cause))


def _not_taken_event(issue: Issue, now: datetime, cause: Cause) -> Event:
    """`gone` is whom nobody followed: it is open again by that."""
    data: dict[str, str | int] = {"cause": cause, "level": issue.position.level}
    if issue.care.named and issue.care.named.by:
        data["by"] = issue.care.named.by
    if issue.gone:
        data["gone"] = issue.gone
    return Event(EventKind.NOT_TAKEN, now, None, data)


def _entered(before: Issue, position: Position, cause: Cause) -> Event:
    data: dict[str, str | int] = {
        "level": position.level,
        "round": position.round,
        "name": before.route.levels[position.level - 1].name,
        "cause": cause,
        "stage": position.stage,
    }
    kind = EventKind.CATCH_ALL
    if position.ends_at:
        data["until"] = position.ends_at.isoformat()
        repeated = position.repeats > before.position.repeats
        kind = EventKind.REPEATED if repeated else EventKind.LEVEL_STARTED
    return Event(kind, position.started_at, None, data)


def _catch_all_round(issue: Issue) -> int:
    """Each time the last resort is reached its people are asked anew: by a round that has no asks there yet."""
    used = [ask.round for ask in issue.asks if ask.level == 0]
    return max(issue.position.round, max(used, default=-1) + 1)


def _all_declined(issue: Issue) -> bool:
    return bool(issue.asks) and all(ask.status is AskStatus.DECLINED for ask in issue.asks)

"""What each kind of timer does to its issue, in one table: the order in it decides between timers of one instant."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.domain import (
    asking,
    breaching,
    caring,
    closing,
    escalation,
    following_up,
    informing,
    reminding,
    sending_back,
    snoozing,
    standing_in,
    still_on_it,
    still_on_it_time,
    waiting,
)
from bot.domain.contacts import Contact
from bot.domain.events import Cause
from bot.domain.ids import WorkspaceId
from bot.domain.issue import Change, Issue
from bot.domain.looked import Looked
from bot.domain.snoozing_time import snoozed_until
from bot.domain.timers import BREACHES, WARNINGS, TimerKind
from bot.usecases.rows import DueTimer, Resolved

DIRECTORY_RETRY = timedelta(seconds=5)
"""How soon people are looked up again when the directory was down."""

LookedUp = Mapping[tuple[WorkspaceId, Contact], Resolved]
Postponed = timedelta
Effect = Change | Postponed
Handler = Callable[[Issue, DueTimer, LookedUp, datetime], Effect]


LOOKS_UP = (TimerKind.ASK, TimerKind.SHIFT, TimerKind.INFORM)
"""Kinds that need people looked up before they fire."""


def contacts_needed(issue: Issue, kind: TimerKind) -> tuple[Contact, ...]:
    """Whom to look up before a timer of this kind fires."""
    if kind in (TimerKind.ASK, TimerKind.SHIFT):
        return asking.contacts_to_ask(issue)
    if kind is TimerKind.INFORM:
        return tuple(one.contact for one in issue.informing.owed)
    return ()


def _found(issue: Issue, timer: DueTimer, looked: LookedUp) -> list[Looked] | None:
    """What was looked up for this timer; None when any of it is missing."""
    found: list[Looked] = []
    for contact in contacts_needed(issue, timer.kind):
        one = looked.get((issue.ref.workspace, contact))
        if one is None:
            return None
        found.append(Looked(one.contact, one.targets, one.why, one.until, one.again_at, one.away_since))
    return found


def _on_ask(issue: Issue, timer: DueTimer, looked: LookedUp, now: datetime) -> Effect:
    """A level that waits for somebody to be on duty, and still has to, looks again later."""
    found = _found(issue, timer, looked)
    if found is None:
        return DIRECTORY_RETRY
    change = asking.ask_people(issue, found, now)
    if change.issue is not issue:
        return change
    again = issue.position.held_until
    return again - now if again is not None else asking.LOOK_AGAIN


def _on_shift(issue: Issue, timer: DueTimer, looked: LookedUp, now: datetime) -> Effect:
    found = _found(issue, timer, looked)
    return DIRECTORY_RETRY if found is None else asking.look_again(issue, found, now)


def _on_inform(issue: Issue, timer: DueTimer, looked: LookedUp, now: datetime) -> Effect:
    found = _found(issue, timer, looked)
    if found is None:
        return DIRECTORY_RETRY
    return informing.inform(issue, {one.contact: one for one in found}, now)


def _on_breach(issue: Issue, timer: DueTimer, _looked: LookedUp, now: datetime) -> Effect:
    return breaching.breach(issue, BREACHES[timer.kind], now)


def _on_warning(issue: Issue, timer: DueTimer, _looked: LookedUp, now: datetime) -> Effect:
    return breaching.warn(issue, WARNINGS[timer.kind], now)


def _on_level_end(issue: Issue, _timer: DueTimer, _looked: LookedUp, now: datetime) -> Effect:
    """A level nobody could be looked up for has not had its time yet; nor has one whose people were asked late."""
    position = issue.position
    if not position.asked and not position.held:
        return DIRECTORY_RETRY
    if position.ends_at is not None and position.ends_at > now:
        return position.ends_at - now
    return escalation.end_level(issue, now, Cause.UNREACHABLE if position.held else Cause.TIMER)


def _on_remind(issue: Issue, _timer: DueTimer, _looked: LookedUp, now: datetime) -> Effect:
    return reminding.remind(issue, now)


def _on_nag(issue: Issue, _timer: DueTimer, _looked: LookedUp, now: datetime) -> Effect:
    return reminding.nag(issue, now)


def _on_close(issue: Issue, _timer: DueTimer, _looked: LookedUp, now: datetime) -> Effect:
    return closing.close(issue, now)


def _on_wait_remind(issue: Issue, _timer: DueTimer, _looked: LookedUp, now: datetime) -> Effect:
    return waiting.remind(issue, now)


def _on_wait_end(issue: Issue, _timer: DueTimer, _looked: LookedUp, now: datetime) -> Effect:
    return waiting.ended(issue, now, waiting.GoesOn.TIME)


def _by_itself(verb: Callable[[Issue, datetime], Change]) -> Handler:
    """An effect that needs nothing but the issue and the time."""

    def handler(issue: Issue, _timer: DueTimer, _looked: LookedUp, now: datetime) -> Effect:
        return verb(issue, now)

    return handler


def _when_due(
    due_at: Callable[[Issue], datetime | None], verb: Callable[[Issue, datetime], Change]
) -> Handler:
    """Whatever the owner does puts it off, also while the timer was on its way: then it comes back later."""

    def handler(issue: Issue, _timer: DueTimer, _looked: LookedUp, now: datetime) -> Effect:
        due = due_at(issue)
        if due is None:
            return Change(issue, ())
        return due - now if due > now else verb(issue, now)

    return handler


EFFECTS: dict[TimerKind, Handler] = {
    TimerKind.SNOOZE_END: _when_due(snoozed_until, snoozing.wake),
    TimerKind.RESPOND_BREACH: _on_breach,
    TimerKind.RESOLVE_BREACH: _on_breach,
    TimerKind.WAIT_REMIND: _on_wait_remind,
    TimerKind.WAIT_END: _on_wait_end,
    TimerKind.ASK: _on_ask,
    TimerKind.SHIFT: _on_shift,
    TimerKind.INFORM: _on_inform,
    TimerKind.RESPOND_WARN: _on_warning,
    TimerKind.RESOLVE_WARN: _on_warning,
    TimerKind.STILL_SILENT: _when_due(still_on_it_time.silent_at, still_on_it.stayed_silent),
    TimerKind.STILL_ON_IT: _when_due(still_on_it_time.asks_at, still_on_it.ask_still),
    TimerKind.REMIND: _on_remind,
    TimerKind.LEVEL_END: _on_level_end,
    TimerKind.NAG: _on_nag,
    TimerKind.CLOSE: _on_close,
    TimerKind.UPDATE_LATE: _by_itself(caring.update_late),
    TimerKind.UPDATE_DUE: _by_itself(caring.update_due),
    TimerKind.TELL_LATE: _by_itself(standing_in.tell_on),
    TimerKind.TELL_DUE: _by_itself(standing_in.remind),
    TimerKind.FOLLOW_UP: _by_itself(following_up.follow_up),
    TimerKind.JUDGE_REMIND: _by_itself(sending_back.remind_judge),
}
ORDER = {kind: index for index, kind in enumerate(EFFECTS)}
"""At one instant: what a person did comes first, because it is stored already; then a breach, then the level."""

"""A snooze: what it silences, what it does not, and when it ends."""

from datetime import datetime, timedelta

import pytest

from bot.domain import handing, snoozing, working
from bot.domain.clocks import ClockKind
from bot.domain.errors import NotAllowed, Refused
from bot.domain.events import EventKind
from bot.domain.issue import Change, Issue
from bot.domain.rerouting import reroute
from bot.domain.snoozing_time import snoozed_until
from bot.domain.span import span
from bot.domain.targets import warn_at
from bot.domain.timers import TimerKind, plan
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    acknowledged,
    actor,
    issue,
    minutes,
    path,
    route,
    target,
)

HOUR = timedelta(hours=1)
ASKS = path(still_on_it_after=span("1h"))
TAKEN = acknowledged(issue(route=route(path=ASKS)))
"""Ana has it, since a quarter past; she is asked after an hour of silence."""
DUE = QUARTER + HOUR


def kinds(change: Change) -> list[EventKind]:
    """What happened."""
    return [one.kind for one in change.events]


def planned(one: Issue) -> dict[TimerKind, datetime]:
    """The timers about the owner."""
    ours = (TimerKind.STILL_ON_IT, TimerKind.STILL_SILENT, TimerKind.SNOOZE_END)
    return {each.kind: each.due_at for each in plan(one) if each.kind in ours}


# --- snooze -----------------------------------------------------------------------------------------------------------

FOUR_HOURS = acknowledged(issue(route=route(path=ASKS, target=target("15m", "4h"))))


def snoozes(before: Issue = TAKEN, until: datetime = NOON + 3 * HOUR, who: str = ANA) -> Change:
    """Ana wants to be left alone."""
    return snoozing.snooze(before, actor(who), until, QUARTER)


def test_a_snooze_silences_the_question_and_ends_by_itself() -> None:
    after = snoozes().issue
    assert after.epoch == TAKEN.epoch + 1
    assert planned(after) == {TimerKind.SNOOZE_END: NOON + 3 * HOUR}
    awake = snoozing.wake(after, NOON + 3 * HOUR)
    assert kinds(awake) == [EventKind.SNOOZE_ENDED]
    assert planned(awake.issue) == {TimerKind.STILL_ON_IT: NOON + 4 * HOUR}


def test_it_never_silences_targets() -> None:
    before, after = plan(FOUR_HOURS), plan(snoozes(FOUR_HOURS, NOON + HOUR).issue)
    clocks = (TimerKind.RESOLVE_WARN, TimerKind.RESOLVE_BREACH)
    assert [one for one in after if one.kind in clocks] == [one for one in before if one.kind in clocks]


def test_it_ends_before_80_percent_of_the_resolve_target() -> None:
    change = snoozes(FOUR_HOURS, NOON + 9 * HOUR)
    warned = warn_at(FOUR_HOURS, ClockKind.RESOLVE)
    assert warned is not None
    until = snoozed_until(change.issue)
    assert until is not None
    assert NOON + 3 * HOUR < until < warned
    assert (change.events[-1].text("until"), change.events[-1].data["cut"]) == (until.isoformat(), 1)
    assert snoozes(FOUR_HOURS, NOON + HOUR).events[-1].data["cut"] == 0


def test_it_ends_sooner_when_the_target_gets_sooner() -> None:
    quiet = snoozes(FOUR_HOURS, NOON + 3 * HOUR).issue
    sooner = reroute(quiet, route(path=ASKS, target=target("15m", "2h")), QUARTER).issue
    assert snoozed_until(sooner) == NOON + minutes(95)


@pytest.mark.parametrize(
    ("now", "until", "said"),
    [
        (QUARTER, NOON, "That has passed"),
        (NOON + 3.5 * HOUR, NOON + 3.6 * HOUR, "Most of the time to solve ISS-1 is used"),
    ],
)
def test_what_cannot_be_snoozed_is_refused(now: datetime, until: datetime, said: str) -> None:
    with pytest.raises(Refused, match=said):
        snoozing.snooze(FOUR_HOURS, actor(ANA), until, now)


def test_it_ends_early_when_anything_else_happens() -> None:
    quiet = snoozes().issue
    climbed = working.escalate(quiet, actor(MANAGER, manager=True), (1, 0), QUARTER).issue
    assert snoozed_until(climbed) is None
    assert snoozed_until(handing.give_back(quiet, actor(ANA), "", QUARTER).issue) is None
    assert snoozed_until(working.update_requester(quiet, actor(ANA), "Hm.", QUARTER).issue) is not None


@pytest.mark.parametrize("who", [OMAR, MANAGER])
def test_only_the_owner_snoozes(who: str) -> None:
    with pytest.raises(NotAllowed):
        snoozes(who=who)

"""Another target for an issue in work: no deadline gets later, and what was late stays late."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.clocks import ClockKind, Clocks, Marks, Pause
from bot.domain.issue import Issue
from bot.domain.matrix.model import TargetRule
from bot.domain.targets import due_at, left, resolve_by, retarget
from tests.builders import NOON, QUARTER, acknowledged, issue, minutes, promised, target
from tests.unit.domain.minutes import utc

RESPOND, RESOLVE = ClockKind.RESPOND, ClockKind.RESOLVE
HOUR = timedelta(hours=1)


def with_target(rule: TargetRule, *pauses: Pause) -> Issue:
    """Raised on Monday at noon, with this target, and these pauses."""
    return issue(route=promised(target=rule), clocks=Clocks(pauses))


def pause(start: str, end: str | None) -> Pause:
    """From and to on Monday, as ``13:00``."""
    return Pause(utc(f"2026-03-02 {start}"), utc(f"2026-03-02 {end}") if end else None, "requester", "U_ANA")


def moved(before: Issue, rule: TargetRule, at: datetime = QUARTER) -> Issue:
    """The issue after its priority changed."""
    return retarget(before, promised(target=rule), at)


@pytest.mark.parametrize(
    ("old", "new", "due"),
    [
        (target(resolve="4h"), target(resolve="1h"), "03-02 13:00"),
        (target(resolve="1h"), target(resolve="4h"), "03-02 13:00"),
        (target(resolve="4h"), target(resolve="3d", calendar="office"), "03-02 16:00"),
        (target(resolve="1d", calendar="office"), target(resolve="8h"), "03-02 20:00"),
        (target(resolve="4h"), target(resolve=None), "03-02 16:00"),
        (target(resolve=None), target(resolve="4h"), "03-02 16:00"),
    ],
    ids=["shorter", "longer", "longer in office time", "shorter around the clock", "none now", "none before"],
)
def test_the_earlier_of_old_and_new_deadline_counts_from_the_raise(
    old: TargetRule, new: TargetRule, due: str
) -> None:
    assert resolve_by(moved(with_target(old), new)) == utc(f"2026-{due}")


def test_a_change_and_back_again_is_not_longer_than_the_shortest() -> None:
    one = moved(with_target(target(resolve="4h")), target(resolve="1h"))
    assert resolve_by(moved(one, target(resolve="4h"), QUARTER + minutes(5))) == NOON + HOUR


def test_pauses_before_and_after_the_change_both_count() -> None:
    before = with_target(target(resolve="2h"), pause("12:10", "12:40"))
    after = moved(before, target(resolve="9h"), NOON + HOUR)
    assert resolve_by(after) == NOON + 2.5 * HOUR
    waited = replace(
        after, clocks=after.clocks.stopped(NOON + 2 * HOUR, "requester", None).resumed(NOON + 3 * HOUR)
    )
    assert resolve_by(waited) == NOON + 3.5 * HOUR


def test_a_change_while_it_stands_still_neither_gains_nor_loses_time() -> None:
    still = with_target(target(resolve="2h"), pause("13:00", None))
    after = moved(still, target(resolve="9h"), NOON + 2 * HOUR)
    on = replace(after, clocks=after.clocks.resumed(NOON + 5 * HOUR))
    assert left(on, RESOLVE, NOON + 5 * HOUR) == HOUR
    assert resolve_by(on) == NOON + 6 * HOUR


def test_what_was_answered_in_time_stays_so_under_a_shorter_target() -> None:
    taken = acknowledged(with_target(target("4h")), at=NOON + HOUR)
    assert due_at(moved(taken, target("15m"), NOON + 2 * HOUR), RESPOND) == NOON + 4 * HOUR


def test_what_was_late_stays_late() -> None:
    marks = Marks(breaches=1, breached_at=NOON + HOUR, last_breach=NOON + HOUR)
    one = replace(with_target(target(resolve="1h")), clocks=Clocks(resolve=marks))
    after = moved(one, target(resolve="9h"), NOON + 2 * HOUR)
    assert after.clocks.resolve.breached_at == NOON + HOUR
    assert resolve_by(after) == NOON + HOUR

"""The two clocks: when each is due, warns, stands still and is late."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import ALWAYS
from bot.domain.clocks import ClockKind, Clocks, Marks, Pause
from bot.domain.issue import Issue
from bot.domain.matrix.model import TargetRule
from bot.domain.span import Span, Unit
from bot.domain.targets import (
    allowed,
    breaches_by,
    closes_at,
    left,
    next_breach,
    resolve_by,
    respond_by,
    running,
    used,
    warn_at,
)
from tests.builders import (
    NOON,
    QUARTER,
    acknowledged,
    issue,
    minutes,
    office,
    path,
    promised,
    resolved,
    target,
)
from tests.tries import tries
from tests.unit.domain.minutes import Minutes, utc

RESPOND, RESOLVE = ClockKind.RESPOND, ClockKind.RESOLVE
HOUR = timedelta(hours=1)


def with_target(rule: TargetRule, *pauses: Pause, **changes: Any) -> Issue:
    """Raised on Monday at noon, with this target, and these pauses."""
    return issue(route=promised(target=rule), clocks=Clocks(pauses), **changes)


def pause(start: str, end: str | None) -> Pause:
    """From and to, as ``03-02 13:00``."""
    return Pause(utc(f"2026-{start}"), utc(f"2026-{end}") if end else None, "requester", "U_ANA")


# --- deadlines --------------------------------------------------------------------------------------------------------

DUE: dict[str, tuple[TargetRule, tuple[Pause, ...], str]] = {
    "around the clock": (target(resolve="4h"), (), "03-02 16:00"),
    "a day around the clock": (target(resolve="1d"), (), "03-03 12:00"),
    "within the office day": (target(resolve="4h", calendar="office"), (), "03-02 16:00"),
    "over night": (target(resolve="8h", calendar="office"), (), "03-03 12:00"),
    "working days": (target(resolve="3d", calendar="office"), (), "03-05 12:00"),
    "over a weekend": (target(resolve="5d", calendar="office"), (), "03-09 12:00"),
    "one pause": (target(resolve="4h"), (pause("03-02 13:00", "03-02 13:30"),), "03-02 16:30"),
    "a pause over night costs office time only": (
        target(resolve="4h", calendar="office"),
        (pause("03-02 15:00", "03-03 10:00"),),
        "03-03 11:00",
    ),
    "a pause outside of office hours costs nothing": (
        target(resolve="8h", calendar="office"),
        (pause("03-02 18:00", "03-03 08:00"),),
        "03-03 12:00",
    ),
    "two pauses, the second only within reach because of the first": (
        target(resolve="1h"),
        (pause("03-02 12:30", "03-02 14:00"), pause("03-02 14:15", "03-02 15:15")),
        "03-02 15:30",
    ),
    "a pause that began after the deadline moves nothing": (
        target(resolve="1h"),
        (pause("03-02 13:10", "03-02 15:00"),),
        "03-02 13:00",
    ),
    "a pause that began at the deadline moves nothing": (
        target(resolve="1h"),
        (pause("03-02 13:00", "03-02 15:00"),),
        "03-02 13:00",
    ),
    "a pause that lasts has not cost anything yet": (
        target(resolve="4h"),
        (pause("03-02 13:00", None),),
        "03-02 16:00",
    ),
}


@pytest.mark.parametrize("name", DUE)
def test_when_it_should_be_solved(name: str) -> None:
    rule, pauses, due = DUE[name]
    assert resolve_by(with_target(rule, *pauses)) == utc(f"2026-{due}")


def test_each_clock_has_its_own_length_and_may_have_none() -> None:
    both = with_target(target("15m", "4h"))
    assert (respond_by(both), resolve_by(both)) == (QUARTER, NOON + 4 * HOUR)
    neither = with_target(target(None, None))
    assert (respond_by(neither), resolve_by(neither), respond_by(issue())) == (None, None, None)


def test_the_answers_deadline_does_not_move_once_somebody_answered() -> None:
    taken = acknowledged(with_target(target("4h")), at=QUARTER)
    later = replace(taken, clocks=Clocks((Pause(QUARTER + HOUR, QUARTER + 2 * HOUR, "requester"),)))
    assert respond_by(later) == NOON + 4 * HOUR
    assert resolve_by(later) == NOON + 5 * HOUR


whole_minutes = st.integers(0, 3 * 24 * 60)


@given(
    raised=st.integers(0, 24 * 60),
    length=st.integers(1, 12 * 60),
    cuts=st.lists(whole_minutes, max_size=6, unique=True).map(sorted),
    office_hours=st.booleans(),
)
@tries(40)
def test_the_deadline_is_when_so_many_minutes_counted_that_were_open_and_not_paused(
    raised: int, length: int, cuts: list[int], office_hours: bool
) -> None:
    oracle = WEEK_IN_OFFICE if office_hours else WEEK
    start = WEEK.at(raised)
    pairs = [(raised + a, raised + b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    pauses = tuple(Pause(WEEK.at(a), WEEK.at(b), "requester") for a, b in pairs)
    rule = TargetRule({}, None, Span(length, Unit.MINUTE), "office" if office_hours else "always")
    due = resolve_by(with_target(rule, *pauses, raised_at=start))
    at, counted = raised, 0
    while counted < length and at < len(oracle.open):
        counted += oracle.open[at] and not any(a <= at < b for a, b in pairs)
        at += 1
    assert counted < length or due == oracle.at(at)


WEEK = Minutes(ALWAYS, utc("2026-03-02 00:00"))
WEEK_IN_OFFICE = Minutes(office(), utc("2026-03-02 00:00"))


# --- what is used and left --------------------------------------------------------------------------------------------


def test_time_used_and_left_leave_pauses_out() -> None:
    one = with_target(target(resolve="4h"), pause("03-02 13:00", "03-02 14:00"))
    assert used(one, RESOLVE, NOON + 3 * HOUR) == 2 * HOUR
    assert left(one, RESOLVE, NOON + 3 * HOUR) == 2 * HOUR
    assert allowed(one, RESOLVE) == 4 * HOUR
    assert left(one, RESOLVE, NOON + 9 * HOUR) == timedelta(0)


def test_while_it_stands_still_nothing_is_used() -> None:
    one = with_target(target(resolve="4h"), pause("03-02 13:00", None))
    for at in (NOON + HOUR, NOON + 9 * HOUR):
        assert (used(one, RESOLVE, at), left(one, RESOLVE, at)) == (HOUR, 3 * HOUR)
    assert not running(one, RESOLVE)


def test_a_clock_that_ended_uses_no_more() -> None:
    taken = acknowledged(with_target(target("4h")), at=QUARTER)
    assert used(taken, RESPOND, NOON + 9 * HOUR) == minutes(15)
    assert (running(taken, RESPOND), running(taken, RESOLVE)) == (False, True)
    assert not running(resolved(taken), RESOLVE)


@pytest.mark.parametrize(
    ("rule", "pauses", "warns"),
    [
        (target(resolve="5h"), (), "03-02 16:00"),
        (target(resolve="5h"), (pause("03-02 13:00", "03-02 14:00"),), "03-02 17:00"),
        (target(resolve="5h"), (pause("03-02 16:30", "03-02 19:00"),), "03-02 16:00"),
        (target(resolve="10h", calendar="office"), (), "03-03 12:00"),
        (target(resolve="5d", calendar="office"), (), "03-06 12:00"),
    ],
    ids=["plain", "paused before", "paused after", "office", "working days"],
)
def test_the_warning_comes_when_80_percent_is_used(
    rule: TargetRule, pauses: tuple[Pause, ...], warns: str
) -> None:
    assert warn_at(with_target(rule, *pauses), RESOLVE) == utc(f"2026-{warns}")


def test_without_a_target_nothing_warns() -> None:
    assert warn_at(issue(), RESOLVE) is None
    assert left(issue(), RESOLVE, NOON) is None
    assert not running(issue(), RESOLVE)


# --- late, and late again ---------------------------------------------------------------------------------------------


def late(times: int, last: datetime, rule: TargetRule, *pauses: Pause) -> Issue:
    """Counted so often, the last time for `last`."""
    marks = Marks(breaches=times, breached_at=NOON + HOUR, last_breach=last)
    return issue(route=promised(target=rule), clocks=Clocks(pauses, resolve=marks))


EVERY_2H = target(resolve="1h", every="2h")


def test_it_is_late_first_at_its_deadline_and_then_every_so_often() -> None:
    fresh = with_target(EVERY_2H)
    assert next_breach(fresh, RESOLVE) == NOON + HOUR
    assert next_breach(late(1, NOON + HOUR, EVERY_2H), RESOLVE) == NOON + 3 * HOUR
    assert next_breach(late(2, NOON + 3 * HOUR, EVERY_2H), RESOLVE) == NOON + 5 * HOUR


def test_without_breach_every_it_is_late_once() -> None:
    assert next_breach(late(1, NOON + HOUR, target(resolve="1h")), RESOLVE) is None
    assert breaches_by(late(1, NOON + HOUR, target(resolve="1h")), RESOLVE, NOON + 99 * HOUR) is None


def test_late_again_counts_in_the_calendar_of_the_target_and_leaves_pauses_out() -> None:
    daily = target(resolve="1h", calendar="office", every="1d")
    friday = utc("2026-03-06 13:00")
    assert next_breach(late(5, friday, daily), RESOLVE) == utc("2026-03-09 13:00")
    waited = pause("03-02 14:00", "03-02 14:30")
    assert next_breach(late(1, NOON + HOUR, EVERY_2H, waited), RESOLVE) == NOON + 3.5 * HOUR


@pytest.mark.parametrize(
    ("hours", "found"),
    [(0.9, None), (1, (1, 1)), (2.9, (1, 1)), (3, (2, 3)), (4.9, (2, 3)), (11, (6, 11)), (1001, (501, 1001))],
)
def test_how_many_breaches_are_due(hours: float, found: tuple[int, int] | None) -> None:
    expected = None if found is None else (found[0], NOON + found[1] * HOUR)
    assert breaches_by(with_target(EVERY_2H), RESOLVE, NOON + hours * HOUR) == expected


@pytest.mark.parametrize(("hours", "found"), [(2.9, None), (3, (1, 3)), (7.5, (3, 7))])
def test_those_counted_before_are_not_counted_again(hours: float, found: tuple[int, int] | None) -> None:
    expected = None if found is None else (found[0], NOON + found[1] * HOUR)
    assert breaches_by(late(1, NOON + HOUR, EVERY_2H), RESOLVE, NOON + hours * HOUR) == expected


def test_a_late_solution_silences_the_late_answer() -> None:
    marks = Marks(breaches=1, breached_at=QUARTER, last_breach=QUARTER)
    one = issue(route=promised(target=target("15m", "1h", every="2h")), clocks=Clocks(respond=marks))
    assert next_breach(one, RESPOND) == QUARTER + 2 * HOUR
    both = replace(one, clocks=replace(one.clocks, resolve=replace(marks, last_breach=NOON + HOUR)))
    assert next_breach(both, RESPOND) is None


# --- other lengths in the calendar of the target ----------------------------------------------------------------------


def test_closing_counts_in_the_calendar_of_the_target() -> None:
    way = promised(target=target(calendar="office"), path=path(close_after=timedelta(days=3)))
    days = replace(way, path=replace(way.path, close_after=Span(3, Unit.DAY)))
    friday = utc("2026-03-06 15:00")
    assert closes_at(resolved(issue(route=days), at=friday)) == utc("2026-03-11 15:00")
    assert closes_at(resolved(issue(), at=friday)) == friday + timedelta(days=3)
    assert closes_at(issue()) is None

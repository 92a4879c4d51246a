"""Later than promised: always counted, climbs where it may, and told to each in their own words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain import answering, breaching, closing, working
from bot.domain.clocks import ClockKind
from bot.domain.events import Event, EventKind
from bot.domain.issue import Change, Issue, Stage
from bot.domain.matrix.model import Route
from bot.domain.notification import NoticeKind
from bot.domain.routing import route as messages
from bot.domain.targets import resolve_by, retarget
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    QUARTER,
    acknowledged,
    actor,
    ask,
    climbing,
    contact,
    issue,
    level,
    minutes,
    path,
    position,
    promised,
    target,
    unanswered,
)
from tests.unit.domain.reading import RITA, told

RESPOND, RESOLVE = ClockKind.RESPOND, ClockKind.RESOLVE
HOUR = timedelta(hours=1)
RULE = target("15m", "1h", every="2h")
WAY = promised(target=RULE, path=path(owner=contact("U_PAT")))
OPEN = issue(route=WAY, requester=RITA)
"""Ravi raised it for Rita; an answer is due 12:15, a solution 13:00, and every two hours after that."""
TAKEN = acknowledged(OPEN, at=NOON + minutes(5))


def kinds(change: Change) -> list[str]:
    """What happened."""
    return [one.kind.value for one in change.events]


def the(change: Change, kind: EventKind) -> Event:
    """The one event of this kind."""
    (found,) = [one for one in change.events if one.kind is kind]
    return found


# --- counted ----------------------------------------------------------------------------------------------------------


def test_a_breach_is_counted_with_its_deadline() -> None:
    change = breaching.breach(TAKEN, RESOLVE, NOON + HOUR)
    marks = change.issue.clocks.resolve
    assert (marks.breaches, marks.breached_at, marks.last_breach) == (1, NOON + HOUR, NOON + HOUR)
    assert the(change, EventKind.BREACHED).data == {
        "clock": "resolve",
        "n": 1,
        "times": 1,
        "due": (NOON + HOUR).isoformat(),
    }
    assert change.issue.clocks.late_since == NOON + HOUR


def test_what_was_missed_while_rung_was_down_is_one_event() -> None:
    change = breaching.breach(TAKEN, RESOLVE, NOON + 7.5 * HOUR)
    assert the(change, EventKind.BREACHED).data["times"] == 4
    assert change.issue.clocks.resolve.last_breach == NOON + 7 * HOUR
    again = breaching.breach(change.issue, RESOLVE, NOON + 9 * HOUR)
    assert (again.events[0].data["n"], again.events[0].data["times"]) == (5, 1)
    assert again.issue.clocks.resolve.breached_at == NOON + HOUR


def test_the_first_time_stays_when_a_shorter_target_comes_later() -> None:
    once = breaching.breach(TAKEN, RESOLVE, NOON + HOUR).issue
    shorter = retarget(once, promised(target=target("15m", "30m", every="2h")), NOON + 2 * HOUR)
    again = breaching.breach(shorter, RESOLVE, NOON + 3 * HOUR)
    assert again.issue.clocks.resolve.breached_at == NOON + HOUR
    assert the(again, EventKind.BREACHED).text("due") == (NOON + HOUR).isoformat()


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (TAKEN, RESPOND),
        (issue(), RESOLVE),
        (working.resolve(TAKEN, actor(ANA), "Done.", QUARTER).issue, RESOLVE),
        (breaching.pause(TAKEN, QUARTER, "requester", ANA).issue, RESOLVE),
    ],
    ids=["answered in time", "nothing promised", "resolved", "standing still"],
)
def test_nothing_is_counted_when_the_clock_does_not_run(one: Issue, kind: ClockKind) -> None:
    assert breaching.breach(one, kind, NOON + 9 * HOUR) == Change(one, ())


# --- climbing ---------------------------------------------------------------------------------------------------------

SLOW = promised([level("Front desk", ANA, within=timedelta(hours=5)), level("Shift lead", OMAR)], target=RULE)
AT_ONE = NOON + HOUR


def standing(way: Route, **changes: Any) -> Issue:
    """Open at level 1, whose time ends at one o'clock unless it is said otherwise."""
    return issue(route=way, position=position(**{"ends_at": AT_ONE, **changes}))


CLIMBS: dict[str, tuple[Issue, str]] = {
    "the level had its own time at the same instant": (standing(WAY), "level 2"),
    "the level has time left": (standing(SLOW, ends_at=NOON + 5 * HOUR), "level 1"),
    "nobody of the level was asked yet": (standing(WAY, asked=False), "level 1"),
    "the level waits for somebody to be on duty": (
        standing(WAY, asked=False, ends_at=None, look_at=NOON + 9 * HOUR, held_until=NOON + 9 * HOUR),
        "level 1",
    ),
    "somebody has it and nobody is asked": (TAKEN, "level 2"),
    "somebody has it and the next level has time left": (climbing(OPEN, at=NOON + minutes(50)), "level 2"),
    "somebody has it and the next level had its time": (climbing(OPEN, at=NOON + minutes(30)), "level 3"),
    "somebody took it at the instant at which the level began": (
        acknowledged(standing(WAY, at=AT_ONE, started_at=AT_ONE, level=2), at=AT_ONE),
        "rest",
    ),
    "the last owner had their time": (standing(WAY, stage=Stage.OWNER), "level 2"),
    "the catch-all is asked": (unanswered(OPEN), "catch_all"),
    "the last level took it": (
        acknowledged(OPEN, at=QUARTER).bump(position=position(Stage.REST, level=3)),
        "catch_all",
    ),
    "who took it from the catch-all has nobody above": (
        acknowledged(unanswered(OPEN), at=QUARTER).bump(
            asks=(ask(MANAGER, 0),), position=position(Stage.REST, level=3)
        ),
        "rest",
    ),
}


@pytest.mark.parametrize("name", CLIMBS)
def test_a_breach_climbs_when(name: str) -> None:
    before, where = CLIMBS[name]
    change = breaching.breach(before, RESOLVE, AT_ONE)
    assert change.events[0].kind is EventKind.BREACHED, "it is always counted"
    after = change.issue.position
    assert where == (f"level {after.level}" if after.stage is Stage.LEVEL else after.stage.value)
    climbed = (after.stage, after.level) != (before.position.stage, before.position.level)
    assert (change.issue.epoch > before.epoch) is climbed
    assert climbed is any(one.data.get("cause") == "breach" for one in change.events)
    assert (change.issue.state, change.issue.owner) == (before.state, before.owner)


def test_two_clocks_late_at_one_instant_climb_one_level() -> None:
    way = promised(target=target("1h", "1h"))
    first = breaching.breach(standing(way), RESPOND, AT_ONE)
    both = first.then(breaching.breach(first.issue, RESOLVE, AT_ONE))
    assert both.issue.position.level == 2
    assert kinds(both) == ["breached", "level_ended", "level_started", "breached"]


def test_it_climbs_again_each_time_until_nobody_is_left() -> None:
    one, at = TAKEN, AT_ONE
    places: list[tuple[Stage, int]] = []
    for _ in range(4):
        climbed = breaching.breach(one, RESOLVE, at).issue
        one = replace(climbed, position=replace(climbed.position, asked=True))
        places.append((one.position.stage, one.position.level))
        at += 2 * HOUR
    assert places == [(Stage.LEVEL, 2), (Stage.LEVEL, 3), (Stage.CATCH_ALL, 3), (Stage.CATCH_ALL, 3)]
    assert one.clocks.resolve.breaches == 4


# --- a person was first, or was late ----------------------------------------------------------------------------------


def test_who_answers_at_the_very_instant_is_in_time() -> None:
    change = answering.acknowledge(OPEN, actor(ANA), QUARTER)
    assert kinds(change) == ["acknowledged"]
    assert change.issue.clocks.late_since is None


def test_who_answers_late_is_late_even_before_the_timer_fired() -> None:
    change = answering.acknowledge(OPEN, actor(ANA), QUARTER + minutes(1))
    assert kinds(change) == ["breached", "acknowledged"]
    assert change.issue.clocks.respond.breached_at == QUARTER
    assert change.issue.responded_at == QUARTER + minutes(1)
    assert change.issue.position.stage is Stage.REST, "nothing climbs any more"
    notices = messages(OPEN, change)
    assert told(notices, NoticeKind.MANAGER) == []
    assert told(notices, NoticeKind.REQUESTER) == ["U_RITA: @U_ANA has taken ISS-1."]
    assert "#issues: Later than promised: the answer was due 12:15 UTC." in told(notices, NoticeKind.LOG)


def test_who_resolves_late_counts_both_clocks_when_nobody_had_answered() -> None:
    change = working.resolve(OPEN, actor(ANA), "Done.", AT_ONE + minutes(1))
    assert change.issue.responded_at == AT_ONE + minutes(1)
    assert kinds(change) == ["breached", "breached", "resolved"]
    assert kinds(working.resolve(OPEN, actor(ANA), "Done.", AT_ONE)) == ["breached", "resolved"]


def test_what_was_counted_already_is_not_counted_again_by_a_person() -> None:
    counted = breaching.breach(TAKEN, RESOLVE, AT_ONE).issue
    assert kinds(working.resolve(counted, actor(ANA), "Done.", AT_ONE + HOUR)) == ["resolved"]
    assert kinds(working.resolve(counted, actor(ANA), "Done.", AT_ONE + 3 * HOUR)) == ["breached", "resolved"]


def test_taking_it_over_ends_no_clock() -> None:
    over = answering.acknowledge(climbing(OPEN, at=NOON + minutes(10)), actor(OMAR), QUARTER + minutes(9))
    assert kinds(over) == ["acknowledged"]
    assert over.issue.responded_at == NOON + minutes(10), "the first answer of all counts"


# --- pauses -----------------------------------------------------------------------------------------------------------


def test_waiting_stops_the_clock_and_going_on_moves_the_deadline() -> None:
    still = breaching.pause(TAKEN, NOON + minutes(20), "requester", ANA).issue
    on = breaching.resume(still, NOON + minutes(50)).issue
    assert resolve_by(on) == AT_ONE + minutes(30)
    assert on.clocks.pauses[0].by == ANA
    assert breaching.resume(on, NOON + minutes(55)).issue.clocks == on.clocks


def test_what_was_late_before_the_waiting_began_is_counted_first() -> None:
    change = breaching.pause(TAKEN, AT_ONE + minutes(1), "requester", ANA)
    assert kinds(change) == ["breached"]
    assert change.issue.clocks.pause is not None


def test_the_time_in_which_it_was_resolved_is_a_pause() -> None:
    done = working.resolve(TAKEN, actor(ANA), "Done.", NOON + minutes(30)).issue
    assert (done.clocks.pauses[-1].reason, done.clocks.pauses[-1].by) == ("resolved", ANA)
    again = closing.dispute(done, actor(RITA), "No.", NOON + 20 * HOUR).issue
    assert resolve_by(again) == NOON + 20 * HOUR + minutes(30)
    assert again.responded_at == TAKEN.responded_at, "the answer is not asked for a second time"


def test_resolving_ends_the_waiting() -> None:
    still = breaching.pause(TAKEN, NOON + minutes(20), "requester", ANA).issue
    done = working.resolve(still, actor(ANA), "Done.", NOON + minutes(50)).issue
    assert [(one.reason, one.end) for one in done.clocks.pauses] == [
        ("requester", NOON + minutes(50)),
        ("resolved", None),
    ]

"""`update_every`: the requester reads when the next news come, the owner is nudged before, the manager when late."""

from datetime import datetime, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import answering, caring, waiting, working
from bot.domain.caring_time import next_update_by, nudge_at
from bot.domain.events import EventKind
from bot.domain.issue import Change, Issue
from bot.domain.notification import NoticeKind
from bot.domain.prompting import has_live_buttons
from bot.domain.routing import route
from bot.domain.timers import WHOLE_LIFE, Timer, TimerKind, plan
from bot.domain.words import load_sentence
from tests.builders import (
    ANA,
    MANAGER,
    OMAR,
    QUARTER,
    acknowledged,
    actor,
    climbing,
    facts,
    issue,
    minutes,
    resolved,
)
from tests.tries import tries
from tests.unit.domain.cared_for import HOUR, TAKEN, cared
from tests.unit.domain.reading import RITA, told

KINDS = (TimerKind.UPDATE_DUE, TimerKind.UPDATE_LATE)


def timers(one: Issue) -> list[tuple[TimerKind, int, datetime]]:
    """Those about news, as (kind, n, due)."""
    assert all(timer.epoch == WHOLE_LIFE for timer in plan(one) if timer.kind in KINDS)
    return [(timer.kind, timer.n, timer.due_at) for timer in plan(one) if timer.kind in KINDS]


def both(since: datetime, n: int = 1) -> list[tuple[TimerKind, int, datetime]]:
    """A nudge after 48 of 60 minutes, late after all of them."""
    start = since + (n - 1) * HOUR
    return [(KINDS[0], n, start + minutes(48)), (KINDS[1], n, start + HOUR)]


def test_the_time_counts_from_the_moment_somebody_takes_it() -> None:
    assert timers(cared()) == [], "every step of the ladder is told by itself"
    taken = answering.acknowledge(cared(), actor(ANA), QUARTER).issue
    assert timers(taken) == both(QUARTER)
    assert next_update_by(taken) == QUARTER + HOUR


def test_without_update_every_nothing_is_promised() -> None:
    assert timers(acknowledged(cared(None))) == []
    assert next_update_by(acknowledged(cared(None))) is None


def test_an_update_begins_the_time_anew() -> None:
    after = working.update_requester(TAKEN, actor(ANA), "Soon.", QUARTER + minutes(50)).issue
    assert timers(after) == both(QUARTER + minutes(50))


def test_who_takes_it_over_begins_it_anew_too() -> None:
    before = climbing(cared())
    over = answering.acknowledge(before, actor(OMAR), QUARTER + minutes(20)).issue
    assert timers(over) == both(QUARTER + minutes(20))


def test_while_it_waits_for_the_requester_it_stands_still_and_then_begins_anew() -> None:
    waits = waiting.wait(TAKEN, actor(ANA), "requester", "Which?", QUARTER + minutes(30)).issue
    assert (timers(waits), next_update_by(waits)) == ([], None)
    on = waiting.go_on(waits, actor(ANA), QUARTER + 5 * HOUR).issue
    assert timers(on) == both(QUARTER + 5 * HOUR)


def test_while_it_waits_for_something_else_the_requester_is_kept_informed() -> None:
    rules = acknowledged(cared())
    waits = rules.bump(clocks=rules.clocks.stopped(QUARTER + minutes(30), "A part", ANA))
    assert timers(waits) == both(QUARTER)


def test_it_counts_in_the_calendar_of_the_target() -> None:
    """Taken on Monday at a quarter past twelve; the office is open from 9 to 17."""
    daily = acknowledged(cared("1d", calendar="office"))
    assert next_update_by(daily) == QUARTER + timedelta(days=1)
    assert nudge_at(daily, 1) == datetime(2026, 3, 3, 10, 39, tzinfo=QUARTER.tzinfo), "80 % of eight hours"


@pytest.mark.parametrize(
    ("one", "promised"),
    [
        pytest.param(acknowledged(cared(requester=ANA)), False, id="who has it for themselves needs no news"),
        pytest.param(
            acknowledged(cared(requester=ANA, facts=facts(requester_name="Mrs Lee"))),
            True,
            id="without Slack",
        ),
        pytest.param(resolved(cared()), False, id="resolved"),
    ],
)
def test_to_whom_news_are_promised(one: Issue, promised: bool) -> None:
    assert (next_update_by(one) is not None) is promised


def test_the_owner_is_nudged_with_buttons_that_live_until_there_are_news() -> None:
    change = caring.update_due(TAKEN, QUARTER + minutes(48))
    (nudge,) = [one for one in route(TAKEN, change) if one.kind is NoticeKind.OWNER]
    assert told((nudge,), NoticeKind.OWNER) == [
        "U_ANA: ISS-1: @U_RITA expects news by 13:15 UTC. A line about how it stands is enough, also when there is "
        "nothing new."
    ]
    assert has_live_buttons(change.issue, nudge)
    assert told(route(TAKEN, change), NoticeKind.MANAGER) == []
    after = working.update_requester(change.issue, actor(ANA), "Soon.", QUARTER + minutes(50)).issue
    assert not has_live_buttons(after, nudge)
    assert timers(change.issue) == both(QUARTER)[1:], "nudged once"


def test_the_manager_is_told_when_news_are_late_and_again_for_every_interval() -> None:
    nudged = caring.update_due(TAKEN, QUARTER + minutes(48)).issue
    change = caring.update_late(nudged, QUARTER + HOUR)
    assert told(route(nudged, change), NoticeKind.MANAGER) == [
        f"{MANAGER}: ISS-1: @U_RITA was to read news by 13:15 UTC and still waits for them. @U_ANA has it. "
        "Please see with them what it needs, or tell the requester how it stands."
    ]
    assert timers(change.issue) == both(QUARTER, 2)
    assert next_update_by(change.issue) == QUARTER + 2 * HOUR


def test_what_was_missed_while_rung_was_down_is_said_once() -> None:
    change = caring.update_due(TAKEN, QUARTER + 3.5 * HOUR)
    assert [event.kind for event in change.events] == [EventKind.UPDATE_LATE]
    assert timers(change.issue) == both(QUARTER, 4)


def test_what_is_not_promised_any_more_does_nothing() -> None:
    done = resolved(cared())
    assert caring.update_due(done, QUARTER + HOUR) == Change(done, ())
    assert caring.update_late(done, QUARTER + HOUR) == Change(done, ())


def test_the_requester_reads_in_every_message_when_the_next_news_come() -> None:
    change = working.update_requester(TAKEN, actor(ANA), "Soon.", QUARTER + minutes(30))
    (said,) = [one for one in route(TAKEN, change) if one.kind is NoticeKind.REQUESTER]
    assert load_sentence(said.text("next")).plain() == "Next update by 13:45 UTC."
    (raised,) = [one for one in route(None, Change(cared(), ())) if one.kind is NoticeKind.REQUESTER]
    assert "next" not in raised.args, "nobody has it yet"


STEPS = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from(["time", "update", "wait", "go on"])), max_size=12
)


@given(STEPS)
@tries(24)
def test_it_is_as_if_every_minute_were_looked_at(steps: list[tuple[int, str]]) -> None:
    """Against a stop-watch that is set to zero by news, and stands while it waits for the requester."""
    one, now, watch, running = TAKEN, QUARTER, 0, True
    for length, act in steps:
        for _ in range(length):
            now, watch = now + minutes(1), watch + running
        one, fired = reduce(_fire, [now] * 4, (one, 0))
        assert fired == 0 or running
        if act == "update":
            one, watch = working.update_requester(one, actor(ANA), "News.", now).issue, 0
        elif act == "wait" and one.waiting is None:
            one, watch, running = waiting.wait(one, actor(ANA), "requester", "Which?", now).issue, 0, False
        elif act == "go on" and one.waiting is not None:
            one, running = waiting.go_on(one, actor(ANA), now).issue, True
        by = next_update_by(one)
        assert (by is None) is not running
        if by is not None:
            assert by == now + minutes(60 - watch % 60)


def _fire(state: tuple[Issue, int], now: datetime) -> tuple[Issue, int]:
    """What is due takes effect, earliest first."""
    one, fired = state
    due = sorted((timer for timer in plan(one) if timer.kind in KINDS and timer.due_at <= now), key=_when)
    if not due:
        return state
    verb = caring.update_due if due[0].kind is TimerKind.UPDATE_DUE else caring.update_late
    return verb(one, now).issue, fired + 1


def _when(timer: Timer) -> datetime:
    return timer.due_at


def test_somebody_else_it_is_for_is_promised_news_though_the_requester_has_it() -> None:
    one = acknowledged(cared(requester=ANA))
    joined = one.bump(company=type(one.company)(further=(RITA,)))
    assert next_update_by(joined) is not None
    assert next_update_by(acknowledged(issue())) is None

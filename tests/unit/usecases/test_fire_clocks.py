"""Clock timers take effect: whatever the epoch, in the right order, once, and never early."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.calendar import Hours
from bot.domain.clocks import Limit
from bot.domain.events import Cause, EventKind
from bot.domain.issue import Change, Issue, Stage
from bot.domain.matrix.model import IfNobody
from bot.domain.notification import NoticeKind, Op
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.span import span
from bot.domain.targets import retarget
from bot.domain.timers import WHOLE_LIFE, Timer, TimerKind
from bot.usecases.record import record
from bot.usecases.timer_effects import DIRECTORY_RETRY
from tests.builders import (
    ANA,
    NOON,
    OMAR,
    QUARTER,
    T1,
    acknowledged,
    contact,
    issue,
    level,
    matrix,
    minutes,
    path,
    position,
    promised,
    published,
    ref,
    resolved,
    target,
    user,
)
from tests.unit.usecases.desk import Desk

HOUR = timedelta(hours=1)
DAY = 24 * 60
RULE = target("15m", "1h", every="2h")
WAY = promised([level("Front desk", ANA), level("Shift lead", OMAR)], target=RULE)
OPEN = issue(route=WAY)
TAKEN = acknowledged(OPEN, at=NOON + minutes(5))


async def change(desk: Desk, before: Issue, after: Issue) -> None:
    """Somebody changed the issue, and it is recorded."""
    now = desk.clock.now()
    await desk.transactions.run(lambda store: record(store, before, Change(after, ()), now))


def on_call(desk: Desk, *shifts: tuple[str, int, int]) -> None:
    """Who is on call for care on Mondays, from and to minutes after midnight; from now on."""
    layers = (
        Layer((contact(who),), date(2026, 1, 1), hours=((Hours(start, end),), *((),) * 6))
        for who, start, end in shifts
    )
    care = (Schedule("care", "UTC", tuple(layers)),) if shifts else ()
    desk.matrices.hold(T1, published(document=matrix(schedules=care)))


async def test_at_one_instant_the_breach_comes_before_the_level_and_one_level_is_climbed(desk: Desk) -> None:
    desk.has(OPEN)
    desk.clock.set(QUARTER)
    await desk.fire()
    assert desk.happened()[:4] == [
        EventKind.BREACHED,
        EventKind.LEVEL_ENDED,
        EventKind.LEVEL_STARTED,
        EventKind.ASKED,
    ]
    assert desk.issue().position.level == 2
    assert desk.happened().count(EventKind.LEVEL_STARTED) == 1


async def test_after_an_outage_a_level_and_a_breach_climb_one_level(desk: Desk) -> None:
    desk.has(replace(OPEN, route=promised(WAY.levels, target=target("20m", None))))
    desk.clock.set(NOON + HOUR)
    await desk.fire()
    assert desk.issue().position.level == 2
    assert desk.happened().count(EventKind.BREACHED) == 1


async def test_a_clock_outlives_the_acknowledgement_and_climbs_from_there(desk: Desk) -> None:
    desk.has(OPEN)
    await change(desk, OPEN, TAKEN)
    desk.clock.set(NOON + HOUR)
    await desk.fire()
    assert (desk.issue().position.stage, desk.issue().position.level) == (Stage.LEVEL, 2)
    assert desk.owner() == ANA
    assert desk.said(NoticeKind.OWNER)[-1].startswith("U_ANA: ISS-1 is later than promised")


async def test_the_owner_is_warned_before(desk: Desk) -> None:
    desk.has(TAKEN)
    assert ("resolve_warn", 48) in desk.timers()
    desk.clock.set(NOON + minutes(48))
    await desk.fire()
    await desk.fire()
    assert len(desk.said(NoticeKind.OWNER)) == 1
    assert [kind for kind, _ in desk.timers()] == ["resolve_breach"]


async def test_breaches_missed_while_rung_was_down_are_told_once(desk: Desk) -> None:
    desk.has(replace(TAKEN, position=position(Stage.CATCH_ALL, asked=True)))
    desk.clock.set(NOON + 24 * HOUR)
    await desk.fire()
    breached = [one for one in desk.store.timeline.of(ref()) if one.kind is EventKind.BREACHED]
    assert [one.data["times"] for one in breached] == [12]
    assert len(desk.said(NoticeKind.OWNER)) == 1
    assert ("resolve_breach", 60) in desk.timers(), "the next one is on time again"


async def test_a_timer_whose_deadline_has_moved_comes_back_later(desk: Desk) -> None:
    waited = replace(
        TAKEN, clocks=TAKEN.clocks.stopped(NOON + minutes(10), "requester", None).resumed(QUARTER)
    )
    desk.store.issues.add(waited)
    stale = Timer(TimerKind.RESOLVE_BREACH, WHOLE_LIFE, 1, NOON + HOUR)
    desk.store.timers.set(ref(), [stale])
    desk.clock.set(NOON + HOUR)
    await desk.fire()
    assert desk.happened() == []
    assert desk.timers() == [("resolve_breach", 5)]


async def test_a_timer_the_issue_has_no_use_for_is_gone(desk: Desk) -> None:
    desk.store.issues.add(resolved(TAKEN))
    desk.store.timers.set(ref(), [Timer(TimerKind.RESOLVE_BREACH, WHOLE_LIFE, 1, NOON + HOUR)])
    desk.clock.set(NOON + HOUR)
    await desk.fire()
    assert (desk.happened(), desk.timers()) == ([], [])


async def test_a_shorter_target_moves_the_timer_and_its_breach_is_found(desk: Desk) -> None:
    desk.has(TAKEN)
    shorter = retarget(TAKEN.bump(), promised(WAY.levels, target=target("15m", "30m")), NOON + minutes(40))
    await change(desk, TAKEN, shorter)
    assert ("resolve_breach", 30) in desk.timers()
    desk.clock.set(NOON + minutes(40))
    await desk.fire()
    assert desk.issue().clocks.resolve.breached_at == NOON + minutes(30)
    assert isinstance(desk.issue().clocks.resolve.limit, Limit)


# --- waiting for a shift, and telling those who are informed ----------------------------------------------------------

CARE = level("Care", "oncall:care", if_nobody=IfNobody.HOLD, inform=(contact("#board"),))
HELD = issue(
    route=promised(target=target(), path=path(levels=[CARE, level("Shift lead", OMAR)])),
    asks=(),
    position=position(asked=False),
)


async def test_a_level_waits_for_its_shift_and_then_has_its_own_time(desk: Desk) -> None:
    on_call(desk, (ANA, DAY - 180, DAY - 170), (OMAR, DAY - 170, DAY))
    desk.has(HELD)
    await desk.fire()
    assert desk.issue().position.held_until == NOON + 9 * HOUR
    assert ("ask", 540) in desk.timers()
    desk.clock.set(NOON + 9 * HOUR)
    await desk.fire()
    assert desk.issue().position.ends_at == NOON + 9 * HOUR + minutes(15)
    assert [one.target.id for one in desk.issue().asks] == [ANA]
    desk.clock.advance(minutes=10)
    await desk.fire()
    assert [one.target.id for one in desk.issue().asks] == [ANA, OMAR]
    assert ("level_end", 7.5) in desk.timers()


async def test_a_shift_that_is_put_off_is_waited_for(desk: Desk) -> None:
    on_call(desk, (ANA, 13 * 60, DAY))
    desk.has(replace(HELD, route=replace(HELD.route, target=None)))
    await desk.fire()
    on_call(desk, (ANA, 14 * 60, DAY))
    desk.clock.set(NOON + HOUR)
    await desk.fire()
    assert desk.issue().position.held_until == NOON + 2 * HOUR
    assert len(desk.said(NoticeKind.MANAGER)) == 1, "the manager hears of the waiting once"


async def test_a_level_that_waits_without_an_end_looks_every_quarter_hour_and_goes_on(desk: Desk) -> None:
    slow = replace(CARE, acknowledge_within=span("1h"))
    way = promised(target=target(None, None), path=path(levels=[slow, level("Shift lead", OMAR)]))
    on_call(desk)
    desk.has(replace(HELD, route=way, position=position(asked=False, ends_at=NOON + HOUR)))
    await desk.fire()
    for at in (15, 30, 45):
        assert sorted(desk.timers()) == [("ask", 15), ("level_end", 60 - at + 15)]
        desk.clock.set(NOON + minutes(at))
        await desk.fire()
    assert desk.happened().count(EventKind.HELD) == 1
    desk.clock.set(NOON + HOUR)
    await desk.fire()
    assert desk.issue().position.level == 2
    (ended,) = [one for one in desk.store.timeline.of(ref()) if one.kind is EventKind.LEVEL_ENDED]
    assert ended.text("cause") == Cause.UNREACHABLE


async def test_those_informed_are_looked_up_and_told_once(desk: Desk) -> None:
    one = replace(HELD, informing=HELD.informing.owing((contact("#board"), contact("group:leads"))))
    on_call(desk, (ANA, 0, DAY))
    desk.directory.knows("group:leads", user("U_L1"), user("U_L2"), user(ANA))
    desk.has(one)
    await desk.fire()
    told = [row.notice.to.id for row in desk.rows(NoticeKind.INFORM)]
    assert told == ["#board", "U_L1", "U_L2"], "Ana is asked"


async def test_while_the_directory_is_down_nobody_informed_is_forgotten(desk: Desk) -> None:
    one = replace(HELD, informing=HELD.informing.owing((contact("group:leads"),)))
    on_call(desk, (ANA, 0, DAY))
    desk.directory.knows("group:leads", user("U_L1"))
    desk.directory.goes_down("group:leads")
    desk.has(one)
    await desk.fire()
    assert desk.issue().position.asked, "asking does not wait for telling"
    assert desk.rows(NoticeKind.INFORM) == []
    desk.directory.comes_back()
    desk.clock.advance(DIRECTORY_RETRY)
    await desk.fire()
    assert [row.notice.to.id for row in desk.rows(NoticeKind.INFORM)] == ["U_L1"]


@pytest.mark.parametrize("late", [True, False], ids=["it becomes late", "the level ends sooner"])
async def test_pings_are_drawn_anew_when(desk: Desk, late: bool) -> None:
    desk.has(replace(OPEN, asks=(), position=position(asked=False, ends_at=NOON + 9 * HOUR)))
    await desk.settle()
    (ping,) = desk.rows(NoticeKind.PING)
    one = desk.issue()
    if late:
        await desk.settle(minutes=15)
    else:
        await change(desk, one, one.bump(position=replace(one.position, ends_at=NOON + HOUR)))
    again = [row.notice.op for row in desk.rows() if row.notice.key == ping.notice.key]
    assert again == [Op.POST, Op.EDIT]

"""Due timers take effect once each, in order, and one broken issue harms nobody."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.events import EventKind
from bot.domain.issue import AskStatus, Issue, Position, Stage
from bot.domain.lifecycle import State
from bot.domain.notification import NoticeKind
from bot.domain.timers import TimerKind
from bot.usecases.fire_timers import POISON_RETRY, fire_due
from bot.usecases.ports import NotSaved
from bot.usecases.rows import DueTimer
from bot.usecases.timer_effects import DIRECTORY_RETRY
from tests.builders import (
    ANA,
    NOON,
    OMAR,
    QUARTER,
    ask,
    at_level_two,
    channel,
    contact,
    issue,
    level,
    path,
    position,
    ref,
    resolved,
    route,
    timer,
    unanswered,
    user,
)
from tests.builders import acknowledged as taken
from tests.unit.usecases.desk import BATCH, Desk


def fresh(number: int = 1) -> Issue:
    """Raised just now, nobody asked yet."""
    return issue(number, asks=(), position=position(asked=False))


async def test_nothing_is_due(desk: Desk) -> None:
    desk.has(issue())
    assert await fire_due(desk.services, BATCH) == 0
    assert desk.bell.rings == 0


async def test_the_people_of_a_new_issue_are_asked(desk: Desk) -> None:
    desk.has(fresh())
    await desk.fire()
    assert [one.target for one in desk.issue().current_asks] == [channel("#ops-desk"), user(ANA)]
    assert desk.timers() == [("remind", 5), ("level_end", 15)]
    assert len(desk.rows(NoticeKind.PING)) == 2
    assert desk.bell.rings == 1


async def test_silence_climbs_level_by_level_to_the_catch_all_which_nags(desk: Desk) -> None:
    desk.has(fresh())
    places: list[tuple[Stage, int]] = []
    for pause in (0, 15, 30, 60, 15, 15):
        desk.clock.advance(minutes=pause)
        await desk.fire()
        places.append((desk.issue().position.stage, desk.issue().position.level))
    assert places == [
        (Stage.LEVEL, 1),
        (Stage.LEVEL, 2),
        (Stage.LEVEL, 3),
        (Stage.CATCH_ALL, 3),
        (Stage.CATCH_ALL, 3),
        (Stage.CATCH_ALL, 3),
    ]
    assert desk.happened().count(EventKind.NAGGED) == 2
    assert desk.timers() == [("nag", 15)]


async def test_a_reminder_goes_to_those_who_are_silent(desk: Desk) -> None:
    desk.has(issue(asks=(ask(ANA), ask(OMAR, status=AskStatus.DECLINED))))
    desk.clock.advance(minutes=5)
    await desk.fire()
    assert [row.notice.to.id for row in desk.rows(NoticeKind.REMINDER)] == [ANA]
    assert desk.timers() == [("remind", 5), ("level_end", 10)]


async def test_a_resolved_issue_closes_after_silence(desk: Desk) -> None:
    desk.has(resolved(issue()))
    desk.clock.set(QUARTER + timedelta(minutes=15, days=3))
    await desk.fire()
    assert desk.issue().state is State.CLOSED
    assert desk.timers() == []


async def test_a_timer_of_an_older_epoch_does_nothing(desk: Desk) -> None:
    desk.has(taken(issue()))
    desk.store.timers.set(ref(), [timer(epoch=1), timer(TimerKind.ASK, NOON, epoch=1)])
    desk.clock.set(QUARTER)
    await desk.fire()
    assert desk.issue() == taken(issue())
    assert desk.timers() == [], "and it is gone"


async def test_each_timer_fires_once(desk: Desk) -> None:
    desk.has(issue())
    desk.clock.set(QUARTER)
    assert await fire_due(desk.services, BATCH) == 2
    assert desk.happened() == [
        EventKind.REMINDED,
        EventKind.LEVEL_ENDED,
        EventKind.LEVEL_STARTED,
    ]


# --- late ------------------------------------------------------------------------------------------------------------


async def test_after_an_outage_people_are_asked_and_have_half_of_the_levels_time(desk: Desk) -> None:
    desk.has(fresh())
    desk.clock.advance(minutes=20)
    await desk.fire()
    assert desk.issue().position.level == 1
    assert desk.timers() == [("remind", 5), ("level_end", 7.5)]
    assert desk.rows(NoticeKind.REMINDER) == [], "nobody is reminded of what they were just asked"
    desk.clock.advance(minutes=7.5)
    await desk.fire()
    assert desk.issue().position.level == 2


async def test_after_a_long_outage_the_catch_all_nags_once(desk: Desk) -> None:
    desk.has(unanswered(issue()))
    desk.clock.set(QUARTER + timedelta(hours=10, minutes=2))
    await desk.fire()
    assert len(desk.rows(NoticeKind.NAG)) == 1
    assert desk.timers() == [("nag", 13)]


# --- the directory is down --------------------------------------------------------------------------------------------


async def test_people_are_looked_up_again_soon(desk: Desk) -> None:
    desk.has(fresh())
    desk.directory.goes_down()
    await desk.fire()
    assert desk.issue() == fresh()
    assert desk.timers()[0] == ("ask", DIRECTORY_RETRY.total_seconds() / 60)

    desk.directory.comes_back()
    desk.clock.advance(DIRECTORY_RETRY)
    await desk.fire()
    assert desk.issue().position.asked


async def test_one_contact_that_cannot_be_looked_up_makes_its_level_wait_and_no_other(desk: Desk) -> None:
    other = replace(fresh(2), route=route([level("Omar", OMAR)]))
    desk.has(fresh(1), other)
    desk.directory.goes_down("#ops-desk")
    await desk.fire()
    assert not desk.issue(1).position.asked
    assert desk.issue(2).position.asked


async def test_a_level_nobody_was_looked_up_for_does_not_end(desk: Desk) -> None:
    desk.has(fresh())
    desk.directory.goes_down()
    for _ in range(30):
        desk.clock.advance(minutes=1)
        await desk.fire()
    assert desk.issue().position.level == 1
    desk.directory.comes_back()
    desk.clock.advance(DIRECTORY_RETRY)
    await desk.fire()
    assert (desk.issue().position.level, desk.issue().position.asked) == (1, True)
    assert dict(desk.timers())["level_end"] == 7.5


async def test_each_contact_is_looked_up_once_for_all_issues(desk: Desk) -> None:
    desk.has(*(fresh(number) for number in range(1, 6)))
    await desk.fire()
    assert [str(one) for one in desk.directory.asked] == ["#ops-desk", ANA]


async def test_who_is_gone_is_skipped_at_once_and_the_path_owner_told(desk: Desk) -> None:
    desk.directory.knows("#ops-desk", why="the channel was archived")
    desk.directory.knows(ANA, why="the account was deactivated")
    one = replace(fresh(), route=route(path=path(owner=contact("U_PAT"))))
    desk.has(one)
    await desk.fire()
    assert desk.issue().position.level == 2
    assert [one.target.id for one in desk.issue().current_asks] == [OMAR]
    assert len(desk.said(NoticeKind.PATH_OWNER)) == 2


# --- a broken issue ---------------------------------------------------------------------------------------------------


def poisoned(number: int) -> Issue:
    """An issue that no code expects: it stands at a level that has no people and no ladder."""
    broken = Position(Stage.LEVEL, 1, 0, NOON, QUARTER, asked=True)
    return issue(number, position=broken, route=route(path=path(levels=())))


async def test_a_poisoned_issue_harms_nobody_and_is_tried_again(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.has(issue(1), issue(3))
    bad = poisoned(2)
    desk.store.issues.add(bad)
    desk.store.timers.set(bad.ref, [timer()])
    desk.clock.set(QUARTER)
    with caplog.at_level(logging.ERROR):
        assert await fire_due(desk.services, BATCH) == 5
    assert [desk.issue(number).position.level for number in (1, 2, 3)] == [2, 1, 2]
    assert desk.timers(2) == [("level_end", POISON_RETRY.total_seconds() / 60)]
    assert "timers failed: ISS-1, ISS-3, ISS-2" in caplog.text
    assert "timers failed: ISS-2" in caplog.text


async def test_a_database_that_is_away_is_not_the_issues_fault(desk: Desk) -> None:
    desk.has(issue())
    desk.clock.set(QUARTER)
    desk.transactions.refuse_next()
    with pytest.raises(NotSaved):
        await fire_due(desk.services, BATCH)
    assert desk.issue().position.level == 1
    await desk.fire()
    assert desk.issue().position.level == 2


async def test_a_batch_takes_the_earliest(desk: Desk) -> None:
    desk.has(issue(1), issue(2, at=NOON - timedelta(minutes=5)))
    desk.clock.set(QUARTER)
    assert await fire_due(desk.services, 1) == 1
    assert desk.happened(1) == []
    assert desk.happened(2) == [EventKind.REMINDED]


async def test_a_timer_somebody_else_took_changes_nothing(desk: Desk) -> None:
    desk.has(at_level_two(issue()))
    stale = DueTimer(ref(), TimerKind.LEVEL_END, 2, 1, QUARTER)
    assert desk.store.timers.take(stale)
    assert not desk.store.timers.take(stale)
    desk.clock.advance(minutes=99)
    await desk.fire()
    assert desk.issue().position.level == 2

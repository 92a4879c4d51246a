"""Nobody on duty, and a change of shift: a level waits or goes on, and the new person gets a fair time."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.asking import LOOK_AGAIN, ask_people, look_again
from bot.domain.events import EventKind
from bot.domain.issue import AskStatus, Change, Issue, Stage
from bot.domain.looked import Looked
from bot.domain.matrix.model import IfNobody
from bot.domain.notification import NoticeKind
from bot.domain.reminding import nag
from bot.domain.routing import route as messages
from bot.domain.timers import TimerKind, plan
from bot.domain.wording.card import headline
from bot.domain.wording.card import ladder as rungs
from tests.builders import (
    ANA,
    MANAGER,
    NOON,
    OMAR,
    RAVI,
    ask,
    channel,
    contact,
    issue,
    level,
    looked,
    minutes,
    path,
    position,
    promised,
    rules,
    target,
    unanswered,
)
from tests.unit.domain.reading import RITA, told

HOUR = timedelta(hours=1)
TOMORROW = NOON + timedelta(hours=21)
"""Tuesday at nine."""


def fresh(*contacts: str, **changes: Any) -> Issue:
    """At a level that holds, nobody looked up yet."""
    levels = [level("Care", *(contacts or ("oncall:care",)), **{"if_nobody": IfNobody.HOLD, **changes})]
    ladder = path(levels=[*levels, level("Shift lead", OMAR)], owner=contact("U_PAT"))
    way = promised(target=target(), path=ladder)
    return issue(route=way, requester=RITA, asks=(), position=position(asked=False))


FRESH = fresh()
NOBODY = looked("oncall:care", why="Nobody is on call.", again_at=TOMORROW)
NOBODY_KNOWS = looked("oncall:care", why="There is no schedule care any more.")
MAYA = looked("oncall:care", "U_MAYA", until=NOON + 9 * HOUR)


def kinds(change: Change) -> list[str]:
    """What happened."""
    return [one.kind.value for one in change.events]


def timers(one: Issue) -> dict[TimerKind, datetime]:
    """When each kind of its level's timers is due."""
    return {each.kind: each.due_at for each in plan(one) if each.epoch == one.epoch}


def read(before: Issue, change: Change, kind: NoticeKind) -> list[str]:
    """What messages of this kind say."""
    return told(messages(before, change), kind)


# --- waiting ----------------------------------------------------------------------------------------------------------


def test_the_level_waits_until_somebody_is_on_duty() -> None:
    change = ask_people(FRESH, [NOBODY], NOON)
    where = change.issue.position
    assert kinds(change) == ["held"]
    assert (where.held, where.held_until, where.ends_at) == (True, TOMORROW, None)
    assert (where.stage, where.level, change.issue.epoch) == (Stage.LEVEL, 1, FRESH.epoch)
    assert timers(change.issue) == {TimerKind.ASK: TOMORROW}


def test_the_requester_reads_when_and_the_manager_hears_it_once() -> None:
    change = ask_people(FRESH, [NOBODY], NOON)
    assert read(FRESH, change, NoticeKind.REQUESTER) == [
        "U_RITA: ISS-1: nobody is on duty for Care right now. They are asked at 09:00 UTC."
    ]
    assert read(FRESH, change, NoticeKind.MANAGER) == [
        "U_MANAGER: ISS-1 waits: nobody is on duty for Care until 09:00 UTC. Press Escalate on the card if it "
        "cannot wait."
    ]
    assert read(FRESH, change, NoticeKind.PATH_OWNER) == [], "a gap between shifts is no fault of the matrix"
    later = ask_people(change.issue, [looked("oncall:care", again_at=TOMORROW + HOUR)], TOMORROW)
    assert read(change.issue, later, NoticeKind.REQUESTER) == [
        "U_RITA: ISS-1: nobody is on duty for Care right now. They are asked at 10:00 UTC."
    ]
    assert read(change.issue, later, NoticeKind.MANAGER) == []


def test_the_card_says_so() -> None:
    one = ask_people(FRESH, [NOBODY], NOON).issue
    assert headline(one).plain() == "Nobody is on duty for Care. They are asked at 09:00 UTC."
    assert rungs(one)[0].plain() == "1. Care: now: nobody is on duty"


def test_looking_again_too_early_changes_nothing() -> None:
    one = ask_people(FRESH, [NOBODY], NOON).issue
    assert ask_people(one, [NOBODY], NOON + HOUR) == Change(one, ())


def test_the_levels_time_begins_when_people_are_asked() -> None:
    waits = ask_people(FRESH, [NOBODY], NOON).issue
    change = ask_people(waits, [MAYA], TOMORROW + minutes(2))
    where = change.issue.position
    assert kinds(change) == ["hold_ended", "asked"]
    assert (where.held, where.started_at, where.ends_at) == (
        False,
        TOMORROW + minutes(2),
        TOMORROW + minutes(17),
    )
    assert read(waits, change, NoticeKind.REQUESTER) == [
        "U_RITA: ISS-1: Care is asked now and answers by 09:17 UTC."
    ]


def test_who_comes_on_duty_and_raised_it_is_passed_over() -> None:
    waits = ask_people(FRESH, [NOBODY], NOON).issue
    change = ask_people(waits, [looked("oncall:care", RAVI)], TOMORROW)
    assert change.issue.position.level == 2
    assert "hold_ended" not in kinds(change)


# --- nobody knows when ------------------------------------------------------------------------------------------------


def test_what_nobody_knows_the_end_of_is_waited_for_no_longer_than_the_levels_time() -> None:
    change = ask_people(FRESH, [NOBODY_KNOWS], NOON)
    one = change.issue
    assert kinds(change) == ["unreachable", "held"]
    assert timers(one) == {TimerKind.ASK: NOON + LOOK_AGAIN, TimerKind.LEVEL_END: NOON + minutes(15)}
    assert len(read(FRESH, change, NoticeKind.PATH_OWNER)) == 1, "somebody should mend the schedule"
    assert headline(one).plain() == "Nobody is on duty for Care. They are asked as soon as somebody is."
    assert ask_people(one, [NOBODY_KNOWS], NOON + LOOK_AGAIN) == Change(one, ())


def test_an_end_that_becomes_known_is_waited_for_and_told() -> None:
    one = ask_people(FRESH, [NOBODY_KNOWS], NOON).issue
    change = ask_people(one, [NOBODY], NOON + LOOK_AGAIN)
    assert (kinds(change), change.events[0].data["first"]) == (["held"], 0)
    assert change.issue.position.ends_at is None
    back = ask_people(change.issue, [NOBODY_KNOWS], TOMORROW).issue
    assert back.position.ends_at == TOMORROW + minutes(15), "and no longer than that when it is unknown again"


@pytest.mark.parametrize("again", [None, NOON - HOUR, NOON], ids=["unknown", "past", "now"])
def test_only_a_later_instant_is_an_end(again: datetime | None) -> None:
    one = ask_people(FRESH, [looked("oncall:care", again_at=again)], NOON).issue
    assert one.position.held_until is None
    assert one.position.look_at == NOON + LOOK_AGAIN


# --- not waiting ------------------------------------------------------------------------------------------------------

GONE = looked("U_ANA", why="left")
GOES_ON: dict[str, tuple[Issue, list[Looked]]] = {
    "a level that does not hold": (fresh(if_nobody=IfNobody.SKIP), [NOBODY]),
    "somebody else of the level is there": (
        fresh("oncall:care", "#desk"),
        [NOBODY, looked("#desk", channel("C_D"))],
    ),
    "no schedule is asked": (fresh(ANA), [GONE]),
    "the most urgent priority": (
        FRESH.bump(route=promised(FRESH.route.levels, target=target(), top_priority=True)),
        [NOBODY],
    ),
}


@pytest.mark.parametrize("name", GOES_ON)
def test_it_does_not_wait_for(name: str) -> None:
    before, found = GOES_ON[name]
    after = ask_people(before, found, NOON).issue
    assert not after.position.held
    assert after.position.level == (1 if after.asks else 2)


def test_who_is_simply_gone_is_written_down_beside_those_off_duty() -> None:
    before = fresh("oncall:care", ANA)
    change = ask_people(before, [NOBODY, GONE], NOON)
    assert kinds(change) == ["unreachable", "held"]
    assert change.events[0].data["contact"] == ANA


# --- a change of shift ------------------------------------------------------------------------------------------------


def on_shift(until: datetime) -> Issue:
    """Maya of Care is asked at noon, for 20 minutes; her shift ends then."""
    before = fresh(within=minutes(20)).bump(position=position(asked=False, ends_at=NOON + minutes(20)))
    return ask_people(before, [looked("oncall:care", "U_MAYA", until=until)], NOON).issue


@pytest.mark.parametrize(
    ("until", "due"),
    [(8, 8), (19.9, 19.9), (20, None), (600, None), (-1, None)],
    ids=["within", "just before the end", "at the end", "long after", "past"],
)
def test_people_are_looked_up_again_when_the_shift_ends_before_the_level(
    until: float, due: float | None
) -> None:
    at = timers(on_shift(NOON + minutes(until))).get(TimerKind.SHIFT)
    assert at == (None if due is None else NOON + minutes(due))


@pytest.mark.parametrize(("after", "ends"), [(5, 20), (10, 20), (12, 22), (19, 29)])
def test_the_new_person_is_asked_too_and_has_half_of_the_time(after: float, ends: float) -> None:
    one, now = on_shift(NOON + minutes(after)), NOON + minutes(after)
    change = look_again(one, [looked("oncall:care", OMAR, until=now + 9 * HOUR)], now)
    assert kinds(change) == ["shift_changed", "asked"]
    assert change.issue.position.ends_at == NOON + minutes(ends)
    assert [(each.target.id, each.status) for each in change.issue.asks] == [
        ("U_MAYA", AskStatus.ASKED),
        (OMAR, AskStatus.ASKED),
    ], "who was asked before may still answer"
    assert change.issue.epoch == one.epoch
    assert TimerKind.SHIFT not in timers(change.issue)
    moved = ends != 20
    assert read(one, change, NoticeKind.REQUESTER) == (
        [f"U_RITA: ISS-1: Care is asked now and answers by 12:{ends:.0f} UTC."] if moved else []
    )
    assert [each.to.id for each in messages(one, change) if each.kind is NoticeKind.PING] == [OMAR]


@pytest.mark.parametrize(
    "found",
    [looked("oncall:care", "U_MAYA"), looked("oncall:care", RAVI), looked("oncall:care")],
    ids=["the same person", "the raiser", "nobody"],
)
def test_when_nobody_new_is_on_duty_the_level_keeps_its_time(found: Looked) -> None:
    one = on_shift(NOON + minutes(12))
    after = look_again(one, [found], NOON + minutes(12)).issue
    assert (after.asks, after.position.ends_at) == (one.asks, one.position.ends_at)
    assert after.position.look_at is None


def test_a_gap_within_the_level_ends_with_another_look() -> None:
    one = on_shift(NOON + minutes(5))
    after = look_again(one, [looked("oncall:care", again_at=NOON + minutes(12))], NOON + minutes(5)).issue
    assert timers(after)[TimerKind.SHIFT] == NOON + minutes(12)


def test_at_the_catch_all_the_next_manager_is_asked_at_the_shift_change() -> None:
    way = promised(target=target(), rules=rules(escalation_manager=contact("oncall:duty")))
    last = unanswered(issue(route=way)).bump(
        asks=(), position=position(Stage.CATCH_ALL, level=3, asked=False, ends_at=None)
    )
    manager = looked("oncall:duty", MANAGER, until=NOON + 5 * HOUR)
    asked = ask_people(last, [manager, looked("#all-hands", channel("C_ALL"))], NOON).issue
    assert timers(asked)[TimerKind.SHIFT] == NOON + 5 * HOUR
    found = [looked("oncall:duty", OMAR, until=NOON + 13 * HOUR), looked("#all-hands", channel("C_ALL"))]
    after = look_again(asked, found, NOON + 5 * HOUR).issue
    assert [one.target.id for one in after.asks] == [MANAGER, "C_ALL", OMAR]
    assert timers(after)[TimerKind.SHIFT] == NOON + 13 * HOUR


def test_after_an_outage_at_the_catch_all_people_are_looked_up_and_not_held() -> None:
    gone = unanswered(issue()).bump(asks=(ask(MANAGER, 0, status=AskStatus.UNREACHABLE),))
    shift = replace(gone, position=replace(gone.position, look_at=NOON + HOUR))
    nagged = nag(shift, NOON + minutes(30)).issue
    assert (nagged.position.asked, nagged.position.held) == (False, False)
    assert EventKind.HELD.value not in kinds(ask_people(nagged, [looked(MANAGER, MANAGER)], NOON))

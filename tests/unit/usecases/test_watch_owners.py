"""Looking after owners who are gone, and asking those whose shift is over to hand over."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.escalation import waiting_for
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.notification import NoticeKind
from bot.domain.oncall.model import ChangeKind, OnCallChange
from bot.domain.span import span
from bot.usecases import watch_owners as watching
from bot.usecases.commands import IssueCommand
from bot.usecases.fire_timers import fire_due
from bot.usecases.keep_issue import keep
from bot.usecases.oncall_shifts import ShiftNews
from bot.usecases.rows import PersonInfo
from bot.usecases.watch_owners import watch_owners
from tests.builders import (
    ANA,
    NOON,
    OMAR,
    QUARTER,
    T1,
    acknowledged,
    ask,
    climbing,
    issue,
    level,
    minutes,
    path,
    ref,
    route,
)
from tests.unit.usecases.desk import Desk
from tests.unit.usecases.duty_desk import CARE, HANDOVER, DutyDesk

HOUR = timedelta(hours=1)
WAY = route(path=path(levels=[level("Desk", ANA, OMAR)], still_on_it_after=span("1h")))
HAS_IT = acknowledged(issue(route=WAY, asks=(ask(ANA), ask(OMAR))))


def about(who: str = ANA, key: str = "k:1", **more: Any) -> dict[str, Any]:
    """The fields every command has."""
    return {"workspace": T1, "user": who, "key": key, "number": 1, **more}


@pytest.fixture
def held(desk: Desk) -> Desk:
    """Ana has ISS-1 since a quarter past; it is that time now."""
    desk.has(HAS_IT)
    desk.clock.set(QUARTER)
    return desk


# --- owners who are gone ----------------------------------------------------------------------------------------------


def away(desk: Desk, who: str = ANA, since: datetime = QUARTER + HOUR, **more: Any) -> None:
    """Somebody said that they are on leave for a day."""
    change = OnCallChange(0, ChangeKind.AWAY, who, since, since + 24 * HOUR, made_by=who, made_at=since)
    desk.store.oncall.add(T1, replace(change, **more))


async def looks(desk: Desk, at: datetime = QUARTER + 2 * HOUR) -> int:
    """The process looks after owners then."""
    desk.clock.set(at)
    return await watch_owners(desk.services, T1)


async def test_while_everybody_is_there_nothing_happens(held: Desk) -> None:
    rings = held.bell.rings
    assert await looks(held) == 0
    assert held.bell.rings == rings
    assert held.happened() == []


async def test_who_left_slack_is_gone_whatever_they_have(held: Desk) -> None:
    held.has(acknowledged(issue(2)), acknowledged(issue(3), OMAR), issue(4))
    held.directory.knows_person(PersonInfo(ANA, "Ana", deactivated=True))
    assert await looks(held) == 2
    assert [held.issue(n).owner for n in (1, 2, 3)] == [None, None, OMAR]
    assert held.store.timeline.of(ref())[0].text("why") == "left"
    assert await looks(held) == 0


AWAY: dict[str, tuple[dict[str, Any], datetime, bool]] = {
    "since after they took it": ({}, QUARTER + 2 * HOUR, True),
    "said beforehand": ({"made_at": NOON - 24 * HOUR}, QUARTER + 2 * HOUR, True),
    "when they took it": ({"since": NOON}, QUARTER + 2 * HOUR, False),
    "not yet": ({}, QUARTER + minutes(59), False),
    "no longer": ({}, QUARTER + 25 * HOUR, False),
    "of one schedule": ({"schedule": "care"}, QUARTER + 2 * HOUR, False),
    "a cover": ({"kind": ChangeKind.COVER}, QUARTER + 2 * HOUR, False),
    "somebody else": ({"who": OMAR}, QUARTER + 2 * HOUR, False),
}


@pytest.mark.parametrize("name", AWAY)
async def test_who_is_away(held: Desk, name: str) -> None:
    change, at, gone = AWAY[name]
    away(held, **change)
    assert await looks(held, at) == int(gone)
    assert (held.issue().owner is None) is gone


async def test_who_did_something_on_leave_is_there(held: Desk) -> None:
    away(held)
    held.clock.set(QUARTER + HOUR + minutes(1))
    await keep(held.services, IssueCommand(**about()))
    assert await looks(held) == 0


async def test_while_slack_does_not_say_who_is_there_only_leave_counts(held: Desk) -> None:
    held.directory.goes_down()
    assert await looks(held) == 0
    away(held)
    assert await looks(held) == 1


BY_DUTY = acknowledged(issue(route=WAY, asks=(ask(ANA, contact="oncall:care"), ask(OMAR))))


@pytest.fixture
def duty(desk: Desk) -> Desk:
    """Ana, who is away, was asked by a schedule on which Omar comes after her."""
    DutyDesk(desk)
    away(desk)
    return desk


async def test_while_somebody_is_asked_to_follow_the_owner_stays_on_record_and_it_is_said_once(
    duty: Desk,
) -> None:
    duty.has(BY_DUTY)
    assert await looks(duty) == 1
    assert (duty.issue().state, duty.issue().gone) == (State.ACKNOWLEDGED, ANA)
    assert await looks(duty) == 0
    assert await fire_due(duty.services, 10) > 0
    assert [one.target.id for one in waiting_for(duty.issue())] == [OMAR]


@pytest.mark.parametrize(("down", "asked"), [(False, ["U_SAM", OMAR]), (True, ["U_SAM"])])
async def test_who_follows_is_asked_beside_those_of_an_escalation_if_they_can_be_found(
    duty: Desk, down: bool, asked: list[str]
) -> None:
    levels = [level("Desk", "oncall:care"), level("Lead", "U_SAM", within=minutes(999))]
    one = climbing(BY_DUTY.bump(route=route(levels)))
    duty.has(one.bump(asks=(*one.asks[:-1], ask("U_SAM", 2))))
    if down:
        duty.directory.goes_down()
    assert await looks(duty) == 1
    assert duty.issue().gone == ANA
    assert [one.target.id for one in waiting_for(duty.issue())] == asked


async def test_every_issue_is_looked_at_however_many_there_are(held: Desk) -> None:
    many = watching.PAGE + 3
    held.has(*(acknowledged(issue(number), ANA) for number in range(2, many + 1)))
    held.directory.knows_person(PersonInfo(ANA, "Ana", deactivated=True))
    assert await looks(held) == many
    assert held.issue(many).state is State.OPEN


# --- at the end of a shift --------------------------------------------------------------------------------------------


def questions(desk: Desk) -> list[tuple[int | None, str, str]]:
    """(issue, who follows, their name) of each question to hand over."""
    rows = [row for row in desk.rows(NoticeKind.OWNER) if row.notice.text("buttons") == "hand_over"]
    return [(row.issue, row.notice.text("follows"), row.notice.text("called")) for row in rows]


@pytest.fixture
def shift(desk: Desk) -> DutyDesk:
    """Omar follows Ana at the handover; Ana has two issues and is asked for a third."""
    duty = DutyDesk(desk)
    duty.in_force(CARE)
    mine: list[Issue] = [
        acknowledged(issue(1)),
        acknowledged(issue(2)),
        issue(3),
        acknowledged(issue(4), OMAR),
    ]
    desk.has(*mine)
    return duty


async def test_each_issue_that_who_goes_has_may_be_handed_over(shift: DutyDesk) -> None:
    shift.desk.clock.set(HANDOVER)
    news = ShiftNews(shift.desk.services, T1)
    await news.tell()
    await news.tell()
    assert questions(shift.desk) == [(2, OMAR, "U_Omar"), (1, OMAR, "U_Omar")]


async def test_before_the_shift_is_over_nobody_is_asked(shift: DutyDesk) -> None:
    shift.desk.clock.set(HANDOVER - minutes(1))
    news = ShiftNews(shift.desk.services, T1)
    await news.tell()
    assert questions(shift.desk) == []

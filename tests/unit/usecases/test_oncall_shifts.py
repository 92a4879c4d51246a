"""Messages when a shift begins and ends: to whom, with what, and never twice."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.calendar import Hours
from bot.domain.notification import NoticeKind
from bot.domain.oncall.model import Layer, Schedule
from bot.usecases.manage_oncall import away, cover, take
from bot.usecases.oncall_shifts import ENDED, ShiftNews
from tests.builders import ANA, DIRECTOR, NOON, OMAR, T1, acknowledged, ask, contact, issue
from tests.unit.usecases.desk import Desk
from tests.unit.usecases.duty_desk import CARE, HANDOVER, HOUR, DutyDesk

MINUTE = timedelta(minutes=1)


@pytest.fixture
def duty(desk: Desk) -> DutyDesk:
    """One schedule; it is the minute before Omar follows Ana."""
    duty = DutyDesk(desk)
    duty.in_force(CARE)
    desk.clock.set(HANDOVER - MINUTE)
    return duty


async def look(duty: DutyDesk, *times: datetime) -> list[str]:
    """A process looks at these times; what is on its way then, newest last."""
    news = ShiftNews(duty.desk.services, T1)
    for at in times:
        duty.desk.clock.set(at)
        await news.tell()
    return duty.desk.said(NoticeKind.SHIFT)


def about(duty: DutyDesk) -> list[int | None]:
    """The issues that somebody was asked whether they hand them over."""
    return [row.issue for row in duty.desk.rows(NoticeKind.OWNER)]


async def test_who_goes_and_who_comes_are_told(duty: DutyDesk) -> None:
    assert await look(duty, HANDOVER) == [
        "U_ANA: Your shift for care is over. @U_OMAR is on call now. Nothing is left with you. Thank you.",
        "U_OMAR: Your shift for care has begun. You are on call until 09:00 UTC. Nothing is open there.",
    ]


async def test_nobody_is_told_before_it_is_time(duty: DutyDesk) -> None:
    ana = "U_ANA: Your shift for care has begun. You are on call until 09:00 UTC. Nothing is open there."
    assert await look(duty, HANDOVER - MINUTE) == [ana], "Ana's own shift, which is not over"


async def test_a_minute_later_a_restart_and_a_second_process_say_nothing_more(duty: DutyDesk) -> None:
    said = await look(duty, HANDOVER, HANDOVER + MINUTE, HANDOVER + HOUR)
    assert len(said) == 2
    assert await look(duty, HANDOVER + 2 * MINUTE) == said
    assert await look(duty, HANDOVER + HOUR) == said


async def test_what_was_said_is_not_written_again(duty: DutyDesk) -> None:
    news = ShiftNews(duty.desk.services, T1)
    for _ in range(3):
        await news.tell()
    assert len(duty.desk.transactions.committed) == 1


async def test_what_is_open_is_listed(duty: DutyDesk) -> None:
    by_schedule = issue(1, asks=(ask(ANA, contact="oncall:care"),))
    elsewhere, omars = issue(2), acknowledged(issue(3), OMAR)
    anas = acknowledged(replace(by_schedule, ref=issue(4).ref), ANA)
    duty.desk.has(by_schedule, elsewhere, omars, anas)
    end, begin = await look(duty, HANDOVER)
    assert end == (
        "U_ANA: Your shift for care is over. @U_OMAR is on call now. "
        "Besides what you are asked about one by one, still with you: 2. Please finish or hand over."
    )
    assert about(duty) == [4], "her own"
    assert "Open there: 3." in begin, "two of the schedule, and one of his own"
    listed = [row.notice.text("issues") for row in duty.desk.rows(NoticeKind.SHIFT)]
    assert listed == ["2,1", "4,3,1"]
    await duty.desk.deliver()
    lists: list[Any] = [letter.extra["issues"] for letter in duty.desk.channel.letters if letter.extra]
    shown = [[one.number for one in issues] for issues in lists]
    assert sorted(shown) == [[2, 1], [4, 3, 1]]


async def test_of_many_issues_ten_are_listed(duty: DutyDesk) -> None:
    duty.desk.has(*(acknowledged(issue(number), OMAR) for number in range(1, 14)))
    await look(duty, HANDOVER)
    begin = duty.desk.rows(NoticeKind.SHIFT)[-1].notice
    assert begin.args["more"] == 3
    assert begin.text("issues").startswith("13,12,")


async def test_after_a_standstill_only_what_still_goes_on_is_said(duty: DutyDesk) -> None:
    said = await look(duty, HANDOVER + 3 * HOUR)
    assert [one.split(":")[0] for one in said] == [OMAR]
    (later,) = (await look(duty, HANDOVER + timedelta(days=7, hours=2)))[1:]
    assert later.startswith("U_ANA: Your shift for care has begun")


@pytest.mark.parametrize(("late", "told"), [(ENDED - MINUTE, 2), (ENDED, 1)])
async def test_an_end_is_told_for_an_hour(duty: DutyDesk, late: timedelta, told: int) -> None:
    assert len(await look(duty, HANDOVER + late)) == told


async def test_who_took_the_time_just_now_knows_it(duty: DutyDesk) -> None:
    duty.desk.clock.set(NOON)
    await duty.types(take, OMAR, "2h")
    before = len(duty.desk.rows())
    await look(duty, NOON + MINUTE)
    assert [row.notice.key for row in duty.desk.rows()[before:]] == []


async def test_who_takes_a_time_to_come_is_told_when_it_begins(duty: DutyDesk) -> None:
    duty.desk.clock.set(NOON)
    await duty.types(take, OMAR, "tomorrow 09:00-17:00")
    said = await look(duty, NOON + 21 * HOUR)
    assert "U_OMAR: Your shift for care has begun" in said[-1]


async def test_who_stands_in_at_once_is_told_what_is_open(duty: DutyDesk) -> None:
    duty.desk.clock.set(NOON)
    await duty.types(away, ANA, "2h")
    said = await look(duty, NOON + MINUTE)
    assert "U_OMAR: Your shift for care has begun" in said[-1]


async def test_after_a_cover_both_are_told_when_it_ends(duty: DutyDesk) -> None:
    duty.desk.clock.set(NOON)
    await duty.types(cover, OMAR, "2h", ANA)
    before = len(duty.desk.rows())
    said = await look(duty, NOON + MINUTE, NOON + 2 * HOUR)
    assert [one.partition(".")[0] for one in said[before:]] == [
        "U_OMAR: Your shift for care is over",
        "U_ANA: Your shift for care has begun",
    ]


async def test_who_is_relieved_by_a_colleague_is_asked_to_hand_over_what_is_left(duty: DutyDesk) -> None:
    duty.desk.has(acknowledged(issue(1), ANA))
    duty.desk.clock.set(NOON)
    await duty.types(take, OMAR, "2h")
    before = await look(duty)
    assert await look(duty, NOON + MINUTE) == before, "the question says it all"
    assert duty.desk.said(NoticeKind.OWNER) == [
        "U_ANA: Your shift for care is over, and ISS-1 is still with you. "
        "Do you hand it over to @U_OMAR, who is on call now? You have it until they take it."
    ]
    duty.desk.has(acknowledged(issue(2), ANA))
    assert await look(duty, NOON + 2 * MINUTE) == before, "nor does another process say more"
    assert about(duty) == [1]


async def test_of_shifts_that_end_together_one_asks_about_each_issue(duty: DutyDesk) -> None:
    duty.in_force(replace(CARE, key="aid", title="aid"), CARE)
    by_care = acknowledged(issue(1, asks=(ask(ANA, contact="oncall:care"),)), ANA)
    duty.desk.has(by_care, acknowledged(issue(2), ANA))
    said = await look(duty, HANDOVER)
    assert [one for one in said if one.startswith("U_ANA")] == []
    asked = duty.desk.said(NoticeKind.OWNER)
    assert [one.partition("Do you")[0] for one in asked] == [
        "U_ANA: Your shift for aid is over, and ISS-2 is still with you. ",
        "U_ANA: Your shift for care is over, and ISS-1 is still with you. ",
    ], "by the schedule that brought it to her"


async def test_before_a_gap_it_is_said_that_nobody_follows(duty: DutyDesk) -> None:
    hours = (Hours(9 * 60, 17 * 60),)
    week = (hours,) * 7
    duty.in_force(Schedule("care", "Europe/London", (replace(CARE.layers[0], hours=week),)))
    evening = HANDOVER.replace(hour=17)
    said = await look(duty, evening, evening + MINUTE)
    assert said[-1].startswith("U_OMAR: Your shift for care is over. Nobody is on call now.")
    morning = evening + timedelta(hours=16)
    assert (await look(duty, morning))[-1].startswith("U_OMAR: Your shift for care has begun.")


async def test_who_is_on_call_for_ever_is_not_told_every_minute(duty: DutyDesk) -> None:
    duty.in_force(Schedule("duty", "UTC", (Layer((contact(DIRECTOR),), date(2026, 1, 1), time(0)),)))
    assert await look(duty, NOON, NOON + MINUTE) == []


async def test_while_people_cannot_be_looked_up_nothing_is_said(duty: DutyDesk) -> None:
    duty.desk.directory.goes_down()
    assert await look(duty, HANDOVER) == []
    duty.desk.directory.comes_back()
    assert len(await look(duty, HANDOVER + MINUTE)) == 2


async def test_without_a_matrix_nothing_is_said(desk: Desk) -> None:
    desk.publish()
    await ShiftNews(desk.services, T1).tell()
    assert desk.rows() == []

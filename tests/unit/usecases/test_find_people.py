"""Whom contacts stand for: schedules by who is on call right now, everything else by the directory."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.calendar import Day, Hours
from bot.domain.contacts import Contact, ContactKind
from bot.domain.ids import WorkspaceId
from bot.domain.oncall.model import ChangeKind, Layer, OnCallChange, Schedule
from bot.domain.span import span
from bot.usecases.find_people import find_people
from bot.usecases.outside import DirectoryDown
from bot.usecases.rows import Resolved
from tests.builders import NOON, T1, T2, contact, matrix, published, user
from tests.unit.usecases.desk import Desk

HOUR = timedelta(hours=1)
CARE = Contact(ContactKind.ONCALL, "care")
WEEKDAY_HOURS: tuple[Day, ...] = ((Hours(9 * 60, 17 * 60),),) * 5
ANA_TO_OMAR = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
"""Ana's week, in which noon is, ends; in London in winter."""


def layer(*people: str, **changes: Any) -> Layer:
    """A week each, beginning with the first named in the week of noon."""
    who = tuple(contact(one) for one in people or ("ana@example.com", "omar@example.com"))
    return Layer(who, date(2026, 3, 2), time(9), span("1w"), **changes)


def schedule(*layers: Layer) -> Schedule:
    """Care, as a matrix would have it."""
    return Schedule("care", "Europe/London", layers or (layer(),))


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """A desk whose matrix has a schedule of Ana and Omar."""
    desk.directory.knows("ana@example.com", user("U_ANA"))
    desk.directory.knows("omar@example.com", user("U_OMAR"))
    put_in_force(desk, schedule())
    return desk


def put_in_force(desk: Desk, *schedules: Schedule) -> None:
    """This is what the matrix says now."""
    desk.matrices.hold(T1, published(document=matrix(schedules=schedules)))


def changed(desk: Desk, kind: ChangeKind, person: str, hours: float, **more: Any) -> None:
    """From noon on, for so many hours."""
    end = NOON + timedelta(hours=hours)
    desk.store.oncall.add(T1, OnCallChange(0, kind, person, NOON, end, **more))


async def found(desk: Desk, one: Contact = CARE) -> Resolved:
    """Whom this contact stands for."""
    (resolved,) = await find_people(desk.services, T1, [one])
    assert resolved.contact == one
    return resolved


async def test_a_schedule_stands_for_who_is_on_call_until_their_shift_ends(staffed: Desk) -> None:
    assert await found(staffed) == Resolved(CARE, (user("U_ANA"),), until=ANA_TO_OMAR)
    staffed.clock.set(ANA_TO_OMAR)
    assert (await found(staffed)).targets == (user("U_OMAR"),)


async def test_the_order_is_the_one_given_and_the_directory_is_asked_once(staffed: Desk) -> None:
    mixed = [contact("#ops-desk"), CARE, contact("U_DIRECTOR"), CARE, contact("omar@example.com")]
    answers = await find_people(staffed.services, T1, mixed)
    assert [one.contact for one in answers] == mixed
    assert [one.targets[0].id for one in answers] == ["#ops-desk", "U_ANA", "U_DIRECTOR", "U_ANA", "U_OMAR"]
    assert len(staffed.directory.asked) == len(set(staffed.directory.asked)), "nobody is looked up twice"


async def test_without_schedules_only_the_directory_is_asked(staffed: Desk) -> None:
    (answer,) = await find_people(staffed.services, T1, [contact("U_ANA")])
    assert answer.targets == (user("U_ANA"),)
    assert staffed.directory.asked == [contact("U_ANA")]


async def test_a_cover_and_its_end_count(staffed: Desk) -> None:
    changed(staffed, ChangeKind.COVER, "U_LEE", 2, instead_of="U_ANA")
    assert await found(staffed) == Resolved(CARE, (user("U_LEE"),), until=NOON + 2 * HOUR)


@pytest.mark.parametrize(
    "schedule_of_change", [None, "care", "other"], ids=["every schedule", "this schedule", "another schedule"]
)
async def test_who_is_away_is_stood_in_for_where_it_concerns_the_schedule(
    staffed: Desk, schedule_of_change: str | None
) -> None:
    end = NOON + HOUR
    change = OnCallChange(0, ChangeKind.AWAY, "U_ANA", NOON, end, schedule_of_change)
    staffed.store.oncall.add(T1, change)
    other = schedule_of_change == "other"
    assert (await found(staffed)).targets == (user("U_ANA" if other else "U_OMAR"),)


async def test_who_left_slack_is_stood_in_for_by_the_next_of_the_layer(staffed: Desk) -> None:
    staffed.directory.knows("ana@example.com", why="Ana has left Slack.")
    assert (await found(staffed)).targets == (user("U_OMAR"),)


async def test_who_left_slack_covers_nobody(staffed: Desk) -> None:
    changed(staffed, ChangeKind.COVER, "U_LEE", 2, instead_of="U_ANA")
    staffed.directory.knows("U_LEE", why="Lee has left Slack.")
    assert (await found(staffed)).targets == (user("U_ANA"),)


async def test_nobody_there_says_who_is_gone(staffed: Desk) -> None:
    for who in ("ana", "omar"):
        staffed.directory.knows(f"{who}@example.com", why=f"{who.title()} has left Slack.")
    answer = await found(staffed)
    assert answer.targets == ()
    assert answer.why == "Nobody is on call for care. Ana has left Slack. Omar has left Slack."


async def test_out_of_hours_it_says_since_when_somebody_is_there_again(staffed: Desk) -> None:
    week = (*WEEKDAY_HOURS, (), ())
    put_in_force(staffed, schedule(layer(hours=week)))
    staffed.clock.set(datetime(2026, 3, 7, 12, 0, tzinfo=UTC))
    monday = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    assert await found(staffed) == Resolved(
        CARE, (), "Nobody is on call for care until Mon 09:00.", again_at=monday
    )


async def test_the_hour_is_that_of_the_schedule_and_a_far_day_has_its_date(staffed: Desk) -> None:
    later = layer(hours=((Hours(9 * 60, 17 * 60),), *((),) * 6))
    put_in_force(staffed, Schedule("care", "America/New_York", (later,)))
    staffed.clock.set(datetime(2026, 3, 2, 22, 0, tzinfo=UTC))
    answer = await found(staffed)
    assert answer.why == "Nobody is on call for care until Mon 09 Mar 09:00."
    assert answer.again_at == datetime(2026, 3, 9, 13, 0, tzinfo=UTC), "summer time began on Sunday"


async def test_a_shift_without_end_has_none(staffed: Desk) -> None:
    put_in_force(staffed, schedule(Layer((contact("ana@example.com"),), date(2026, 1, 1))))
    assert await found(staffed) == Resolved(CARE, (user("U_ANA"),), until=None)


@pytest.mark.parametrize("workspace", [T1, T2], ids=["no longer in the matrix", "no matrix yet"])
async def test_a_schedule_that_is_gone_says_so(staffed: Desk, workspace: WorkspaceId) -> None:
    put_in_force(staffed)
    (answer,) = await find_people(staffed.services, workspace, [CARE])
    assert (answer.targets, answer.why) == ((), "There is no schedule care any more.")


async def test_a_directory_that_is_down_is_told(staffed: Desk) -> None:
    staffed.directory.goes_down("omar@example.com")
    with pytest.raises(DirectoryDown):
        await found(staffed)


# --- leave ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "more", "hours", "on_leave"),
    [
        (ChangeKind.AWAY, {}, 2, True),
        (ChangeKind.AWAY, {}, 1, False),
        (ChangeKind.AWAY, {"schedule": "care"}, 2, False),
        (ChangeKind.COVER, {"schedule": "care"}, 2, False),
    ],
    ids=["on leave", "back again", "of one schedule", "a cover"],
)
async def test_of_a_person_named_by_id_it_is_said_since_when_they_are_on_leave(
    staffed: Desk, kind: ChangeKind, more: dict[str, str], hours: float, on_leave: bool
) -> None:
    changed(staffed, kind, "U_ANA", hours, **more)
    staffed.clock.set(NOON + HOUR)
    ana, omar, desk = await find_people(
        staffed.services, T1, [contact("U_ANA"), contact("U_OMAR"), contact("#ops-desk")]
    )
    assert ana.targets == (user("U_ANA"),), "whoever named them asks them all the same"
    assert ana.away_since == (NOON if on_leave else None)
    assert omar.away_since is desk.away_since is None


async def test_it_is_said_beside_a_schedule_too(staffed: Desk) -> None:
    changed(staffed, ChangeKind.AWAY, "U_ANA", 2)
    ana, shift = await find_people(staffed.services, T1, [contact("U_ANA"), CARE])
    assert (ana.away_since, shift.targets) == (NOON, (user("U_OMAR"),))

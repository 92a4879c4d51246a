"""Putting somebody in for a time: who may, what is shown before, and who hears of it."""

from datetime import UTC, datetime

import pytest

from bot.domain.errors import FieldErrors, NotAllowed, NotFound, Refused
from bot.usecases.manage_oncall import away, take, undo
from bot.usecases.oncall_commands import PutIn
from bot.usecases.oncall_overrides import overrides
from bot.usecases.oncall_put_in import MovedOn, PutInPlan, may_put_in, plan, put_in
from bot.usecases.oncall_swaps import accept, decline
from bot.usecases.oncall_unanswered import tell_unanswered
from bot.usecases.rows import Answer
from tests.builders import ANA, DIRECTOR, MANAGER, NOON, OMAR, T1
from tests.unit.usecases.desk import Desk
from tests.unit.usecases.duty_desk import ADA, GUS, HOUR, LEE, MIA, DutyDesk


@pytest.fixture
def duty(desk: Desk) -> DutyDesk:
    """Two schedules; it is Monday noon and Ana has care. Mia may edit it, Ana and Omar are its people."""
    return DutyDesk(desk)


def form(
    duty: DutyDesk, who: str, person: str, until: str = "2h", begins: str = "now", note: str = ""
) -> PutIn:
    """The form as somebody filled it in."""
    return PutIn(
        workspace=T1,
        user=who,
        key=duty.key(),
        schedule="care",
        person=person,
        begins=begins,
        until=until,
        note=note,
    )


async def planned(duty: DutyDesk, who: str, person: str, until: str = "2h", **more: str) -> PutInPlan:
    return await plan(duty.desk.services, form(duty, who, person, until, **more))


async def done(duty: DutyDesk, who: str, found: PutInPlan) -> Answer:
    return await put_in(duty.desk.services, form(duty, who, ""), found.wanted, found.mark)


async def test_the_owner_sees_before_and_after_and_puts_somebody_in(duty: DutyDesk) -> None:
    found = await planned(duty, MIA, LEE, "15:00", begins="13:00", note="Ana is at the dentist")
    assert [(one.who, one.start.hour, one.end.hour) for one in found.before] == [(ANA, 13, 15)]
    assert [(one.who, one.start.hour, one.end.hour) for one in found.after] == [(LEE, 13, 15)]
    assert (found.overlaps, found.elsewhere, found.asks) == ((), (), False)
    assert duty.changes() == [], "nothing is done yet"

    answer = await done(duty, MIA, found)
    assert answer.sentence.plain() == (
        "@U_LEE is on call for care from 13:00 UTC until 15:00 UTC. I told @U_LEE and @U_ANA."
    )
    assert answer.code == "undo:1"
    assert [await duty.on_call(NOON + hours * HOUR) for hours in (0, 1, 3)] == [ANA, LEE, ANA]
    assert duty.told() == [
        "U_LEE: @U_MIA put you in. You are on call for care from 13:00 UTC until 15:00 UTC. "
        "Note: “Ana is at the dentist”",
        "U_ANA: @U_MIA put @U_LEE in. You are off: care from 13:00 UTC until 15:00 UTC. "
        "Note: “Ana is at the dentist”",
    ]


async def test_somebody_of_the_schedule_puts_themselves_in_at_once(duty: DutyDesk) -> None:
    found = await planned(duty, OMAR, OMAR)
    assert not found.asks
    answer = await done(duty, OMAR, found)
    assert answer.sentence.plain() == (
        "You are on call for care from 12:00 UTC until 14:00 UTC. I told @U_ANA."
    )
    assert duty.told() == ["U_ANA: @U_OMAR takes over. You are off: care from 12:00 UTC until 14:00 UTC."]


async def test_somebody_of_the_schedule_asks_others_first(duty: DutyDesk) -> None:
    """Ana has the time; Omar asks Lee, whoever has it."""
    found = await planned(duty, OMAR, LEE, note="Ana is ill")
    assert found.asks
    answer = await done(duty, OMAR, found)
    assert answer.sentence.plain().startswith("I asked @U_LEE. Everything stays as it is until they accept")
    assert await duty.on_call() == ANA
    assert duty.told() == [
        "U_LEE: @U_OMAR asks whether you can be on call for care from 12:00 UTC until 14:00 UTC. "
        "Nothing changes until you accept. Note: “Ana is ill”"
    ]
    said = await duty.presses(accept, LEE)
    assert said == "You are on call for care from 12:00 UTC until 14:00 UTC. Thank you; I told @U_OMAR."
    assert await duty.on_call() == LEE
    assert duty.told()[2:] == [
        "U_OMAR: @U_LEE accepted and is on call for care from 12:00 UTC until 14:00 UTC.",
        "U_ANA: @U_LEE takes over. You are off: care from 12:00 UTC until 14:00 UTC. Note: “Ana is ill”",
    ]
    (change,) = duty.changes()
    assert (change.note, change.instead_of) == ("Ana is ill", None)


async def test_who_was_asked_declines(duty: DutyDesk) -> None:
    await done(duty, OMAR, await planned(duty, OMAR, LEE))
    duty.desk.directory.goes_down()
    assert await duty.presses(decline, LEE) == (
        "You said that you can't. Nothing changes, and @U_OMAR was told."
    )
    assert duty.told()[-1] == (
        "U_OMAR: @U_LEE can't be on call for care from 12:00 UTC until 14:00 UTC. "
        "Nothing has changed; you can put somebody else in."
    )
    assert duty.changes() == []


async def test_nobody_is_asked_twice_about_the_same_time(duty: DutyDesk) -> None:
    found = await planned(duty, OMAR, LEE)
    await done(duty, OMAR, found)
    with pytest.raises(Refused, match="You asked @U_LEE already"):
        await done(duty, OMAR, found)


async def test_a_yes_for_what_one_has_by_now_changes_nothing(duty: DutyDesk) -> None:
    await done(duty, OMAR, await planned(duty, OMAR, LEE))
    await done(duty, MIA, await planned(duty, MIA, LEE))
    assert "You are on call then already" in await duty.presses(accept, LEE)
    assert len(duty.changes()) == 1


async def test_an_unanswered_question_ends_with_its_time(duty: DutyDesk) -> None:
    await done(duty, OMAR, await planned(duty, OMAR, LEE, begins="13:00", until="14:00"))
    duty.desk.clock.advance(HOUR)
    await tell_unanswered(duty.desk.services, T1)
    assert duty.told()[-1].endswith("It begins now, and whoever was on call stays it until they accept.")
    duty.desk.clock.advance(HOUR)
    await tell_unanswered(duty.desk.services, T1)
    assert duty.told()[-1].endswith("It is over now. Nothing was changed.")


async def test_a_time_that_passed_while_nobody_looked_is_told_once(duty: DutyDesk) -> None:
    await done(duty, OMAR, await planned(duty, OMAR, LEE, begins="13:00", until="14:00"))
    duty.desk.clock.advance(3 * HOUR)
    await tell_unanswered(duty.desk.services, T1)
    assert ["It begins" in one for one in duty.told() if one.startswith("U_OMAR")] == [False]


@pytest.mark.parametrize(
    ("who", "person", "how"),
    [
        (MIA, LEE, "at once"),
        (ANA, ANA, "at once"),
        (OMAR, LEE, "asks"),
        (ANA, OMAR, "asks"),
        (ADA, LEE, "at once"),
        (MANAGER, MANAGER, "may not"),
        (LEE, LEE, "may not"),
        (DIRECTOR, OMAR, "may not"),
        (GUS, LEE, "may not"),
    ],
)
async def test_who_may_put_whom_in(duty: DutyDesk, who: str, person: str, how: str) -> None:
    if how == "may not":
        with pytest.raises(NotAllowed):
            await may_put_in(duty.desk.services, form(duty, who, person))
        with pytest.raises(NotAllowed):
            await planned(duty, who, person, "9 mar 12:00", begins="9 mar 09:00")
        return
    until = "10 mar" if person != OMAR else "5 mar"
    found = await planned(duty, who, person, until, begins="9 mar" if person != OMAR else "now")
    assert found.asks is (how == "asks")


@pytest.mark.parametrize(
    ("person", "begins", "until", "field", "why"),
    [
        ("", "now", "2h", "person", "Choose who"),
        (GUS, "now", "2h", "person", "Guests cannot"),
        (ANA, "now", "2h", "person", "on call for all of that time already"),
        (LEE, "soonish", "2h", "begins", "I do not know when"),
        (LEE, "now", "whenever", "until", "I do not know when"),
        (LEE, "now", "", "until", "Please write when"),
        (LEE, "fri", "thu", "until", ""),
        (LEE, "tomorrow 12:00", "2026-03-03 11:00", "until", "not after the beginning"),
        (LEE, "now", "2030-01-01", "until", "more than a year away"),
    ],
)
async def test_what_does_not_fit_is_said_at_its_field(
    duty: DutyDesk, person: str, begins: str, until: str, field: str, why: str
) -> None:
    if not why:
        found = await planned(duty, MIA, person, until, begins=begins)
        assert found.wanted.end == datetime(2026, 3, 13, tzinfo=UTC), "the Thursday after that Friday"
        return
    with pytest.raises(FieldErrors) as refused:
        await planned(duty, MIA, person, until, begins=begins)
    assert list(refused.value.fields) == [field]
    assert why in refused.value.fields[field]


async def test_both_times_are_said_when_both_are_wrong(duty: DutyDesk) -> None:
    with pytest.raises(FieldErrors) as refused:
        await planned(duty, MIA, LEE, "whenever", begins="soonish")
    assert set(refused.value.fields) == {"begins", "until"}


async def test_what_touches_the_same_time_is_shown(duty: DutyDesk) -> None:
    await duty.types(take, OMAR, "13:00-16:00 care")
    await duty.types(away, DIRECTOR, "15:00-17:00")
    await duty.types(away, ANA, "15:00-17:00")
    found = await planned(duty, MIA, DIRECTOR, "18:00", begins="14:00")
    assert [one.person for one in found.overlaps] == [OMAR, DIRECTOR], "Ana's leave is no matter then"
    assert [(one.title, one.start.hour, one.end.hour) for one in found.elsewhere] == [
        ("Duty managers", 14, 15),
        ("Duty managers", 17, 18),
    ]


async def test_what_somebody_changed_meanwhile_is_shown_before_it_is_done(duty: DutyDesk) -> None:
    found = await planned(duty, MIA, LEE)
    await duty.types(take, OMAR, "1h care")
    with pytest.raises(MovedOn) as moved:
        await done(duty, MIA, found)
    assert [one.who for one in moved.value.plan.before] == [OMAR, ANA]
    assert len(duty.changes()) == 1
    await done(duty, MIA, moved.value.plan)
    assert await duty.on_call() == LEE


async def test_who_reads_for_a_while_puts_in_what_is_left(duty: DutyDesk) -> None:
    found = await planned(duty, MIA, LEE)
    duty.desk.clock.advance(HOUR)
    await done(duty, MIA, found)
    (change,) = duty.changes()
    assert (change.start, change.end) == (NOON + HOUR, NOON + 2 * HOUR)


async def test_a_time_that_is_over_by_now_is_refused(duty: DutyDesk) -> None:
    found = await planned(duty, MIA, LEE)
    duty.desk.clock.advance(2 * HOUR)
    with pytest.raises(Refused, match="That time is over by now"):
        await done(duty, MIA, found)


async def test_a_schedule_that_is_gone(duty: DutyDesk) -> None:
    found = await planned(duty, MIA, LEE)
    duty.in_force()
    with pytest.raises(Refused):
        await done(duty, MIA, found)


async def test_a_schedule_of_another_name(duty: DutyDesk) -> None:
    unknown = PutIn(workspace=T1, user=MIA, key="k", schedule="nights", person=LEE, begins="now", until="2h")
    with pytest.raises(NotFound):
        await plan(duty.desk.services, unknown)


async def test_the_same_click_twice_puts_in_once(duty: DutyDesk) -> None:
    found = await planned(duty, MIA, LEE)
    command = form(duty, MIA, "")
    first = await put_in(duty.desk.services, command, found.wanted, found.mark)
    assert await put_in(duty.desk.services, command, found.wanted, found.mark) == first
    assert len(duty.changes()) == 1


@pytest.mark.parametrize(
    ("who", "undoable", "may"),
    [(MIA, [True, True], True), (ANA, [True, True], True), (LEE, [True, False], False)],
)
async def test_the_changes_that_stand(duty: DutyDesk, who: str, undoable: list[bool], may: bool) -> None:
    await duty.types(away, ANA, "14 mar")
    await done(duty, MIA, await planned(duty, MIA, LEE))
    await duty.types(take, ADA, "3h duty")
    await duty.types(away, DIRECTOR, "14 mar")
    found = await overrides(duty.desk.services, form(duty, who, ""), "care")
    assert found is not None
    assert [one.change.person for one in found.all] == [LEE, ANA]
    assert ([one.may_undo for one in found.all], found.may_put_in) == (undoable, may)


async def test_the_changes_cannot_be_said_now_or_not_to_guests(duty: DutyDesk) -> None:
    assert await overrides(duty.desk.services, form(duty, GUS, ""), "care") is None
    duty.desk.directory.goes_down()
    assert await overrides(duty.desk.services, form(duty, MIA, ""), "care") is None


async def test_who_was_put_in_may_take_it_back(duty: DutyDesk) -> None:
    await done(duty, MIA, await planned(duty, MIA, LEE))
    await undo(duty.desk.services, duty.undo(LEE, 1))
    assert await duty.on_call() == ANA

"""Taking, covering and being away: who is on call afterwards, and who hears of it."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotAllowed, Refused
from bot.domain.oncall.model import ChangeKind
from bot.usecases.manage_oncall import away, cover, take
from bot.usecases.rows import PersonInfo
from tests.builders import ANA, DIRECTOR, MANAGER, NOON, OMAR, ask, contact, issue, user
from tests.unit.usecases.desk import Desk
from tests.unit.usecases.duty_desk import ADA, CARE, DUTY, GUS, HANDOVER, HOUR, LEE, MIA, DutyDesk


@pytest.fixture
def duty(desk: Desk) -> DutyDesk:
    """Two schedules; it is Monday noon and Ana has care."""
    return DutyDesk(desk)


async def test_who_takes_is_on_call_at_once_and_the_other_hears_of_it(duty: DutyDesk) -> None:
    said = await duty.types(take, OMAR, "2h")
    assert said == "You are on call for care from 12:00 UTC until 14:00 UTC. I told @U_ANA."
    assert [await duty.on_call(NOON + hours * HOUR) for hours in (0, 1.99, 2)] == [OMAR, OMAR, ANA]
    assert duty.told() == ["U_ANA: @U_OMAR takes over. You are off: care from 12:00 UTC until 14:00 UTC."]
    (change,) = duty.changes()
    assert (change.kind, change.made_by, change.made_at, change.schedule) == (
        ChangeKind.COVER,
        OMAR,
        NOON,
        "care",
    )


@pytest.mark.parametrize("words", ["2h care", "care 2h", "CARE 2 h"])
async def test_the_schedule_may_stand_before_or_behind_the_time(duty: DutyDesk, words: str) -> None:
    await duty.types(take, OMAR, words)
    (change,) = duty.changes()
    assert (change.schedule, change.end - change.start) == ("care", 2 * HOUR)


@pytest.mark.parametrize("words", ["2h care leads", "care leads 2h", "2h Front Office", "2h day|night:1"])
async def test_a_schedule_is_named_by_its_title_and_by_a_key_of_odd_words(duty: DutyDesk, words: str) -> None:
    leads = replace(CARE, key="care leads", title="Front office")
    duty.in_force(CARE, leads, replace(CARE, key="leads"), replace(CARE, key="day|night:1"))
    await duty.types(take, OMAR, words)
    (change,) = duty.changes()
    assert change.schedule == ("day|night:1" if "|" in words else "care leads")


@pytest.mark.parametrize("words", ["", "care"])
async def test_a_time_must_be_named(duty: DutyDesk, words: str) -> None:
    with pytest.raises(Refused, match="Please write when, like this: 2h"):
        await duty.types(take, OMAR, words)


async def test_without_a_name_mine_is_meant(duty: DutyDesk) -> None:
    await duty.types(take, OMAR, "1h")
    assert [one.schedule for one in duty.changes()] == ["care"]


async def test_several_are_asked_about(duty: DutyDesk) -> None:
    with pytest.raises(
        Refused, match=r"Which schedule\? You can choose care or duty: for example /oncall take 2h"
    ):
        await duty.types(take, ADA, "2h")
    assert duty.changes() == []


@pytest.mark.parametrize(
    ("who", "schedule", "may"),
    [
        (OMAR, "care", True),
        (OMAR, "duty", False),
        (MIA, "care", True),
        (MIA, "duty", False),
        (ADA, "duty", True),
        (MANAGER, "duty", False),
        (LEE, "care", False),
        (GUS, "care", False),
    ],
    ids=["on it", "not on it", "path owner", "owner of another path", "admin", "manager", "anybody", "guest"],
)
async def test_who_may_take(duty: DutyDesk, who: str, schedule: str, may: bool) -> None:
    if may:
        await duty.types(take, who, f"2h {schedule}")
        assert await duty.on_call(schedule=schedule) == who
        return
    with pytest.raises(NotAllowed):
        await duty.types(take, who, f"2h {schedule}")
    assert duty.changes() == []


async def test_a_refusal_says_who_may(duty: DutyDesk) -> None:
    with pytest.raises(
        NotAllowed,
        match="Only the people of care, the owner of a path that asks it, and workspace admins may",
    ):
        await duty.types(take, LEE, "2h care")


async def test_who_is_on_call_already_takes_nothing(duty: DutyDesk) -> None:
    with pytest.raises(Refused, match="You are on call for care from 12:00 UTC until 14:00 UTC already"):
        await duty.types(take, ANA, "2h")
    assert duty.changes() == []
    assert duty.told() == []


@pytest.mark.parametrize("words", ["0m", "400d", "99999999w", "soon"])
async def test_a_time_without_sense_is_refused(duty: DutyDesk, words: str) -> None:
    with pytest.raises(Refused, match=words):
        await duty.types(take, OMAR, words)
    assert duty.changes() == []


async def test_times_are_those_of_the_persons_clock(duty: DutyDesk) -> None:
    duty.desk.directory.knows_person(PersonInfo(OMAR, "Omar", tz="Asia/Tokyo"))
    await duty.types(take, OMAR, "tomorrow 09:00-17:00")
    duty.desk.directory.knows_person(PersonInfo(MIA, "Mia", tz="Nowhere/Land"))
    await duty.types(take, MIA, "wed 09:00-17:00 care")
    assert [one.start.isoformat() for one in duty.changes()] == [
        "2026-03-03T00:00:00+00:00",
        "2026-03-04T09:00:00+00:00",
    ]


async def test_what_has_passed_of_a_time_is_left_out(duty: DutyDesk) -> None:
    await duty.types(cover, OMAR, "today", ANA)
    (change,) = duty.changes()
    assert (change.start, change.end) == (NOON, NOON + 12 * HOUR)


async def test_a_repeat_of_the_same_request_changes_nothing_more(duty: DutyDesk) -> None:
    first = await duty.answer(take, OMAR, "2h", key="same")
    assert await duty.answer(take, OMAR, "2h", key="same") == first
    assert len(duty.changes()) == 1
    assert len(duty.told()) == 1
    assert first.code == f"undo:{duty.changes()[0].id}"


@pytest.mark.parametrize(("words", "said"), [("2h", True), ("tomorrow", False)], ids=["now", "later"])
async def test_who_takes_over_now_reads_what_is_open(duty: DutyDesk, words: str, said: bool) -> None:
    duty.desk.has(
        *(issue(number, asks=(ask(ANA, contact="oncall:care"),)) for number in range(1, 9)), issue(9)
    )
    answer = await duty.types(take, OMAR, words)
    assert answer.endswith("Open there: ISS-8, ISS-7, ISS-6, ISS-5, ISS-4 and 3 more.") == said


async def test_covering_takes_what_the_colleague_has(duty: DutyDesk) -> None:
    said = await duty.types(cover, OMAR, "24h", ANA)
    assert said.startswith("You are on call for care from")
    assert await duty.on_call(NOON + 23 * HOUR) == OMAR
    assert [one.split(":")[0] for one in duty.told()] == [ANA]
    (change,) = duty.changes()
    assert (change.instead_of, change.schedule) == (ANA, "care")


async def test_covering_ends_where_the_colleagues_shift_ends(duty: DutyDesk) -> None:
    await duty.types(cover, MIA, "10d", ANA)
    assert await duty.on_call(HANDOVER - HOUR) == MIA
    assert await duty.on_call(HANDOVER) == OMAR, "it was Omar's turn anyway"


async def test_covering_on_every_schedule_needs_the_right_on_each(duty: DutyDesk) -> None:
    both = CARE.layers[0].people[:1]
    duty.in_force(CARE, type(DUTY)("duty", "UTC", (type(DUTY.layers[0])(both, DUTY.layers[0].start),)))
    with pytest.raises(NotAllowed, match="people of duty"):
        await duty.types(cover, OMAR, "2h", ANA)
    await duty.types(cover, OMAR, "2h care", ANA)
    assert [await duty.on_call(schedule=key) for key in ("care", "duty")] == [OMAR, ANA]
    await duty.types(cover, ADA, "2h duty", ANA)
    assert [await duty.on_call(schedule=key) for key in ("care", "duty")] == [OMAR, ADA]


@pytest.mark.parametrize(
    ("colleague", "why"),
    [
        (OMAR, "@U_OMAR is not on call from"),
        (MIA, "@U_MIA is not on call from"),
        (GUS, "@U_GUS is a guest here"),
        (LEE, "@U_LEE is not on call"),
        ("@nobody", "nobody is called @nobody"),
        ("#ops-desk", "Whom do you mean?"),
        ("", "Whom do you mean?"),
        (ANA, "That is you"),
    ],
)
async def test_whom_nobody_can_cover(duty: DutyDesk, colleague: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        await duty.types(cover, ANA if colleague != OMAR else MIA, "2h", colleague)
    assert duty.changes() == []


async def test_who_was_covered_already_cannot_be_covered_again(duty: DutyDesk) -> None:
    await duty.types(cover, OMAR, "2h", ANA)
    with pytest.raises(Refused, match="@U_ANA is not on call"):
        await duty.types(cover, MIA, "1h", ANA)


async def test_who_is_away_is_stood_in_for(duty: DutyDesk) -> None:
    said = await duty.types(away, ANA, "24h")
    assert said.startswith("You are away from 12:00 UTC until 12:00 UTC. @U_OMAR stands in: care from")
    assert await duty.on_call() == OMAR
    assert await duty.on_call(NOON + 24 * HOUR) == ANA
    (told,) = duty.told()
    assert told.startswith("U_OMAR: @U_ANA is away. You are on call for care")


async def test_a_gap_is_told_to_who_looks_after_the_schedule(duty: DutyDesk) -> None:
    await duty.types(away, OMAR, "24h")
    said = await duty.types(away, ANA, "2h")
    assert "Nobody stands in for care from 12:00 UTC until 14:00 UTC. I told who looks after it." in said
    assert await duty.on_call() == ""
    assert duty.told()[-1] == (
        "U_MIA: @U_ANA is away. Nobody is on call for care from 12:00 UTC until 14:00 UTC. "
        "Whoever can take it types /oncall take."
    )


async def test_a_gap_that_no_path_asks_about_is_told_to_the_manager(duty: DutyDesk) -> None:
    await duty.types(away, DIRECTOR, "2h")
    assert [one.split(":")[0] for one in duty.told()] == [MANAGER]


async def test_who_has_no_shift_may_be_away_all_the_same(duty: DutyDesk) -> None:
    assert "nobody needs to stand in" in await duty.types(away, OMAR, "2h")
    assert duty.told() == []


async def test_away_twice_is_said_kindly(duty: DutyDesk) -> None:
    await duty.types(away, ANA, "24h")
    with pytest.raises(Refused, match="You are away from 12:00 UTC until 12:00 UTC already"):
        await duty.types(away, ANA, "2h")
    assert "You are away" in await duty.types(away, ANA, "48h"), "longer is something new"


@pytest.mark.parametrize(
    ("who", "whom", "may"),
    [
        (MIA, ANA, True),
        (ADA, DIRECTOR, True),
        (MANAGER, DIRECTOR, False),
        (MIA, DIRECTOR, False),
        (OMAR, ANA, False),
    ],
    ids=["path owner", "admin", "manager", "owner of another path", "colleague"],
)
async def test_who_may_set_others_away(duty: DutyDesk, who: str, whom: str, may: bool) -> None:
    if not may:
        with pytest.raises(NotAllowed, match=f"Only @{whom}, the owner of a path"):
            await duty.types(away, who, "2h", whom)
        return
    await duty.types(away, who, "2h", whom)
    told = [one for one in duty.told() if one.startswith(f"{whom}:")]
    assert "noted that you are away" in told[0]


async def test_who_left_slack_is_not_on_the_schedule_any_more(duty: DutyDesk) -> None:
    duty.desk.directory.knows(OMAR, why="Omar has left Slack.")
    with pytest.raises(NotAllowed):
        await duty.types(take, OMAR, "2h care")
    assert contact(OMAR) in CARE.layers[0].people
    duty.desk.directory.knows(OMAR, user(OMAR))
    await duty.types(take, OMAR, "2h care")


async def test_without_schedules_there_is_nothing_to_take(duty: DutyDesk) -> None:
    duty.in_force()
    with pytest.raises(Refused, match="The matrix has no on-call schedules yet"):
        await duty.types(take, ANA, "2h")

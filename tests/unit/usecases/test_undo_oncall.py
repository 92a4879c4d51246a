"""Taking a change of on-call back: who may, what it gives to whom, and who hears of it."""

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.oncall.model import ChangeKind
from bot.usecases.manage_oncall import away, cover, take, undo
from bot.usecases.oncall_swaps import accept
from bot.usecases.oncall_swaps import ask as ask_colleague
from tests.builders import ANA, MANAGER, OMAR
from tests.unit.usecases.desk import Desk
from tests.unit.usecases.duty_desk import ADA, HOUR, LEE, MIA, DutyDesk


@pytest.fixture
def duty(desk: Desk) -> DutyDesk:
    """Two schedules; it is Monday noon and Ana has care."""
    return DutyDesk(desk)


async def test_undo_takes_my_latest_change_back(duty: DutyDesk) -> None:
    await duty.types(cover, OMAR, "2h", ANA)
    await duty.types(away, OMAR, "300h")
    answer = await undo(duty.desk.services, duty.undo(OMAR))
    assert answer.sentence.plain().startswith("You are no longer away from")
    assert [one.kind for one in duty.changes()] == [ChangeKind.COVER]


async def test_undo_tells_everybody_whom_it_concerns(duty: DutyDesk) -> None:
    await duty.types(take, OMAR, "2h")
    duty.desk.clock.advance(HOUR)
    answer = await undo(duty.desk.services, duty.undo(OMAR))
    assert answer.sentence.plain() == (
        "You are no longer taking over from 12:00 UTC until 14:00 UTC. "
        "You are off: care from 13:00 UTC until 14:00 UTC. I told @U_ANA."
    )
    assert duty.told()[-1] == (
        "U_ANA: @U_OMAR took a change back. You are on call for care from 13:00 UTC until 14:00 UTC."
    )
    assert await duty.on_call() == ANA


@pytest.mark.parametrize(
    ("who", "may"), [(ANA, True), (MIA, True), (ADA, True), (OMAR, True), (LEE, False), (MANAGER, False)]
)
async def test_who_may_undo(duty: DutyDesk, who: str, may: bool) -> None:
    await duty.types(cover, OMAR, "2h", ANA)
    (change,) = duty.changes()
    if may:
        await undo(duty.desk.services, duty.undo(who, change.id))
        assert duty.changes() == []
        return
    with pytest.raises(NotAllowed):
        await undo(duty.desk.services, duty.undo(who, change.id))
    assert duty.changes() == [change]


async def test_whoever_was_covered_may_undo_it(duty: DutyDesk) -> None:
    await duty.types(ask_colleague, ANA, "3h", LEE)
    await duty.presses(accept, LEE)
    await duty.types(cover, OMAR, "2h", LEE)
    await undo(duty.desk.services, duty.undo(LEE, duty.changes()[-1].id))
    assert await duty.on_call() == LEE


async def test_who_was_set_away_hears_that_they_are_not(duty: DutyDesk) -> None:
    await duty.types(away, OMAR, "2h")
    (change,) = duty.changes()
    await undo(duty.desk.services, duty.undo(MIA, change.id))
    assert duty.told() == [
        "U_OMAR: @U_MIA took a change back. You are no longer away from 12:00 UTC until 14:00 UTC."
    ]


async def test_what_is_over_or_undone_cannot_be_undone(duty: DutyDesk) -> None:
    await duty.types(take, OMAR, "2h")
    (change,) = duty.changes()
    duty.desk.clock.advance(2 * HOUR)
    for command in (duty.undo(OMAR, change.id), duty.undo(OMAR)):
        with pytest.raises(NotFound):
            await undo(duty.desk.services, command)

"""Who may change the matrix and who is on call: nobody from outside, nobody who left, whatever the matrix says."""

from typing import Any

import pytest

from bot.domain.errors import NotAllowed, Refused
from bot.usecases.manage_oncall import away, take
from bot.usecases.matrix_rights import editor
from bot.usecases.oncall_swaps import ask
from bot.usecases.rows import PersonInfo
from tests.builders import ANA, OMAR, T1
from tests.unit.usecases.desk import Desk
from tests.unit.usecases.duty_desk import CARE, DUTY, MIA, DutyDesk


@pytest.fixture
def duty(desk: Desk) -> DutyDesk:
    """Mia owns the path that asks care; it is Monday noon and Ana has it."""
    return DutyDesk(desk)


@pytest.mark.parametrize(
    ("what", "admin", "paths", "schedules"),
    [
        ({}, False, {"Care"}, {"care"}),
        ({"admin": True}, True, {"Care"}, {"care"}),
        ({"guest": True}, False, set(), set()),
        ({"outsider": True, "admin": True}, False, set(), set()),
        ({"deactivated": True, "admin": True}, False, set(), set()),
    ],
    ids=["owner", "admin", "guest", "admin of another organisation", "admin who left"],
)
async def test_who_may_change_what(
    duty: DutyDesk, what: dict[str, Any], admin: bool, paths: set[str], schedules: set[str]
) -> None:
    duty.desk.directory.knows_person(PersonInfo(MIA, "Mia", **what))
    found = await editor(duty.desk.services, T1, duty.in_force(CARE, DUTY), MIA)
    assert (found.admin, set(found.paths), set(found.schedules)) == (admin, paths, schedules)


@pytest.mark.parametrize("what", [{"guest": True}, {"outsider": True}], ids=["guest", "outsider"])
async def test_nobody_from_outside_changes_who_is_on_call(duty: DutyDesk, what: dict[str, Any]) -> None:
    duty.desk.directory.knows_person(PersonInfo(OMAR, "Omar", **what))
    for verb in (take, away):
        with pytest.raises(NotAllowed, match="cannot be on call here"):
            await duty.types(verb, OMAR, "2h")
    with pytest.raises(Refused, match="cannot be on call"):
        await duty.types(ask, ANA, "2h", OMAR)
    assert duty.changes() == []

"""Why an issue stands where it stands: read from what is stored."""

import pytest

from bot.domain.errors import NotFound
from bot.domain.timers import TimerKind
from bot.usecases.rows import DueTimer
from bot.usecases.why import why
from tests.builders import ANA, NOON, QUARTER, actor, issue, minutes, ref
from tests.unit.usecases.desk import Desk


async def test_the_timers_are_those_that_are_stored(desk: Desk) -> None:
    desk.has(issue())
    desk.store.timers.postpone(DueTimer(ref(), TimerKind.LEVEL_END, 1, 1, QUARTER), NOON + minutes(20))
    found = await why(desk.services, ref(), actor(ANA))
    assert found.issue == issue()
    assert [(one.kind, one.due_at) for one in found.timers] == [
        (TimerKind.REMIND, NOON + minutes(5)),
        (TimerKind.LEVEL_END, NOON + minutes(20)),
    ]


async def test_what_is_not_there_is_said(desk: Desk) -> None:
    with pytest.raises(NotFound, match="There is no ISS-9 here"):
        await why(desk.services, ref(9), actor(ANA))

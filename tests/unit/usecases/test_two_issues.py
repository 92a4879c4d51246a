"""What changes two issues at once: who somebody is to them is looked up where it may matter."""

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.lifecycle import State
from bot.usecases import merge_issues
from bot.usecases.commands import WithOther
from bot.usecases.rows import PersonInfo
from tests.builders import T1, ask, channel, issue
from tests.unit.usecases.desk import Desk

TO_OPS = (ask(channel("C_OPS")),)


async def merges(desk: Desk, guest: bool) -> None:
    """Somebody of a channel that was asked merges one issue into another."""
    desk.directory.knows_person(PersonInfo("U_ZOE", "zoe", guest=guest))
    desk.has(issue(asks=TO_OPS), issue(2, asks=TO_OPS))
    command = WithOther(workspace=T1, user="U_ZOE", key="1", number=1, other=2, via="C_OPS")
    await merge_issues.merge(desk.services, command)


async def test_a_member_of_an_asked_channel_merges(desk: Desk) -> None:
    await merges(desk, guest=False)
    assert desk.issue().state is State.MERGED


async def test_a_guest_of_an_asked_channel_does_not(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match=r"^Only somebody who was asked"):
        await merges(desk, guest=True)
    assert desk.issue().state is State.OPEN

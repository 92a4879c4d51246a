"""Two replicas on PostgreSQL: shifts are told once, and of two who accept the same question at once one does."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.usecases.oncall_shifts import ShiftNews
from tests.postgres import PostgresServer
from tests.stories.duty import HANDOVER, ROTA, Duty
from tests.stories.stage import open_on, socket_on
from tests.story import Story, ids, story


@pytest.fixture
async def database_url(postgres: PostgresServer) -> AsyncIterator[str]:
    """A fresh database on the server of the test session."""
    async with postgres.lent() as url:
        yield url


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """It is Monday noon; Maya has care until next Monday."""
    async with story(database_url, ROTA) as telling:
        yield telling


async def test_every_shift_is_told_once(tale: Story, database_url: str) -> None:
    other = await tale.replica(await open_on(tale.stack, database_url))
    news = [ShiftNews(core.services, tale.workspace) for core in (tale.core, other)]
    tale.clock.set(HANDOVER)
    for _ in range(3):
        await asyncio.gather(*(one.tell() for one in news))
    await tale.settle()
    assert [len(tale.dm(who)) for who in ("maya", "omar")] == [1, 1]


async def test_of_two_who_accept_at_once_one_has_the_time(tale: Story, database_url: str) -> None:
    other = await tale.replica(await open_on(tale.stack, database_url))
    await socket_on(tale.stack, tale.sandbox, other)
    duty = Duty(tale)
    for colleague in ("omar", "dina"):
        await duty.types("maya", f"ask @{colleague} 3h")
    questions = {who: tale.newest_with(who, ids.SWAP_ACCEPT) for who in ("omar", "dina")}
    await asyncio.gather(
        *(tale.sandbox.click(who, message, ids.SWAP_ACCEPT) for who, message in questions.items())
    )
    await tale.settle()
    winner = await duty.on_call()
    (loser,) = {"omar", "dina"} - {winner}
    said = [message.plain for message in (*tale.sandbox.dm(loser), *tale.sandbox.ephemerals(loser))]
    assert any("asks nobody any more" in one or "took the question back" in one for one in said), said
    assert sum("accepted and takes" in text for text in tale.dm("maya")) == 1


async def test_of_two_who_take_the_same_time_at_once_one_hears_that_it_is_gone(
    tale: Story, database_url: str
) -> None:
    """One after another, whichever replica they come to: nobody believes to be on call who is not."""
    other = await tale.replica(await open_on(tale.stack, database_url))
    await socket_on(tale.stack, tale.sandbox, other)
    duty = Duty(tale)
    for hours in range(2, 7):
        takers = ("omar", "dina")
        await asyncio.gather(*(duty.types(who, f"take {hours}h care") for who in takers))
        await tale.settle()
        (loser,) = set(takers) - {await duty.on_call()}
        assert "You are off" in tale.dm(loser)[-1], (hours, tale.dm(loser))
        for who in takers:
            await duty.types(who, "undo")

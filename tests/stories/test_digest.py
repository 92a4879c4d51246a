"""Each morning the escalation manager reads what is open and late."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.usecases.digest import tell_digest
from tests.story import Story

MORNING = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
"""In London."""


async def morning_comes(tale: Story) -> None:
    """The next one."""
    await tale.advance(seconds=(MORNING - tale.now()).total_seconds())


def digests(tale: Story) -> list[str]:
    """What the manager was told."""
    return [text for text in tale.dm("dina") if text.startswith("Open and late")]


async def test_the_manager_reads_the_numbers_then_who_has_what(tale: Story) -> None:
    tale.clock.set(MORNING - timedelta(minutes=100))
    for number in range(1, 8):
        await tale.raises("ann", title=f"Number {number}.")
    await tale.types("maya", "ack ISS-7")
    await morning_comes(tale)
    await tell_digest(tale.core.services, tale.workspace)
    await tale.settle()
    (digest,) = digests(tale)
    assert "6 open, 1 in work. Of these 6 unanswered, 0 later than promised, 0 waiting." in digest
    assert "ISS-1 · Number 1." in digest
    assert "Number 6." not in digest
    assert "and 1 more: /issue list state:unanswered" in digest
    assert "Number 6." in (await tale.types("dina", "list state:unanswered")).text


async def test_a_restart_and_a_second_replica_tell_it_once(tale: Story) -> None:
    await morning_comes(tale)
    other = await tale.replica(tale.database)
    both = (tell_digest(core.services, tale.workspace) for core in (tale.core, other))
    assert sorted(await asyncio.gather(*both)) == [False, True]
    await tale.restart()
    await tell_digest(tale.core.services, tale.workspace)
    await tale.settle()
    (digest,) = digests(tale)
    assert "Nothing is open or in work" in digest


@pytest.mark.parametrize(
    ("who", "said"), [("dina", "1 open, 0 in work"), ("ann", "Only the escalation manager")]
)
async def test_the_manager_asks_for_it_at_any_time(tale: Story, who: str, said: str) -> None:
    await tale.raises("ann")
    assert said in (await tale.types(who, "digest")).text

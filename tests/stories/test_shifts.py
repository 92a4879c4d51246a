"""Nobody on duty, and a change of shift while somebody is asked."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.lifecycle import State
from tests.reliability.watch import strange_calls
from tests.stories.promises import CRITICAL, NORMAL, OVER_NIGHT, readable
from tests.story import Story, ids, story


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """Maya is on call from nine to one, Omar from one to five, on workdays; it is Monday noon."""
    async with story(database_url, OVER_NIGHT) as telling:
        yield telling
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []


def asked(tale: Story, who: str) -> int:
    """How many messages ask somebody."""
    return len([text for text in tale.dm(who) if "needs your answer by" in text])


async def test_over_night_an_issue_waits_for_the_shift_and_everybody_knows(tale: Story) -> None:
    await tale.advance(hours=6)
    await tale.raises("ann", **NORMAL)
    told = "They are asked Tue 03 Mar 09:00 UTC."
    assert f"Nobody is on duty for On call. {told}" in readable(tale.card().plain)
    assert told in readable(tale.dm("ann")[-1])
    assert len([text for text in tale.dm("dina") if "waits: nobody is on duty for On call" in text]) == 1
    quiet = len(tale.dm("ann")), len(tale.dm("dina"))
    await tale.advance(hours=14, minutes=59)
    assert (len(tale.dm("ann")), len(tale.dm("dina"))) == quiet
    assert asked(tale, "maya") == 0

    await tale.advance(minutes=1)
    assert asked(tale, "maya") == 1
    assert "On call is asked now and answers by 09:20 UTC" in readable(tale.dm("ann")[-1])
    await tale.advance(minutes=19)
    assert (await tale.issue()).position.level == 1, "its time began when she was asked"
    await tale.clicks("maya", ids.ACK)
    assert (await tale.issue()).state is State.ACKNOWLEDGED


async def test_an_issue_that_waits_may_be_taken_or_escalated_all_the_same(tale: Story) -> None:
    await tale.advance(hours=20, minutes=50)
    await tale.raises("ann", **NORMAL)
    await tale.clicks("dina", ids.ESCALATE, tale.card())
    await tale.submits("dina", {"reason": "It cannot wait."})
    assert (await tale.issue()).position.level == 2
    assert asked(tale, "rita") == 1
    await tale.advance(minutes=15)
    assert asked(tale, "maya") == 0, "the level that waited is over"


async def test_the_most_urgent_priority_waits_for_nobody(tale: Story) -> None:
    await tale.advance(hours=6)
    await tale.raises("ann", **CRITICAL)
    assert (await tale.issue()).position.level == 2
    assert asked(tale, "rita") == 1


async def test_the_next_shift_is_asked_too_and_has_half_of_the_time(tale: Story) -> None:
    await tale.advance(minutes=45)
    await tale.raises("ann", **NORMAL)
    assert (asked(tale, "maya"), asked(tale, "omar")) == (1, 0)
    await tale.advance(minutes=15)
    assert (asked(tale, "maya"), asked(tale, "omar")) == (1, 1)
    assert f"{(await tale.issue()).position.ends_at:%H:%M}" == "13:10"
    said = readable(tale.dm("maya")[-1])
    assert "needs your answer by 13:10 UTC" in said, "her message says the new end"
    assert any("the shift changed" in line for line in tale.log())
    await tale.advance(minutes=9)
    await tale.clicks("maya", ids.ACK)
    assert (await tale.issue()).owner == tale.id("maya"), "who was asked before may still answer"
    assert asked(tale, "omar") == 0


async def test_a_shift_that_ends_after_the_level_changes_nothing(tale: Story) -> None:
    await tale.advance(minutes=30)
    await tale.raises("ann", **NORMAL)
    await tale.advance(minutes=20)
    assert (await tale.issue()).position.level == 2
    assert asked(tale, "omar") == 0

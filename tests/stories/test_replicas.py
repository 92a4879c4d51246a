"""On PostgreSQL, alone and with two replicas: every timer takes effect once, every message is posted once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.core import Core, earliest_due
from bot.domain.events import EventKind
from bot.domain.ids import IssueRef
from bot.domain.issue import Stage
from bot.domain.lifecycle import State
from bot.usecases.deliver import deliver_due, rescue
from bot.usecases.fire_timers import fire_due
from tests.postgres import PostgresServer
from tests.stories.stage import open_on, socket_on
from tests.story import FORM, Story, ids, story


class Replicas:
    """The loops of several cores, run side by side on one database."""

    def __init__(self, tale: Story, *others: Core) -> None:
        self.tale = tale
        self.cores = (tale.core, *others)

    async def settle(self) -> None:
        """All run their passes at the same time until none finds anything."""
        while any(await asyncio.gather(*(self._pass(core) for core in self.cores))):
            pass

    async def advance(self, *, minutes: float) -> None:
        """Push the clock, all replicas awake at every instant at which something is due."""
        tale = self.tale
        end = tale.now() + timedelta(minutes=minutes)
        await self.settle()
        while (due := await tale.core.services.transactions.read(earliest_due)) and due <= end:
            tale.clock.set(max(due, tale.now()))
            await asyncio.gather(*(rescue(core.services) for core in self.cores))
            await self.settle()
        tale.clock.set(end)
        await self.settle()

    async def _pass(self, core: Core) -> int:
        done = await asyncio.gather(fire_due(core.services, 25), deliver_due(core.services, 100))
        return sum(done)


async def kinds(tale: Story, number: int = 1) -> Counter[EventKind]:
    """What happened how often."""
    ref = IssueRef(tale.workspace, number)
    events = await tale.core.services.transactions.read(lambda store: store.timeline.of(ref))
    return Counter(event.kind for event in events)


@pytest.fixture
async def database_url(postgres: PostgresServer) -> AsyncIterator[str]:
    """A fresh database on the server of the test session."""
    async with postgres.lent() as url:
        yield url


async def test_the_main_job_on_postgresql(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"), title="Zu spät: 3 Kunden warten 🚒")
    await tale.advance(minutes=16)
    assert (await tale.issue()).position.level == 2
    await tale.clicks("omar", ids.ACK)
    await tale.clicks("omar", ids.UPDATE, tale.card())
    await tale.submits("omar", {"text": "We called the first two."})
    await tale.restart()
    await tale.clicks("omar", ids.RESOLVE, tale.card())
    await tale.submits("omar", {"done": "All three were called."})
    await tale.clicks("rita", ids.DISPUTE)
    await tale.submits("rita", {"why": "One was not."})
    assert (await tale.issue()).position.stage is Stage.OWNER
    await tale.clicks("omar", ids.ACK)
    await tale.clicks("omar", ids.RESOLVE, tale.card())
    await tale.submits("omar", {"done": "Now all."})
    await tale.advance(days=3)
    assert (await tale.issue()).state is State.CLOSED


async def test_two_replicas_do_everything_once(database_url: str) -> None:
    async with story(database_url) as tale:
        other = await tale.replica(await open_on(tale.stack, database_url))
        both = Replicas(tale, other)
        await socket_on(tale.stack, tale.sandbox, other)
        for number in range(1, 7):
            await tale.sandbox.slash("ann", "#issues", "/issue", "raise")
            await tale.sandbox.submit("ann", {**FORM, "title": f"Issue {number}"})
        await both.advance(minutes=50)

        for number in range(1, 7):
            happened = await kinds(tale, number)
            assert happened[EventKind.LEVEL_STARTED] == 2, "level 1, level 2"
            assert happened[EventKind.REPEATED] == 1, "then level 1 once more"
            assert happened[EventKind.REMINDED] == 3
        told = [message.text for message in tale.sandbox.dm("omar")]
        named = [sum(f"Issue {number}" in text for text in told) for number in range(1, 7)]
        assert named == [1] * 6, "each issue once, alone or with others in one message"
        outbox = Counter(
            _row(call.args) for call in tale.sandbox.journal if call.method == "chat.postMessage"
        )
        assert outbox.most_common(1)[0][1] == 1, "no row was sent twice"


async def test_clicks_at_both_replicas_at_once_have_one_winner(database_url: str) -> None:
    async with story(database_url) as tale:
        other = await tale.replica(await open_on(tale.stack, database_url))
        both = Replicas(tale, other)
        await socket_on(tale.stack, tale.sandbox, other)
        await tale.raises("ann")
        await both.advance(minutes=16)
        mayas, omars = tale.newest_with("maya", ids.ACK), tale.newest_with("omar", ids.ACK)
        await asyncio.gather(
            tale.sandbox.click("maya", mayas, ids.ACK), tale.sandbox.click("omar", omars, ids.ACK)
        )
        await both.settle()
        issue = await tale.issue()
        assert (await kinds(tale))[EventKind.ACKNOWLEDGED] == 1
        loser = "omar" if issue.owner == tale.id("maya") else "maya"
        assert f"<@{issue.owner}> took ISS-1" in tale.sandbox.ephemerals(loser)[-1].plain
        await both.advance(minutes=600)
        assert not any("UNANSWERED" in text for text in tale.dm("dina"))


def _row(args: dict[str, Any]) -> str:
    """The number of the outbox row a message carries."""
    return str(args["metadata"]["event_payload"]["outbox_id"])

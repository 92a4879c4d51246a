"""The process is killed at the worst moments and started again: nothing is lost, and nothing comes twice that need not.

Promised is: stored once, delivered at least once. Here Slack's history can be read, so every message comes once.
"""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.slack import ids
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from tests.reliability.process import running
from tests.stories.ladders import ladder
from tests.story import FORM

SOON = ladder(["@maya"], ["@omar"], within="3s")
LATER = ladder(["@maya"], ["@omar"], within="5m")


class Seen:
    """Counts the calls that a fault befalls."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, _args: Mapping[str, Any]) -> bool:
        self.calls += 1
        return True


async def raises(sandbox: Sandbox, title: str = FORM["title"]) -> None:
    """Ann raises an issue, and it is stored when this returns."""
    assert (await sandbox.slash("ann", "#issues", "/issue", "raise")).ok
    answer = await sandbox.submit("ann", {**FORM, "title": title})
    assert answer.ok, answer.error


def pings(sandbox: Sandbox, who: str) -> int:
    """How often somebody was asked."""
    return sum("needs your answer" in one.plain for one in sandbox.dm(who))


def named(sandbox: Sandbox, who: str, title: str) -> int:
    """In how many messages somebody read of an issue: many are asked for in one."""
    return sum(title in one.text for one in sandbox.dm(who))


def cards(sandbox: Sandbox) -> int:
    """How many cards there are."""
    return sum(bool(one.blocks) for one in sandbox.messages("#issues"))


@pytest.mark.parametrize(
    "weather", [Fault.timeout(), Fault.timeout_after_store()], ids=["not accepted", "accepted"]
)
async def test_killed_while_slack_is_slow_it_sends_each_message_once(tmp_path: Path, weather: Fault) -> None:
    async with running(tmp_path, LATER) as bot:
        seen = Seen()
        bot.sandbox.faults.add("chat.postMessage", weather, times=None, when=seen)
        await raises(bot.sandbox)
        await bot.until(lambda: seen.calls >= 3)
        await bot.kill()
        bot.sandbox.faults.clear()
        await bot.start()
        await bot.until(lambda: pings(bot.sandbox, "maya") and cards(bot.sandbox))
        await bot.sandbox.click("maya", bot.sandbox.dm("maya")[-1], ids.ACK)
        await bot.until(lambda: "has it" in bot.sandbox.messages("#issues")[-1].plain)
        assert (pings(bot.sandbox, "maya"), cards(bot.sandbox)) == (0, 1), (
            "the one ping there is says who has it"
        )
        assert len(bot.sandbox.dm("maya")) == 1
        assert await bot.stop() == 0


async def test_killed_at_once_and_again_it_still_climbs_on_time(tmp_path: Path) -> None:
    """Right after the answer to the form, and again while the level's time runs."""
    async with running(tmp_path, SOON) as bot:
        await raises(bot.sandbox)
        await bot.kill()
        await bot.start()
        await bot.until(lambda: pings(bot.sandbox, "maya") and cards(bot.sandbox))
        await bot.kill()
        assert pings(bot.sandbox, "omar") == 0
        await bot.start()
        await bot.until(lambda: pings(bot.sandbox, "omar"))
        assert (len(bot.sandbox.dm("maya")), len(bot.sandbox.dm("omar")), cards(bot.sandbox)) == (1, 1, 1)


async def test_told_to_stop_under_load_it_ends_in_order_and_loses_nothing(tmp_path: Path) -> None:
    async with running(tmp_path, LATER) as bot:
        bot.sandbox.faults.add("chat.postMessage", Fault.slow(0.2), times=None)
        for number in range(8):
            await raises(bot.sandbox, f"Issue {number}")
        began = asyncio.get_running_loop().time()
        assert await bot.stop() == 0
        assert asyncio.get_running_loop().time() - began < 25, "Kubernetes and systemd allow 30 s"
        bot.sandbox.faults.clear()
        await bot.start()
        titles = [f"Issue {number}" for number in range(8)]
        await bot.until(lambda: all(named(bot.sandbox, "maya", title) for title in titles))
        await bot.until(lambda: cards(bot.sandbox) == 8)
        assert [named(bot.sandbox, "maya", title) for title in titles] == [1] * 8
        assert not any("Traceback" in line for line in bot.log), "".join(bot.log)

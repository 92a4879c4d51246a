"""The whole program: somebody asks for a calendar in Slack and subscribes to it over HTTP."""

import re
from pathlib import Path

import aiohttp

from bot.app import Program
from bot.config import Settings
from bot.demo import free_port, sandbox_config, settings_for
from bot.sandbox.server import Sandbox
from tests.stories.duty import ROTA


def served(sandbox: Sandbox, folder: Path) -> Settings:
    """The settings of a program that can be reached over HTTP, as the demo has them."""
    matrix = folder / "rota.yaml"
    matrix.write_text(ROTA, encoding="utf-8")
    return settings_for(sandbox, folder / "rung.db", matrix, free_port())


async def test_a_calendar_is_asked_for_and_subscribed_to(tmp_path: Path) -> None:
    async with Sandbox(sandbox_config()) as sandbox, Program(served(sandbox, tmp_path)):
        await sandbox.connected()
        answer = await sandbox.slash("maya", "#issues", "/oncall", "feed")
        (address,) = re.findall(r"http://\S+/oncall/[0-9a-f]{32}\.ics", answer.text)
        async with aiohttp.ClientSession() as session, session.get(address) as read:
            text = await read.text()
            assert (read.status, read.content_type) == (200, "text/calendar")
    assert "X-WR-CALNAME:On call: Maya" in text
    assert text.count("SUMMARY:On call: care") >= 6, "every second week of three months"

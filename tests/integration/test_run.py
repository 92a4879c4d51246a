"""`rung run` as a process of its own against the sandbox: how it starts, refuses to, and ends."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.db.sqlite import caution
from bot.demo import sandbox_config
from bot.sandbox.server import Sandbox
from tests.integration.machine import PATIENCE, Machine, ended, working


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    """The demo's workspace."""
    async with Sandbox(sandbox_config()) as sandbox:
        yield sandbox


@pytest.fixture
def machine(slack: Sandbox, tmp_path: Path) -> Machine:
    """Everything is right with it."""
    return working(slack, tmp_path)


async def test_it_starts_says_so_answers_health_and_ends_when_told(machine: Machine, slack: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    process = await machine.start("run", HTTP_PORT=port)
    async with asyncio.timeout(PATIENCE):
        await slack.connected()
    health = await machine.rung("health", HTTP_PORT=port)
    process.send_signal(signal.SIGTERM)
    end = await ended(process)
    assert health.code == 0, health
    assert '"slack":"connected"' in health.out
    assert end.code == 0, end.err
    assert "is up in Northwind" in end.err
    assert ("can spoil a file" in end.err) is bool(caution())
    assert end.out == "", "logs go to standard error"
    assert "xoxb" not in end.err


async def test_refused_it_ends_with_a_sentence_and_a_code(machine: Machine) -> None:
    """One for all: test_refused_starts.py has the others."""
    end = await machine.rung("run", SLACK_BOT_TOKEN="xoxb-wrong")
    assert end.code == 2, end.err
    assert "It is on your app's page under OAuth & Permissions." in end.err
    assert "Traceback" not in end.err
    assert end.out == ""

"""Memory: `rung run` at rest against a local Slack, beside a process that only has Bolt's Socket Mode client."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial

from bot.demo import APP_TOKEN, BOT_TOKEN, example_matrix, sandbox_config
from bot.sandbox.server import Sandbox
from tests.benchmarks.bench import Bench
from tests.benchmarks.databases import KINDS, lay_tables
from tests.benchmarks.measure import Sample, in_turns
from tests.benchmarks.table import Row, at_most

BARE = """
import sys
import slack_bolt.async_app, slack_bolt.adapter.socket_mode.aiohttp, uvloop
app = slack_bolt.async_app.AsyncApp(token="xoxb-bench", signing_secret="secret")
print("ready", flush=True)
sys.stdin.read()
"""
ONCE = 1
"""Rounds: what a process takes at rest hardly varies."""


async def memory(bench: Bench) -> list[Row]:
    """Resident memory in MB."""
    starts = {(kind, first): partial(_rung, bench, kind, first) for kind in KINDS for first in (False, True)}
    named = {f"{kind} {first}": start for (kind, first), start in starts.items()}
    found = await in_turns(ONCE, {"bare": _bare, **named})
    return [
        Row(
            f"memory at rest, {kind}{', first start' if first else ''} (floor: Bolt alone)",
            found.of("bare", "MB"),
            found.of(f"{kind} {first}", "MB"),
            "MB",
            None if first else at_most(100, "MB"),
        )
        for kind, first in starts
    ]


async def _bare() -> Sample:
    async with _running("-c", BARE) as process:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
        return {"MB": await _resident(process.pid)}


async def _rung(bench: Bench, kind: str, first: bool) -> Sample:
    """At its `first` start it lays the tables, and has the tool for that in memory until it ends."""
    address = await bench.databases.without_tables(kind)
    if not first:
        await lay_tables(address)
    sandbox = Sandbox(sandbox_config())
    await sandbox.start()
    try:
        settings = {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": sandbox.api_url,
            "DATABASE_URL": address,
            "RUNG_MATRIX": str(example_matrix()),
            "HTTP_PORT": "0",
            "LOG_LEVEL": "WARNING",
        }
        async with _running("-m", "bot", "run", **settings) as process:
            await sandbox.connected()
            return {"MB": await _resident(process.pid)}
    finally:
        await sandbox.stop()


@asynccontextmanager
async def _running(*arguments: str, **settings: str) -> AsyncIterator[Process]:
    environment: Mapping[str, str] = {**os.environ, **settings}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=environment, stdin=PIPE, stdout=PIPE
    )
    try:
        yield process
    finally:
        process.terminate()
        await process.communicate()


async def _resident(pid: int) -> float:
    """As `ps` sees it, in MB."""
    asked = await asyncio.create_subprocess_exec("ps", "-o", "rss=", "-p", str(pid), stdout=PIPE)
    answer, _ = await asked.communicate()
    return int(answer) / 1024

"""A sandbox per test, and the adapter connected to it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from bot.adapters.slack.client import http_session
from bot.sandbox.config import SandboxConfig
from bot.sandbox.server import Sandbox
from tests.fakes.clock import FakeClock
from tests.integration.slack.rig import Rig, build, config, hurried

Start = Callable[..., Awaitable[Rig]]


@pytest.fixture
async def start(clock: FakeClock) -> AsyncIterator[Start]:
    """Starts a rig: `await start()`, `await start(config(without="im:write"))`, `await start(seconds=0.2)`."""
    async with AsyncExitStack() as stack:

        async def started(settings: SandboxConfig | None = None, seconds: float | None = None) -> Rig:
            sandbox = Sandbox(settings or config(), clock=lambda: clock.now().timestamp())
            await stack.enter_async_context(sandbox)
            session = await stack.enter_async_context(http_session())
            rig = await build(sandbox, clock, session, patience=seconds or 3)
            if seconds is not None:
                short = await stack.enter_async_context(http_session(timedelta(seconds=seconds)))
                hurried(rig, short)
            return rig

        yield started


@pytest.fixture
async def rig(start: Start) -> Rig:
    """The usual workspace."""
    return await start()

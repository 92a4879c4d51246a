"""The real program as a process of its own, against a sandbox in the test's process: to be killed and started again."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.demo import APP_TOKEN, BOT_TOKEN, sandbox_config
from bot.sandbox.model import Change
from bot.sandbox.server import Sandbox

PATIENCE = 40.0
"""Seconds after which something that should have happened has not."""
GLANCE = 0.05


@dataclass
class Bot:
    """Starts, kills and starts again."""

    sandbox: Sandbox
    folder: Path
    matrix: str
    log: list[str] = field(default_factory=list)
    _process: Process | None = None
    _reading: asyncio.Task[None] | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Listen to what happens in the sandbox, behind its page."""
        page = self.sandbox.workspace.on_change

        def heard(change: Change) -> None:
            page(change)
            self._changed.set()

        self.sandbox.workspace.on_change = heard

    async def start(self) -> None:
        """Until it is connected to the sandbox."""
        (self.folder / "matrix.yaml").write_text(self.matrix)
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=self._settings(), stderr=PIPE
        )
        self._reading = asyncio.create_task(self._read(self._process))
        async with asyncio.timeout(PATIENCE):
            await self.sandbox.connected()

    async def kill(self) -> None:
        """SIGKILL: no last words."""
        await self._end(signal.SIGKILL)
        await self.until(lambda: not self.sandbox.sockets.connections)

    async def stop(self) -> int:
        """SIGTERM; the exit code."""
        return await self._end(signal.SIGTERM)

    async def until(self, what: Callable[[], object]) -> None:
        """Wait for something to become true in the sandbox."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not what():
                    await self._next_change()
        except TimeoutError:
            raise AssertionError("it did not happen; the log:\n" + "".join(self.log)) from None

    async def _next_change(self) -> None:
        """Something that people see, or a moment: a call that fails changes nothing."""
        self._changed.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(GLANCE):
                await self._changed.wait()

    async def leave(self) -> None:
        """End whatever still runs."""
        if self._process is not None and self._process.returncode is None:
            await self._end(signal.SIGKILL)

    async def _end(self, how: signal.Signals) -> int:
        assert self._process is not None
        assert self._reading is not None
        self._process.send_signal(how)
        async with asyncio.timeout(PATIENCE * 2):
            code = await self._process.wait()
        await self._reading
        return code

    async def _read(self, process: Process) -> None:
        assert process.stderr is not None
        async for line in process.stderr:
            self.log.append(line.decode())

    def _settings(self) -> dict[str, str]:
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "VIRTUAL_ENV") if name in os.environ}
        return inherited | {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": self.sandbox.api_url,
            "DATABASE_URL": f"sqlite:///{self.folder / 'rung.db'}",
            "RUNG_MATRIX": str(self.folder / "matrix.yaml"),
            "HTTP_PORT": "0",
            "LOG_FORMAT": "text",
        }


@asynccontextmanager
async def running(folder: Path, matrix: str) -> AsyncIterator[Bot]:
    """A sandbox, and the program connected to it."""
    async with Sandbox(sandbox_config()) as sandbox:
        bot = Bot(sandbox, folder, matrix)
        try:
            await bot.start()
            yield bot
        finally:
            await bot.leave()

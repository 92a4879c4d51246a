"""The real program as a process of its own, against a sandbox in the test's process: to be killed and started again."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.demo import APP_TOKEN, BOT_TOKEN, sandbox_config
from bot.sandbox.model import Change
from bot.sandbox.server import Sandbox
from tests.reliability import program

PATIENCE = 40.0
"""Seconds after which something that should have happened has not."""
GLANCE = 0.05


@dataclass
class Bot:
    """Starts, kills and starts again."""

    sandbox: Sandbox
    folder: Path
    matrix: str
    _process: ForkServerProcess | None = None
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
        self._process = await asyncio.to_thread(program.started, self._settings(), self._log_file)
        async with asyncio.timeout(PATIENCE):
            await self.sandbox.connected()

    async def kill(self) -> None:
        """SIGKILL: no last words."""
        assert self._process is not None
        self._process.kill()
        await self._end()
        await self.until(lambda: not self.sandbox.sockets.connections)

    async def stop(self) -> int:
        """SIGTERM; the exit code."""
        assert self._process is not None
        self._process.terminate()
        return await self._end()

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
        if self._process is not None:
            self._process.kill()
            await self._end()

    @property
    def log(self) -> list[str]:
        """What all the processes said, in lines."""
        return self._log_file.read_text().splitlines(keepends=True) if self._log_file.exists() else []

    @property
    def _log_file(self) -> Path:
        return self.folder / "rung.log"

    async def _end(self) -> int:
        """Wait for it; the exit code."""
        process, self._process = self._process, None
        assert process is not None
        await asyncio.to_thread(process.join, PATIENCE * 2)
        code = process.exitcode
        assert code is not None, "it does not end"
        process.close()
        return code

    def _settings(self) -> dict[str, str]:
        return {
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

"""Supervised loops: each pass does a bounded piece of work; between passes a loop waits for the bell, or one second.

The second is the real guarantee: with APScheduler dead, the wall clock jumped or a nudge lost, nothing is later than
that. A pass that raises is logged and tried again; the loop itself never ends before `stop`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

FALLBACK = 1.0
PASS_TIMEOUT = 60.0
_REST_AFTER_ERROR = 1.0

_log = logging.getLogger(__name__)

Pass = Callable[[], Awaitable[bool]]
"""One bounded piece of work. True = there is more, come back at once."""


@dataclass(slots=True)
class Loop:
    """One loop. `passed` is the monotonic time of the last pass that ended well."""

    name: str
    work: Pass
    monotonic: Callable[[], float]
    passed: float = 0.0
    _bell: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False

    def ring(self) -> None:
        """There may be work."""
        self._bell.set()

    def stop(self) -> None:
        """End after the present pass."""
        self._stopping = True
        self._bell.set()

    async def run(self) -> None:
        """Until `stop`."""
        self.passed = self.monotonic()
        while not self._stopping:
            self._bell.clear()
            if not await self._pass() and not self._stopping:
                await self._wait(FALLBACK)

    async def _pass(self) -> bool:
        try:
            async with asyncio.timeout(PASS_TIMEOUT):
                more = await self.work()
        except Exception:  # a loop must outlive any failure of a pass: the next pass may succeed
            _log.exception("pass of %s failed", self.name, extra={"action": "loop"})
            await self._wait(_REST_AFTER_ERROR)
            return False
        self.passed = self.monotonic()
        return more

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._bell.wait()
        except TimeoutError:
            return


class Loops:
    """All loops of a process. The port Bell."""

    def __init__(self, loops: tuple[Loop, ...]) -> None:
        self.loops = loops
        self._tasks: list[asyncio.Task[None]] = []

    def ring(self) -> None:
        """Wake every loop."""
        for loop in self.loops:
            loop.ring()

    def start(self) -> None:
        """Start every loop as a task of its own."""
        self._tasks = [asyncio.create_task(loop.run(), name=f"loop {loop.name}") for loop in self.loops]

    async def stop(self, patience: float) -> None:
        """Let the present passes finish; what takes longer than `patience` seconds is cancelled."""
        for loop in self.loops:
            loop.stop()
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=patience)
        for task in late:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def passes(self, now: float) -> dict[str, float]:
        """Seconds since each loop ended a pass well, by its name."""
        return {loop.name: now - loop.passed for loop in self.loops}

    def oldest_pass(self, now: float) -> float:
        """The same of the loop that is furthest behind."""
        return max(self.passes(now).values(), default=0.0)

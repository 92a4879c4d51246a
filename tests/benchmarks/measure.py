"""How something is measured: rounds that take turns, medians, callers at once, the event loop standing still."""

import asyncio
import statistics
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from bot.adapters.system import monotonic

Sample = Mapping[str, float]
"""Figures of one round by name, such as ``{"per second": 1200.0, "p50": 0.8}``."""
Round = Callable[[], Awaitable[Sample]]
WATCH_EVERY = 0.005
"""Seconds between two looks at the event loop."""


class Medians:
    """The median of each figure of each variant."""

    def __init__(self, samples: Mapping[str, list[Sample]]) -> None:
        self._samples = samples

    def of(self, variant: str, figure: str) -> float:
        """In the unit in which it was measured."""
        return statistics.median(sample[figure] for sample in self._samples[variant])


async def in_turns(rounds: int, variants: Mapping[str, Round]) -> Medians:
    """Each variant once per round, so that a busy minute of the machine is shared; every other round backwards."""
    samples: dict[str, list[Sample]] = defaultdict(list)
    for number in range(rounds):
        for name in list(variants)[:: -1 if number % 2 else 1]:
            samples[name].append(await variants[name]())
    return Medians(samples)


async def at_once(callers: int, calls: int, call: Callable[[int], Awaitable[object]]) -> Sample:
    """So many calls in all; each caller calls again as soon as it has its answer. `call` is given 0, 1, 2 ...

    Returns ``per second``; ``cpu`` (of this process), ``p50`` and ``p99`` of one call, in milliseconds.
    """
    numbers, took = iter(range(calls)), list[float]()

    async def caller() -> None:
        for number in numbers:
            start = monotonic()
            await call(number)
            took.append(monotonic() - start)

    async def everybody() -> None:
        await asyncio.gather(*(caller() for _ in range(callers)))

    return await timed(calls, everybody) | percentiles(took)


async def timed(things: int, work: Callable[[], Awaitable[object]]) -> dict[str, float]:
    """``per second``; ``cpu`` milliseconds for each of so many things; ``seconds`` in all."""
    cpu, start = time.process_time(), monotonic()
    await work()
    seconds, used = monotonic() - start, time.process_time() - cpu
    return {"per second": things / seconds, "cpu": used / things * 1000, "seconds": seconds}


def percentiles(seconds: list[float]) -> dict[str, float]:
    """``p50`` and ``p99`` in milliseconds."""
    ordered = sorted(seconds)
    return {name: ordered[int(len(ordered) * share)] * 1000 for name, share in (("p50", 0.5), ("p99", 0.99))}


@dataclass(slots=True)
class Block:
    """The longest time for which nothing else could run, in milliseconds."""

    longest: float = 0.0


@contextmanager
def watching_the_loop() -> Iterator[Block]:
    """Look at the running event loop every few milliseconds; who looks late was kept waiting."""
    loop, block = asyncio.get_running_loop(), Block()
    expected = monotonic() + WATCH_EVERY
    handle = loop.call_later(WATCH_EVERY, lambda: look())

    def look() -> None:
        nonlocal expected, handle
        now = monotonic()
        block.longest = max(block.longest, (now - expected) * 1000)
        expected = now + WATCH_EVERY
        handle = loop.call_later(WATCH_EVERY, look)

    try:
        yield block
    finally:
        handle.cancel()

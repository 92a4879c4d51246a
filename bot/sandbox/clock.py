"""The one place of the sandbox that asks the machine what time it is."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], float]
"""Seconds since the epoch, UTC."""


def machine_clock() -> float:
    """The wall clock, for a sandbox that was given no clock of its own."""
    return time.time()  # noqa: TID251 - the sandbox imports nothing of the bot, so it has its own seam


def stopwatch() -> float:
    """Monotonic seconds: acknowledgements are measured in real time, whatever the clock of the sandbox says."""
    return time.monotonic()

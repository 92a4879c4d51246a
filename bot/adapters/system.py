"""The machine's own time, chance and memory. Nothing else asks for them."""

import gc
import random
import secrets
import time
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The port Clock: this machine's time."""

    def now(self) -> datetime:
        """The present instant, UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place


class SteadyClock:
    """The port Clock for several replicas: the database's time, carried on by this machine's monotonic clock.

    `set` is called with the database's time once per batch, so that all replicas agree on what is due however wrong
    their own clocks are.
    """

    def __init__(self) -> None:
        self._base = datetime.now(UTC)  # noqa: TID251 - until the database was asked
        self._mark = time.monotonic()

    def set(self, database_now: datetime) -> None:
        """Take over the database's time."""
        self._base, self._mark = database_now, time.monotonic()

    def now(self) -> datetime:
        """The present instant, UTC."""
        return self._base + timedelta(seconds=time.monotonic() - self._mark)


class SystemChance:
    """The port Chance."""

    def fraction(self) -> float:
        """A number in [0, 1). Spreads retries; nothing secret depends on it."""
        return random.random()  # noqa: S311


def nonce() -> str:
    """A text nobody has used before."""
    return secrets.token_hex(8)


def monotonic() -> float:
    """Seconds that never jump, for measuring how long something takes."""
    return time.monotonic()


def keep_for_good() -> None:
    """Whatever is loaded by now stays until the end, so nobody need look whether it may go.

    The program is a hundred thousand objects; to look through them takes a tenth of a second and more, and everything
    else stands still meanwhile.
    """
    gc.collect()
    gc.freeze()

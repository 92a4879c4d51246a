"""A clock that stands still until a test moves it."""

from datetime import datetime, timedelta

from tests.builders import NOON


class FakeClock:
    """Monday noon until told otherwise."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        """The instant the test has reached."""
        return self._now

    def advance(self, span: timedelta = timedelta(0), *, minutes: float = 0, seconds: float = 0) -> datetime:
        """Move on (or back, to test a clock that was set) and return the new present."""
        self._now += span + timedelta(minutes=minutes, seconds=seconds)
        return self._now

    def set(self, now: datetime) -> None:
        """Jump there."""
        self._now = now

"""Chance that a test decides."""

from collections import deque


class FakeChance:
    """Always the same fraction, or the given ones first."""

    def __init__(self, *first: float, then: float = 0.5) -> None:
        self._first = deque(first)
        self._then = then

    def fraction(self) -> float:
        """The next number in [0, 1)."""
        return self._first.popleft() if self._first else self._then

"""A bell that counts."""


class FakeBell:
    """Port Bell."""

    def __init__(self) -> None:
        self.rings = 0

    def ring(self) -> None:
        """Once more."""
        self.rings += 1

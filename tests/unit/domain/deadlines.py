"""Deadlines held against each other."""

from datetime import datetime


def no_later(after: datetime | None, before: datetime | None) -> bool:
    """Whether there is a deadline after a change as before, and it has not moved away."""
    return after is not None and before is not None and after <= before

"""The life of an outbox row: legal moves, and how long to wait before the next attempt.

pending -> claimed -> sent | pending (later) | unknown | cancelled | dead; unknown -> claimed (look first, then resend).
claimed -> bundled: it goes out as a part of another row, its bundle; what becomes of that one becomes of it.
A claim carries a number; who records an outcome with an older number is too late and changes nothing.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LEASE = timedelta(seconds=60)
"""How long a claim holds: more than three times one send with its look-up (10 s each)."""
BACKOFF_CAP = timedelta(minutes=15)
CONTENT_ATTEMPTS = 3
"""After so many failures to draw a message it is dead: visible, and out of its neighbours' way."""


class RowState(StrEnum):
    """Where an outbox row is."""

    PENDING = "pending"
    CLAIMED = "claimed"
    UNKNOWN = "unknown"
    BUNDLED = "bundled"
    SENT = "sent"
    CANCELLED = "cancelled"
    DEAD = "dead"


ALIVE = frozenset({RowState.PENDING, RowState.CLAIMED, RowState.UNKNOWN, RowState.BUNDLED})


class Reason(StrEnum):
    """Why a channel refused a message for good."""

    ROUTE = "route"  # the place or person cannot be reached
    CONTENT = "content"  # this picture is not accepted
    TEAM = "team"  # the token is no longer good: nothing can be sent
    KIND = "kind"  # this kind of call is not allowed (missing scope, missing method)
    GONE = "gone"  # the message to edit is not there any more


@dataclass(frozen=True, slots=True)
class Sent:
    """Accepted. `place` and `stamp` name the message (Slack: channel id and ts)."""

    place: str
    stamp: str


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Certainly not accepted. `after` is the other side's own wish, if it named one."""

    why: str
    after: timedelta | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Rejected:
    """Refused; asking again would not help."""

    reason: Reason
    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Perhaps accepted: look before sending again."""

    why: str


Outcome = Sent | RetryLater | Rejected | Unknown


def backoff(attempt: int, jitter: float) -> timedelta:
    """Full jitter under 2 s x 2^attempt, capped at 15 minutes. `attempt` counts from 1, `jitter` is in [0, 1)."""
    ceiling = min(BACKOFF_CAP.total_seconds(), 2.0 * 2.0 ** min(attempt, 12))
    return timedelta(seconds=max(0.5, ceiling * jitter))

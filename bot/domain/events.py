"""What happened to an issue: rows of its timeline, which is also the audit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """Everything that can stand in a timeline."""

    RAISED = "raised"
    LEVEL_STARTED = "level_started"
    ASKED = "asked"
    UNREACHABLE = "unreachable"
    SKIPPED = "skipped"
    LEVEL_ENDED = "level_ended"
    REPEATED = "repeated"
    CATCH_ALL = "catch_all"
    REMINDED = "reminded"
    NAGGED = "nagged"
    DECLINED = "declined"
    ACKNOWLEDGED = "acknowledged"
    ESCALATED = "escalated"
    UPDATED = "updated"
    RESOLVED = "resolved"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    CLOSED = "closed"
    REROUTED = "rerouted"
    HELD = "held"  # nobody is on duty: the level waits
    HOLD_ENDED = "hold_ended"
    SHIFT_CHANGED = "shift_changed"  # somebody else is on duty now and is asked too
    INFORMED = "informed"
    WARNED = "warned"  # 80 % of a target is used
    BREACHED = "breached"
    ROUTE_CHANGED = "route_changed"  # another path, or the same one in another version
    WAITING = "waiting"  # the clocks stand still for a reason
    WAIT_REMINDED = "wait_reminded"
    ANSWERED = "answered"  # the requester wrote back
    WENT_ON = "went_on"
    CHANGED = "changed"  # somebody changed its type, service, client or priority


class Cause(StrEnum):
    """Why a level ended or an escalation began."""

    TIMER = "timer"
    ALL_DECLINED = "all_declined"
    UNREACHABLE = "unreachable"
    NOBODY = "nobody"
    BY_HAND = "by_hand"
    DISPUTE = "dispute"
    BREACH = "breach"
    REROUTED = "rerouted"


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the timeline. `actor` is a user id, or None for Rung itself; `data` holds only strings and numbers."""

    kind: EventKind
    at: datetime
    actor: str | None = None
    data: Mapping[str, str | int] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """A value of `data` as text; empty when it is not there."""
        return str(self.data.get(key, ""))

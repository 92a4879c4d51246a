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
    GAVE_BACK = "gave_back"  # the owner no longer has it
    ASSIGNED = "assigned"  # somebody named who is asked to take it
    NOT_TAKEN = "not_taken"  # nobody of those named took it over
    OWNER_GONE = "owner_gone"
    SNOOZED = "snoozed"
    SNOOZE_ENDED = "snooze_ended"
    STILL_ASKED = "still_asked"  # "Still on it?"
    KEPT = "kept"  # the owner says yes: still on it, or to the top priority
    TOP_ASKED = "top_asked"  # the owner is asked whether they keep it at the top priority
    NOTED = "noted"  # an internal note
    EDITED = "edited"
    WATCHED = "watched"
    UNWATCHED = "unwatched"
    LINKED = "linked"
    MERGED = "merged"  # into another one
    ABSORBED = "absorbed"  # another one was merged into this one
    JOINED = "joined"  # a further requester
    HIDDEN = "hidden"  # made private
    SHOWN = "shown"  # made public
    SENT_BACK = "sent_back"
    APPEALED = "appealed"
    JUDGED = "judged"
    JUDGE_REMINDED = "judge_reminded"  # the appeal still waits
    WITHDRAWN = "withdrawn"
    BYPASS_ASKED = "bypass_asked"  # the escalation manager is asked
    BYPASSED = "bypassed"  # a level was jumped over
    BYPASS_REFUSED = "bypass_refused"
    WENT_STRAIGHT = "went_straight"  # somebody went to a senior directly; counted as an outside bypass
    UPDATE_DUE = "update_due"  # the owner is nudged
    UPDATE_LATE = "update_late"  # the manager is told
    OWED = "owed"  # the raiser is given a text for a requester without Slack
    TOLD = "told"  # the raiser told the requester
    RATED = "rated"
    COMMENTED = "commented"  # what would have helped
    FOLLOWED_UP = "followed_up"
    FOLLOW_UP_ANSWERED = "follow_up_answered"
    THANKED = "thanked"  # kudos
    REPOSTED = "reposted"  # the card was deleted and is posted anew
    CALLED_OFF = "called_off"  # an operator gave up a message that could not be sent
    OUT_OF_REACH = "out_of_reach"  # who should read how it stands, or bring it to somebody, has left


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
    GAVE_BACK = "gave_back"
    OWNER_GONE = "owner_gone"
    STILL = "still"  # the owner did not say that they are still on it
    HAND_OVER = "hand_over"
    BYPASS = "bypass"
    APPEAL = "appeal"


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

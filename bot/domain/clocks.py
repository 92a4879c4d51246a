"""What an issue knows of its two clocks: when they stood still, what was counted, what may not get any later."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class ClockKind(StrEnum):
    """What is measured. Both start at the raise."""

    RESPOND = "respond"  # ends at the first acknowledgement and never starts again
    RESOLVE = "resolve"  # ends when it is resolved; goes on when it is opened again


class PauseReason(StrEnum):
    """Reasons that Rung gives by itself; others are those the matrix names."""

    RESOLVED = "resolved"
    MERGED = "merged"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    REQUESTER = "requester"


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that does not count, from `start` to `end` (UTC; None = it lasts). `by` is a user id, None for Rung."""

    start: datetime
    end: datetime | None
    reason: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A deadline `at` that later changes may not extend; pauses after `since` still move it."""

    at: datetime
    since: datetime


@dataclass(frozen=True, slots=True)
class Marks:
    """What became of one clock so far.

    `breached_at` is when it was late first, `last_breach` the due instant of the last of its `breaches` counted.
    `limit` and `final` come from a change of the target: `limit` holds a running clock, `final` one that had ended.
    """

    warned: bool = False
    breaches: int = 0
    breached_at: datetime | None = None
    last_breach: datetime | None = None
    limit: Limit | None = None
    final: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clocks:
    """Both clocks of an issue. `pauses` are in order and never overlap; only the last can still last."""

    pauses: tuple[Pause, ...] = ()
    respond: Marks = Marks()
    resolve: Marks = Marks()

    @property
    def pause(self) -> Pause | None:
        """The pause that lasts now."""
        last = self.pauses[-1] if self.pauses else None
        return last if last is not None and last.end is None else None

    @property
    def late_since(self) -> datetime | None:
        """The first instant at which the issue was later than promised."""
        instants = (self.respond.breached_at, self.resolve.breached_at)
        return min((at for at in instants if at is not None), default=None)

    def of(self, kind: ClockKind) -> Marks:
        """The marks of one clock."""
        return self.respond if kind is ClockKind.RESPOND else self.resolve

    def marked(self, kind: ClockKind, marks: Marks) -> "Clocks":
        """With other marks on one clock."""
        return replace(self, respond=marks) if kind is ClockKind.RESPOND else replace(self, resolve=marks)

    def stopped(self, now: datetime, reason: str, by: str | None) -> "Clocks":
        """Standing still from now on; a pause that lasts ends, and this one begins."""
        return replace(self, pauses=(*self.resumed(now).pauses, Pause(now, None, reason, by)))

    def resumed(self, now: datetime) -> "Clocks":
        """Going on from now; nothing changes when they go already."""
        pause = self.pause
        if pause is None:
            return self
        return replace(self, pauses=(*self.pauses[:-1], replace(pause, end=now)))

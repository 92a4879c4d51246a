"""A small world to look people up in: who has left, who is on duty, and until when."""

from datetime import datetime

from bot.domain.contacts import Contact, ContactKind
from bot.domain.issue import Issue
from bot.domain.timers import Timer
from bot.usecases.rows import DueTimer, Resolved
from bot.usecases.timer_effects import EFFECTS, Effect, contacts_needed
from tests.builders import T1, channel, minutes, user

SHIFT = minutes(50)


class SmallWorld:
    """People and channels stand for themselves; every schedule has the same person on duty, or nobody."""

    def __init__(self) -> None:
        self.gone: set[str] = set()
        self.on_duty = "U_1"
        self.next_shift_known = True

    def fire(self, issue: Issue, timer: Timer, now: datetime) -> Effect:
        """What this timer does, with everybody looked up now."""
        looked = {(T1, one): self._resolved(one, now) for one in contacts_needed(issue, timer.kind)}
        due = DueTimer(issue.ref, timer.kind, timer.epoch, timer.n, timer.due_at)
        return EFFECTS[timer.kind](issue, due, looked, now)

    def _resolved(self, one: Contact, now: datetime) -> Resolved:
        if one.kind is ContactKind.ONCALL:
            return self._shift(one, now)
        target = channel(str(one)) if one.kind is ContactKind.CHANNEL else user(one.value)
        if target.id in self.gone:
            return Resolved(one, (), "left")
        return Resolved(one, (target,))

    def _shift(self, one: Contact, now: datetime) -> Resolved:
        if self.on_duty:
            return Resolved(one, (user(self.on_duty),), until=now + SHIFT)
        return Resolved(one, (), "nobody", again_at=now + SHIFT if self.next_shift_known else None)

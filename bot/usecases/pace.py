"""How fast one place may be written to: a token bucket per place, on the clock that is passed in."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(slots=True)
class Pace:
    """Slack takes about one message a second per channel and tolerates short bursts (reference: its rate-limit page).

    `every` = time per message, `burst` = how many may go at once. A zero `every` means no limit. One per process.
    """

    every: timedelta = timedelta(seconds=1)
    burst: int = 4
    _ready: dict[str, datetime] = field(default_factory=dict)

    def wait_for(self, place: str, now: datetime) -> timedelta:
        """Zero: send now, the token is taken. Else how long to wait; nothing is taken."""
        if not self.every:
            return timedelta(0)
        ready = max(self._ready.get(place, now), now)
        ahead = ready - now
        allowance = self.every * (self.burst - 1)
        if ahead > allowance:
            return ahead - allowance
        self._ready[place] = ready + self.every
        return timedelta(0)

    @property
    def remembered(self) -> int:
        """How many places are kept in mind."""
        return len(self._ready)

    def forget_before(self, now: datetime) -> None:
        """Drop buckets that are full again."""
        self._ready = {place: ready for place, ready in self._ready.items() if ready > now}

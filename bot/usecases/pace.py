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
    _line: dict[tuple[str, int], datetime] = field(default_factory=dict)

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

    def put_off(self, place: str, rank: int, ready: datetime) -> datetime:
        """When a message that has to wait comes back: one after another, so that a crowd does not come back at once.

        Each rank waits in a line of its own: pings do not stand behind cards."""
        turn = max(ready, self._line.get((place, rank), ready))
        self._line[place, rank] = turn + self.every
        return turn

    @property
    def remembered(self) -> int:
        """How many places and lines are kept in mind."""
        return len(self._ready) + len(self._line)

    def forget_before(self, now: datetime) -> None:
        """Drop buckets that are full again, and lines that are over."""
        self._ready = {place: ready for place, ready in self._ready.items() if ready > now}
        self._line = {line: turn for line, turn in self._line.items() if turn > now}

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
    _lines: dict[str, dict[int, datetime]] = field(default_factory=dict)

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

        Each rank has a line of its own, and the lines of those before it go first: pings do not stand behind cards, and
        cards not behind what is said in their threads."""
        lines = self._lines.setdefault(place, {})
        turn = max([ready, *(end for of, end in lines.items() if of <= rank)])
        lines[rank] = turn + self.every
        return turn

    @property
    def remembered(self) -> int:
        """How many places are kept in mind."""
        return len(self._ready.keys() | self._lines.keys())

    def forget_before(self, now: datetime) -> None:
        """Drop buckets that are full again, and lines that are over."""
        self._ready = {place: ready for place, ready in self._ready.items() if ready > now}
        self._lines = {place: lines for place, lines in self._lines.items() if max(lines.values()) > now}

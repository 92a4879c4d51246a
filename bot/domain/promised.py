"""What a customer was promised on the original request, and whether that time is still running."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import ALWAYS, Calendar
from bot.domain.errors import Refused
from bot.domain.issue import Facts
from bot.domain.matrix.match import choose, first_fit
from bot.domain.matrix.model import Matrix, Promise
from bot.domain.text import clean_line
from bot.domain.wall_clock import instant
from bot.domain.when import parse_instant
from bot.domain.when_words import MeansNothing, Point, read_point
from bot.domain.words import say
from bot.domain.working_time import working_between

EPOCH_DIGITS = 10
"""So many digits are an instant in seconds since 1970, as Slack's own field sends it."""
FARTHEST_BACK = timedelta(days=10 * 366)

_MIDNIGHT = datetime.min.time()


@dataclass(frozen=True, slots=True)
class Inside:
    """A promise that still holds: due then (UTC), with so much working time of the calendar left."""

    due: datetime
    left: timedelta
    calendar: Calendar
    promise: Promise | None

    @property
    def what(self) -> str:
        """What was promised: an answer, unless only a solution was."""
        return "solution" if self.promise and not self.promise.answer else "answer"


def read_promised(text: str, now: datetime, zone: str) -> datetime:
    """By when something was promised (UTC), which may have passed: an ISO date and time, a time of today, or the next
    such time, for somebody in this time zone. Raises Refused with examples."""
    if text.isdecimal() and len(text) == EPOCH_DIGITS:
        return _near(datetime.fromtimestamp(int(text), UTC), now)
    written = _iso(text)
    if written is not None:
        return _near(_in_zone(written, zone), now)
    try:
        point = read_point(text)
    except MeansNothing:
        raise Refused(
            say(
                'I do not know when "{text}" is. Please write it like this: 16:40, tomorrow 9am or 2027-01-31 16:40.',
                text=clean_line(text, 60),
            )
        ) from None
    if isinstance(point, Point) and point.day is None and point.minute is not None:
        today = datetime.combine(now.astimezone(ZoneInfo(zone)).date(), _MIDNIGHT)
        return instant(today + timedelta(minutes=point.minute), ZoneInfo(zone))
    return parse_instant(text, now, zone)


def promise_for(matrix: Matrix, facts: Facts) -> Promise | None:
    """The first promise that fits. Raises what `choose` does."""
    return first_fit(matrix.promises, choose(matrix, facts, facts.priority).facts)


def inside(matrix: Matrix, facts: Facts, now: datetime) -> Inside | None:
    """The promise if its time is still running and some of it is working time; None when it is raised in time."""
    due = facts.promised_by
    if due is None or due <= now:
        return None
    promise = promise_for(matrix, facts)
    calendar = matrix.calendar(promise.calendar) if promise else ALWAYS
    left = working_between(calendar, now, due)
    return Inside(due, left, calendar, promise) if left else None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _in_zone(written: datetime, zone: str) -> datetime:
    return instant(written, ZoneInfo(zone)) if written.tzinfo is None else written.astimezone(UTC)


def _near(at: datetime, now: datetime) -> datetime:
    """The same instant, unless nobody can have meant it."""
    if not now - FARTHEST_BACK < at < now + FARTHEST_BACK:
        raise Refused(say("That is years away. Please look at the date again."))
    return at

"""Shifts as an iCalendar text (RFC 5545 and 7986), for calendars that people subscribe to."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from icalendar import TRANSP, Calendar, Event, Timezone, vDuration, vText

from bot.domain.oncall.pieces import Piece
from bot.domain.text import clean_line

PRODUCT = "-//Rung//On call//EN"
REFRESH = timedelta(hours=1)
"""How often calendars are asked to look again."""


def shift_feed(name: str, shifts: Sequence[Piece], names: Mapping[str, str], now: datetime) -> bytes:
    """A calendar called `name` with one event per shift, UTF-8.

    `names` are those of people, by user id, for the calendar of a schedule: an event is called after who is on call.
    Empty for the calendar of one person: there an event is called ``On call: Care leads``.
    The same shift has the same UID every time. `now` stamps all events: the same arguments give the same bytes.
    """
    calendar = Calendar.new(prodid=PRODUCT, method="PUBLISH", uid=_uid(name))
    for header in ("NAME", "X-WR-CALNAME"):  # the standard's, and what calendars read that are older
        calendar.add(header, vText(clean_line(name)))
    calendar.add("REFRESH-INTERVAL", vDuration(REFRESH), {"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    for shift in shifts:
        calendar.add_component(_event(shift, names, now))
    if not shifts:
        calendar.add_component(Timezone.from_tzid("UTC"))
    return bytes(calendar.to_ical())


def _event(shift: Piece, names: Mapping[str, str], now: datetime) -> Event:
    title = clean_line(shift.title)
    on_call = f"On call: {title}"
    return Event.new(
        uid=_uid(shift.schedule, shift.start.astimezone(UTC).isoformat(), shift.who),
        stamp=now.astimezone(UTC),
        start=shift.start.astimezone(UTC),
        end=shift.end.astimezone(UTC),
        summary=clean_line(names.get(shift.who, shift.who)) if names else on_call,
        description=on_call if names else None,
        transparency=TRANSP.TRANSPARENT,
        categories=[title],
    )


def _uid(*parts: str) -> str:
    return f"{hashlib.sha256(ascii(parts).encode()).hexdigest()[:32]}@rung"

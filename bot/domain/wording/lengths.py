"""Lengths of time for people: around the clock, or counted in a calendar of the matrix."""

from bot.domain.calendar import ALWAYS
from bot.domain.span import Span, Unit
from bot.domain.words import duration


def length(span: Span, calendar: str | None = None) -> str:
    """``15 min``; in a calendar ``15 min of office`` and ``3 working days (office)``."""
    if calendar is None or calendar == ALWAYS.key:
        return duration(span.clock)
    if span.unit is Unit.DAY:
        return f"{span.count} working day{'s' if span.count != 1 else ''} ({calendar})"
    if span.unit is Unit.WEEK:
        return f"{span.count} working week{'s' if span.count != 1 else ''} ({calendar})"
    return f"{duration(span.clock)} of {calendar} time"

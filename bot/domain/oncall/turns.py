"""Whose turn it is in each layer, before anybody changes anything: rotations and hours, in wall-clock time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.contacts import Contact
from bot.domain.oncall.model import Layer, Schedule
from bot.domain.wall_clock import instant, wall_clock

_DAY = timedelta(days=1)
_MARGIN = 2 * _DAY  # no clock was ever put further; what is too much is cut off
_Piece = tuple[datetime, datetime, int]
"""Naive local from and to, and how many turns went before."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of one layer from `start` to `end` (UTC, end exclusive).

    `order` is whose turn it is, then who stands in for them, one after the other. `layer` counts from 0.
    """

    start: datetime
    end: datetime
    layer: int
    order: tuple[Contact, ...]


def turns(schedule: Schedule, start: datetime, end: datetime) -> list[Turn]:
    """The turns of all layers between two instants (UTC), cut there; layer by layer, each in order of time."""
    zone = ZoneInfo(schedule.timezone)
    low, high = wall_clock(start, zone) - _MARGIN, wall_clock(end, zone) + _MARGIN
    found = []
    for number, layer in enumerate(schedule.layers):
        orders = [(*layer.people[index:], *layer.people[:index]) for index in range(len(layer.people))]
        for first, last, count in _pieces(layer, low, high) if orders else ():
            begin, stop = max(start, instant(first, zone)), min(end, instant(last, zone))
            if begin < stop:
                found.append(Turn(begin, stop, number, orders[count % len(orders)]))
    return found


def _pieces(layer: Layer, low: datetime, high: datetime) -> Iterator[_Piece]:
    """The turns, without the hours in which the layer has nobody."""
    rotation = _rotation(layer, low, high)
    if layer.hours is None:
        yield from rotation
        return
    turn = next(rotation, None)
    for opens, closes in _open_hours(layer, low, high):
        while turn and turn[1] <= opens:
            turn = next(rotation, None)
        while turn and turn[0] < closes:
            yield max(turn[0], opens), min(turn[1], closes), turn[2]
            if turn[1] > closes:
                break
            turn = next(rotation, None)


def _rotation(layer: Layer, low: datetime, high: datetime) -> Iterator[_Piece]:
    """The turns that touch the naive local time between `low` and `high`."""
    first = datetime.combine(layer.start, layer.handoff)
    high = min(high, datetime.combine(layer.until, layer.handoff)) if layer.until else high
    if first >= high:
        return
    every = layer.rotate.clock if layer.rotate else timedelta()
    if not every:
        yield first, high, 0
        return
    count, begin = 0, first
    end = _later(first, _first_length(layer, every), high)
    if end <= low:
        count = 1 + (low - end) // every
        begin = end + (count - 1) * every
        end = _later(begin, every, high)
    while begin < high:
        yield begin, end, count
        count, begin, end = count + 1, end, _later(end, every, high)


def _first_length(layer: Layer, every: timedelta) -> timedelta:
    """A layer that starts on another day than that of its handoff begins with a part of a turn."""
    if layer.weekday is None:
        return every
    return (layer.weekday - layer.start.weekday()) % 7 * _DAY or every


def _later(moment: datetime, length: timedelta, latest: datetime) -> datetime:
    """The sum, not after `latest`: a turn may be longer than there are years."""
    return moment + length if length < latest - moment else latest


def _open_hours(layer: Layer, low: datetime, high: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The hours of each day, naive local, in order."""
    if layer.hours is None:
        return
    midnight = datetime.combine(low.date(), time())
    while midnight < high:
        for hours in layer.hours[midnight.weekday()]:
            yield midnight + timedelta(minutes=hours.start), midnight + timedelta(minutes=hours.end)
        midnight += _DAY

"""An on-call schedule as a frozen value, and the changes people make to it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.calendar import Day
from bot.domain.contacts import Contact
from bot.domain.span import Span


@dataclass(frozen=True, slots=True)
class Layer:
    """People who take turns, in order, from `start` on.

    The first turn begins on the day `start` at `handoff`, local time of the schedule, and every `rotate` the next
    person takes over at the same wall-clock time; None = no turns, the first person has it always. Turns are counted
    in wall-clock time: a night in which the clock changes makes one turn an hour longer or shorter. A handoff that the
    clock jumps over happens at the jump; one that happens twice happens the first time.
    `weekday` (0 = Monday) is the day of the handoff, where the document names one: a first turn that starts on another
    day is short and ends on the first such day. `until` ends the layer on that day at `handoff`.
    `hours` restricts the layer to parts of the local week (Monday first); None = all the time. Hours begin and end
    like turns: once, at the jump or the first time.
    """

    people: tuple[Contact, ...]
    start: date
    handoff: time = time(0)
    rotate: Span | None = None
    weekday: int | None = None
    until: date | None = None
    hours: tuple[Day, Day, Day, Day, Day, Day, Day] | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Layers in order of precedence: at any instant the first layer that has somebody decides."""

    key: str
    timezone: str
    layers: tuple[Layer, ...]
    title: str = ""


class ChangeKind(StrEnum):
    """What somebody changed."""

    COVER = "cover"  # `person` takes the time of `instead_of` (of whoever it is, when that is None)
    AWAY = "away"  # `person` is not there: the next one of the layer stands in


@dataclass(frozen=True, slots=True)
class OnCallChange:
    """One change, from `start` to `end` (UTC, end exclusive). `schedule` None = every schedule.

    Changes take effect one after another, by id: a COVER beats an AWAY of the same person made before, and the other
    way round. Who took a time and is away after all gives it back to whom it was taken from.
    `person`, `instead_of` and `made_by` are Slack user ids.
    """

    id: int
    kind: ChangeKind
    person: str
    start: datetime
    end: datetime
    schedule: str | None = None
    instead_of: str | None = None
    made_by: str = ""
    made_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody is on call from `start` to `end` (UTC, end exclusive).

    `layer` is the number of the layer, from 0, whose turn it is; None when they took the time (COVER).
    `change` is the id of the change that put them there: the one they took it with, or the one for which they stand in.
    """

    start: datetime
    end: datetime
    who: Contact
    layer: int | None
    change: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody is on call from `start` to `end` (UTC, end exclusive)."""

    start: datetime
    end: datetime

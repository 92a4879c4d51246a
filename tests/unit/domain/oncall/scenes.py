"""Schedules, changes and times for property tests: near changes of the clock, leap days, or any day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.domain.calendar import DAY_MINUTES, Day, Hours
from bot.domain.contacts import Contact, ContactKind
from bot.domain.oncall.model import ChangeKind, Layer, OnCallChange, Schedule
from bot.domain.span import Span, Unit, span

MAYA, OMAR, LEE, DINA = (Contact(ContactKind.USER, f"U_{name}") for name in ("MAYA", "OMAR", "LEE", "DINA"))
GUEST = Contact(ContactKind.EMAIL, "sam@example.com")
PEOPLE = (MAYA, OMAR, LEE, DINA)
KEY = "care-leads"
DAY = timedelta(days=1)
STRANGE_DAYS = {
    "UTC": (date(2024, 2, 28), date(2023, 12, 31)),
    "Europe/London": (date(2026, 3, 29), date(2026, 10, 25), date(2024, 2, 29)),
    "America/New_York": (date(2025, 3, 9), date(2025, 11, 2), date(2028, 2, 29)),
    "Asia/Kolkata": (date(2024, 2, 29), date(2026, 1, 1)),
    "Asia/Kathmandu": (date(2024, 2, 29), date(2025, 6, 30)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "Pacific/Apia": (date(2011, 12, 30), date(2011, 9, 24), date(2012, 4, 1)),
}
"""Zones, each with days on which the clock or the calendar does something unusual there."""


@dataclass(frozen=True)
class Scene:
    """A schedule with its changes, looked at from `start` to `end` (UTC). All edges lie on steps of `step`."""

    schedule: Schedule
    changes: tuple[OnCallChange, ...]
    start: datetime
    end: datetime
    step: timedelta


@st.composite
def scenes(draw: st.DrawFn, step: int = 15, days: int = 6) -> Scene:
    """`step` in minutes; at most so many days."""
    zone = draw(st.sampled_from(sorted(STRANGE_DAYS)))
    any_day = st.dates(date(2010, 1, 1), date(2030, 12, 31))
    middle = draw(st.sampled_from(STRANGE_DAYS[zone]) | any_day)
    noon = datetime.combine(middle, time(12), ZoneInfo(zone)).astimezone(UTC)
    steps = days * DAY_MINUTES // step // 2
    before, after = draw(st.integers(0, steps)), draw(st.integers(1, steps))
    start, end = (noon + count * timedelta(minutes=step) for count in (-before, after))
    layers = draw(st.lists(_layers(middle, step), min_size=1, max_size=3))
    changes = draw(st.lists(_changes(start, before + after, step), max_size=7))
    numbered = [_numbered(one, number) for number, one in enumerate(changes, 1)]
    schedule = Schedule(KEY, zone, tuple(layers))
    return Scene(schedule, tuple(draw(st.permutations(numbered))), start, end, timedelta(minutes=step))


@st.composite
def _layers(draw: st.DrawFn, near: date, step: int) -> Layer:
    minutes = draw(st.integers(0, DAY_MINUTES // step - 1)) * step
    length = st.integers(1, 40).map(lambda count: Span(count * step, Unit.MINUTE))
    usual = st.sampled_from([span("8h"), span("12h"), span("1d"), span("36h"), span("1w"), span("2w")])
    rotate = draw(st.none() | usual | usual | length)
    long_ago = 800 if rotate is None or rotate.clock >= timedelta(hours=8) else 5
    return Layer(
        people=tuple(draw(st.lists(st.sampled_from((*PEOPLE, GUEST)), min_size=1, max_size=4))),
        start=near - draw(st.integers(-2, 10) | st.integers(0, long_ago)) * DAY,
        handoff=time(*divmod(minutes, 60)),
        rotate=rotate,
        weekday=draw(st.none() | st.integers(0, 6)),
        until=draw(st.none() | st.none() | st.integers(-1, 3).map(lambda ahead: near + ahead * DAY)),
        hours=draw(st.none() | _weeks(step)),
    )


@st.composite
def _weeks(draw: st.DrawFn, step: int) -> tuple[Day, Day, Day, Day, Day, Day, Day]:
    kinds = draw(st.lists(_days(step), min_size=1, max_size=2))
    one, two, three, four, five, six, seven = (draw(st.sampled_from(kinds)) for _ in range(7))
    return one, two, three, four, five, six, seven


@st.composite
def _days(draw: st.DrawFn, step: int) -> Day:
    """Closed, one part, or two."""
    marks = st.sets(st.integers(0, DAY_MINUTES // step), max_size=5)
    edges = sorted(mark * step for mark in draw(marks))
    return tuple(Hours(first, last) for first, last in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def _changes(draw: st.DrawFn, start: datetime, steps: int, step: int) -> OnCallChange:
    from_step, length = draw(st.integers(-10, steps)), draw(st.integers(1, steps + 10))
    begin = start + timedelta(minutes=from_step * step)
    user = st.sampled_from(PEOPLE).map(lambda who: who.value)
    kind = draw(st.sampled_from(ChangeKind))
    return OnCallChange(
        id=0,
        kind=kind,
        person=draw(user),
        start=begin,
        end=begin + timedelta(minutes=length * step),
        schedule=draw(st.sampled_from([None, KEY, KEY, "other"])),
        instead_of=draw(st.none() | user | user) if kind is ChangeKind.COVER else None,
    )


def _numbered(change: OnCallChange, number: int) -> OnCallChange:
    return OnCallChange(
        number, change.kind, change.person, change.start, change.end, change.schedule, change.instead_of
    )

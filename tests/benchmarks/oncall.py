"""On call: a year of a schedule with many changes as shifts, against the same year without any."""

import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from bot.adapters.system import monotonic
from bot.domain.calendar import Hours
from bot.domain.contacts import Contact, ContactKind
from bot.domain.oncall.lookup import on_call, shifts
from bot.domain.oncall.model import ChangeKind, Layer, OnCallChange, Schedule
from bot.domain.span import span
from tests.benchmarks.bench import Bench
from tests.benchmarks.measure import Sample, in_turns
from tests.benchmarks.table import Row, at_most

CHANGES = 1000
TIMES = 5
"""Years resolved in a round; the fastest counts: what is asked is how long it takes, not who else used the machine."""
START = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
NIGHT = (Hours(0, 8 * 60), Hours(20 * 60, 24 * 60))
PEOPLE = tuple(Contact(ContactKind.USER, f"U{number}") for number in range(8))
SCHEDULE = Schedule(
    "care",
    "Europe/London",
    (
        Layer(PEOPLE, date(2025, 1, 6), time(9), span("1w"), until=date(2026, 7, 1)),
        Layer(PEOPLE[::-1], date(2025, 1, 6), time(8), span("12h"), hours=(NIGHT,) * 7),
        Layer(PEOPLE[2:], date(2025, 1, 6), time(8), span("1d")),
    ),
)


async def year_on_call(bench: Bench) -> list[Row]:
    """Milliseconds for a year, and for one instant in it."""
    changes = _changes(CHANGES * bench.scale)
    found = await in_turns(bench.rounds, {"none": partial(_look, ()), "many": partial(_look, changes)})
    title = f"{len(changes):,} changes (floor: none)"
    return [
        Row(what, found.of("none", figure), found.of("many", figure), "ms", at_most(bound, "ms"))
        for what, figure, bound in (
            (f"a year on call, {title}", "year", 50),
            (f"on call at one instant, {title}", "instant", 10),
        )
    ]


async def _look(changes: Sequence[OnCallChange]) -> Sample:
    year = min(_milliseconds(lambda: shifts(SCHEDULE, changes, START, START + YEAR)) for _ in range(TIMES))
    instant = min(_milliseconds(lambda: on_call(SCHEDULE, changes, START + YEAR / 2)) for _ in range(TIMES))
    return {"year": year, "instant": instant}


def _milliseconds(work: Callable[[], object]) -> float:
    start = monotonic()
    work()
    return (monotonic() - start) * 1000


def _changes(count: int) -> list[OnCallChange]:
    """Of all kinds, from half an hour to three days, all over the year."""
    chance = random.Random(1)
    found = []
    for number in range(1, count + 1):
        start = START + chance.random() * YEAR
        kind = chance.choice(list(ChangeKind))
        person, other = (chance.choice(PEOPLE).value for _ in range(2))
        end = start + timedelta(minutes=chance.randrange(30, 3 * 24 * 60))
        instead_of = other if kind is ChangeKind.COVER else None
        found.append(OnCallChange(number, kind, person, start, end, instead_of=instead_of))
    return found

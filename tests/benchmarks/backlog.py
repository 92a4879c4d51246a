"""Work that has piled up: timers due at one instant, messages to send, a start with much still to come."""

from datetime import timedelta
from functools import partial

from bot.adapters.db.database import Database, open_database
from bot.adapters.db.tables import timers
from bot.adapters.scheduler.loops import Loop
from bot.adapters.system import monotonic
from bot.background import TIMERS_AT_ONCE
from bot.core import earliest_due
from bot.domain.delivery import LEASE
from bot.usecases.deliver import AT_ONCE, Delivery, deliver_due
from bot.usecases.fire_timers import fire_due
from tests import builders
from tests.benchmarks.bench import Bench
from tests.benchmarks.databases import KINDS, Rows
from tests.benchmarks.measure import Sample, at_once, in_turns, timed, watching_the_loop
from tests.benchmarks.raw import four_rows
from tests.benchmarks.table import Row, at_most
from tests.benchmarks.world import services_on, stored, waiting_messages
from tests.fakes.chance import FakeChance

REMINDED = builders.NOON + builders.minutes(5)
"""When the default level reminds whoever was asked at noon."""
LATER = builders.NOON + timedelta(days=1)
TIMERS = 1000
MESSAGES = 400
STORM = 200
PENDING = 100_000
CLAIMS = 10
"""Claims in each round."""
SECONDS_EACH = 2 / 10_000
"""The goal for each of many timers that are due at once."""


async def due_timers(bench: Bench) -> list[Row]:
    """Reminders of many issues at one instant, each taking its full effect, against four raw rows for each."""
    number = TIMERS * bench.scale
    backlog = stored([builders.issue(one) for one in range(1, number + 1)])
    rows = []
    for kind in KINDS:

        async def rung(kind: str = kind) -> Sample:
            async with bench.databases.open(kind, "reminders", backlog) as database:
                with watching_the_loop() as block:
                    sample = await timed(number, lambda: _fire_all(database))
            return sample | {"block": block.longest}

        async def floor(kind: str = kind) -> Sample:
            async with four_rows(bench.databases, kind) as raw:
                return await at_once(1, number, raw)

        found = await in_turns(bench.rounds, {"floor": floor, "rung": rung})
        what = f"{number:,} timers due at once, {kind}"
        rows += [
            Row(
                f"{what} (floor: four rows each)",
                found.of("floor", "per second"),
                found.of("rung", "per second"),
                "/s",
            ),
            Row(
                f"{what}: all took effect",
                found.of("floor", "seconds"),
                found.of("rung", "seconds"),
                "s",
                at_most(number * SECONDS_EACH, "s"),
            ),
            Row(f"{what}: event loop stood still", None, found.of("rung", "block"), "ms", at_most(100, "ms")),
        ]
    return rows


async def _fire_all(database: Database) -> None:
    services, batch = services_on(database, REMINDED), TIMERS_AT_ONCE[database.shared]
    while await fire_due(services, batch) == batch:
        pass


class Sending:
    """The delivery loop, until so many messages have been sent."""

    def __init__(self, database: Database, messages: int) -> None:
        self._left = messages
        self._delivery = Delivery(services_on(database, bell=self))
        self._loop = Loop("delivery", self._pass, monotonic)

    def ring(self) -> None:
        """See the port Bell."""
        self._loop.ring()

    async def run(self) -> None:
        """Until the last one is recorded."""
        await self._loop.run()

    async def _pass(self) -> bool:
        started = await self._delivery.start_due()
        self._left -= started
        if self._left <= 0:
            await self._delivery.finish()
            self._loop.stop()
        return started > 0


async def delivery(bench: Bench) -> list[Row]:
    """Messages through the outbox to a channel that answers at once, against four raw rows for each."""
    number = MESSAGES * bench.scale
    numbers = range(1, number + 1)
    backlog = {**stored([builders.issue(one) for one in numbers]), **waiting_messages(numbers, builders.NOON)}
    rows = []
    for kind in KINDS:

        async def rung(kind: str = kind) -> Sample:
            async with bench.databases.open(kind, "messages", backlog) as database:
                return await timed(number, Sending(database, number).run)

        async def floor(kind: str = kind) -> Sample:
            async with four_rows(bench.databases, kind) as raw:
                return await at_once(1, number, raw)

        found = await in_turns(bench.rounds, {"floor": floor, "rung": rung})
        what = f"{number:,} messages sent, {kind} (floor: four rows each)"
        rows.append(Row(what, found.of("floor", "per second"), found.of("rung", "per second"), "/s"))
    return rows


async def storm(bench: Bench) -> list[Row]:
    """Many messages that are due for one person at once go out in bundles; the floor is as many, each to another."""
    number = STORM * bench.scale
    numbers = range(1, number + 1)
    known = stored([builders.issue(one) for one in numbers])
    rows = []
    for kind in KINDS:

        async def told(to: str, kind: str = kind) -> Sample:
            backlog = {**known, **waiting_messages(numbers, builders.NOON, to=to)}
            async with bench.databases.open(kind, f"storm_{to or 'many'}".lower(), backlog) as database:
                return await timed(number, lambda: _deliver_all(database))

        variants = {"floor": partial(told, ""), "rung": partial(told, builders.RAVI)}
        found = await in_turns(bench.rounds, variants)
        what = f"{number:,} messages to one person in bundles, {kind} (floor: to as many people)"
        rows.append(Row(what, found.of("floor", "seconds"), found.of("rung", "seconds"), "s"))
    return rows


async def _deliver_all(database: Database) -> None:
    services = services_on(database)
    while await deliver_due(services, AT_ONCE):
        pass


async def claiming(bench: Bench) -> list[Row]:
    """What a hundred thousand messages that are not due yet cost those that are."""
    numbers = range(1, bench.rounds * CLAIMS * AT_ONCE + 1)
    people = stored([builders.issue(one) for one in numbers])
    few = {**people, **waiting_messages(numbers, builders.NOON)}
    many = {**people, **waiting_messages(numbers, builders.NOON, later=(PENDING, LATER))}
    rows = []
    for kind in KINDS:
        async with (
            bench.databases.open(kind, "few", few) as without,
            bench.databases.open(kind, "many", many) as crowded,
        ):
            variants = {"floor": partial(_claim, without), "rung": partial(_claim, crowded)}
            found = await in_turns(bench.rounds, variants)
        for name, goal in (("claim", at_most(2)), ("next due", None)):
            what = f"{name}, {PENDING:,} messages not due yet, {kind} (floor: none)"
            rows.append(Row(what, found.of("floor", name), found.of("rung", name), "ms", goal))
    return rows


async def _claim(database: Database) -> Sample:
    async def claim(_: int) -> None:
        until = builders.NOON + LEASE
        await database.transactions.run(lambda store: store.outbox.claim(builders.NOON, until, AT_ONCE))

    async def look(_: int) -> None:
        await database.transactions.read(earliest_due)

    looked = await at_once(1, CLAIMS, look)
    claimed = await at_once(1, CLAIMS, claim)
    return {"claim": claimed["p50"], "next due": looked["p50"]}


async def restart(bench: Bench) -> list[Row]:
    """From opening the database to the end of the first pass, with nothing and with much pending."""
    rows = []
    for kind in KINDS:
        empty = await bench.databases.fresh(kind)
        pending = await bench.databases.fresh(kind, "pending", _pending())
        found = await in_turns(
            bench.rounds, {"floor": partial(_start, empty), "rung": partial(_start, pending)}
        )
        what = f"start with {PENDING:,} timers pending, {kind} (floor: none)"
        floor = found.of("floor", "seconds") * 1000
        goal = at_most(round(floor) + 1000, "ms")
        rows.append(Row(what, floor, found.of("rung", "seconds") * 1000, "ms", goal))
    return rows


async def _start(url: str) -> Sample:
    async def first_pass() -> None:
        database = open_database(url, chance=FakeChance(), name="bench")
        try:
            await database.migrate()
            await fire_due(services_on(database), TIMERS_AT_ONCE[database.shared])
            await database.transactions.read(earliest_due)
        finally:
            await database.close()

    return await timed(1, first_pass)


def _pending() -> Rows:
    """A hundred timers for each of a thousand issues."""
    issues = [builders.issue(one) for one in range(1, PENDING // 100 + 1)]
    some = [
        {"workspace": builders.T1, "issue": one.number, "epoch": 1, "kind": "nag", "n": n, "due_at": LATER}
        for one in issues
        for n in range(1, 101)
    ]
    return {**stored(issues), timers: some}

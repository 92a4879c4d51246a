"""Storing: one unit of work of four rows, and the whole use case of raising an issue."""

from dataclasses import replace
from functools import partial
from itertools import count

from bot.usecases.commands import RaiseIssue
from bot.usecases.ports import Store
from bot.usecases.raise_issue import raise_issue
from tests import builders
from tests.benchmarks.bench import Bench
from tests.benchmarks.databases import KINDS, SQLITE
from tests.benchmarks.measure import at_once, in_turns
from tests.benchmarks.raw import four_rows
from tests.benchmarks.table import Goal, Row, at_least, at_most
from tests.benchmarks.world import TickingClock, services_on

CALLERS = 32
CALLS = 300
GOALS = {SQLITE: at_least(0.5), "PostgreSQL": at_least(0.45)}
FIELDS = {
    "title": "Checkout is down",
    "happened": "Every card payment is refused since 11:40.",
    "type": "payments",
    "impact": "everyone",
    "urgency": "now",
}


async def unit_of_work(bench: Bench) -> list[Row]:
    """Four rows in one unit against the driver alone."""
    return [await _unit_on(bench, kind, GOALS[kind]) for kind in KINDS]


async def _unit_on(bench: Bench, kind: str, goal: Goal) -> Row:
    async with bench.databases.open(kind) as database, four_rows(bench.databases, kind) as raw:
        numbers = count(1)

        async def call(_: int) -> None:
            await database.transactions.run(partial(_store_four, number=next(numbers)))

        variants = {
            "floor": lambda: at_once(CALLERS, CALLS, raw),
            "rung": lambda: at_once(CALLERS, CALLS, call),
        }
        found = await in_turns(bench.rounds, variants)
    what = f"unit of work, four rows, {CALLERS} callers, {kind}"
    return Row(what, found.of("floor", "per second"), found.of("rung", "per second"), "/s", goal)


async def raising(bench: Bench) -> list[Row]:
    """The whole use case, every row of it, against four raw rows."""
    return [row for kind in KINDS for row in await _raising_on(bench, kind)]


async def _raising_on(bench: Bench, kind: str) -> list[Row]:
    async with bench.databases.open(kind) as database, four_rows(bench.databases, kind) as raw:
        services = replace(services_on(database), clock=TickingClock())
        keys = count(1)

        async def call(_: int) -> None:
            await raise_issue(services, command(f"{kind} {next(keys)}"))

        found = await in_turns(
            bench.rounds,
            {
                "floor 1": lambda: at_once(1, CALLS // 3, raw),
                "rung 1": lambda: at_once(1, CALLS // 3, call),
                f"floor {CALLERS}": lambda: at_once(CALLERS, CALLS, raw),
                f"rung {CALLERS}": lambda: at_once(CALLERS, CALLS, call),
            },
        )
    rows = []
    for callers, goals in ((1, (at_most(5, "ms"), at_most(50, "ms"))), (CALLERS, (None, at_most(50, "ms")))):
        floor, rung = f"floor {callers}", f"rung {callers}"
        what = f"raise an issue, {callers} caller{'s' if callers > 1 else ''}, {kind}"
        rows.append(
            Row(
                f"{what} (floor: four rows)",
                found.of(floor, "per second"),
                found.of(rung, "per second"),
                "/s",
            )
        )
        for name, goal in zip(("p50", "p99"), goals, strict=True):
            rows.append(Row(f"{what}: {name}", None, found.of(rung, name), "ms", goal))
    return rows


def _store_four(store: Store, number: int) -> None:
    issue = builders.issue(number, asks=())
    store.issues.add(issue)
    store.timeline.append(issue.ref, [builders.event(title="Checkout is down")])
    store.timers.set(issue.ref, [builders.timer()])
    store.outbox.put(issue.ref.workspace, number, [builders.notice()], builders.NOON)


def command(key: str) -> RaiseIssue:
    """What the form sends."""
    return RaiseIssue(workspace=builders.T1, user=f"U {key}", key=key, fields=FIELDS)

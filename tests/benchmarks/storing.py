"""Storing: one unit of work of four rows, and the whole use case of raising an issue."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count

from bot.usecases.commands import RaiseIssue
from bot.usecases.intake_findings import submit
from bot.usecases.ports import Store
from bot.usecases.raise_issue import raise_issue
from tests import builders
from tests.benchmarks.bench import Bench
from tests.benchmarks.databases import KINDS, SQLITE
from tests.benchmarks.measure import at_once, in_turns
from tests.benchmarks.raw import four_rows
from tests.benchmarks.table import Goal, Row, at_least, at_most
from tests.benchmarks.world import TickingClock, raised_before, services_on

CALLERS = 32
CALLS = 300
BEFORE = 450
MORE = 1500
Call = Callable[[int], Awaitable[None]]
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
    async with _asked(bench, kind) as (call, _), four_rows(bench.databases, kind) as raw:
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


async def more_and_more(bench: Bench) -> list[Row]:
    """Submitting the form, findings and all, when so many more were just raised, against the first ones."""
    return [await _more_on(bench, kind) for kind in KINDS]


async def _more_on(bench: Bench, kind: str) -> Row:
    async with _asked(bench, kind) as (_, call):
        await at_once(1, CALLS, call)  # plans are made, statements prepared
        first = await at_once(1, CALLS, call)
        await at_once(1, MORE * bench.scale, call)
        last = await at_once(1, CALLS, call)
    what = f"submit the form after {MORE * bench.scale:,} more, 1 caller, {kind} (floor: before): p50"
    return Row(what, first["p50"], last["p50"], "ms", at_most(1.25))


@asynccontextmanager
async def _asked(bench: Bench, kind: str) -> AsyncIterator[tuple[Call, Call]]:
    """Where issues were raised before, as everywhere but in the first minute: to raise one, and to submit the form."""
    async with bench.databases.open(kind, "raised_before", raised_before(BEFORE)) as database:
        an_hour_on = TickingClock(builders.NOON + timedelta(hours=1))
        services, numbers = replace(services_on(database), clock=an_hour_on), count(1)

        async def by_itself(_: int) -> None:
            await raise_issue(services, command(f"{kind} {next(numbers)}"))

        async def by_form(_: int) -> None:
            number = next(numbers)
            about = {**FIELDS, "title": f"Case{number}"}
            await submit(services, replace(command(f"{kind} {number}"), fields=about))

        yield by_itself, by_form


def _store_four(store: Store, number: int) -> None:
    issue = builders.issue(number, asks=())
    store.issues.add(issue)
    store.timeline.append(issue.ref, [builders.event(title="Checkout is down")])
    store.timers.set(issue.ref, [builders.timer()])
    store.outbox.put(issue.ref.workspace, number, [builders.notice()], builders.NOON)


def command(key: str) -> RaiseIssue:
    """What the form sends."""
    return RaiseIssue(workspace=builders.T1, user=f"U {key}", key=key, fields=FIELDS)

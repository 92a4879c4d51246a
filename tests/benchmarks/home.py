"""The Home tab with very many open issues, against a small workspace: what is read for one look at it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from bot.adapters.db.database import Database
from bot.adapters.db.issue_rows import ask_rows, fixed_row, moving_row
from bot.adapters.db.tables import asks, issues
from bot.domain.clocks import Clocks, Marks
from bot.domain.issue import Issue
from bot.usecases.home import read_home
from bot.usecases.viewers import Onlooker
from tests import builders as make
from tests.benchmarks.bench import Bench
from tests.benchmarks.databases import KINDS, Rows
from tests.benchmarks.measure import Sample, at_once, in_turns
from tests.benchmarks.table import Row, at_most

OPEN = 10_000
FEW = 50
LOOKS = 20
"""Looks in each round."""
AGENT = Onlooker("U7", member=True)
MANAGER = Onlooker(make.MANAGER, manager=True, member=True)
PRIORITIES = (make.P1, make.P2, make.P3)


async def home_tab(bench: Bench) -> list[Row]:
    """Somebody with issues of their own, and the manager, who oversees all of them."""
    number = OPEN * bench.scale
    rows = []
    for kind in KINDS:
        async with (
            bench.databases.open(kind, "home_few", _rows(FEW)) as few,
            bench.databases.open(kind, "home_many", _rows(number)) as many,
        ):
            for title, who in (("an agent", AGENT), ("the manager", MANAGER)):
                variants = {"floor": partial(_look, few, who), "rung": partial(_look, many, who)}
                found = await in_turns(bench.rounds, variants)
                what = f"Home of {title}, {number:,} open issues, {kind} (floor: {FEW})"
                floor, rung = found.of("floor", "p50"), found.of("rung", "p50")
                rows.append(Row(what, floor, rung, "ms", at_most(50, "ms")))
    return rows


async def _look(database: Database, who: Onlooker) -> Sample:
    async def look(_: int) -> None:
        await database.transactions.read(
            lambda store: read_home(store, make.T1, who, {}, PRIORITIES),
        )

    return await at_once(1, LOOKS, look)


def _rows(number: int) -> Rows:
    """As many issues of all kinds; each person raised, is asked about and has a hundredth of them."""
    some = list(_issues(number))
    fixed = {one.route.priority: fixed_row(one) for one in some[: len(PRIORITIES)]}
    own = ("raiser", "requester", "private", "raised_at")
    return {
        issues: [
            fixed[one.route.priority]
            | moving_row(one)
            | {name: getattr(one, name) for name in own}
            | {"workspace": make.T1, "number": one.number}
            for one in some
        ],
        asks: [row for one in some for row in ask_rows(one)],
    }


def _issues(number: int) -> Iterator[Issue]:
    lives = (lambda one: one, make.acknowledged, make.at_level_two, make.unanswered, make.climbing)
    for n in range(1, number + 1):
        who = f"U{n % 100}"
        born = make.issue(
            n, raiser=who, requester=f"U{(n + 1) % 100}", asks=(make.ask(who),), private=n % 20 == 0
        )
        one = lives[n % 5](born)
        owner = who if one.owner else None
        late = n % 4 == 0
        yield replace(
            one,
            owner=owner,
            route=make.route(priority=PRIORITIES[(n - 1) % len(PRIORITIES)]),
            raised_at=make.NOON + make.minutes(n),
            clocks=Clocks(resolve=Marks(breached_at=make.QUARTER)) if late else one.clocks,
        )

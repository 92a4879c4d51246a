"""The dry run: who would be asked when, by a large matrix, with many changes of on-call; beside only reading those."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.adapters.db.database import Database
from bot.domain.matrix.match import Kind
from bot.domain.matrix.model import Matrix
from bot.domain.oncall.model import ChangeKind, OnCallChange
from bot.usecases.dry_run import Question, try_out
from bot.usecases.ports import Store
from bot.usecases.publish_matrix import PublishedMatrices
from bot.usecases.services import Services
from tests.benchmarks.bench import Bench
from tests.benchmarks.databases import KINDS
from tests.benchmarks.large_matrix import CLIENTS, PATHS, SCHEDULES, SERVICES, TYPES, large_matrix
from tests.benchmarks.measure import at_once, in_turns
from tests.benchmarks.table import Row, at_most
from tests.benchmarks.world import services_on
from tests.builders import NOON, T1, published, user
from tests.fakes.directory import FakeDirectory
from tests.unit.matrix_file.checked import check_matrix

CHANGES, CALLS = 200, 100


async def who(bench: Bench) -> list[Row]:
    """Milliseconds for one answer, one caller."""
    matrix, _ = check_matrix(large_matrix(), "large.yaml")
    assert matrix is not None
    return [row for kind in KINDS for row in await _who_on(bench, kind, matrix)]


async def _who_on(bench: Bench, kind: str, matrix: Matrix) -> list[Row]:
    async with bench.databases.open(kind) as database:
        await database.transactions.run(_add_changes)
        services = _services(database, matrix)

        async def ask(number: int) -> None:
            tried = await try_out(services, T1, _question(number))
            assert tried.looked_up

        async def read(_: int) -> None:
            await database.transactions.read(lambda store: store.oncall.between(T1, NOON, NOON))

        variants = {"floor": lambda: at_once(1, CALLS, read), "rung": lambda: at_once(1, CALLS, ask)}
        found = await in_turns(bench.rounds, variants)
    what = f"who, {PATHS} paths, {SCHEDULES} schedules, {kind}"
    title = f"{what} (floor: reading changes)"
    return [
        Row(f"{title}: p50", found.of("floor", "p50"), found.of("rung", "p50"), "ms", at_most(50, "ms")),
        Row(f"{title}: p99", found.of("floor", "p99"), found.of("rung", "p99"), "ms"),
        Row(f"{title}: CPU", found.of("floor", "cpu"), found.of("rung", "cpu"), "ms"),
    ]


def _services(database: Database, matrix: Matrix) -> Services:
    """With the large matrix in force, and everybody on it known."""
    directory, matrices = FakeDirectory(), PublishedMatrices()
    for name in _people():
        directory.knows(name, user(name))
    matrices.hold(T1, published(document=matrix))
    return replace(services_on(database), directory=directory, matrix=matrices)


def _people() -> Iterator[str]:
    yield from (f"{letter}{number}@example.com" for letter in "ab" for number in range(SCHEDULES))
    yield from (f"owner-{number}@example.com" for number in range(PATHS))
    yield from (f"@lead-{number}-{step}" for number in range(PATHS) for step in range(3))


def _add_changes(store: Store) -> None:
    for number in range(CHANGES):
        start = NOON + number * timedelta(hours=3)
        end = start + timedelta(hours=8)
        schedule = f"schedule-{number % SCHEDULES}"
        store.oncall.add(T1, OnCallChange(0, ChangeKind.COVER, f"U{number}", start, end, schedule))


def _question(number: int) -> Question:
    """Another path, and another hour of the next weeks, each time; the default path now and then."""
    path = number * 7 % PATHS
    kind = Kind(
        f"type-{path % TYPES}", "high", "now", f"services-{path % SERVICES}", f"clients-{path % CLIENTS}"
    )
    return Question(kind, NOON + number * timedelta(hours=5))

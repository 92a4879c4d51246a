"""Checking a large matrix, beside only parsing its YAML."""

from functools import partial

from ruamel.yaml import YAML

from tests.benchmarks.bench import Bench
from tests.benchmarks.large_matrix import PATHS, SCHEDULES, large_matrix
from tests.benchmarks.measure import Sample, in_turns, timed
from tests.benchmarks.table import Row, at_most
from tests.unit.matrix_file.checked import check_matrix


async def checking(bench: Bench) -> list[Row]:
    """Seconds of CPU for one document: nothing in it waits."""
    document = large_matrix()
    found = await in_turns(
        bench.rounds, {"parse": partial(_parse, document), "check": partial(_check, document)}
    )
    return [
        Row(
            f"check {PATHS} paths and {SCHEDULES} schedules, CPU (floor: YAML alone)",
            found.of("parse", "cpu") / 1000,
            found.of("check", "cpu") / 1000,
            "s",
            at_most(1, "s"),
        )
    ]


async def _parse(document: str) -> Sample:
    async def work() -> None:
        for _ in YAML(typ="safe", pure=True).parse(document):
            pass

    return await timed(1, work)


async def _check(document: str) -> Sample:
    async def work() -> None:
        matrix, _ = check_matrix(document, "large.yaml")
        assert matrix is not None

    return await timed(1, work)

"""What every benchmark is given."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.benchmarks.databases import Databases
from tests.benchmarks.table import Row


@dataclass(frozen=True, slots=True)
class Bench:
    """Databases, how many rounds, and how much larger than usual the backlogs are."""

    databases: Databases
    rounds: int
    scale: int


Benchmark = Callable[[Bench], Awaitable[list[Row]]]

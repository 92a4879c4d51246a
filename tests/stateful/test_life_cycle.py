"""The promise: no issue goes unanswered, nobody is told twice, and nothing is lost, whatever happens and crashes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful.machine import LifeCycle
from tests.stateful.places import InMemory, OnPostgres, OnSqlite, Place
from tests.tries import is_deep, tries

QUICK = settings(
    stateful_step_count=30,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
"""A few seconds for each, and what it finds is shown as it was found. A deep run looks for longer, elsewhere each time,
and shrinks it: `pytest tests/stateful --deep -o faulthandler_timeout=0`."""
DEEP = {"stateful_step_count": 60, "suppress_health_check": list(HealthCheck)}
EXAMPLES = {"memory": 20, "sqlite": 6, "postgres": 3}


@pytest.fixture(params=EXAMPLES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Place, int]:
    """Which database, and how many examples fit in a few seconds."""
    makes: dict[str, Callable[[], Place]] = {
        "memory": InMemory,
        "sqlite": lambda: OnSqlite(request.getfixturevalue("sqlite_template"), tmp_path),
        "postgres": lambda: OnPostgres(request.getfixturevalue("postgres")),
    }
    return makes[request.param](), EXAMPLES[request.param]


@pytest.mark.hypothesis
def test_whatever_happens(place: tuple[Place, int]) -> None:
    where, examples = place

    class Here(LifeCycle):
        """In a town that keeps its things there."""

        def __init__(self) -> None:
            super().__init__(where)

    chosen = tries(examples, **DEEP) if is_deep() else settings(QUICK, max_examples=examples)
    run_state_machine_as_test(Here, settings=chosen)

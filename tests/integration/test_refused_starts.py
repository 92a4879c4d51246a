"""What stops `rung run` from starting, each told in a sentence: the command inside this process, Slack beside it."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from bot.adapters.db.database import open_database
from bot.adapters.http.api import build_api
from bot.adapters.http.health import Health
from bot.adapters.http.server import HttpServer
from bot.demo import sandbox_config
from bot.domain.ids import WorkspaceId
from bot.sandbox.server import Sandbox
from bot.usecases.rows import WorkspaceRow
from tests.builders import NOON
from tests.fakes.chance import FakeChance
from tests.integration.machine import PATIENCE, Machine, working

Aside = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture(scope="module")
def aside() -> Iterator[Aside]:
    """Runs something on an event loop in another thread, because `rung run` has this thread's."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    yield lambda what: asyncio.run_coroutine_threadsafe(what, loop).result(PATIENCE)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture(scope="module")
def slack(aside: Aside) -> Iterator[Sandbox]:
    """The demo's workspace."""
    sandbox = Sandbox(sandbox_config())
    aside(sandbox.start())
    yield sandbox
    aside(sandbox.stop())


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """`rung run` sends all logs to standard error; the next test must not find that."""
    loggers = [logging.getLogger(name) for name in (None, *logging.Logger.manager.loggerDict)]
    before = [(logger, logger.handlers[:], logger.level) for logger in loggers]
    yield
    for logger, handlers, level in before:
        logger.handlers[:] = handlers
        logger.setLevel(level)


@pytest.fixture
def machine(slack: Sandbox, tmp_path: Path) -> Machine:
    """Everything is right with it."""
    return working(slack, tmp_path)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "Slack refuses SLACK_APP_TOKEN"),
        ({"RUNG_MATRIX": "missing.yaml"}, "missing.yaml: This does not exist."),
        ({"DATABASE_URL": "mysql://here/rung"}, "mysql is not a database that Rung can use."),
        ({"DATABASE_URL": "sqlite:///no/such/folder/rung.db"}, "The folder must exist"),
    ],
    ids=lambda one: "".join(one) if isinstance(one, dict) else "",
)
def test_a_setting_that_does_not_work_ends_it_with_a_sentence(
    machine: Machine, settings: dict[str, str], sentence: str
) -> None:
    end = machine.here("run", **settings)
    assert end.code == 2, end.err
    assert sentence in end.err


def test_a_mistake_in_the_matrix_is_told_by_line_before_anything_is_touched(machine: Machine) -> None:
    (machine.folder / "matrix.yaml").write_text("rung: 1\npaths: 3\n", encoding="utf-8")
    end = machine.here("run", RUNG_MATRIX="matrix.yaml")
    assert end.code == 2
    assert "matrix.yaml:2: " in end.err
    assert not machine.database.exists()


def test_a_second_one_on_the_same_file_is_sent_away(machine: Machine, aside: Aside) -> None:
    first = open_database(f"sqlite:///{machine.database}", chance=FakeChance())
    try:
        end = machine.here("run")
    finally:
        aside(first.close())
    assert end.code == 2
    assert (
        "is used by another running Rung. Stop that one first, or use PostgreSQL to run several." in end.err
    )


def test_a_database_of_a_newer_rung_is_left_alone(machine: Machine, aside: Aside) -> None:
    aside(_made_by(machine, WorkspaceRow(WorkspaceId("T1"), "Northwind", "U1")))
    with sqlite3.connect(machine.database) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    before = machine.database.read_bytes()
    end = machine.here("run")
    assert end.code == 2
    assert "The database is newer than this program" in end.err
    assert machine.database.read_bytes() == before


def test_another_workspaces_database_is_not_mixed_with_this_one(machine: Machine, aside: Aside) -> None:
    aside(_made_by(machine, WorkspaceRow(WorkspaceId("T0OTHER"), "Southwind", "U1")))
    end = machine.here("run")
    assert end.code == 2
    assert "This database belongs to the workspace Southwind (T0OTHER)" in end.err


def test_without_a_matrix_it_says_where_to_start(machine: Machine) -> None:
    del machine.settings["RUNG_MATRIX"]
    end = machine.here("run")
    assert end.code == 2
    assert "There is no escalation matrix yet. Set RUNG_MATRIX to a YAML file" in end.err


@pytest.mark.parametrize(("problems", "code"), [((), 0), (("It is stopping.",), 1)])
def test_health_passes_on_what_the_bot_says(
    machine: Machine, aside: Aside, problems: tuple[str, ...], code: int
) -> None:
    async def look() -> Health:
        return Health(version="1", slack="connected", problems=list(problems))

    server = HttpServer(build_api(look, "1"), "127.0.0.1", 0)
    aside(server.start())
    try:
        end = machine.here("health", "--url", server.address)
    finally:
        aside(server.stop())
    assert end.code == code
    assert all(problem in end.out for problem in problems)


async def _made_by(machine: Machine, workspace: WorkspaceRow) -> None:
    database = open_database(f"sqlite:///{machine.database}", chance=FakeChance())
    try:
        await database.migrate()
        await database.transactions.run(lambda store: store.workspaces.put(workspace, NOON))
    finally:
        await database.close()

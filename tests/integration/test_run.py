"""`rung run` as a process of its own against the sandbox: what stops it from starting, and how it ends."""

import asyncio
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.adapters.db.database import open_database
from bot.adapters.http.api import build_api
from bot.adapters.http.health import Health
from bot.adapters.http.server import HttpServer
from bot.demo import APP_TOKEN, BOT_TOKEN, example_matrix, sandbox_config
from bot.domain.ids import WorkspaceId
from bot.sandbox.server import Sandbox
from bot.usecases.ports import WorkspaceRow
from tests.builders import NOON
from tests.fakes.chance import FakeChance

PATIENCE = 30.0


@dataclass(frozen=True)
class Ended:
    """How a process ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Machine:
    """A folder, and the settings of a Rung that would work in it."""

    folder: Path
    settings: dict[str, str]

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "rung.db"

    async def start(self, *words: str, **settings: str) -> asyncio.subprocess.Process:
        """`rung WORDS`, with some settings changed."""
        bare = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "error::ResourceWarning"}
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            cwd=self.folder,
            env={**bare, **self.settings, **settings},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def rung(self, *words: str, **settings: str) -> Ended:
        """The same, to its end."""
        return await ended(await self.start(*words, **settings))


async def ended(process: asyncio.subprocess.Process) -> Ended:
    async with asyncio.timeout(PATIENCE):
        out, err = await process.communicate()
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    """The demo's workspace."""
    async with Sandbox(sandbox_config()) as sandbox:
        yield sandbox


@pytest.fixture
def machine(slack: Sandbox, tmp_path: Path) -> Machine:
    """Everything is right with it."""
    return Machine(
        tmp_path,
        {
            "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "DATABASE_URL": f"sqlite:///{tmp_path / 'rung.db'}",
            "RUNG_MATRIX": str(example_matrix()),
            "HTTP_PORT": "0",
        },
    )


async def test_it_starts_says_so_answers_health_and_ends_when_told(machine: Machine, slack: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    process = await machine.start("run", HTTP_PORT=port)
    async with asyncio.timeout(PATIENCE):
        await slack.connected()
    health = await machine.rung("health", HTTP_PORT=port)
    process.send_signal(signal.SIGTERM)
    end = await ended(process)
    assert health.code == 0, health
    assert '"slack":"connected"' in health.out
    assert end.code == 0, end.err
    assert "is up in Northwind" in end.err
    assert end.out == "", "logs go to standard error"
    assert "xoxb" not in end.err


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "It is on your app's page under OAuth & Permissions."),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "Slack refuses SLACK_APP_TOKEN"),
        ({"RUNG_MATRIX": "missing.yaml"}, "missing.yaml: This does not exist."),
        ({"DATABASE_URL": "mysql://here/rung"}, "mysql is not a database that Rung can use."),
        ({"DATABASE_URL": "sqlite:///no/such/folder/rung.db"}, "The folder must exist"),
    ],
    ids=lambda one: "".join(one) if isinstance(one, dict) else "",
)
async def test_a_setting_that_does_not_work_ends_it_with_a_sentence(
    machine: Machine, settings: dict[str, str], sentence: str
) -> None:
    end = await machine.rung("run", **settings)
    assert end.code == 2, end.err
    assert sentence in end.err
    assert "Traceback" not in end.err


async def test_a_mistake_in_the_matrix_is_told_by_line_before_anything_is_touched(machine: Machine) -> None:
    (machine.folder / "matrix.yaml").write_text("rung: 1\npaths: 3\n", encoding="utf-8")
    end = await machine.rung("run", RUNG_MATRIX="matrix.yaml")
    assert end.code == 2
    assert "matrix.yaml:2: " in end.err
    assert not machine.database.exists()


async def test_a_second_one_on_the_same_file_is_sent_away(machine: Machine) -> None:
    first = open_database(f"sqlite:///{machine.database}", chance=FakeChance())
    try:
        end = await machine.rung("run")
    finally:
        await first.close()
    assert end.code == 2
    assert (
        "is used by another running Rung. Stop that one first, or use PostgreSQL to run several." in end.err
    )


async def test_a_database_of_a_newer_rung_is_left_alone(machine: Machine) -> None:
    await _made_by(machine, WorkspaceRow(WorkspaceId("T1"), "Northwind", "U1"))
    with sqlite3.connect(machine.database) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    before = machine.database.read_bytes()
    end = await machine.rung("run")
    assert end.code == 2
    assert "The database is newer than this program" in end.err
    assert machine.database.read_bytes() == before


async def test_another_workspaces_database_is_not_mixed_with_this_one(machine: Machine) -> None:
    await _made_by(machine, WorkspaceRow(WorkspaceId("T0OTHER"), "Southwind", "U1"))
    end = await machine.rung("run")
    assert end.code == 2
    assert "This database belongs to the workspace Southwind (T0OTHER)" in end.err


async def test_without_a_matrix_it_says_where_to_start(machine: Machine) -> None:
    del machine.settings["RUNG_MATRIX"]
    end = await machine.rung("run")
    assert end.code == 2
    assert "There is no escalation matrix yet. Set RUNG_MATRIX to a YAML file" in end.err


@pytest.mark.parametrize(("problems", "code"), [((), 0), (("It is stopping.",), 1)])
async def test_health_passes_on_what_the_bot_says(
    machine: Machine, problems: tuple[str, ...], code: int
) -> None:
    async def look() -> Health:
        return Health(version="1", slack="connected", problems=list(problems))

    server = HttpServer(build_api(look, "1"), "127.0.0.1", 0)
    await server.start()
    try:
        end = await machine.rung("health", "--url", server.address)
    finally:
        await server.stop()
    assert end.code == code
    assert all(problem in end.out for problem in problems)


async def _made_by(machine: Machine, workspace: WorkspaceRow) -> None:
    database = open_database(f"sqlite:///{machine.database}", chance=FakeChance())
    try:
        await database.migrate()
        await database.transactions.run(lambda store: store.workspaces.put(workspace, NOON))
    finally:
        await database.close()

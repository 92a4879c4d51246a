"""`rung doctor`: before the first start, beside a running Rung, and when Slack or the database is down."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.http.api import build_api
from bot.adapters.http.health import Health
from bot.adapters.http.server import HttpServer
from bot.app import Program
from bot.config import Settings
from bot.demo import APP_TOKEN, BOT_TOKEN, sandbox_config
from bot.doctor import look_at_running
from bot.domain.checks import Verdict
from bot.domain.ids import WorkspaceId
from bot.sandbox.server import Sandbox
from tests.integration.machine import Ended, Machine, working
from tests.integration.test_calendar_program import served

TOKENS = (BOT_TOKEN, APP_TOKEN, "canary")


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    """The demo's workspace."""
    async with Sandbox(sandbox_config()) as sandbox:
        yield sandbox


@pytest.fixture
def machine(slack: Sandbox, tmp_path: Path) -> Machine:
    """Everything is right with it."""
    return working(slack, tmp_path)


async def doctor(machine: Machine, *words: str, **settings: str) -> tuple[Ended, dict[str, str]]:
    """In a thread, because the command has an event loop of its own; the worst verdict by name."""
    end = await asyncio.to_thread(machine.here, "doctor", "--json", *words, **settings)
    assert end.err == ""
    assert not any(one in end.out for one in TOKENS), "no secrets"
    return end, {one["check"]: one["verdict"] for one in reversed(json.loads(end.out))}


async def test_before_the_first_start_it_says_what_to_do_first(machine: Machine) -> None:
    end = await asyncio.to_thread(machine.here, "doctor")
    assert end.code == 2
    lines = end.out.splitlines()
    assert lines[0] == "ok           settings: they can be read; Socket Mode."
    assert any(line.startswith("broken       database: There is no database at ") for line in lines)
    assert "ok           scopes: all 12 that are needed." in lines
    assert lines[-1] == "1 broken, 3 not checked, 4 ok."


async def test_all_is_well_beside_a_running_rung(machine: Machine, slack: Sandbox, tmp_path: Path) -> None:
    settings = served(slack, tmp_path)
    async with Program(settings):
        await slack.connected()
        end, found = await doctor(machine, HTTP_PORT=str(settings.http_port))
        assert (end.code, set(found.values())) == (0, {"ok"}), end.out
        assert found.keys() >= {
            "running Rung",
            "database",
            "Slack",
            "scopes",
            "Socket Mode",
            "timers",
            "matrix",
        }
        assert found.keys() >= {"issue channel", "catch-all channel", "open issues", "failed messages"}

        slack.deactivate("dina")
        end, found = await doctor(machine, HTTP_PORT=str(settings.http_port))
        assert end.code == 2, "a level that nobody can answer, and a manager who is gone"
        assert found["last resort of Customer care"] == "attention"
    slack.revoke_token()
    end, found = await doctor(machine, HTTP_PORT=str(settings.http_port))
    assert (end.code, found["Slack"], found["running Rung"]) == (2, "broken", "attention")
    assert (found["scopes"], found["timers"]) == ("not checked", "ok"), "rows are looked at without Slack"


async def test_a_database_that_is_down_leaves_the_rest(machine: Machine) -> None:
    nowhere = "postgresql://rung:canary@127.0.0.1:1/rung"
    end, found = await doctor(machine, DATABASE_URL=nowhere)
    assert (end.code, found["database"], found["Slack"]) == (2, "broken", "ok")
    assert found["issues, messages and timers"] == found["matrix, channels and last resort"] == "not checked"


async def test_settings_that_are_missing_are_named_and_the_rest_is_looked_at(machine: Machine) -> None:
    end, found = await doctor(machine, SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET="canary")
    assert (end.code, found["settings"], found["HTTP mode"]) == (2, "broken", "attention")
    assert found["Slack"] == "not checked"


async def test_settings_that_cannot_be_read_are_told(machine: Machine) -> None:
    end, found = await doctor(machine, HTTP_PORT="canary", LOG_LEVEL="canary")
    assert (end.code, found) == (2, {"settings": "broken"})
    assert [one["said"].split(":")[0] for one in json.loads(end.out)] == ["HTTP_PORT", "LOG_LEVEL"]


async def test_another_workspaces_database_is_told(machine: Machine, slack: Sandbox, tmp_path: Path) -> None:
    async with Program(served(slack, tmp_path)) as program:
        raw = program.connection.workspace
        await program.database.transactions.run(
            lambda store: store.workspaces.put(replace(raw, id=WorkspaceId("T0OTHER")), program.steady.now())
        )
    end, _ = await doctor(machine)
    assert "This database knows none yet, or several." in end.out
    assert end.code == 2


@pytest.mark.parametrize(
    ("says", "verdict", "said"),
    [
        (Health("1", "connected", loops={"timers": 0.2}), Verdict.OK, "timers passed 0.2 s ago."),
        (Health("1", "connected", loops={"timers": 31.0}), Verdict.BROKEN, "timers passed 31.0 s ago."),
        (
            Health("1", "connected", loops={"timers": 0.2}, reduced=["No files."]),
            Verdict.ATTENTION,
            "No files.",
        ),
        (
            Health("1", "connected", problems=["ISS-1 waits."]),
            Verdict.BROKEN,
            "it is not ready. ISS-1 waits.",
        ),
        (Health("1", "connected"), Verdict.ATTENTION, "that is no Rung of this version"),
    ],
    ids=["well", "stands still", "reduced", "not ready", "older"],
)
async def test_a_running_rung_is_asked_how_it_is(says: Health, verdict: Verdict, said: str) -> None:
    async def look() -> Health:
        return says

    server = HttpServer(build_api(look, "1"), "127.0.0.1", 0)
    await server.start()
    try:
        port = int(server.address.rpartition(":")[2])
        settings = Settings.model_construct(http_host="127.0.0.1", http_port=port)
        check = await asyncio.to_thread(look_at_running, settings)
    finally:
        await server.stop()
    assert (check.verdict, said in check.said) == (verdict, True), check.line

"""`rung matrix check`, `plan` and `apply` about the world: dates and schedules always, people of Slack with --slack."""

import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from tests.builders import NOON, workspace
from tests.integration.rung_matrix import DEMO, RungMatrix, there, typed_here
from tests.integration.slack.rig import config

pytestmark = pytest.mark.usefixtures("bare")

OLD = DEMO.replace(
    b"paths:\n",
    b"""schedules:
  care:
    layers:
      - {people: ["@maya"], from: 2020-01-06, until: 2020-02-03}
paths:
""",
).replace(
    b'    levels:\n      - {name: Team lead, contacts: ["@maya"]',
    b'    review_by: 2020-01-31\n    levels:\n      - {name: Team lead, contacts: ["oncall:care"]',
)
"""A review that is overdue and a layer that has ended."""
CROWD = b"""\
rung: 1
workspace:
  timezone: Europe/London
  issue_channel: "#issues"
  catch_all: "#issues"
  escalation_manager: "@maya"
types:
  quality: {title: The work is not good enough}
priorities:
  P1: {title: Critical}
priority_matrix:
  high: {high: P1}
paths:
  - name: Care
    owner: "@lea"
    levels:
      - {name: Desk, contacts: ["#ops-desk"], acknowledge_within: 5m}
      - {name: Night, contacts: ["group:nobody"], acknowledge_within: 5m}
      - {name: Managers, contacts: ["group:ops-managers"], acknowledge_within: 5m}
      - {name: Omar, contacts: ["@omar"], acknowledge_within: 5m}
"""
LEFT = "Lea Left (@lea) has left Slack. Name somebody else here, or mend that in Slack."
TOLD = [
    f"crowd.yaml:15: {LEFT}",
    "crowd.yaml:17: Rung is not in the channel #ops-desk. It can post there, but hears nothing that is said. Invite it "
    "with /invite.",
    "crowd.yaml:18: Nobody can answer this level: it is skipped at once. Name somebody who is there.",
    "crowd.yaml:18: Everybody in @nobody has left Slack or is a bot. Name another group here, or mend that in Slack.",
    'crowd.yaml:20: Everybody on this level is on "Managers" already, under another name. Somebody who was silent '
    "there is only asked again; name somebody else if you can.",
]


@pytest.fixture
def written(tmp_path: Path) -> None:
    """The files."""
    (tmp_path / "old.yaml").write_bytes(OLD)
    (tmp_path / "crowd.yaml").write_bytes(CROWD)


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    """A small Slack: Lea has left it, Rung is not in #ops-desk."""
    async with Sandbox(config()) as sandbox:
        yield sandbox


def of(slack: Sandbox, token: str = "xoxb-sandbox") -> dict[str, str]:
    """The settings for it."""
    return {"SLACK_API_URL": slack.api_url, "SLACK_BOT_TOKEN": token}


# --- without Slack ----------------------------------------------------------------------------------------------------


def test_dates_and_schedules_are_told_by_line_and_nothing_about_slack(written: None) -> None:
    answer = typed_here("check", "old.yaml")
    assert answer.exit_code == 0
    gap, over, review, usable = answer.stdout.splitlines()
    assert gap.startswith("old.yaml:19: Nobody is on call from ")
    assert gap.endswith(" in the next 30 days. Add somebody, or another layer below.")
    assert over == "old.yaml:21: This layer ended on 2020-02-03. Remove it, or give it a later end."
    assert review.startswith("old.yaml:25: The review of this path was due on 2020-01-31.")
    assert usable.startswith("old.yaml: can be used.")


def test_it_is_a_slip_for_programs_too(written: None) -> None:
    assert typed_here("check", "old.yaml", "--strict").exit_code == 1
    data = json.loads(typed_here("check", "old.yaml", "--format", "json").stdout)
    assert [(one["severity"], one["line"]) for one in data["findings"]] == [
        ("warning", 19),
        ("note", 21),
        ("warning", 25),
    ]


async def test_a_plan_tells_it_and_so_does_applying_without_a_question(
    written: None, rung: RungMatrix
) -> None:
    planned = await rung("plan", "old.yaml")
    notes = [line for line in planned.stdout.splitlines() if line.startswith("Note: ")]
    assert [note.split(" ")[1] for note in notes] == ["old.yaml:19:", "old.yaml:25:"]
    assert [f"Note: {one}" for one in (await rung.data("plan", "old.yaml"))["warnings"]] == notes
    done = await rung("apply", "old.yaml", "--yes")
    assert done.stdout == "Version 1 is in force. A running Rung takes it over within two seconds.\n"
    assert done.stderr.splitlines() == notes


# --- with Slack -------------------------------------------------------------------------------------------------------


async def test_people_groups_and_channels_are_looked_up(written: None, slack: Sandbox) -> None:
    answer = await there("check", "crowd.yaml", "--slack", **of(slack))
    assert answer.stdout.splitlines()[:-1] == TOLD
    assert (answer.exit_code, answer.stderr) == (1, ""), "a level that nobody can answer is a mistake"
    without = await there("check", "crowd.yaml", **of(slack))
    assert (without.exit_code, without.stdout.startswith("crowd.yaml: can be used.")) == (0, True)


async def test_a_slack_that_stops_answering_is_told(written: None, slack: Sandbox) -> None:
    slack.faults.add("users.list", Fault.status(503), times=None)
    answer = await there("check", "crowd.yaml", "--slack", **of(slack))
    assert answer.exit_code == 0
    assert "Slack could not be asked about" in answer.stdout


async def test_a_plan_asks_slack_about_the_workspace_of_the_matrix(
    written: None, rung: RungMatrix, slack: Sandbox
) -> None:
    refused = await rung("plan", "crowd.yaml", "--slack", **of(slack))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("The token is of Northwind (T0SANDBOX), but the matrix is that of T1.")

    own = workspace("T0SANDBOX", "Northwind")
    await rung.running.transactions.run(lambda store: store.workspaces.put(own, NOON))
    planned = await rung("plan", "crowd.yaml", "--slack", "--workspace", own.id, **of(slack))
    assert planned.exit_code == 1
    assert f"Note: crowd.yaml:15: {LEFT}" in planned.stdout.splitlines()
    assert "ops-desk. It can post" not in planned.stdout, "a note is not told here"


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        ("", "SLACK_BOT_TOKEN is not set. It is on your app's page under OAuth & Permissions (xoxb-...)."),
        ("xoxb-wrong", "Install the app again and give Rung the new token."),
    ],
)
async def test_a_token_that_is_none(written: None, slack: Sandbox, token: str, sentence: str) -> None:
    answer = await there("check", "crowd.yaml", "--slack", **of(slack, token))
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert sentence in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_a_slack_that_cannot_be_reached(written: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/api/"
    answer = typed_here("check", "crowd.yaml", "--slack", SLACK_API_URL=url, SLACK_BOT_TOKEN="xoxb-sandbox")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.startswith("Slack cannot be reached")
    assert url in answer.stderr

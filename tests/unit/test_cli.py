"""The `rung` command: 0 = fine, 1 = no, 2 = settings or input, and always a sentence."""

import socket
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import __version__
from bot.cli import main
from bot.config import Settings
from bot.demo import example_matrix, examples

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-canary", "SLACK_APP_TOKEN": "xapp-canary"}


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, and none of our settings in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def rung(*words: str, **settings: str) -> Result:
    return CliRunner().invoke(main, words, env=settings, catch_exceptions=False)


@pytest.fixture
def closed_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def test_the_version_is_the_packages() -> None:
    assert rung("--version").output == f"rung, version {__version__}\n"
    assert version("rung") == __version__


def test_every_command_says_in_its_help_what_it_is_for() -> None:
    for command in main.commands.values():
        assert command.help, command.name
        assert rung(str(command.name), "--help").exit_code == 0


def test_a_word_that_is_no_command_is_a_usage_error() -> None:
    assert rung("dance").exit_code == 2


def test_running_without_tokens_says_which_and_where_they_are() -> None:
    answer = rung("run")
    assert answer.exit_code == 2
    assert "SLACK_BOT_TOKEN is not set. It is on your app's page under OAuth & Permissions" in answer.stderr
    assert answer.stdout == ""


def test_the_manifest_is_the_one_in_the_repository() -> None:
    answer = rung("manifest")
    assert answer.exit_code == 0
    assert answer.output == MANIFEST.read_text(encoding="utf-8")


def test_the_manifest_for_http_mode_has_the_address_everywhere() -> None:
    answer = rung("manifest", "--http-url", "https://bot.example.com/slack/events", "--command", "/help-me")
    assert answer.output.count("https://bot.example.com/slack/events") == 5
    assert "command: /help-me" in answer.output
    assert "socket_mode_enabled: false" in answer.output


def test_an_example_that_is_not_there() -> None:
    answer = rung("demo", "--example", "hospital")
    assert answer.exit_code == 2
    assert answer.output == (
        "There is no example hospital. Use one of: demo, contact-centre, hospital-ward, it-service-desk.\n"
    )


@pytest.mark.parametrize("name", examples())
def test_the_matrices_that_ship_can_be_used(name: str) -> None:
    answer = rung("matrix", "check", str(example_matrix(name)))
    assert answer.exit_code == 0
    assert f"{name}.yaml: can be used." in answer.output


@pytest.mark.parametrize("name", examples())
def test_the_matrices_that_ship_pass_the_strict_check(name: str) -> None:
    assert rung("matrix", "check", "--strict", str(example_matrix(name))).exit_code == 0


def test_the_schema_of_the_matrix_is_the_one_in_the_repository() -> None:
    kept = (MANIFEST.parent / "docs" / "matrix.schema.json").read_text(encoding="utf-8")
    assert rung("matrix", "schema").output == kept


def test_a_mistake_in_a_matrix_is_told_by_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "matrix.yaml"
    text = example_matrix().read_text(encoding="utf-8")
    line = next(number for number, one in enumerate(text.splitlines(), 1) if one.startswith("types:"))
    file.write_text(text.replace("types:", "tpyes:", 1), encoding="utf-8")
    answer = rung("matrix", "check", str(file))
    assert answer.exit_code == 1
    assert f"{file}:{line}: " in answer.stdout


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("missing.yaml", "This does not exist. Check the name, or the folder you are in."),
        (".", "This is not a file. Name the matrix file itself"),
    ],
)
def test_a_matrix_that_is_not_there(name: str, sentence: str) -> None:
    answer = rung("matrix", "check", name)
    assert answer.exit_code == 2
    assert sentence in answer.stderr


def test_health_without_a_running_bot_is_no(closed_port: int) -> None:
    answer = rung("health", **TOKENS, HTTP_PORT=str(closed_port))
    assert answer.exit_code == 1
    assert f"No answer from http://127.0.0.1:{closed_port}" in answer.stderr


def test_health_asks_this_machine_when_the_bot_listens_everywhere(closed_port: int) -> None:
    answer = rung("health", **TOKENS, HTTP_PORT=str(closed_port), HTTP_HOST="0.0.0.0")
    assert f"No answer from http://127.0.0.1:{closed_port}" in answer.stderr


def test_health_at_something_that_is_no_address() -> None:
    answer = rung("health", "--url", "nowhere")
    assert answer.exit_code == 1
    assert "No answer from nowhere" in answer.stderr


def test_health_of_a_bot_that_serves_none() -> None:
    answer = rung("health", **TOKENS, HTTP_PORT="0")
    assert answer.exit_code == 2
    assert "HTTP_PORT is 0, so there is nothing to ask." in answer.stderr

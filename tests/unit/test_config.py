"""Settings: where they come from, what is refused, and that a refusal says what to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import ConfigError, Settings, load

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-canary", "SLACK_APP_TOKEN": "xapp-canary"}


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """An empty folder, and none of our settings in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    yield monkeypatch


def given(bare: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        bare.setenv(name, value)


def test_two_tokens_are_enough(bare: pytest.MonkeyPatch) -> None:
    given(bare, **TOKENS)
    settings = load()
    assert settings.socket_mode
    assert settings.database_url == "sqlite:///rung.db"
    assert settings.http_host == "127.0.0.1", "nobody else reaches health unless asked for"


def test_a_matrix_left_empty_is_none_at_all(bare: pytest.MonkeyPatch) -> None:
    given(bare, **TOKENS, RUNG_MATRIX="")
    assert load().rung_matrix is None


def test_commands_of_their_own_may_be_renamed_or_left_out(bare: pytest.MonkeyPatch) -> None:
    given(bare, **TOKENS, RUNG_ONCALL_COMMAND="/duty", RUNG_MATRIX_COMMAND="")
    assert load().aliases == {"/duty": "oncall"}


def test_two_commands_of_one_name_are_refused(bare: pytest.MonkeyPatch) -> None:
    given(bare, **TOKENS, RUNG_ONCALL_COMMAND="/issue")
    with pytest.raises(ConfigError, match="RUNG_ONCALL_COMMAND and RUNG_MATRIX_COMMAND must differ"):
        load()


def test_the_address_from_outside_has_no_slash_at_its_end(bare: pytest.MonkeyPatch) -> None:
    given(bare, **TOKENS, RUNG_PUBLIC_URL="https://rung.example.com/")
    assert load().rung_public_url == "https://rung.example.com"


def test_a_signing_secret_means_http_mode(bare: pytest.MonkeyPatch) -> None:
    given(bare, SLACK_BOT_TOKEN="xoxb-canary", SLACK_SIGNING_SECRET="0123")
    assert not load().socket_mode


def test_an_env_file_is_read_and_the_environment_wins(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines = [
        "SLACK_BOT_TOKEN=xoxb-file",
        "SLACK_APP_TOKEN=xapp-file",
        "LOG_LEVEL=DEBUG",
        "POSTGRES_PASSWORD=x",
    ]
    (tmp_path / ".env").write_text("\n".join(lines), encoding="utf-8")
    given(bare, LOG_LEVEL="ERROR")
    settings = load()
    assert settings.slack_bot_token.get_secret_value() == "xoxb-file"
    assert settings.log_level == "ERROR"


def test_no_token_says_where_to_find_one() -> None:
    with pytest.raises(ConfigError) as refused:
        load()
    bot_token, app_token = str(refused.value).splitlines()
    assert bot_token.startswith("SLACK_BOT_TOKEN is not set. It is on your app's page")
    assert app_token.startswith("Set SLACK_APP_TOKEN (xapp-..., Socket Mode) or SLACK_SIGNING_SECRET")


def test_http_mode_needs_a_port(bare: pytest.MonkeyPatch) -> None:
    given(bare, SLACK_BOT_TOKEN="xoxb-canary", SLACK_SIGNING_SECRET="0123", HTTP_PORT="0")
    with pytest.raises(ConfigError, match="HTTP_PORT is 0, but HTTP mode needs a port"):
        load()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "SLACK_API_URL",
            "slack.com/api",
            "SLACK_API_URL: must start with https:// (or http:// for a stand-in",
        ),
        ("RUNG_COMMAND", "issue", "RUNG_COMMAND: must start with / and have no blanks"),
        ("RUNG_COMMAND", "/my issue", "RUNG_COMMAND: must start with / and have no blanks"),
        ("RUNG_COMMAND", "/", "RUNG_COMMAND: must start with /"),
        ("RUNG_COMMAND", "/" + "x" * 32, "RUNG_COMMAND: must start with /"),
        ("RUNG_ONCALL_COMMAND", "oncall", "RUNG_ONCALL_COMMAND: must start with /"),
        ("RUNG_PUBLIC_URL", "rung.example.com", "RUNG_PUBLIC_URL: must start with https://"),
        ("HTTP_PORT", "99999", "HTTP_PORT: "),
        ("HTTP_PORT", "eighty", "HTTP_PORT: "),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL: "),
        ("LOG_FORMAT", "xml", "LOG_FORMAT: "),
    ],
)
def test_a_setting_that_cannot_work_is_named(
    bare: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    given(bare, **TOKENS, **{name: value})
    with pytest.raises(ConfigError) as refused:
        load()
    assert str(refused.value).startswith(sentence)
    assert "Value error" not in str(refused.value)


def test_every_problem_is_told_at_once(bare: pytest.MonkeyPatch) -> None:
    given(bare, **TOKENS, HTTP_PORT="-1", LOG_LEVEL="LOUD")
    with pytest.raises(ConfigError) as refused:
        load()
    assert len(str(refused.value).splitlines()) == 2


def test_an_address_without_its_last_slash_gets_one(bare: pytest.MonkeyPatch) -> None:
    given(bare, **TOKENS, SLACK_API_URL="https://slack-gov.com/api")
    assert load().slack_api_url == "https://slack-gov.com/api/"


def test_secrets_do_not_show_when_settings_are_printed(bare: pytest.MonkeyPatch) -> None:
    given(bare, **TOKENS, SLACK_SIGNING_SECRET="canary")
    settings = load()
    assert "canary" not in repr(settings)
    assert "canary" not in settings.model_dump_json()


def test_a_refusal_does_not_show_secrets(bare: pytest.MonkeyPatch) -> None:
    given(bare, **TOKENS, SLACK_SIGNING_SECRET="canary", HTTP_PORT="canary-free")
    with pytest.raises(ConfigError) as refused:
        load()
    assert "canary" not in str(refused.value).replace("canary-free", "")

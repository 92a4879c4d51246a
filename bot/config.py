"""Settings, from the environment or a `.env` file. One table: the README's is made from it."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

NOT_INSTALLED = "SLACK_BOT_TOKEN is not set. It is on your app's page under OAuth & Permissions (xoxb-...)."


class ConfigError(Exception):
    """Settings that cannot work; the text says which and what to do."""


class Settings(BaseSettings):
    """Everything that can be set from outside. Only app.py and cli.py read it; adapters receive values."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", case_sensitive=False, frozen=True)

    slack_bot_token: SecretStr = Field(default=SecretStr(""), description="Bot token (`xoxb-...`). Required.")
    slack_app_token: SecretStr = Field(
        default=SecretStr(""),
        description="App-level token (`xapp-...`): Socket Mode. Either this or the signing secret.",
    )
    slack_signing_secret: SecretStr = Field(
        default=SecretStr(""),
        description="Signing secret: HTTP mode at `/slack/events`, for several replicas.",
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/",
        description="Where Slack's Web API is: GovSlack, a proxy, or a local stand-in.",
    )
    database_url: str = Field(
        default="sqlite:///rung.db",
        description="`sqlite:///FILE`, or `postgresql://USER:PASSWORD@HOST/NAME`.",
    )
    rung_matrix: Path | None = Field(
        default=None,
        description="The escalation matrix, a YAML file. Published at start when the file changed since the last time.",
    )
    rung_command: str = Field(default="/issue", description="The slash command, as in the app's manifest.")
    rung_oncall_command: str = Field(
        default="/oncall", description="Short for `/issue oncall`. Empty = there is no such command."
    )
    rung_matrix_command: str = Field(
        default="/matrix", description="Short for `/issue matrix`. Empty = there is no such command."
    )
    rung_public_url: str = Field(
        default="",
        description="Where people reach the port below from outside (`https://rung.example.com`): for calendar feeds "
        "and pages for clients.",
    )
    rung_outsiders_may: str = Field(
        default="answer,confirm,dispute,follow_up,rate,see",
        description="What people of other organisations may do in shared channels, for what is theirs: words of the "
        "table in docs/rights.md, with commas between. Empty = nothing.",
    )
    http_host: str = Field(
        default="127.0.0.1", description="Where health (and Slack, in HTTP mode) is served."
    )
    http_port: int = Field(
        default=8080, ge=0, le=65535, description="The port for it. 0 = none (Socket Mode only)."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is logged."
    )
    log_format: Literal["json", "text"] = Field(
        default="json", description="One JSON object a line, or text for people."
    )

    @field_validator("rung_matrix", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return value or None

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_slash(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must start with https:// (or http:// for a stand-in on this machine)")
        return value if value.endswith("/") else value + "/"

    @field_validator("rung_command", "rung_oncall_command", "rung_matrix_command")
    @classmethod
    def _is_a_command(cls, value: str, info: ValidationInfo) -> str:
        if not value and info.field_name != "rung_command":
            return value
        if not value.startswith("/") or " " in value or not 2 <= len(value) <= 32:
            raise ValueError("must start with / and have no blanks, for example /issue")
        return value

    @field_validator("rung_public_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must start with https:// (or http:// on this machine)")
        return value.rstrip("/")

    @property
    def aliases(self) -> dict[str, str]:
        """Commands that stand for a sub-command of the main one."""
        named = {self.rung_oncall_command: "oncall", self.rung_matrix_command: "matrix"}
        return {name: word for name, word in named.items() if name}

    @property
    def socket_mode(self) -> bool:
        """Socket Mode when there is an app-level token."""
        return bool(self.slack_app_token.get_secret_value())


def load() -> Settings:
    """Read the settings. Raises ConfigError with one sentence per problem."""
    settings = load_without_slack()
    found = problems(settings)
    if found:
        raise ConfigError("\n".join(found))
    return settings


def load_without_slack() -> Settings:
    """The same for commands that talk only to the database: nothing has to be set. Raises ConfigError."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"{str(one['loc'][0]).upper()}: {one['msg'].removeprefix('Value error, ')}."
            for one in error.errors()
        ]
        raise ConfigError("\n".join(lines)) from error


def bot_token(settings: Settings) -> str:
    """The token, for a command that asks Slack and needs nothing else of it. Raises ConfigError."""
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        raise ConfigError(NOT_INSTALLED)
    return token


def own_address(settings: Settings) -> str:
    """Where health is served, seen from this machine. Raises ConfigError where it is not."""
    if not settings.http_port:
        raise ConfigError("HTTP_PORT is 0, so there is nothing to ask. Set it, for example to 8080.")
    host = "127.0.0.1" if settings.http_host == "0.0.0.0" else settings.http_host  # noqa: S104 - compared, not bound
    return f"http://{host}:{settings.http_port}"


def problems(settings: Settings) -> list[str]:
    """What keeps Rung from running with them, one sentence each."""
    found = []
    if not settings.slack_bot_token.get_secret_value():
        found.append(NOT_INSTALLED)
    if not settings.socket_mode and not settings.slack_signing_secret.get_secret_value():
        found.append(
            "Set SLACK_APP_TOKEN (xapp-..., Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode). "
            "Both are on your app's page under Basic Information."
        )
    commands = [
        one
        for one in (settings.rung_command, settings.rung_oncall_command, settings.rung_matrix_command)
        if one
    ]
    if len(set(commands)) < len(commands):
        found.append(
            "RUNG_COMMAND, RUNG_ONCALL_COMMAND and RUNG_MATRIX_COMMAND must differ. Leave one of them empty."
        )
    if not settings.socket_mode and not settings.http_port:
        found.append(
            "HTTP_PORT is 0, but HTTP mode needs a port for Slack to reach. Set it, for example to 8080."
        )
    return found

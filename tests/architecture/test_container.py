"""The container's files say what the program says."""

import ast
import re
from typing import Any

from ruamel.yaml import YAML

from bot.config import Settings
from tests.architecture.source import HOME

DOCKERFILE = (HOME / "Dockerfile").read_text(encoding="utf-8")
OF_COMPOSE = {"POSTGRES_PASSWORD"}


def _compose() -> Any:
    return YAML(typ="safe").load((HOME / "compose.yaml").read_text(encoding="utf-8"))


def _settings() -> set[str]:
    return {name.upper() for name in Settings.model_fields}


def test_the_example_of_settings_has_only_settings_that_exist() -> None:
    text = (HOME / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))
    assert named <= _settings() | OF_COMPOSE
    assert {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "RUNG_MATRIX"} <= named
    assert not re.findall(r"^SLACK_\w+=.", text, re.MULTILINE), "an example never holds a token"


def test_compose_sets_only_settings_that_exist() -> None:
    assert set(_compose()["services"]["bot"]["environment"]) <= _settings()


def test_the_image_sets_only_settings_that_exist() -> None:
    named = set(re.findall(r"([A-Z]+_[A-Z]+)=", DOCKERFILE))
    assert named <= _settings()


def test_the_image_runs_as_nobody_special_and_is_looked_after() -> None:
    assert re.search(r"^USER \d+:\d+$", DOCKERFILE, re.MULTILINE)
    assert "STOPSIGNAL SIGTERM" in DOCKERFILE
    check = re.search(r"^HEALTHCHECK .*CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    entry = re.search(r"^ENTRYPOINT (\[.*\])$", DOCKERFILE, re.MULTILINE)
    assert check
    assert entry, "only the exec form passes signals on"
    assert ast.literal_eval(check[1]) == ["rung", "health"]
    assert ast.literal_eval(entry[1]) == ["rung"]
    assert "--require-hashes" in DOCKERFILE


def test_compose_gives_away_nothing_it_need_not() -> None:
    services = _compose()["services"]
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["restart"] == "unless-stopped"
    assert "cap_add" not in services["bot"]
    assert "ports" not in services["database"]
    assert all(port.startswith("127.0.0.1:") for port in services["bot"]["ports"])

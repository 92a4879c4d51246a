"""The app's manifest: what Slack would refuse is refused here, and nothing is asked for that nobody allowed."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.adapters.slack.listeners.router import TABLE
from bot.adapters.slack.manifest import ALIASES, EVENTS, OPTIONAL_SCOPES, SCOPES, manifest
from bot.config import Settings
from bot.manifest_file import as_yaml

FILE = Path(__file__).parents[3] / "manifest.yml"
ADDRESS = "https://bot.example.com/slack/events"

ALLOWED_SCOPES = {
    "app_mentions:read",
    "channels:join",
    "channels:read",
    "chat:write",
    "chat:write.public",
    "commands",
    "groups:read",
    "im:history",
    "im:write",
    "usergroups:read",
    "users:read",
    "users:read.email",
}
ALLOWED_OPTIONAL = {"channels:history", "files:read", "files:write", "groups:history"}
EVENT_NEEDS = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "channel_archive": {"channels:read"},
    "channel_deleted": {"channels:read"},
    "channel_id_changed": {"channels:read"},
    "channel_rename": {"channels:read"},
    "channel_unarchive": {"channels:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message.im": {"im:history"},
    "subteam_members_changed": {"usergroups:read"},
    "subteam_updated": {"usergroups:read"},
    "team_join": {"users:read"},
    "user_change": {"users:read"},
}
"""All events that may be subscribed to, and the scopes without which Slack does not send them."""

LENGTHS = [
    (("display_information", "name"), 1, 35),
    (("display_information", "description"), 1, 140),
    (("display_information", "long_description"), 175, 4000),
    (("display_information", "background_color"), 4, 7),
    (("features", "bot_user", "display_name"), 1, 80),
]

Json = dict[str, Any]


@pytest.fixture(params=["", ADDRESS], ids=["socket", "http"])
def made(request: pytest.FixtureRequest) -> Json:
    """The manifest in each of the two modes."""
    return manifest(http_url=request.param)


def at(value: Json, path: tuple[str, ...]) -> Any:
    """What is at a path."""
    found: Any = value
    for name in path:
        found = found[name]
    return found


def test_its_other_commands_are_those_of_the_settings() -> None:
    assert Settings(slack_bot_token=SecretStr("xoxb-canary")).aliases == ALIASES


def test_the_file_is_what_the_code_says() -> None:
    assert FILE.read_text(encoding="utf-8") == as_yaml(manifest()), "run: rung manifest > manifest.yml"


def test_it_asks_for_these_scopes_and_no_others(made: Json) -> None:
    scopes = made["oauth_config"]["scopes"]
    assert set(scopes) == {"bot", "bot_optional"}, "nothing is done in anybody's name"
    assert set(scopes["bot"]) == ALLOWED_SCOPES | ALLOWED_OPTIONAL
    assert set(scopes["bot_optional"]) == ALLOWED_OPTIONAL
    assert len(scopes["bot"]) == len(set(scopes["bot"]))


@pytest.mark.parametrize(("scope", "why"), [*SCOPES.items(), *OPTIONAL_SCOPES.items()])
def test_every_scope_has_its_reason(scope: str, why: str) -> None:
    assert len(why.split()) >= 3, scope


def test_it_hears_these_events_and_no_others(made: Json) -> None:
    assert set(made["settings"]["event_subscriptions"]["bot_events"]) == EVENT_NEEDS.keys()
    assert len(EVENTS) == len(set(EVENTS))


@pytest.mark.parametrize(("event", "needs"), EVENT_NEEDS.items())
def test_every_event_has_the_scope_it_needs(event: str, needs: set[str]) -> None:
    assert not needs or needs & SCOPES.keys(), event


@pytest.mark.parametrize(
    ("path", "least", "most"), LENGTHS, ids=lambda one: ".".join(one) if isinstance(one, tuple) else ""
)
def test_texts_have_the_length_that_slack_takes(
    made: Json, path: tuple[str, ...], least: int, most: int
) -> None:
    assert least <= len(at(made, path)) <= most


def test_the_color_is_one(made: Json) -> None:
    assert re.fullmatch(r"#[0-9a-f]{6}", made["display_information"]["background_color"])


def test_shortcuts_are_what_slack_takes(made: Json) -> None:
    shortcuts = made["features"]["shortcuts"]
    assert 1 <= len(shortcuts) <= 10
    assert {one["type"] for one in shortcuts} == {"global", "message"}
    assert len({one["callback_id"] for one in shortcuts}) == len(shortcuts)
    for one in shortcuts:
        assert 1 <= len(one["name"]) <= 24
        assert 1 <= len(one["description"]) <= 150
        assert 1 <= len(one["callback_id"]) <= 255


def test_the_commands_are_what_slack_takes(made: Json) -> None:
    for command in made["features"]["slash_commands"]:
        assert re.fullmatch(r"/[a-z0-9_-]{1,31}", command["command"])
        assert 1 <= len(command["description"]) <= 2000
        assert 1 <= len(command["usage_hint"]) <= 1000
        assert command["should_escape"] is True, "else @ann arrives as text that anybody could have typed"


def test_the_hint_names_every_subcommand() -> None:
    command = manifest()["features"]["slash_commands"][0]
    hint = command["usage_hint"]
    assert [row.words[0] for row in TABLE if row.words[0] not in re.findall(r"[a-z]+", hint)] == []


@pytest.mark.parametrize("aliases", [{}, {"/who": "list"}, {"/who": "list", "/gone": "no such thing"}])
def test_a_command_of_its_own_stands_for_a_subcommand_there_is(aliases: dict[str, str]) -> None:
    commands = manifest(aliases=aliases)["features"]["slash_commands"]
    assert [one["command"] for one in commands] == ["/issue", *(["/who"] if aliases else [])]


def test_direct_messages_can_be_written_to_the_bot(made: Json) -> None:
    home = made["features"]["app_home"]
    assert home["home_tab_enabled"] is True
    assert home["messages_tab_enabled"] is True
    assert home["messages_tab_read_only_enabled"] is False


def test_socket_mode_has_no_address() -> None:
    made = manifest()
    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in str(made)


def test_http_mode_has_the_address_in_all_three_places() -> None:
    made = manifest("/help", ADDRESS)
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["event_subscriptions"]["request_url"] == ADDRESS
    assert made["settings"]["interactivity"] == {"is_enabled": True, "request_url": ADDRESS}
    commands = made["features"]["slash_commands"]
    assert commands[0]["command"] == "/help"
    assert {command["url"] for command in commands} == {ADDRESS}


def test_token_rotation_is_off_because_it_can_never_be_turned_off_again(made: Json) -> None:
    assert made["settings"]["token_rotation_enabled"] is False
    assert made["settings"]["org_deploy_enabled"] is False

"""What the manifest, the plan and the token allow."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.config import Person
from bot.sandbox.errors import NotPossible
from bot.sandbox.server import Sandbox
from tests.sandbox.app import MANIFEST, card
from tests.sandbox.calls import ANN, GENERAL, ISSUES, WAR, refused
from tests.sandbox.conftest import over_socket, small_config

POST = "chat.postMessage"
HOME = {"type": "home", "blocks": card("x")}
SCOPES = [
    (POST, {"channel": ISSUES, "text": "x"}, "chat:write", "chat:write"),
    ("users.info", {"user": ANN}, "users:read", "users:read"),
    ("users.lookupByEmail", {"email": "ann@example.com"}, "users:read.email", "users:read.email"),
    ("conversations.info", {"channel": WAR}, "groups:read", "groups:read"),
    ("conversations.history", {"channel": ISSUES}, "channels:history", "channels:history"),
    ("conversations.open", {"users": ANN}, "im:write", "im:write"),
    ("conversations.create", {"name": "new", "is_private": True}, "groups:write", "groups:write"),
    ("conversations.join", {"channel": GENERAL}, "channels:join", "channels:join"),
    ("usergroups.list", {}, "usergroups:read", "usergroups:read"),
    ("dnd.info", {"user": ANN}, "dnd:read", "dnd:read"),
    ("files.getUploadURLExternal", {"filename": "x", "length": 1}, "files:write", "files:write"),
    ("pins.add", {"channel": ISSUES}, "pins:write", "pins:write"),
]


@pytest.mark.parametrize(("method", "args", "dropped", "needed"), SCOPES)
async def test_scopes_come_from_the_manifest(
    method: str, args: dict[str, Any], dropped: str, needed: str
) -> None:
    async with Sandbox(small_config(manifest=without_scope(dropped))) as sandbox:
        answer = await refused(AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url), method, args)
    assert answer["error"] == "missing_scope"
    assert needed in answer["needed"].split(",")
    assert dropped not in answer["provided"].split(",")


def without_scope(scope: str) -> dict[str, Any]:
    manifest = deepcopy(MANIFEST)
    manifest["oauth_config"]["scopes"]["bot"].remove(scope)
    return manifest


async def test_a_public_channel_needs_membership_or_the_public_scope(client: AsyncWebClient) -> None:
    assert (await client.chat_postMessage(channel=GENERAL, text="x"))["ok"]
    async with Sandbox(small_config(manifest=without_scope("chat:write.public"))) as strict:
        narrow = AsyncWebClient(token="xoxb-sandbox", base_url=strict.api_url)
        assert (await refused(narrow, POST, {"channel": GENERAL, "text": "x"}))["error"] == "not_in_channel"


@pytest.mark.parametrize(
    ("switch", "method", "args", "error"),
    [
        ("home_tab_enabled", "views.publish", {"view": HOME, "user_id": ANN}, "not_enabled"),
        ("messages_tab_enabled", POST, {"channel": ANN, "text": "x"}, "messages_tab_disabled"),
    ],
)
async def test_tabs_that_are_off(switch: str, method: str, args: dict[str, Any], error: str) -> None:
    manifest = deepcopy(MANIFEST)
    manifest["features"]["app_home"][switch] = False
    async with Sandbox(small_config(manifest=manifest)) as sandbox:
        answer = await refused(AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url), method, args)
    assert answer["error"] == error


async def test_user_groups_cost_money() -> None:
    async with Sandbox(small_config(paid_plan=False)) as sandbox:
        client = AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
        assert (await refused(client, "usergroups.list", {}))["error"] == "plan_upgrade_required"


async def test_a_revoked_token_opens_nothing() -> None:
    async with Sandbox(small_config()) as sandbox:
        client = AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
        sandbox.revoke_token()
        assert (await refused(client, "auth.test", {}))["error"] == "token_revoked"


async def test_commands_are_for_the_team_that_installed_the_app() -> None:
    people = [*small_config().people, Person("guest", "From Afar", stranger=True)]
    async with over_socket(people=people) as sandbox:
        sandbox.add("guest", "#issues")
        with pytest.raises(NotPossible, match="another organisation"):
            await sandbox.slash("guest", "#issues", "/issue")


@pytest.mark.parametrize("tokens_first", [True, False])
async def test_an_app_is_told_twice_that_it_was_removed(tokens_first: bool) -> None:
    manifest = deepcopy(MANIFEST)
    manifest["settings"]["event_subscriptions"]["bot_events"].append("app_uninstalled")
    async with over_socket(manifest=manifest) as sandbox:
        sandbox.uninstall(tokens_first=tokens_first)
        await sandbox.settled()
        told = [payload["event"]["type"] for payload in sandbox.feed.sent]
        assert told == sorted(["app_uninstalled", "tokens_revoked"], reverse=tokens_first)
        client = AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
        assert (await refused(client, "auth.test", {}))["error"] == "account_inactive"


async def test_events_need_their_scope() -> None:
    async with over_socket(manifest=without_scope("im:history")) as sandbox:
        await sandbox.say("maya", "dm:maya", "hi")
        assert [message.text for message in sandbox.dm("maya")] == ["hi"]

"""Every refusal of the Web API: the call, and the error Slack gives for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.sandbox.app import METADATA, card, modal
from tests.sandbox.calls import ANN, BOT, GENERAL, GONE, ISSUES, OLD, OMAR, ROBOT, SECRET, WAR, refused
from tests.sandbox.conftest import small_config

NEVER = "1700000000.000001"
POST, UPDATE, WHISPER = "chat.postMessage", "chat.update", "chat.postEphemeral"
HOME = {"type": "home", "blocks": card("x")}

REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("no.such.method", {}, "unknown_method"),
    (POST, {"text": "x"}, "invalid_arguments"),
    (POST, {"channel": ISSUES}, "no_text"),
    (POST, {"channel": ISSUES, "text": "  "}, "no_text"),
    (POST, {"channel": "#issues", "text": "x"}, "channel_not_found"),
    (POST, {"channel": "issues", "text": "x"}, "channel_not_found"),
    (POST, {"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
    (POST, {"channel": SECRET, "text": "x"}, "channel_not_found"),
    (POST, {"channel": OLD, "text": "x"}, "is_archived"),
    (POST, {"channel": ROBOT, "text": "x"}, "cannot_dm_bot"),
    (POST, {"channel": BOT, "text": "x"}, "cannot_dm_bot"),
    (POST, {"channel": GONE, "text": "x"}, "channel_not_found"),
    (POST, {"channel": ISSUES, "text": "x", "thread_ts": NEVER}, "cannot_reply_to_message"),
    (POST, {"channel": ISSUES, "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
    (POST, {"channel": ISSUES, "markdown_text": "y" * 12_001}, "msg_too_long"),
    (POST, {"channel": ISSUES, "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
    (POST, {"channel": ISSUES, "text": "x", "attachments": "nonsense"}, "invalid_attachments"),
    (POST, {"channel": ISSUES, "text": "x", "blocks": "nonsense"}, "invalid_blocks_format"),
    (POST, {"channel": ISSUES, "text": "x", "blocks": {}}, "invalid_blocks_format"),
    (POST, {"channel": ISSUES, "text": "x", "blocks": [{"type": "x"}]}, "invalid_blocks"),
    (POST, {"channel": ISSUES, "text": "x", "blocks": card("y" * 2900) * 5}, "msg_blocks_too_long"),
    (POST, {"channel": ISSUES, "text": "x", "metadata": "nonsense"}, "invalid_metadata_format"),
    (POST, {"channel": ISSUES, "text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
    (POST, {"channel": ISSUES, "text": "x", "metadata": {**METADATA, "more": 1}}, "invalid_metadata_schema"),
    (
        POST,
        {
            "channel": ISSUES,
            "text": "x",
            "metadata": {"event_type": "x", "event_payload": {"x": "y" * 16_000}},
        },
        "metadata_too_large",
    ),
    (WHISPER, {"channel": ISSUES, "text": "x"}, "invalid_arguments"),
    (WHISPER, {"channel": ISSUES, "user": OMAR, "text": "x"}, "user_not_in_channel"),
    (WHISPER, {"channel": GENERAL, "user": ANN, "text": "x"}, "not_in_channel"),
    (WHISPER, {"channel": OLD, "user": ANN, "text": "x"}, "is_archived"),
    (WHISPER, {"channel": ISSUES, "user": ANN, "text": "é" * 2001}, "msg_too_long"),
    (WHISPER, {"channel": ISSUES, "user": ANN}, "no_text"),
    (UPDATE, {"channel": ISSUES, "ts": NEVER, "text": "x"}, "message_not_found"),
    (UPDATE, {"channel": ANN, "ts": NEVER, "text": "x"}, "channel_not_found"),
    (UPDATE, {"channel": OLD, "ts": NEVER, "text": "x"}, "is_inactive"),
    ("chat.delete", {"channel": ISSUES, "ts": NEVER}, "message_not_found"),
    ("chat.getPermalink", {"channel": ISSUES, "message_ts": NEVER}, "message_not_found"),
    ("views.open", {"view": modal()}, "invalid_arguments"),
    ("views.open", {"view": modal(), "trigger_id": "1.2.3"}, "invalid_trigger_id"),
    ("views.push", {"view": modal(), "trigger_id": "1.2.3"}, "invalid_trigger_id"),
    ("views.update", {"view": modal()}, "invalid_arguments"),
    ("views.update", {"view": modal(), "view_id": "V0NOTHING"}, "not_found"),
    ("views.publish", {"view": modal(), "user_id": ANN}, "invalid_arguments"),
    ("views.publish", {"view": HOME, "user_id": "U0NOBODY0"}, "invalid_arguments"),
    ("views.publish", {"view": {**HOME, "blocks": [{"x": "y" * 250_000}]}, "user_id": ANN}, "view_too_large"),
    ("conversations.open", {}, "users_list_not_supplied"),
    ("conversations.open", {"users": GONE}, "user_disabled"),
    ("conversations.open", {"users": ROBOT}, "cannot_dm_bot"),
    ("conversations.open", {"users": "U0NOBODY0"}, "user_not_found"),
    ("conversations.open", {"users": ",".join([ANN] * 9)}, "too_many_users"),
    ("conversations.open", {"users": OMAR, "prevent_creation": True}, "channel_not_found"),
    ("conversations.info", {"channel": SECRET}, "channel_not_found"),
    ("conversations.list", {"types": "nonsense"}, "invalid_types"),
    ("conversations.list", {"limit": 1001}, "invalid_limit"),
    ("conversations.list", {"cursor": "nonsense"}, "invalid_cursor"),
    ("conversations.join", {"channel": WAR}, "method_not_supported_for_channel_type"),
    ("conversations.join", {"channel": OLD}, "is_archived"),
    ("conversations.history", {"channel": GENERAL}, "not_in_channel"),
    ("conversations.history", {"channel": ISSUES, "oldest": "soon"}, "invalid_ts_oldest"),
    ("conversations.replies", {"channel": ISSUES, "ts": NEVER}, "thread_not_found"),
    ("conversations.create", {"name": "issues"}, "name_taken"),
    ("conversations.create", {"name": "Big Room"}, "invalid_name_specials"),
    ("conversations.create", {"name": "--"}, "invalid_name_punctuation"),
    ("conversations.create", {"name": "x" * 81}, "invalid_name_maxlength"),
    ("conversations.create", {"name": ""}, "invalid_name_required"),
    ("conversations.invite", {"channel": ISSUES, "users": ANN}, "already_in_channel"),
    ("conversations.invite", {"channel": ISSUES, "users": BOT}, "cant_invite_self"),
    ("conversations.invite", {"channel": ISSUES, "users": "U0NOBODY0"}, "user_not_found"),
    ("conversations.invite", {"channel": ISSUES, "users": GONE}, "cant_invite"),
    ("conversations.invite", {"channel": GENERAL, "users": OMAR}, "not_in_channel"),
    ("conversations.setTopic", {"channel": ISSUES, "topic": "x" * 251}, "too_long"),
    ("conversations.archive", {"channel": OLD}, "already_archived"),
    ("conversations.unarchive", {"channel": ISSUES}, "not_archived"),
    ("users.info", {"user": "U0NOBODY0"}, "user_not_found"),
    ("users.lookupByEmail", {"email": "nobody@example.com"}, "users_not_found"),
    ("users.lookupByEmail", {"email": "gone@example.com"}, "users_not_found"),
    ("usergroups.users.list", {"usergroup": "S0NOTHING"}, "no_such_subteam"),
    ("dnd.teamInfo", {"users": ""}, "no_users_provided"),
    ("dnd.info", {"user": "U0NOBODY0"}, "user_not_found"),
    ("bots.info", {"bot": "B0NOTHING"}, "bot_not_found"),
    ("team.info", {"team": "T0NOTHING"}, "team_not_found"),
    ("apps.connections.open", {}, "not_allowed_token_type"),
    ("pins.add", {"channel": ISSUES}, "no_item_specified"),
    ("pins.add", {"channel": ISSUES, "timestamp": "soon"}, "bad_timestamp"),
    ("pins.add", {"channel": ISSUES, "timestamp": NEVER}, "message_not_found"),
    ("reactions.add", {"channel": ISSUES, "timestamp": NEVER, "name": "No Such"}, "invalid_name"),
    ("bookmarks.add", {"channel_id": ISSUES, "title": "x", "type": "x"}, "invalid_bookmark_type"),
    ("bookmarks.add", {"channel_id": ISSUES, "title": "x", "type": "link", "link": "x"}, "invalid_link"),
    ("bookmarks.remove", {"channel_id": ISSUES, "bookmark_id": "x"}, "not_found"),
    ("files.getUploadURLExternal", {"filename": "x", "length": 0}, "invalid_arguments"),
    (
        "files.getUploadURLExternal",
        {"filename": "x", "length": 1, "alt_txt": "x" * 1001},
        "alt_txt_too_large",
    ),
    (
        "files.getUploadURLExternal",
        {"filename": "x", "length": 1_000_001, "snippet_type": "text"},
        "snippet_too_large",
    ),
    ("files.completeUploadExternal", {"files": [{"id": "F0NOTHING"}]}, "file_not_found"),
]


@pytest.fixture(scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(small_config()) as started:
        yield started


@pytest.mark.parametrize(("method", "args", "error"), REFUSALS)
async def test_refusals(client: AsyncWebClient, method: str, args: dict[str, Any], error: str) -> None:
    assert (await refused(client, method, args))["error"] == error


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), ("xapp-sandbox", "not_allowed_token_type")],
)
async def test_tokens(sandbox: Sandbox, client: AsyncWebClient, token: str, error: str) -> None:
    stranger = AsyncWebClient(token=token, base_url=sandbox.api_url, session=client.session)
    assert (await refused(stranger, "users.info", {"user": ANN}))["error"] == error


async def test_blocks_are_refused_with_pointers(client: AsyncWebClient) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    answer = await refused(client, POST, {"channel": ISSUES, "text": "x", "blocks": blocks})
    told = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert answer["errors"] == [told]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {told}"]


async def test_views_are_refused_with_pointers(client: AsyncWebClient) -> None:
    answer = await refused(client, "views.publish", {"view": {**HOME, "title": "x"}, "user_id": ANN})
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] invalid additional property: title [json-pointer:/view]"
    ]

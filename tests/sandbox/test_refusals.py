"""Every refusal of the Web API: the call, and the error Slack gives for it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.sandbox.app import MANIFEST, card, modal
from tests.sandbox.conftest import small_config

ISSUES, GENERAL, SECRET, WAR, OLD = "C0ISSUES0", "C0GENERAL", "C0SECRET0", "C0WARROOM", "C0OLD0000"
ANN, MAYA, OMAR, GONE, ROBOT = "U0ANN0000", "U0MAYA000", "U0OMAR000", "U0GONE000", "U0ROBOT00"
BOT = "U0RUNG000"
NEVER = "1700000000.000001"
POST, UPDATE, WHISPER = "chat.postMessage", "chat.update", "chat.postEphemeral"
METADATA = {"event_type": "x", "event_payload": {"n": 1}}
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
async def sandbox():
    async with Sandbox(small_config()) as started:
        yield started


async def refused(client: AsyncWebClient, method: str, args: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=dict(args))
    return caught.value.response.data


@pytest.mark.parametrize(("method", "args", "error"), REFUSALS)
async def test_refusals(client, method, args, error):
    assert (await refused(client, method, args))["error"] == error


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), ("xapp-sandbox", "not_allowed_token_type")],
)
async def test_tokens(sandbox, client, token, error):
    stranger = AsyncWebClient(token=token, base_url=sandbox.api_url, session=client.session)
    assert (await refused(stranger, "users.info", {"user": ANN}))["error"] == error


async def test_blocks_are_refused_with_pointers(client):
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    answer = await refused(client, POST, {"channel": ISSUES, "text": "x", "blocks": blocks})
    told = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert answer["errors"] == [told]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {told}"]


async def test_views_are_refused_with_pointers(client):
    answer = await refused(client, "views.publish", {"view": {**HOME, "title": "x"}, "user_id": ANN})
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] invalid additional property: title [json-pointer:/view]"
    ]


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
async def test_scopes_come_from_the_manifest(method, args, dropped, needed):
    async with Sandbox(small_config(manifest=without_scope(dropped))) as sandbox:
        answer = await refused(AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url), method, args)
    assert answer["error"] == "missing_scope"
    assert needed in answer["needed"].split(",")
    assert dropped not in answer["provided"].split(",")


def without_scope(scope: str) -> dict[str, Any]:
    manifest = deepcopy(MANIFEST)
    manifest["oauth_config"]["scopes"]["bot"].remove(scope)
    return manifest


async def test_a_public_channel_needs_membership_or_the_public_scope(client):
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
async def test_tabs_that_are_off(switch, method, args, error):
    manifest = deepcopy(MANIFEST)
    manifest["features"]["app_home"][switch] = False
    async with Sandbox(small_config(manifest=manifest)) as sandbox:
        answer = await refused(AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url), method, args)
    assert answer["error"] == error


async def test_user_groups_cost_money():
    async with Sandbox(small_config(paid_plan=False)) as sandbox:
        client = AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
        assert (await refused(client, "usergroups.list", {}))["error"] == "plan_upgrade_required"


async def test_a_revoked_token_opens_nothing():
    async with Sandbox(small_config()) as sandbox:
        client = AsyncWebClient(token="xoxb-sandbox", base_url=sandbox.api_url)
        sandbox.revoke_token()
        assert (await refused(client, "auth.test", {}))["error"] == "token_revoked"


async def test_only_own_messages_change(sandbox, client):
    theirs = await sandbox.say("ann", "#issues", "mine")
    place = {"channel": ISSUES, "ts": theirs.ts}
    assert (await refused(client, UPDATE, {**place, "text": "x"}))["error"] == "cant_update_message"
    assert (await refused(client, "chat.delete", place))["error"] == "cant_delete_message"


async def test_ephemerals_are_neither_stored_nor_changed(sandbox, client):
    whispered = await client.chat_postEphemeral(channel=ISSUES, user=ANN, text="psst")
    place = {"channel": ISSUES, "ts": whispered["message_ts"]}
    assert (await refused(client, UPDATE, {**place, "text": "x"}))["error"] == "message_not_found"
    history = await client.conversations_history(channel=ISSUES)
    assert "psst" not in [message["text"] for message in history["messages"]]
    assert sandbox.ephemerals("ann")[-1].text == "psst"


async def test_a_reply_has_no_thread_of_its_own(client):
    parent = await client.chat_postMessage(channel=ISSUES, text="parent")
    reply = await client.chat_postMessage(channel=ISSUES, text="reply", thread_ts=parent["ts"])
    answer = await refused(client, POST, {"channel": ISSUES, "text": "x", "thread_ts": reply["ts"]})
    assert answer["error"] == "cannot_reply_to_message"


async def test_update_keeps_and_removes_what_slack_would(client):
    posted = await client.chat_postMessage(channel=ISSUES, text="one", blocks=card("one"), metadata=METADATA)
    place = {"channel": ISSUES, "ts": posted["ts"]}
    assert "blocks" not in (await client.chat_update(**place, text="two"))["message"]
    kept = await client.conversations_history(channel=ISSUES, include_all_metadata=True, limit=1)
    assert kept["messages"][0]["metadata"] == METADATA
    assert "edited" in kept["messages"][0]
    assert (await refused(client, UPDATE, {**place, "text": "x" * 4001}))["error"] == "msg_too_long"
    await client.chat_update(**place, text="two", metadata={})
    bare = await client.conversations_history(channel=ISSUES, include_all_metadata=True, limit=1)
    assert "metadata" not in bare["messages"][0]


async def test_metadata_is_shown_only_on_request(client):
    await client.chat_postMessage(channel=ISSUES, text="one", metadata=METADATA)
    plain = await client.conversations_history(channel=ISSUES, limit=1)
    assert "metadata" not in plain["messages"][0]


async def test_rich_text_is_not_exchanged_for_something_else(client):
    leaf = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}
    posted = await client.chat_postMessage(
        channel=ISSUES, text="x", blocks=[{"type": "rich_text", "elements": [leaf]}]
    )
    args = {"channel": ISSUES, "ts": posted["ts"], "text": "x", "blocks": card("x")}
    assert (await refused(client, UPDATE, args))["error"] == "block_mismatch"


async def test_long_texts_are_cut_at_forty_thousand(client):
    posted = await client.chat_postMessage(channel=ISSUES, text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000


async def test_a_message_to_a_person_answers_with_the_conversation(sandbox, client):
    posted = await client.chat_postMessage(channel=MAYA, text="hello")
    assert posted["channel"].startswith("D")
    assert [message.text for message in sandbox.dm("maya")] == ["hello"]


async def test_a_home_tab_published_over_a_newer_one_conflicts(client):
    first = await client.views_publish(user_id=OMAR, view=HOME)
    await client.views_publish(user_id=OMAR, view=HOME)
    args = {"user_id": OMAR, "view": HOME, "hash": first["view"]["hash"]}
    assert (await refused(client, "views.publish", args))["error"] == "hash_conflict"


async def test_the_same_mark_twice(client):
    posted = await client.chat_postMessage(channel=ISSUES, text="x")
    place = {"channel": ISSUES, "timestamp": posted["ts"]}
    await client.pins_add(**place)
    await client.reactions_add(**place, name="eyes")
    assert (await refused(client, "pins.add", place))["error"] == "already_pinned"
    assert (await refused(client, "reactions.add", {**place, "name": "eyes"}))["error"] == "already_reacted"
    await client.pins_remove(**place)
    await client.reactions_remove(**place, name="eyes")
    assert (await refused(client, "pins.remove", place))["error"] == "no_pin"
    assert (await refused(client, "reactions.remove", {**place, "name": "eyes"}))["error"] == "no_reaction"

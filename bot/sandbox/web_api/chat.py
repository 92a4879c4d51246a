"""chat.*: posting, changing and removing messages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.sandbox.errors import SlackError
from bot.sandbox.event_shapes import message_event
from bot.sandbox.model import Channel, Json, Message
from bot.sandbox.web_api.call import Call, Handler
from bot.sandbox.web_api.content import Content, read_content
from bot.sandbox.web_api.shapes import message_json

TEXT_KEPT = 40_000
UPDATE_TEXT = 4_000
EPHEMERAL_BYTES = 4_000


def post_message(call: Call) -> Json:
    channel = postable(call)
    content = read_content(call)
    content.refuse_empty()
    thread_ts = _thread(call, channel)
    workspace = call.world.workspace
    message = Message(
        channel=channel.id,
        ts=workspace.next_ts(),
        user=workspace.bot_user_id,
        bot_id=workspace.bot_id,
        text=(content.text or "")[:TEXT_KEPT],
        thread_ts=thread_ts,
        blocks=content.blocks or (),
        attachments=content.attachments or (),
        metadata=content.metadata,
        broadcast=thread_ts is not None and call.flag("reply_broadcast"),
    )
    workspace.put(message)
    workspace.on_event(message_event(call.world, message))
    return {
        "ok": True,
        "channel": channel.id,
        "ts": message.ts,
        "message": message_json(call.world, message, True),
    }


def postable(call: Call) -> Channel:
    """The conversation a post goes to: an id of a conversation or of a person. Raises what Slack raises."""
    workspace, target = call.world.workspace, call.text("channel")
    if target in workspace.users:
        return _direct(call, target)
    channel = call.channel()
    if channel.archived:
        raise SlackError("is_archived")
    if channel.kind == "dm":
        return _direct(call, channel.peer or "")
    if not workspace.bot_in(channel) and "chat:write.public" not in call.world.manifest.scopes:
        raise SlackError("not_in_channel")
    return channel


def _direct(call: Call, user_id: str) -> Channel:
    user = call.world.workspace.users[user_id]
    if user.is_bot or user.id == "USLACKBOT":
        raise SlackError("cannot_dm_bot")
    if user.deleted:
        raise SlackError("channel_not_found")
    if not call.world.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    return call.world.workspace.dm_with(user_id)


def _thread(call: Call, channel: Channel) -> str | None:
    """The parent's ts. A reply's own ts, or one that never was, cannot be replied to."""
    if not call.has("thread_ts"):
        return None
    ts = call.text("thread_ts")
    parent = call.world.workspace.messages[channel.id].get(ts)
    if parent is None or parent.is_reply:
        raise SlackError("cannot_reply_to_message")
    return ts


def post_ephemeral(call: Call) -> Json:
    workspace = call.world.workspace
    channel = call.channel()
    if channel.archived:
        raise SlackError("is_archived")
    if not workspace.bot_in(channel):
        raise SlackError("not_in_channel")
    content = read_content(call)
    content.refuse_empty()
    if len((content.text or "").encode()) > EPHEMERAL_BYTES:
        raise SlackError("msg_too_long")
    reader = workspace.users.get(call.text("user"))
    if reader is None or reader.deleted or reader.id not in channel.members:
        raise SlackError("user_not_in_channel")
    message = Message(
        channel=channel.id,
        ts=workspace.next_ts(),
        user=workspace.bot_user_id,
        bot_id=workspace.bot_id,
        text=content.text or "",
        thread_ts=_thread(call, channel),
        blocks=content.blocks or (),
        attachments=content.attachments or (),
        ephemeral_to=reader.id,
    )
    workspace.whisper(message)
    return {"ok": True, "message_ts": message.ts}


def update(call: Call) -> Json:
    message = _own(call, "cant_update_message")
    content = read_content(call)
    if content.text is not None and len(content.text) > UPDATE_TEXT:
        raise SlackError("msg_too_long")
    if _mismatch(message, content):
        raise SlackError("block_mismatch")
    updated = _updated(message, content)
    if not updated.text and not updated.blocks and not updated.attachments:
        raise SlackError("no_text")
    call.world.workspace.put(updated)
    call.world.workspace.on_event(message_event(call.world, updated, previous=message))
    shown = message_json(call.world, updated, metadata=True)
    return {"ok": True, "channel": message.channel, "ts": message.ts, "text": updated.text, "message": shown}


def _updated(message: Message, content: Content) -> Message:
    """Slack's rules: text without blocks removes the blocks; attachments and metadata stay unless given."""
    changes: dict[str, Any] = {}
    if content.text is not None:
        changes |= {"text": content.text, "blocks": content.blocks or ()}
        changes |= {"edited": message.edited or content.text != message.text}
    elif content.blocks is not None:
        changes["blocks"] = content.blocks
    if content.attachments is not None:
        changes["attachments"] = content.attachments
    if content.metadata is not None:
        changes["metadata"] = content.metadata or None
    return replace(message, **changes)


def _mismatch(message: Message, content: Content) -> bool:
    """Rich text cannot be exchanged for something else."""
    old, new = {b["type"] for b in message.blocks}, {b["type"] for b in content.blocks or ()}
    return old == {"rich_text"} and bool(new) and "rich_text" not in new


def _own(call: Call, refusal: str) -> Message:
    """The bot's own message the call names."""
    workspace = call.world.workspace
    channel = call.channel()
    if channel.archived:
        raise SlackError("is_inactive" if call.method == "chat.update" else "is_archived")
    message = workspace.message(channel.id, call.text("ts"))
    if message is None:
        raise SlackError("message_not_found")
    if message.user != workspace.bot_user_id:
        raise SlackError(refusal)
    return message


def delete(call: Call) -> Json:
    message = _own(call, "cant_delete_message")
    call.world.workspace.remove(message)
    call.world.workspace.on_event(message_event(call.world, replace(message, deleted=True), previous=message))
    return {"ok": True, "channel": message.channel, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    channel = call.channel()
    message = call.world.workspace.message(channel.id, call.text("message_ts"))
    if message is None:
        raise SlackError("message_not_found")
    link = call.world.permalink(channel, message.ts, message.thread_ts)
    return {"ok": True, "channel": channel.id, "permalink": link}


METHODS: dict[str, Handler] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
}

"""conversations.*, the changing half: creating, inviting, leaving, archiving, naming."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.sandbox.errors import SlackError
from bot.sandbox.model import Channel, Json
from bot.sandbox.web_api.call import Call, Handler
from bot.sandbox.web_api.shapes import channel_json

NAME_AT_MOST = 80
ABOUT_AT_MOST = 250
INVITE_AT_MOST = 100
NAME = re.compile(r"[a-z0-9_-]+")
WRITE = {"channel": "channels:manage", "private": "groups:write"}


def checked_name(call: Call) -> str:
    """A name for a channel. Raises invalid_name_* and name_taken."""
    name = call.text("name")
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > NAME_AT_MOST:
        raise SlackError("invalid_name_maxlength")
    if not any(sign.isalnum() for sign in name):
        raise SlackError("invalid_name_punctuation")
    if not NAME.fullmatch(name):
        raise SlackError("invalid_name_specials")
    if any(channel.name == name for channel in call.world.workspace.channels.values()):
        raise SlackError("name_taken")
    return name


def create(call: Call) -> Json:
    kind = "private" if call.flag("is_private") else "channel"
    call.require(WRITE[kind])
    workspace = call.world.workspace
    bot, now = workspace.bot_user_id, int(workspace.clock())
    made = Channel(f"C0{workspace.serial():07d}", checked_name(call), kind, (bot,), creator=bot, created=now)
    return {"ok": True, "channel": channel_json(call.world, workspace.put_channel(made))}


def _writable(call: Call, *more: str, member: bool = True) -> Channel:
    """The channel, if the token may write to its kind and the bot is in it."""
    channel = call.channel()
    if channel.kind not in WRITE:
        raise SlackError("method_not_supported_for_channel_type")
    call.require(WRITE[channel.kind], *more)
    if channel.archived and call.method != "conversations.unarchive":
        raise SlackError("already_archived" if call.method == "conversations.archive" else "is_archived")
    if member and not call.world.workspace.bot_in(channel):
        raise SlackError("not_in_channel")
    return channel


def invite(call: Call) -> Json:
    channel = _writable(call, "channels:write.invites", "groups:write.invites")
    users = call.names("users")
    if not users:
        raise SlackError("no_user")
    if len(users) > INVITE_AT_MOST:
        raise SlackError("too_many_users")
    problems = [(user, _objection(call, channel, user)) for user in users]
    good = [user for user, problem in problems if problem is None]
    bad = [{"user": user, "ok": False, "error": problem} for user, problem in problems if problem]
    if bad and not (call.flag("force") and good):
        raise SlackError(str(bad[0]["error"]), errors=bad)
    for user in good:
        channel = call.world.workspace.join(channel, user, call.world.workspace.bot_user_id)
    return {"ok": True, "channel": channel_json(call.world, channel), **({"errors": bad} if bad else {})}


def _objection(call: Call, channel: Channel, user_id: str) -> str | None:
    user = call.world.workspace.users.get(user_id)
    if user is None:
        return "user_not_found"
    if user_id == call.world.workspace.bot_user_id:
        return "cant_invite_self"
    if user.deleted:
        return "cant_invite"
    return "already_in_channel" if user_id in channel.members else None


def leave(call: Call) -> Json:
    channel = _writable(call, member=False)
    if not call.world.workspace.bot_in(channel):
        return {"ok": True, "not_in_channel": True}
    if channel.name == "general":
        raise SlackError("cant_leave_general")
    if channel.hidden and len(channel.members) == 1:
        raise SlackError("last_member")
    call.world.workspace.leave(channel, call.world.workspace.bot_user_id)
    return {"ok": True}


def archive(call: Call) -> Json:
    channel = _writable(call)
    if channel.name == "general":
        raise SlackError("cant_archive_general")
    call.world.workspace.put_channel(replace(channel, archived=True))
    stamp = {"user": call.world.workspace.bot_user_id, "event_ts": call.world.workspace.next_ts()}
    call.world.workspace.on_event({"type": "channel_archive", "channel": channel.id, **stamp})
    return {"ok": True}


def unarchive(call: Call) -> Json:
    channel = _writable(call, member=False)
    if not channel.archived:
        raise SlackError("not_archived")
    call.world.workspace.put_channel(replace(channel, archived=False))
    return {"ok": True}


def rename(call: Call) -> Json:
    channel = replace(_writable(call), name=checked_name(call))
    return {"ok": True, "channel": channel_json(call.world, call.world.workspace.put_channel(channel))}


def _about(call: Call, field: str) -> str:
    text = call.text(field)
    if len(text) > ABOUT_AT_MOST:
        raise SlackError("too_long")
    return text


def set_topic(call: Call) -> Json:
    channel = replace(_writable(call, "channels:write.topic"), topic=_about(call, "topic"))
    return {"ok": True, "channel": channel_json(call.world, call.world.workspace.put_channel(channel))}


def set_purpose(call: Call) -> Json:
    channel = replace(_writable(call, "channels:write.topic"), purpose=_about(call, "purpose"))
    return {"ok": True, "purpose": call.world.workspace.put_channel(channel).purpose}


METHODS: dict[str, Handler] = {
    "conversations.create": create,
    "conversations.invite": invite,
    "conversations.leave": leave,
    "conversations.archive": archive,
    "conversations.unarchive": unarchive,
    "conversations.rename": rename,
    "conversations.setTopic": set_topic,
    "conversations.setPurpose": set_purpose,
}

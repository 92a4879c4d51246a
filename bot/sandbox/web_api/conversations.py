"""conversations.*: finding, opening, joining and reading."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from bot.sandbox.errors import SlackError
from bot.sandbox.model import Channel, Json, Message
from bot.sandbox.web_api.call import KIND_SCOPE, Call, Handler
from bot.sandbox.web_api.pages import page
from bot.sandbox.web_api.shapes import channel_json, message_json

TYPES = {"public_channel": "channel", "private_channel": "private", "im": "dm", "mpim": "mpim"}
OPEN_AT_MOST = 8
TS = re.compile(r"\d{1,10}(\.\d{1,6})?")


def info(call: Call) -> Json:
    shown = channel_json(call.world, call.channel_for("read"))
    if not call.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"ok": True, "channel": shown}


def listing(call: Call) -> Json:
    workspace = call.world.workspace
    return listed(call, [c for c in workspace.channels.values() if not c.hidden or workspace.bot_in(c)])


def listed(call: Call, channels: Sequence[Channel]) -> Json:
    """The page of `channels` a list method answers with, of the types it asks for."""
    types = call.names("types") or ["public_channel"]
    if any(kind not in TYPES for kind in types):
        raise SlackError("invalid_types")
    kinds = {TYPES[kind] for kind in types}
    for kind in kinds:
        call.require(f"{KIND_SCOPE[kind]}:read")
    alive = [c for c in channels if c.kind in kinds and not (c.archived and call.flag("exclude_archived"))]
    piece, cursor = page(call, alive)
    shown = [channel_json(call.world, channel) for channel in piece]
    return {"ok": True, "channels": shown, "response_metadata": {"next_cursor": cursor}}


def members(call: Call) -> Json:
    channel = call.channel_for("read")
    piece, cursor = page(call, channel.members)
    return {"ok": True, "members": list(piece), "response_metadata": {"next_cursor": cursor}}


def open_(call: Call) -> Json:
    workspace = call.world.workspace
    if call.has("channel"):
        channel = call.channel()
        return {"ok": True, "no_op": True, "already_open": True, "channel": _opened(call, channel)}
    users = call.names("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > OPEN_AT_MOST:
        raise SlackError("too_many_users")
    call.require("im:write" if len(users) == 1 else "mpim:write")
    _refuse_people(call, users)
    existing = _existing(call, users)
    if existing is None and call.flag("prevent_creation"):
        raise SlackError("channel_not_found")
    channel = existing or _make(call, users)
    found = {"no_op": True, "already_open": True} if existing else {}
    workspace.changed("conversations")
    return {"ok": True, **found, "channel": _opened(call, channel)}


def _refuse_people(call: Call, users: Sequence[str]) -> None:
    for user_id in users:
        user = call.world.workspace.users.get(user_id)
        if user is None:
            raise SlackError("user_not_found")
        if user.deleted:
            raise SlackError("user_disabled")
        if len(users) == 1 and user.is_bot:
            raise SlackError("cannot_dm_bot")


def _existing(call: Call, users: Sequence[str]) -> Channel | None:
    if len(users) == 1:
        return call.world.workspace.find_dm(users[0])
    wanted = {*users, call.world.workspace.bot_user_id}
    groups = [c for c in call.world.workspace.channels.values() if c.kind == "mpim"]
    return next((c for c in groups if set(c.members) == wanted), None)


def _make(call: Call, users: Sequence[str]) -> Channel:
    workspace = call.world.workspace
    if len(users) == 1:
        return workspace.dm_with(users[0])
    handles = "--".join(workspace.users[user].handle for user in users)
    both = (workspace.bot_user_id, *users)
    return workspace.put_channel(Channel(f"G{workspace.serial():08d}", f"mpdm-{handles}-1", "mpim", both))


def _opened(call: Call, channel: Channel) -> Json:
    return channel_json(call.world, channel) if call.flag("return_im") else {"id": channel.id}


def join(call: Call) -> Json:
    channel = call.channel()
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    workspace = call.world.workspace
    if workspace.bot_in(channel):
        shown = channel_json(call.world, channel)
        metadata = {"warnings": ["already_in_channel"]}
        return {"ok": True, "channel": shown, "warning": "already_in_channel", "response_metadata": metadata}
    return {"ok": True, "channel": channel_json(call.world, workspace.join(channel, workspace.bot_user_id))}


def history(call: Call) -> Json:
    channel = _readable(call)
    newest_first = reversed(call.world.workspace.roots(channel.id))
    return _messages(call, list(filter(_window(call), newest_first)))


def replies(call: Call) -> Json:
    channel = _readable(call)
    parent = call.world.workspace.messages[channel.id].get(call.text("ts"))
    thread = call.world.workspace.thread(channel.id, call.text("ts"))
    if parent is None or not thread:
        raise SlackError("thread_not_found")
    if parent.is_reply:
        return _messages(call, [parent])
    return _messages(call, [thread[0], *filter(_window(call), thread[1:])])


def _readable(call: Call) -> Channel:
    channel = call.channel_for("history")
    if not call.world.workspace.bot_in(channel):
        raise SlackError("not_in_channel")
    return channel


def _window(call: Call) -> Callable[[Message], bool]:
    """Whether oldest and latest let a message through; both are exclusive unless `inclusive`."""
    oldest, latest, inclusive = (
        _bound(call, "oldest", 0.0),
        _bound(call, "latest", math.inf),
        call.flag("inclusive"),
    )

    def within(message: Message) -> bool:
        ts = float(message.ts)
        return oldest <= ts <= latest if inclusive else oldest < ts < latest

    return within


def _bound(call: Call, name: str, default: float) -> float:
    if not call.has(name):
        return default
    if not TS.fullmatch(call.text(name)):
        raise SlackError(f"invalid_ts_{name}")
    return float(call.text(name))


def _messages(call: Call, messages: Sequence[Message]) -> Json:
    piece, cursor = page(call, messages, default=100, most=999)
    metadata = call.flag("include_all_metadata")
    shown = [message_json(call.world, message, metadata) for message in piece]
    answer: Json = {"ok": True, "messages": shown, "has_more": bool(cursor)}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


METHODS: dict[str, Handler] = {
    "conversations.info": info,
    "conversations.list": listing,
    "conversations.members": members,
    "conversations.open": open_,
    "conversations.join": join,
    "conversations.history": history,
    "conversations.replies": replies,
}

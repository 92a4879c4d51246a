"""pins.*, bookmarks.* and reactions.*: what is attached to channels and messages."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.sandbox.errors import SlackError
from bot.sandbox.model import Channel, Json, Message
from bot.sandbox.web_api.call import Call, Handler
from bot.sandbox.web_api.shapes import message_json

PINS = 100
BOOKMARKS = 100
REACTIONS = 23
EMOJI = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def _inside(call: Call, name: str = "channel") -> Channel:
    channel = call.channel(name)
    if not call.world.workspace.bot_in(channel):
        raise SlackError("not_in_channel")
    return channel


def _message(call: Call, channel: Channel) -> Message:
    if not call.has("timestamp"):
        raise SlackError("no_item_specified")
    if not re.fullmatch(r"\d{10}\.\d{6}", call.text("timestamp")):
        raise SlackError("bad_timestamp")
    message = call.world.workspace.message(channel.id, call.text("timestamp"))
    if message is None:
        raise SlackError("message_not_found")
    return message


def pins_add(call: Call) -> Json:
    channel = _inside(call)
    message = _message(call, channel)
    pinned = call.world.pins.setdefault(channel.id, [])
    if message.ts in pinned:
        raise SlackError("already_pinned")
    if len(pinned) >= PINS:
        raise SlackError("too_many_pins")
    pinned.append(message.ts)
    return {"ok": True}


def pins_list(call: Call) -> Json:
    channel = _inside(call)
    held = [call.world.workspace.message(channel.id, ts) for ts in call.world.pins.get(channel.id, ())]
    shown = [
        {"type": "message", "channel": channel.id, "message": message_json(call.world, m)} for m in held if m
    ]
    return {"ok": True, "items": shown}


def pins_remove(call: Call) -> Json:
    channel = _inside(call)
    message = _message(call, channel)
    if message.ts not in call.world.pins.get(channel.id, ()):
        raise SlackError("no_pin")
    call.world.pins[channel.id].remove(message.ts)
    return {"ok": True}


def reactions_add(call: Call) -> Json:
    channel = _inside(call)
    if not EMOJI.fullmatch(call.text("name")):
        raise SlackError("invalid_name")
    if channel.archived:
        raise SlackError("is_archived")
    message = _message(call, channel)
    name, bot = call.text("name"), call.world.workspace.bot_user_id
    who = message.reactions.get(name, ())
    if bot in who:
        raise SlackError("already_reacted")
    if not who and len(message.reactions) >= REACTIONS:
        raise SlackError("too_many_emoji")
    call.world.workspace.put(replace(message, reactions={**message.reactions, name: (*who, bot)}))
    return {"ok": True}


def reactions_remove(call: Call) -> Json:
    message = _message(call, _inside(call))
    name, bot = call.text("name"), call.world.workspace.bot_user_id
    if bot not in message.reactions.get(name, ()):
        raise SlackError("no_reaction")
    left = tuple(user for user in message.reactions[name] if user != bot)
    others = {emoji: who for emoji, who in message.reactions.items() if emoji != name}
    call.world.workspace.put(replace(message, reactions=others | ({name: left} if left else {})))
    return {"ok": True}


def bookmarks_add(call: Call) -> Json:
    channel = _inside(call, "channel_id")
    held = call.world.bookmarks.setdefault(channel.id, [])
    if call.text("type") != "link":
        raise SlackError("invalid_bookmark_type")
    if len(held) >= BOOKMARKS:
        raise SlackError("too_many_bookmarks")
    bookmark_id = f"Bk0{call.world.workspace.serial():06d}"
    bookmark = {"id": bookmark_id, "channel_id": channel.id, "type": "link", "title": call.text("title")}
    held.append({**bookmark, "link": _link(call), "emoji": call.text("emoji")})
    return {"ok": True, "bookmark": held[-1]}


def _link(call: Call) -> str:
    if not call.text("link").startswith(("http://", "https://")):
        raise SlackError("invalid_link")
    return call.text("link")


def _bookmark(call: Call) -> tuple[list[Json], int]:
    held = call.world.bookmarks.get(_inside(call, "channel_id").id, [])
    for number, bookmark in enumerate(held):
        if bookmark["id"] == call.text("bookmark_id"):
            return held, number
    raise SlackError("not_found")


def bookmarks_edit(call: Call) -> Json:
    held, number = _bookmark(call)
    changed = {name: call.text(name) for name in ("title", "emoji") if call.has(name)}
    held[number] = {**held[number], **changed, **({"link": _link(call)} if call.has("link") else {})}
    return {"ok": True, "bookmark": held[number]}


def bookmarks_list(call: Call) -> Json:
    return {"ok": True, "bookmarks": list(call.world.bookmarks.get(_inside(call, "channel_id").id, ()))}


def bookmarks_remove(call: Call) -> Json:
    held, number = _bookmark(call)
    del held[number]
    return {"ok": True}


METHODS: dict[str, Handler] = {
    "pins.add": pins_add,
    "pins.list": pins_list,
    "pins.remove": pins_remove,
    "reactions.add": reactions_add,
    "reactions.remove": reactions_remove,
    "bookmarks.add": bookmarks_add,
    "bookmarks.edit": bookmarks_edit,
    "bookmarks.list": bookmarks_list,
    "bookmarks.remove": bookmarks_remove,
}

"""Events in the shapes the Events API sends, and the envelope around them."""

from __future__ import annotations

from bot.sandbox.model import Json, Message
from bot.sandbox.web_api.shapes import message_json
from bot.sandbox.world import APP_ID, World

CHANNEL_TYPE = {"channel": "channel", "private": "group", "dm": "im", "mpim": "mpim"}
SUBSCRIPTION = {
    "channel": "message.channels",
    "group": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}


def message_event(world: World, message: Message, previous: Message | None = None) -> Json:
    """`message`, `message_changed` or `message_deleted`, as the channel's kind has it."""
    channel = world.workspace.channels[message.channel]
    base = {"type": "message", "channel": channel.id, "channel_type": CHANNEL_TYPE[channel.kind]}
    if previous is None:
        return {**message_json(world, message), **base, "event_ts": message.ts}
    stamp = {
        "ts": world.workspace.next_ts(),
        "hidden": True,
        "previous_message": message_json(world, previous),
    }
    stamp["event_ts"] = stamp["ts"]
    if message.deleted:
        return {**base, **stamp, "subtype": "message_deleted", "deleted_ts": message.ts}
    return {**base, **stamp, "subtype": "message_changed", "message": message_json(world, message)}


def mention_event(world: World, message: Message) -> Json:
    """`app_mention`: comes in addition to the message event."""
    shown = {name: value for name, value in message_json(world, message).items() if name != "subtype"}
    return {**shown, "type": "app_mention", "channel": message.channel, "event_ts": message.ts}


NEEDS = {
    "app_mention": ("app_mentions:read",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "channel_archive": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "subteam_members_changed": ("usergroups:read",),
    "user_change": ("users:read",),
    "team_join": ("users:read",),
    "reaction_added": ("reactions:read",),
}
"""The scopes of which an app needs one to be sent an event; those not listed need none."""


def subscription(event: Json) -> str:
    """The name under which a manifest subscribes to this event."""
    return SUBSCRIPTION[event["channel_type"]] if event["type"] == "message" else str(event["type"])


def wrapped(world: World, event: Json) -> Json:
    """The outer event, with an event_id of its own."""
    bot = {"user_id": world.workspace.bot_user_id, "is_bot": True, "is_enterprise_install": False}
    return {
        "token": "sandbox-verification-token",
        "team_id": world.config.team_id,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev0{world.workspace.serial():08d}",
        "event_time": int(world.clock()),
        "authorizations": [{"enterprise_id": None, "team_id": world.config.team_id, **bot}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{world.workspace.serial():012d}",
    }

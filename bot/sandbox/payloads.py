"""The payloads of commands, clicks, submissions and shortcuts, in the shapes Slack sends."""

from __future__ import annotations

from bot.sandbox.model import Channel, Json, Message, User, View
from bot.sandbox.web_api.shapes import message_json
from bot.sandbox.world import APP_ID, STRANGE_TEAM, World

TOKEN = "sandbox-verification-token"  # noqa: S105 - the field Slack deprecated; guards nothing
PRIVATE_NAMES = {"dm": "directmessage", "private": "privategroup", "mpim": "privategroup"}


def channel_name(channel: Channel) -> str:
    """Slack does not tell the names of private places in interactions."""
    return PRIVATE_NAMES.get(channel.kind, channel.name)


def command(world: World, user: User, channel: Channel, name: str, text: str, trigger: str, url: str) -> Json:
    """A slash command; over HTTP it travels as a form."""
    return {
        "token": TOKEN,
        "team_id": world.config.team_id,
        "team_domain": world.team["domain"],
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.handle,
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": trigger,
    }


def team_of(world: World, user: User) -> str:
    """People of another organisation keep their own team."""
    return STRANGE_TEAM if user.stranger else world.config.team_id


def _base(world: World, kind: str, user: User) -> Json:
    return {
        "type": kind,
        "team": dict(world.team),
        "user": {
            "id": user.id,
            "username": user.handle,
            "name": user.handle,
            "team_id": team_of(world, user),
        },
        "api_app_id": APP_ID,
        "token": TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _place(channel: Channel) -> Json:
    return {"id": channel.id, "name": channel_name(channel)}


def message_action(world: World, user: User, message: Message, action: Json, trigger: str, url: str) -> Json:
    """block_actions from a message; an ephemeral one is not quoted back."""
    channel = world.workspace.channels[message.channel]
    hidden = message.ephemeral_to is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": hidden,
    }
    if message.is_reply:
        container["thread_ts"] = message.thread_ts
    quoted = {} if hidden else {"message": message_json(world, message, metadata=True)}
    return {
        **_base(world, "block_actions", user),
        "container": container,
        "trigger_id": trigger,
        "channel": _place(channel),
        **quoted,
        "state": {"values": {}},
        "response_url": url,
        "actions": [action],
    }


def view_action(world: World, user: User, view: View, action: Json, trigger: str) -> Json:
    """block_actions from a modal or the Home tab."""
    return {
        **_base(world, "block_actions", user),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": trigger,
        "view": world.view_json(view),
        "actions": [action],
    }


def view_submission(world: World, user: User, view: View, trigger: str, response_urls: list[Json]) -> Json:
    base = _base(world, "view_submission", user)
    return {**base, "trigger_id": trigger, "view": world.view_json(view), "response_urls": response_urls}


def view_closed(world: World, user: User, view: View, cleared: bool) -> Json:
    return {**_base(world, "view_closed", user), "view": world.view_json(view), "is_cleared": cleared}


def shortcut(world: World, user: User, callback_id: str, trigger: str) -> Json:
    base = _base(world, "shortcut", user)
    return {**base, "action_ts": world.workspace.next_ts(), "callback_id": callback_id, "trigger_id": trigger}


def message_shortcut(
    world: World, user: User, message: Message, callback_id: str, trigger: str, url: str
) -> Json:
    channel = world.workspace.channels[message.channel]
    return {
        **_base(world, "message_action", user),
        "action_ts": world.workspace.next_ts(),
        "callback_id": callback_id,
        "trigger_id": trigger,
        "response_url": url,
        "message_ts": message.ts,
        "channel": _place(channel),
        "message": message_json(world, message),
    }


def block_suggestion(world: World, user: User, view: View, block_id: str, action_id: str, typed: str) -> Json:
    """What an external_select asks the app while somebody types."""
    return {
        **_base(world, "block_suggestion", user),
        "container": {"type": "view", "view_id": view.id},
        "view": world.view_json(view),
        "block_id": block_id,
        "action_id": action_id,
        "value": typed,
    }

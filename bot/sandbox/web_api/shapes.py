"""People, conversations and messages in the shapes the Web API and the events show them in."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.sandbox.model import Channel, Json, Message, User, UserGroup
from bot.sandbox.world import APP_ID, STRANGE_TEAM, World

FLAGS = {"channel": "is_channel", "private": "is_group", "dm": "is_im", "mpim": "is_mpim"}


def user_json(world: World, user: User) -> Json:
    """A user object; `tz_offset` is seconds east of UTC now."""
    now = datetime.fromtimestamp(world.clock(), UTC)
    zone = now.astimezone(ZoneInfo(user.tz))
    offset = zone.utcoffset()
    team = world.config.team_id if not user.stranger else STRANGE_TEAM
    shown = {
        "id": user.id,
        "team_id": team,
        "name": user.handle,
        "deleted": user.deleted,
        "profile": _profile(user, team),
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": int(world.clock()),
    }
    if user.deleted:
        return shown
    return shown | {
        "color": user.color,
        "real_name": user.name,
        "tz": user.tz,
        "tz_label": zone.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.guest,
        "is_ultra_restricted": False,
        "is_stranger": user.stranger,
        "is_email_confirmed": not user.is_bot,
        "who_can_share_contact_card": "EVERYONE",
    }


def _profile(user: User, team: str) -> Json:
    """The display name is what clients show for somebody, and the page of the sandbox shows the name."""
    profile: Json = {
        "title": user.title,
        "real_name": user.name,
        "real_name_normalized": user.name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "team": team,
    }
    if user.email and not user.is_bot:
        profile["email"] = user.email
    return profile


def channel_json(world: World, channel: Channel) -> Json:
    """A conversation object as the bot sees it."""
    base: Json = {"id": channel.id, "created": channel.created, "is_archived": channel.archived}
    base |= {flag: kind == channel.kind for kind, flag in FLAGS.items()}
    base |= {"is_channel": channel.kind in ("channel", "private") and channel.kind == "channel"}
    if channel.kind == "dm":
        peer = world.workspace.users[channel.peer or ""]
        return base | {
            "user": peer.id,
            "is_user_deleted": peer.deleted,
            "is_org_shared": False,
            "priority": 0,
        }
    return base | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_general": channel.name == "general",
        "is_private": channel.hidden,
        "is_member": world.workspace.bot_in(channel),
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "creator": channel.creator,
        "topic": {"value": channel.topic, "creator": channel.creator, "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": channel.creator, "last_set": 0},
        "num_members": len(channel.members),
    }


def message_json(world: World, message: Message, metadata: bool = False) -> Json:
    """A message object. Metadata is shown only to those who ask for it."""
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    team = world.config.team_id
    if message.subtype or message.deleted:
        shown["subtype"] = "tombstone" if message.deleted else message.subtype
    if message.bot_id:
        shown |= {"bot_id": message.bot_id, "app_id": APP_ID, "team": team, "bot_profile": bot_json(world)}
    else:
        shown |= {"team": team}
    optional: Json = {
        "thread_ts": message.thread_ts,
        "blocks": list(message.blocks) or None,
        "attachments": list(message.attachments) or None,
        "files": list(message.files) or None,
        "edited": {"user": message.user, "ts": message.ts} if message.edited else None,
        "reactions": [_reaction(name, who) for name, who in message.reactions.items()] or None,
        "metadata": message.metadata if metadata else None,
    }
    return (
        shown
        | {name: value for name, value in optional.items() if value is not None}
        | thread_json(world, message)
    )


def thread_json(world: World, message: Message) -> Json:
    """What a parent message says of its thread."""
    if message.is_reply:
        return {}
    replies = world.workspace.thread(message.channel, message.ts)[1:]
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": users,
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def _reaction(name: str, who: tuple[str, ...]) -> Json:
    return {"name": name, "users": list(who), "count": len(who)}


def bot_json(world: World) -> Json:
    return {
        "id": world.workspace.bot_id,
        "deleted": False,
        "name": world.manifest.app_name,
        "app_id": APP_ID,
        "user_id": world.workspace.bot_user_id,
        "team_id": world.config.team_id,
        "updated": int(world.clock()),
        "icons": {},
    }


def group_json(world: World, group: UserGroup, users: bool, count: bool) -> Json:
    shown: Json = {
        "id": group.id,
        "team_id": world.config.team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "handle": group.handle,
        "description": "",
        "is_external": False,
        "date_delete": 1 if group.disabled else 0,
    }
    if users:
        shown["users"] = list(group.members)
    if count:
        shown["user_count"] = len(group.members)
    return shown

"""What the browser page is shown: people, conversations, messages and views as plain JSON."""

from __future__ import annotations

from bot.sandbox.model import Channel, Json, Message, User, View
from bot.sandbox.world import APP_ID, World


def person(user: User) -> Json:
    return {
        "id": user.id,
        "handle": user.handle,
        "name": user.name,
        "title": user.title,
        "color": user.color,
        "initials": user.initials,
        "deleted": user.deleted,
        "is_bot": user.is_bot,
    }


def workspace(world: World) -> Json:
    """The parts of the page that do not change while it is open. `now` is epoch seconds."""
    held, manifest = world.workspace, world.manifest
    return {
        "team": {"id": world.config.team_id, "name": world.config.team_name},
        "now": world.clock(),
        "app": {"id": APP_ID, "name": manifest.app_name, "bot_user_id": held.bot_user_id},
        **({"welcome": dict(world.config.welcome)} if world.config.welcome else {}),
        "personas": [person(held.user(handle)) for handle in world.config.personas],
        "users": {user.id: person(user) for user in held.users.values()},
        "public_channels": {one.id: one.name for one in held.channels.values() if one.kind == "channel"},
        "groups": {g.id: {"id": g.id, "handle": g.handle, "name": g.name} for g in held.groups.values()},
        "commands": [
            {name: entry.get(name, "") for name in ("command", "description", "usage_hint")}
            for entry in manifest.commands.values()
        ],
        "shortcuts": [
            {name: entry[name] for name in ("callback_id", "name", "type")}
            for entry in manifest.shortcuts.values()
        ],
    }


def conversation(world: World, user: User, channel: Channel) -> Json:
    """One line of the sidebar. `mention` says that something unread calls this person; a DM always does."""
    held = world.workspace
    unread = held.unread(user.id, channel)
    spellings = held.mentions(user.id)
    called = channel.kind == "dm" or any(s in m.plain for m in unread for s in spellings)
    messages = held.roots(channel.id)
    return {
        "id": channel.id,
        "kind": channel.kind,
        "name": world.manifest.app_name if channel.kind == "dm" else channel.name,
        "members": list(channel.members),
        "unread": len(unread),
        "mention": bool(unread) and called,
        "archived": channel.archived,
        "last_ts": messages[-1].ts if messages else "",
    }


def message(world: World, shown: Message) -> Json:
    thread = [] if shown.is_reply else world.workspace.thread(shown.channel, shown.ts)[1:]
    return {
        "ts": shown.ts,
        "thread_ts": shown.thread_ts,
        "user": shown.user,
        "text": shown.text,
        "blocks": list(shown.blocks),
        "attachments": list(shown.attachments),
        "files": list(shown.files),
        "edited": shown.edited,
        "deleted": shown.deleted,
        "ephemeral": shown.ephemeral_to is not None,
        "reply_count": len(thread),
        "latest_reply": thread[-1].ts if thread else None,
        "reactions": [{"name": name, "users": list(who)} for name, who in shown.reactions.items()],
    }


def messages(world: World, user: User, channel: Channel) -> list[Json]:
    """Roots, tombstones with replies and this person's ephemerals, oldest first."""
    held = world.workspace
    stones = [m for m in held.messages[channel.id].values() if m.deleted and held.thread(channel.id, m.ts)]
    whispers = [m for m in held.ephemerals.get(user.id, ()) if m.channel == channel.id and not m.is_reply]
    return _in_order(world, [*held.roots(channel.id), *stones, *whispers])


def thread(world: World, user: User, channel: Channel, ts: str) -> list[Json]:
    whispers = [m for m in world.workspace.ephemerals.get(user.id, ()) if m.channel == channel.id]
    inside = [m for m in whispers if m.thread_ts == ts]
    return _in_order(world, [*world.workspace.thread(channel.id, ts), *inside])


def _in_order(world: World, shown: list[Message]) -> list[Json]:
    return [message(world, one) for one in sorted(shown, key=lambda m: m.ts)]


def view(world: World, shown: View | None, depth: int) -> Json:
    if shown is None:
        return {"view": None, "errors": {}, "depth": 0}
    return {"view": world.view_json(shown), "errors": dict(shown.errors), "depth": depth}

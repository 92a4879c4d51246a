"""users.*, usergroups.* and dnd.*: who people are, which groups they are in, whether they may be disturbed."""

from __future__ import annotations

from dataclasses import replace

from bot.sandbox.errors import SlackError
from bot.sandbox.model import Json, User, UserGroup
from bot.sandbox.web_api.call import Call, Handler
from bot.sandbox.web_api.conversations import listed
from bot.sandbox.web_api.pages import page
from bot.sandbox.web_api.shapes import group_json, user_json

DND_TEAM = 50


def _shown(call: Call, user: User) -> Json:
    """Without users:read.email the address stays hidden."""
    shown = user_json(call.world, user)
    if "users:read.email" not in call.world.manifest.scopes:
        shown["profile"].pop("email", None)
    return shown


def users_info(call: Call) -> Json:
    return {"ok": True, "user": _shown(call, call.user())}


def users_list(call: Call) -> Json:
    piece, cursor = page(call, list(call.world.workspace.users.values()), default=1000)
    members = [_shown(call, user) for user in piece]
    return {"ok": True, "members": members, "cache_ts": int(call.world.clock()), **_next(cursor)}


def _next(cursor: str) -> Json:
    return {"response_metadata": {"next_cursor": cursor}}


def users_lookup_by_email(call: Call) -> Json:
    email = call.text("email").lower()
    for user in call.world.workspace.users.values():
        if user.email and user.email.lower() == email and not user.deleted and not user.is_bot:
            return {"ok": True, "user": _shown(call, user)}
    raise SlackError("users_not_found")


def users_get_presence(call: Call) -> Json:
    user = call.user() if call.has("user") else call.world.workspace.users[call.world.workspace.bot_user_id]
    return {"ok": True, "presence": "away" if user.deleted or user.snoozing else "active"}


def users_conversations(call: Call) -> Json:
    who = call.user().id if call.has("user") else call.world.workspace.bot_user_id
    return listed(call, [c for c in call.world.workspace.channels.values() if who in c.members])


def _paid(call: Call) -> None:
    if not call.world.paid_plan:
        raise SlackError("plan_upgrade_required")


def _group(call: Call) -> UserGroup:
    group = call.world.workspace.groups.get(call.text("usergroup"))
    if group is None or (group.disabled and not call.flag("include_disabled")):
        raise SlackError("no_such_subteam")
    return group


def usergroups_list(call: Call) -> Json:
    _paid(call)
    users, count = call.flag("include_users"), call.flag("include_count")
    kept = [
        g for g in call.world.workspace.groups.values() if call.flag("include_disabled") or not g.disabled
    ]
    return {"ok": True, "usergroups": [group_json(call.world, group, users, count) for group in kept]}


def usergroups_users_list(call: Call) -> Json:
    _paid(call)
    return {"ok": True, "users": list(_group(call).members)}


def usergroups_users_update(call: Call) -> Json:
    _paid(call)
    group, users = _group(call), call.names("users")
    if not users:
        raise SlackError("no_users_provided")
    if any(user not in call.world.workspace.users for user in users):
        raise SlackError("invalid_users")
    changed = replace(group, members=tuple(users))
    call.world.workspace.groups[group.id] = changed
    return {"ok": True, "usergroup": group_json(call.world, changed, users=True, count=True)}


def _dnd(call: Call, user: User) -> Json:
    now = int(call.world.clock())
    shown: Json = {"dnd_enabled": user.snoozing, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    if user.snoozing:
        shown |= {"next_dnd_start_ts": now - 3600, "next_dnd_end_ts": now + 3600}
    return shown


def dnd_info(call: Call) -> Json:
    user = call.user() if call.has("user") else call.world.workspace.users[call.world.workspace.bot_user_id]
    return {"ok": True, **_dnd(call, user)}


def dnd_team_info(call: Call) -> Json:
    users = call.names("users")
    if not users:
        raise SlackError("no_users_provided")
    if len(users) > DND_TEAM:
        raise SlackError("too_many_users")
    known = call.world.workspace.users
    return {"ok": True, "users": {user: _dnd(call, known[user]) for user in users if user in known}}


METHODS: dict[str, Handler] = {
    "users.info": users_info,
    "users.list": users_list,
    "users.lookupByEmail": users_lookup_by_email,
    "users.getPresence": users_get_presence,
    "users.conversations": users_conversations,
    "usergroups.list": usergroups_list,
    "usergroups.users.list": usergroups_users_list,
    "usergroups.users.update": usergroups_users_update,
    "dnd.info": dnd_info,
    "dnd.teamInfo": dnd_team_info,
}

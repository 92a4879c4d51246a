"""auth.*, apps.*, team.* and bots.*: who is calling, and the ticket for a socket."""

from __future__ import annotations

from bot.sandbox.errors import SlackError
from bot.sandbox.model import Json
from bot.sandbox.web_api.call import Call, Handler
from bot.sandbox.web_api.shapes import bot_json
from bot.sandbox.world import APP_ID


def auth_test(call: Call) -> Json:
    world = call.world
    return {
        "ok": True,
        "url": f"https://{world.team['domain']}.slack.com/",
        "team": world.config.team_name,
        "user": world.manifest.bot_name,
        "team_id": world.config.team_id,
        "user_id": world.workspace.bot_user_id,
        "bot_id": world.workspace.bot_id,
        "is_enterprise_install": False,
    }


def auth_revoke(call: Call) -> Json:
    if call.flag("test"):
        return {"ok": True, "revoked": False}
    call.world.revoked.add(call.world.config.bot_token)
    return {"ok": True, "revoked": True}


def connections_open(call: Call) -> Json:
    ticket = f"{call.world.workspace.serial():016x}"
    call.world.tickets.add(ticket)
    url = call.world.base_url.replace("http://", "ws://", 1)
    return {"ok": True, "url": f"{url}link/?ticket={ticket}&app_id={APP_ID}"}


def team_info(call: Call) -> Json:
    team = call.world.team
    if call.has("team") and call.text("team") != team["id"]:
        raise SlackError("team_not_found")
    return {"ok": True, "team": {**team, "name": call.world.config.team_name, "email_domain": "", "icon": {}}}


def bots_info(call: Call) -> Json:
    if not call.has("bot"):
        raise SlackError("bot_not_found")
    if call.text("bot") != call.world.workspace.bot_id:
        raise SlackError("bot_not_found")
    return {"ok": True, "bot": bot_json(call.world)}


METHODS: dict[str, Handler] = {
    "auth.test": auth_test,
    "auth.revoke": auth_revoke,
    "apps.connections.open": connections_open,
    "team.info": team_info,
    "bots.info": bots_info,
}

"""The app's manifest, made from the code: the commands, shortcuts, scopes and events that the listeners need."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.adapters.slack import ids
from bot.adapters.slack.listeners.command import SubCommand
from bot.adapters.slack.listeners.people import EVENTS as PEOPLE_EVENTS
from bot.adapters.slack.listeners.router import TABLE, alias_rows

SCOPES = {
    "app_mentions:read": "to answer when somebody mentions Rung",
    "channels:join": "to join a public channel of the matrix that it was not invited to",
    "channels:read": "to find the channels of the matrix by name",
    "chat:write": "to post cards, pings and updates",
    "chat:write.public": "to post in public channels without being a member",
    "commands": "for the slash command and the shortcuts",
    "groups:read": "to find private channels of the matrix by name",
    "im:history": "to answer direct messages, and to look whether a ping arrived before it is sent again",
    "im:write": "to send pings as direct messages",
    "usergroups:read": "for group: contacts",
    "users:read": "to see who has left, who is a guest, and for @handle contacts",
    "users:read.email": "for e-mail contacts",
}
OPTIONAL_SCOPES = {
    "channels:history": "to look whether a post arrived before it is sent again",
    "files:read": "to take a matrix as a file",
    "files:write": "to post pictures of ladders and reports",
    "groups:history": "the same for private channels",
}
EVENTS = ("app_home_opened", "app_mention", "message.im", *PEOPLE_EVENTS)

ALIASES = {"/oncall": "oncall", "/matrix": "matrix"}
"""Commands of their own for sub-commands, as the settings have them to begin with."""

_DESCRIPTION = (
    "Raise an issue; the right people are asked, in order, until somebody takes it. You are told each step."
)
_LONG = (
    "Rung is an issue and escalation bot. Raise an issue with a slash command or from a message; the escalation matrix "
    "says who must answer and by when. Rung pings them, and when time runs out it pings the next level, until somebody "
    "acknowledges. Whoever asked is told about every step: no issue goes unanswered, and nobody is bypassed."
)


def manifest(
    command: str = "/issue", http_url: str = "", aliases: Mapping[str, str] = ALIASES
) -> dict[str, Any]:
    """The manifest as a value. With `http_url` (https://host/slack/events) for HTTP mode, else for Socket Mode.

    `aliases` are commands that stand for a sub-command; those for one that does not exist are left out."""
    socket = not http_url
    address = {} if socket else {"request_url": http_url}
    return {
        "_metadata": {"major_version": 1},
        "display_information": {
            "name": "Rung",
            "description": _DESCRIPTION,
            "long_description": _LONG,
            "background_color": "#1d2b53",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "rung", "always_online": True},
            "slash_commands": _commands(command, http_url, aliases),
            "shortcuts": [
                {
                    "name": "Raise an issue",
                    "type": "global",
                    "callback_id": ids.SHORTCUT_RAISE,
                    "description": "Opens the form",
                },
                {
                    "name": "Raise an issue",
                    "type": "message",
                    "callback_id": ids.SHORTCUT_RAISE_FROM_MESSAGE,
                    "description": "Opens the form with this message in it",
                },
                {
                    "name": "This came straight to me",
                    "type": "message",
                    "callback_id": ids.SHORTCUT_STRAIGHT_TO_ME,
                    "description": "Opens the form for who wrote it",
                },
            ],
        },
        "oauth_config": {
            "scopes": {"bot": sorted([*SCOPES, *OPTIONAL_SCOPES]), "bot_optional": sorted(OPTIONAL_SCOPES)}
        },
        "settings": {
            "event_subscriptions": {**address, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }


def _commands(command: str, http_url: str, aliases: Mapping[str, str]) -> list[dict[str, Any]]:
    """The main command first."""
    main = _command(command, "Raise an issue, or see how one stands", ["TITLE", *_short(TABLE)], http_url)
    others = [
        _command(
            name,
            row.does[0].upper() + row.does[1:],
            [row.usage.partition(" ")[2], *(part.usage for part in row.parts)],
            http_url,
        )
        for name, row in alias_rows(aliases)
    ]
    return [main, *others]


def _short(table: Sequence[SubCommand]) -> list[str]:
    """The usages; those that begin with a verb and the name of an issue as one, for they are many."""
    verbs = " ".join(row.words[0] for row in table if row.names_issue)
    return [*(row.usage for row in table if not row.names_issue), f"{verbs} ISS-1 ..."]


def _command(name: str, does: str, usages: list[str], http_url: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "command": name,
        "description": does,
        "usage_hint": " | ".join(usage for usage in usages if usage)[:1000],
        "should_escape": True,
    }
    return {**made, "url": http_url} if http_url else made

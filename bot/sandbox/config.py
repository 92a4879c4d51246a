"""What a sandbox is started with: the people, channels and groups of a workspace and the app's manifest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

DEFAULT_SCOPES = [
    "app_mentions:read",
    "bookmarks:read",
    "bookmarks:write",
    "channels:history",
    "channels:join",
    "channels:manage",
    "channels:read",
    "chat:write",
    "chat:write.public",
    "commands",
    "dnd:read",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:read",
    "im:write",
    "mpim:write",
    "pins:write",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "users:read",
    "users:read.email",
]


def default_manifest() -> dict[str, Any]:
    """A manifest with every scope the sandbox knows a use for, one command and no shortcuts."""
    return {
        "display_information": {"name": "Sandbox app"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "app"},
            "slash_commands": [{"command": "/app", "description": "Talk to the app", "should_escape": True}],
        },
        "oauth_config": {"scopes": {"bot": list(DEFAULT_SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": ["app_home_opened", "app_mention", "message.im"]},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        },
    }


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the workspace. `tz` is an IANA name; `stranger` is someone of another organisation."""

    handle: str
    name: str
    title: str = ""
    email: str | None = None
    tz: str = "Europe/London"
    guest: bool = False
    deleted: bool = False
    is_bot: bool = False
    stranger: bool = False
    is_admin: bool = False
    snoozing: bool = False
    id: str | None = None


@dataclass(frozen=True, slots=True)
class ChannelSpec:
    """A channel; members are handles, and the bot is a member unless said otherwise."""

    name: str
    members: Sequence[str] = ()
    bot_is_member: bool = True
    private: bool = False
    archived: bool = False
    id: str | None = None


@dataclass(frozen=True, slots=True)
class GroupSpec:
    """A user group, `@handle`."""

    handle: str
    members: Sequence[str] = ()
    name: str = ""
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class SandboxConfig:
    """Everything a sandbox is made of. Durations are seconds.

    `ack_seconds` and `retry_delays` are Slack's 3 s and "at once, 1 min, 5 min"; they are measured in real time.
    `request_url` set means signed HTTP instead of Socket Mode. `paid_plan=False` makes usergroups.* refuse.
    """

    team_id: str = "T0SANDBOX"
    team_name: str = "Northwind"
    people: Sequence[Person] = ()
    channels: Sequence[ChannelSpec] = ()
    groups: Sequence[GroupSpec] = ()
    personas: Sequence[str] = ()
    welcome: Mapping[str, Any] | None = None
    """What the page greets with: {title, steps: [text, ...]}."""
    manifest: Mapping[str, Any] = field(default_factory=default_manifest)
    signing_secret: str = "sandbox-signing-secret"  # noqa: S105 - guards nothing: the sandbox is local
    bot_token: str = "xoxb-sandbox"  # noqa: S105 - as above
    app_token: str = "xapp-sandbox"  # noqa: S105 - as above
    request_url: str | None = None
    ack_seconds: float = 3.0
    retry_delays: Sequence[float] = (0.0, 60.0, 300.0)
    paid_plan: bool = True

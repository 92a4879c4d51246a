"""The parts of an app manifest that Slack acts upon, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Manifest:
    """Commands and shortcuts by name, scopes and event names as sets, and the App Home switches."""

    app_name: str
    bot_name: str
    commands: Mapping[str, Mapping[str, Any]]
    shortcuts: Mapping[str, Mapping[str, Any]]
    scopes: tuple[str, ...]
    events: frozenset[str]
    home_tab: bool
    messages_tab: bool
    messages_read_only: bool
    interactive: bool

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Manifest:
        features = raw.get("features", {})
        settings = raw.get("settings", {})
        home = features.get("app_home", {})
        name = str(raw.get("display_information", {}).get("name", "app"))
        return cls(
            app_name=name,
            bot_name=str(features.get("bot_user", {}).get("display_name", name)),
            commands={entry["command"]: entry for entry in features.get("slash_commands", ())},
            shortcuts={entry["callback_id"]: entry for entry in features.get("shortcuts", ())},
            scopes=tuple(raw.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
            home_tab=bool(home.get("home_tab_enabled", False)),
            messages_tab=bool(home.get("messages_tab_enabled", True)),
            messages_read_only=bool(home.get("messages_tab_read_only_enabled", False)),
            interactive=bool(settings.get("interactivity", {}).get("is_enabled", False)),
        )

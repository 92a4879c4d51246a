"""One call with its arguments, whatever wire form they came in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import SlackError, invalid_arguments
from bot.sandbox.model import Channel, Json, User
from bot.sandbox.world import World

TRUE = {"1", "true", True}
FALSE = {"0", "false", "", False, None}
KIND_SCOPE = {"channel": "channels", "private": "groups", "dm": "im", "mpim": "mpim"}


@dataclass(frozen=True, slots=True)
class Call:
    """The method's name and arguments. The readers below refuse what is not of their type."""

    method: str
    args: Mapping[str, Any]
    world: World

    def has(self, name: str) -> bool:
        return self.args.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name)
        if value is None:
            return default
        if isinstance(value, dict | list | bool):
            raise invalid_arguments(f"must be a string [json-pointer:/{name}]")
        return str(value)

    def flag(self, name: str, default: bool = False) -> bool:
        if name not in self.args:
            return default
        value = self.args[name]
        if isinstance(value, dict | list) or value not in TRUE | FALSE:
            raise invalid_arguments(f"must be a boolean [json-pointer:/{name}]")
        return value in TRUE

    def number(self, name: str, default: int) -> int:
        if not self.has(name):
            return default
        try:
            return int(self.text(name))
        except ValueError:
            raise invalid_arguments(f"must be an integer [json-pointer:/{name}]") from None

    def names(self, name: str) -> list[str]:
        """A comma-joined string or a JSON list."""
        value = self.args.get(name)
        if isinstance(value, list):
            return [str(one) for one in value]
        return [one.strip() for one in self.text(name).split(",") if one.strip()]

    def structure(self, name: str, refusal: str) -> Any:
        """A JSON value, given as such or as a string of it. Raises SlackError(refusal) if it is not JSON."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(refusal) from None

    def require(self, *scopes: str) -> None:
        """Refuses the call unless the token has one of these scopes."""
        granted = self.world.manifest.scopes
        if not any(scope in granted for scope in scopes):
            raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(granted))

    def channel(self, name: str = "channel") -> Channel:
        """The conversation with this id, as far as the bot may know of it. Raises channel_not_found."""
        channel = self.world.workspace.channels.get(self.text(name))
        if channel is None or (channel.hidden and not self.world.workspace.bot_in(channel)):
            raise SlackError("channel_not_found")
        return channel

    def channel_for(self, action: str, name: str = "channel") -> Channel:
        """The conversation, if the token's scopes allow `action` (read, history, ...) on its kind."""
        channel = self.channel(name)
        self.require(f"{KIND_SCOPE[channel.kind]}:{action}")
        return channel

    def user(self, name: str = "user") -> User:
        user = self.world.workspace.users.get(self.text(name))
        if user is None:
            raise SlackError("user_not_found")
        return user


Handler = Callable[[Call], Json]

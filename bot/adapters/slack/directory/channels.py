"""Channels: `#name` and what is behind it."""

import re
from dataclasses import dataclass

from bot.adapters.slack.capabilities import PRIVATE_CHANNELS
from bot.adapters.slack.directory.cache import Cache
from bot.adapters.slack.directory.lookups import Lookups
from bot.adapters.slack.errors import SlackFailed
from bot.usecases.outside import Clock

_ID = re.compile(r"[CGD][A-Z0-9]{7,}")
"""Names of channels are lower case, so an id is never one."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that Rung can see, and whether it is a member there."""

    id: str
    name: str
    archived: bool = False
    member: bool = True


class Channels:
    """Looks channels up. Raises DirectoryDown when Slack cannot say now."""

    def __init__(self, lookups: Lookups, clock: Clock) -> None:
        self._lookups = lookups
        self._all: Cache[str, dict[str, Channel]] = Cache(clock)

    async def by_name(self, name: str) -> Channel | None:
        """A channel by name or id, with or without #; None when Rung sees no such channel.

        Where Slack has no list of channels, the name itself stands for the channel."""
        wanted = name.strip().removeprefix("#")
        try:
            found = await self._all.seek("", self._load, lambda channels: channels.get(wanted))
        except SlackFailed:
            return Channel(wanted if is_id(wanted) else f"#{wanted}", wanted)
        if found is None and is_id(wanted):
            return Channel(wanted, wanted)  # Slack Connect channels may be missing in the list
        return found

    async def open_to_us(self, channel: str) -> bool:
        """Whether Rung can write into the channel with this id. One that no list has is asked for by itself."""
        try:
            found = await self._all.seek("", self._load, lambda channels: channels.get(channel))
            if found is not None:
                return not found.archived
            raw = (await self._lookups.ask("conversations.info", channel=channel)).get("channel") or {}
        except SlackFailed as failed:
            return failed.code != "channel_not_found"
        return not raw.get("is_archived") and bool(raw.get("is_member", True) or not raw.get("is_private"))

    def changed(self) -> None:
        """A channel was made, renamed, archived or left."""
        self._all.expire("")

    async def _load(self) -> dict[str, Channel]:
        try:
            channels = await self._list("public_channel,private_channel", ability=PRIVATE_CHANNELS)
        except SlackFailed:
            channels = await self._list("public_channel")
        # Archived ones first, so that a live channel of the same name takes their place.
        channels.sort(key=lambda channel: not channel.archived)
        return {key: channel for channel in channels for key in (channel.name, channel.id)}

    async def _list(self, types: str, ability: str = "") -> list[Channel]:
        raw = await self._lookups.pages("conversations.list", "channels", types=types, ability=ability)
        return [
            Channel(
                str(one["id"]),
                str(one.get("name") or ""),
                bool(one.get("is_archived")),
                bool(one.get("is_member", True)),
            )
            for one in raw
        ]


def is_id(name: str) -> bool:
    """Whether it is a channel id rather than a name."""
    return _ID.fullmatch(name) is not None

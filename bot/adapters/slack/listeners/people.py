"""People, groups and channels change: what is known of them is looked up anew."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.adapters.slack.directory import SlackDirectory
from bot.adapters.slack.listeners.doors import Doors

Body = Mapping[str, Any]

EVENTS = (
    "user_change",
    "team_join",
    "subteam_members_changed",
    "subteam_updated",
    "channel_archive",
    "channel_unarchive",
    "channel_rename",
    "channel_deleted",
    "channel_id_changed",
    "member_joined_channel",
    "member_left_channel",
)


def register(doors: Doors, directory: SlackDirectory) -> None:
    """Bind the events that make what the directory knows stale."""

    @doors.event(*EVENTS)
    async def on_change(ack: AsyncAck, event: Body) -> None:
        directory.heard(event)
        await ack()

"""People, groups and channels change: what is known of them is looked up anew."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.adapters.slack.directory import SlackDirectory

Body = Mapping[str, Any]

PEOPLE = ("user_change", "team_join")
GROUPS = ("subteam_members_changed", "subteam_updated")
CHANNELS = (
    "channel_archive",
    "channel_unarchive",
    "channel_rename",
    "channel_deleted",
    "channel_id_changed",
    "member_joined_channel",
    "member_left_channel",
)


def register(app: AsyncApp, directory: SlackDirectory) -> None:
    """Bind the events that make what the directory knows stale."""

    async def on_person(ack: AsyncAck, event: Body) -> None:
        user = event.get("user")
        directory.person_changed(str(user.get("id") if isinstance(user, Mapping) else user))
        await ack()

    async def on_group(ack: AsyncAck) -> None:
        directory.groups_changed()
        await ack()

    async def on_channel(ack: AsyncAck) -> None:
        directory.channels_changed()
        await ack()

    for names, listener in ((PEOPLE, on_person), (GROUPS, on_group), (CHANNELS, on_channel)):
        for name in names:
            app.event(name)(listener)

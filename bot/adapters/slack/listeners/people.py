"""People, groups and channels change: what is known of them is looked up anew."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.adapters.slack.directory import SlackDirectory

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


def register(app: AsyncApp, directory: SlackDirectory) -> None:
    """Bind the events that make what the directory knows stale."""

    async def on_change(ack: AsyncAck, event: Body) -> None:
        directory.heard(event)
        await ack()

    # One listener for all: Bolt tries listeners one after another, for every request.
    app.event(re.compile(f"^({'|'.join(EVENTS)})$"))(on_change)

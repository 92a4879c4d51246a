"""The shortcut for a senior to whom somebody went directly: the issue starts where it belongs, for its sender."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here
from bot.adapters.slack.listeners.raise_issue import STRAIGHT, from_message, link_of, open_raise_form
from bot.domain.errors import Refused

Body = Mapping[str, Any]

NOBODYS = "No person wrote this message, so nobody can be told who answers. Please use Raise an issue for it."
YOUR_OWN = "You wrote this message yourself. Please use Raise an issue for it."


def register(doors: Doors, here: Here) -> None:
    """Bind the shortcut."""

    @doors.shortcut(ids.SHORTCUT_STRAIGHT_TO_ME)
    async def on_message(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        asked = payloads.shortcut(body)
        user = asked.who.user
        if not asked.author or (body.get("message") or {}).get("bot_id"):
            raise Refused(NOBODYS)
        if asked.author == user:
            raise Refused(YOUR_OWN)
        prefill = {**from_message(asked), "requester": asked.author}
        known = {"link": link_of(body, asked), "channel": asked.channel, STRAIGHT: user}
        await open_raise_form(here, client, asked.trigger, prefill, **known)
        await ack()

"""The menu of an issue and its More form: each of their entries is a verb of the registry."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks import menu
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here
from bot.adapters.slack.listeners.issue_verb import Opener, as_opener
from bot.adapters.slack.listeners.verbs import VERBS
from bot.domain.errors import Refused
from bot.domain.words import say

OPENS: Mapping[str, Opener] = {verb.word: as_opener(verb) for verb in VERBS}
"""By word. Those that are not in the menu any more still work from older messages."""


def register(doors: Doors, here: Here) -> None:
    """Bind the menu and the More form."""

    async def on_entry(ack: AsyncAck, body: Mapping[str, Any], client: AsyncWebClient) -> None:
        click = payloads.click(body)
        word, carried = menu.read_entry(click.value)
        if word not in OPENS:
            raise Refused(
                say(
                    "This menu is from an older version. Please use {command} help to see what there is now.",
                    command=here.command,
                )
            )
        await OPENS[word](here, client, replace(click, value=carried))
        await ack()

    doors.action(ids.MORE)(on_entry)
    doors.action(ids.MORE_VERB)(on_entry)

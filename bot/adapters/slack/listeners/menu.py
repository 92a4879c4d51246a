"""The menu of an issue: each of its entries opens a form."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks import menu
from bot.adapters.slack.listeners import change_facts, wait_issue
from bot.adapters.slack.listeners.here import Here
from bot.domain.errors import Refused

Opener = Callable[[Here, AsyncWebClient, payloads.Click], Awaitable[None]]

OPENS: Mapping[str, Opener] = {
    menu.WAIT: wait_issue.open_wait,
    menu.CHANGE: change_facts.open_change,
    menu.PRIORITY: change_facts.open_priority,
}
"""A new entry of `menu.ENTRIES` adds its row here."""


def register(app: AsyncApp, here: Here) -> None:
    """Bind the menu."""

    @app.action(ids.MORE)
    async def on_entry(ack: AsyncAck, body: Mapping[str, Any], client: AsyncWebClient) -> None:
        click = payloads.click(body)
        word, carried = menu.read_entry(click.value)
        if word not in OPENS:
            raise Refused(
                "This menu is from an older version. Please use /issue help to see what there is now."
            )
        await OPENS[word](here, client, replace(click, value=carried))
        await ack()

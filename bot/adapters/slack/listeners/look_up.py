"""Details."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.views import loading_view
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, open_view
from bot.domain.ids import issue_name
from bot.usecases.commands import IssueCommand
from bot.usecases.tell import fill_details

Body = Mapping[str, Any]


def register(doors: Doors, here: Here) -> None:
    """Bind the Details button."""

    @doors.action(ids.DETAILS)
    async def on_details(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        carried = click.carried()
        view = await open_view(client, click.trigger, loading_view(issue_name(carried.number)))
        await fill_details(here.services, IssueCommand(**here.about(click, carried)), view)
        await ack()

"""Pages for clients: giving one, looking who agreed, withdrawing one."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads, values
from bot.adapters.slack.blocks.client_pages import given_view, pages_view
from bot.adapters.slack.blocks.elements import Block
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.command import Asked, SubCommand
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, open_view, show_view, was_updated
from bot.domain.errors import Refused
from bot.usecases import client_pages

Body = Mapping[str, Any]

OLD_BUTTON = "This button is from an older version. Please look at the matrix again."


async def _page(here: Here, asked: Asked) -> Drawing | None:
    view = await _pages(here, asked.slash.who.user, asked.rest)
    await open_view(asked.client, asked.slash.trigger, view)
    return None


PAGE = SubCommand(
    ("page", "pages"), "page [PATH]", "give clients a page of a path, and see who agreed", _page
)


def register(doors: Doors, here: Here) -> None:
    """Bind the button of a path, the form, and withdrawing."""

    @doors.action(ids.CLIENT_PAGES)
    async def on_button(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        await show_view(client, click, await _pages(here, click.who.user, click.value))
        await ack()

    @doors.view(ids.FORM_CLIENT_PAGE)
    async def on_form(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        page = await client_pages.give_page(
            here.services,
            here.workspace,
            form.who.user,
            form.known.get("path", ""),
            form.fields.get(ids.FIELD_CLIENT, ""),
            here.nonce() + here.nonce(),
        )
        await ack(response_action="update", view=given_view(page, here.public_url))

    @doors.action(ids.CLIENT_PAGE_WITHDRAW)
    async def on_withdraw(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        which = values.load_client_page(click.value)
        if which is None:
            raise Refused(OLD_BUTTON)
        await client_pages.withdraw_page(here.services, here.workspace, click.who.user, which.page)
        await was_updated(client, click, await _pages(here, click.who.user, which.path))
        await ack()


async def _pages(here: Here, user: str, path: str) -> Block:
    shown = await client_pages.pages_of(here.services, here.workspace, user, path)
    metadata = here.remembered(path=shown.path.name if shown.path else "")
    return pages_view(shown, here.public_url, metadata, here.services.clock.now())

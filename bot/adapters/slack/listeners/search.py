"""Full-text search: the sub-command, and the buttons that turn its pages."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.search import read_page, search_answer, search_view
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.command import Asked, SubCommand
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, show_view, update_view
from bot.adapters.slack.listeners.lists import list_answer
from bot.domain.errors import Refused
from bot.domain.filters import narrows
from bot.domain.words import say
from bot.usecases.search import search

Body = Mapping[str, Any]

CLOSED = "This page is closed. Please search again: {command} search WORDS"


async def _search(here: Here, asked: Asked) -> Drawing:
    if narrows(asked.rest):  # then it is a list with words, in any state
        return await list_answer(here, asked, "state:all")
    found = await search(here.services, here.workspace, asked.slash.who.user, asked.rest)
    return search_answer(found, asked.slash.domain, asked.called(here), here.services.clock.now())


SEARCH = SubCommand(
    ("search", "find"),
    "search WORDS",
    "issues with these words in them, open or not, newest first; filters of list may stand among them",
    _search,
)


def register(doors: Doors, here: Here) -> None:
    """Bind the buttons of its pages."""

    async def on_page(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        offset, words = read_page(click.value)
        found = await search(here.services, here.workspace, click.who.user, words, offset)
        view = search_view(found, click.domain, here.command, here.services.clock.now(), here.remembered())
        try:
            await (update_view if click.in_view else show_view)(client, click, view)
        except SlackApiError as error:
            raise Refused(say(CLOSED, command=here.command)) from error
        await ack()

    for action in (ids.SEARCH_PAGE, ids.SEARCH_PAGE_NEXT):
        doors.action(action)(on_page)

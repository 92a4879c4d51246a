"""Lists of issues: the sub-command with its filter, and the buttons that open a list and turn its pages."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.digest import digest_answer
from bot.adapters.slack.blocks.listing import listing_answer, listing_view, read_page
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.incoming_text import readable
from bot.adapters.slack.listeners.command import Asked, SubCommand
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, show_view, update_view
from bot.domain.filters import parse
from bot.usecases.digest import digest_now
from bot.usecases.list_issues import list_issues

Body = Mapping[str, Any]

_MENTION = re.compile(r"<@([UW][A-Z0-9_]+)(?:\|[^<>]*)?>")


async def list_answer(here: Here, asked: Asked, unless_said: str = "") -> Drawing:
    """The first page. `unless_said` is the condition on the state when none is written."""
    text = readable(_MENTION.sub(r"\1", asked.raw))
    if unless_said and not parse(text).states:
        text = f"{unless_said} {text}"
    found = await list_issues(here.services, here.workspace, asked.slash.who.user, text)
    return listing_answer(found, asked.slash.domain, here.command, here.services.clock.now())


LIST = SubCommand(
    ("list", "ls"),
    "list [FILTER]",
    "open issues, the most urgent first; for example list late, list owner:me, list state:waiting priority:P1",
    list_answer,
)


async def _digest(here: Here, asked: Asked) -> Drawing:
    found = await digest_now(here.services, here.workspace, asked.slash.who.user)
    return digest_answer(found, here.command, here.services.clock.now())


DIGEST = SubCommand(
    ("digest",), "digest", "for the escalation manager: what is open and late, in numbers and lists", _digest
)


def register(doors: Doors, here: Here) -> None:
    """Bind the buttons that open a list, and those of its pages."""

    async def on_page(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        start, text = read_page(click.value)
        found = await list_issues(here.services, here.workspace, click.who.user, text, start)
        view = listing_view(found, click.domain, here.command, here.services.clock.now(), here.remembered())
        await (update_view if click.in_view else show_view)(client, click, view)
        await ack()

    for action in (ids.LIST_PAGE, ids.LIST_PAGE_NEXT):
        doors.action(action)(on_page)
    doors.action(ids.LIST_OPEN, several=True)(on_page)

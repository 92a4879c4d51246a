"""Give back: its form from the menu or a question, and at once in words."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.handing_forms import give_back_form
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, open_view
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Use, open_form
from bot.domain.words import Sentence
from bot.usecases.commands import TextCommand
from bot.usecases.give_back import give_back

Body = Mapping[str, Any]


async def _give_back(here: Here, use: Use) -> Sentence | None:
    """Typed, it is done; chosen from a menu, the form asks why."""
    if use.carried is not None:
        await open_form(here, use, give_back_form(use.carried, here.remembered(via=use.about.via)))
        return None
    return (await give_back(here.services, TextCommand(**use.asked, text=use.words))).sentence


GIVE_BACK = IssueVerb(
    ("giveback", "return"),
    "giveback ISS-1 [WHY]",
    "you can't go on: somebody else is asked",
    "Give back",
    _give_back,
    "You have it and can't go on: somebody else of your level is asked. For its owner.",
)


def register(doors: Doors, here: Here) -> None:
    """Bind the button and the form."""

    @doors.action(ids.GIVE_BACK)
    async def on_button(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        form = give_back_form(click.carried(), here.remembered(via=click.channel))
        await open_view(client, click.trigger, form)
        await ack()

    @doors.view(ids.FORM_GIVE_BACK)
    async def on_submit(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        text = form.fields.get(ids.FIELD_REASON, "")
        await give_back(here.services, TextCommand(**here.about(form, form.carried()), text=text))
        await ack()

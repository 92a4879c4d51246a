"""The dry run: what to suppose, who would be asked, and a picture of it."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.matrix_who import load_question, question_of, who_form, who_view
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.command import Asked, SubCommand
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, open_view, show_done, show_view
from bot.domain.errors import FieldErrors, Refused
from bot.domain.words import say
from bot.usecases.dry_run import Tried, try_out
from bot.usecases.ladder_picture import ask_picture, suppose
from bot.usecases.show_matrix import in_force

Body = Mapping[str, Any]

OLD_BUTTON = "This button is from an older version. Please look at the matrix again."


async def _who(here: Here, asked: Asked) -> Drawing | None:
    matrix = in_force(here.services, here.workspace).matrix
    await open_view(asked.client, asked.slash.trigger, who_form(matrix, asked.rest, here.remembered()))
    return None


WHO = SubCommand(("who",), "who [WHEN]", "who would be asked, and when, if something came then", _who)


def register(doors: Doors, here: Here) -> None:
    """Bind the form, and the button for the picture."""

    @doors.action(ids.MATRIX_WHO)
    async def on_button(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        matrix = in_force(here.services, here.workspace).matrix
        await show_view(client, click, who_form(matrix, "", here.remembered()))
        await ack()

    @doors.view(ids.FORM_MATRIX_WHO)
    async def on_form(ack: AsyncAck, body: Body) -> None:
        typed = question_of(payloads.submission(body).fields)
        tried = await _tried(here, typed)
        view = who_view(tried.ladder, typed)
        await ack(response_action="update", view=view)

    @doors.action(ids.MATRIX_PICTURE)
    async def on_picture(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        question = load_question(click.value)
        if question is None:
            raise Refused(OLD_BUTTON)
        await ask_picture(here.services, here.workspace, click.who.user, question, click.key)
        said = say("The picture comes as a direct message.")
        await show_done(here, client, click, "On its way", said)
        await ack()


async def _tried(here: Here, typed: Mapping[str, str]) -> Tried:
    """Raises FieldErrors at the field that is meant."""
    try:
        question = suppose(here.services, here.workspace, typed)
    except Refused as refusal:
        raise FieldErrors({ids.FIELD_AT: refusal.sentence.plain()}) from refusal
    return await try_out(here.services, here.workspace, question)

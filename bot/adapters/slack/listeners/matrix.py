"""The matrix for everyone: every path, one ladder, and page by page."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads, values
from bot.adapters.slack.blocks.matrix import overview_answer, overview_view, path_answer, path_view
from bot.adapters.slack.blocks.matrix_promises import promises_view
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.client_pages import PAGE
from bot.adapters.slack.listeners.command import Asked, SubCommand, by_word
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, show_view, update_view
from bot.adapters.slack.listeners.matrix_file import EDIT
from bot.adapters.slack.listeners.matrix_versions import VERSIONS
from bot.adapters.slack.listeners.matrix_who import WHO
from bot.usecases import show_matrix
from bot.usecases.members import require_look

Body = Mapping[str, Any]


async def _matrix(here: Here, asked: Asked) -> Drawing | None:
    """Every path; with words one path: its whole name also where it begins like one of the parts below, and in quotes
    where it is one of their words. Raises NotFound, Refused and NotAllowed (guests) with sentences."""
    await require_look(here.services, here.workspace, asked.slash.who.user)
    word, after = asked.after_word()
    part = _BY_WORD.get(word)
    named = " " in asked.rest and show_matrix.is_path(here.services, here.workspace, asked.rest)
    if part is not None and not named:
        return await part.handler(here, after)
    user = asked.slash.who.user
    if not asked.rest:
        return overview_answer(await show_matrix.overview(here.services, here.workspace, user))
    return path_answer(await show_matrix.show_path(here.services, here.workspace, user, asked.rest))


PARTS: tuple[SubCommand, ...] = (WHO, VERSIONS, PAGE, EDIT)
_BY_WORD = by_word(PARTS)
MATRIX = SubCommand(
    ("matrix", "paths"), "matrix [PATH]", "who answers for what: every path, or one ladder", _matrix, PARTS
)


def register(doors: Doors, here: Here) -> None:
    """Bind the buttons that look around in the matrix."""

    @doors.action(ids.MATRIX_PATH)
    async def on_path(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        shown = await show_matrix.show_path(here.services, here.workspace, click.who.user, click.value)
        await show_view(client, click, path_view(shown))
        await ack()

    @doors.action(ids.MATRIX_PROMISES)
    async def on_promises(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        matrix = show_matrix.in_force(here.services, here.workspace).matrix
        await show_view(client, click, promises_view(matrix))
        await ack()

    async def on_page(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        shown = await show_matrix.overview(here.services, here.workspace, click.who.user)
        view = overview_view(shown, values.load_number(click.value))
        if click.in_view:
            await update_view(client, click, view)
        else:
            await show_view(client, click, view)
        await ack()

    for action in (ids.MATRIX_PAGE, ids.MATRIX_PAGE_NEXT):
        doors.action(action)(on_page)

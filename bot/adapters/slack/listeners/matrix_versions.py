"""The history of the matrix, and going back."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads, values
from bot.adapters.slack.blocks.matrix_open import moved_view, open_issues_view
from bot.adapters.slack.blocks.matrix_versions import changed_view, versions_view
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.command import Asked, SubCommand
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, open_view, show_done, show_view
from bot.usecases import edit_matrix, matrix_to_open, matrix_versions

Body = Mapping[str, Any]


async def _versions(here: Here, asked: Asked) -> Drawing | None:
    shown = await matrix_versions.history(here.services, here.workspace, asked.slash.who.user)
    await open_view(asked.client, asked.slash.trigger, versions_view(shown, here.services.clock.now()))
    return None


VERSIONS = SubCommand(
    ("versions", "history"), "versions", "what was published when, and the way back", _versions
)


def register(doors: Doors, here: Here) -> None:
    """Bind the buttons about versions."""

    @doors.action(ids.MATRIX_VERSIONS)
    async def on_versions(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        shown = await matrix_versions.history(here.services, here.workspace, click.who.user)
        await show_view(client, click, versions_view(shown, here.services.clock.now()))
        await ack()

    @doors.action(ids.MATRIX_CHANGED)
    async def on_changed(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        changed = await matrix_versions.changed(
            here.services, here.workspace, values.load_number(click.value)
        )
        await show_view(client, click, changed_view(changed))
        await ack()

    @doors.action(ids.MATRIX_OPEN)
    async def on_open(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        changes = await matrix_to_open.open_changes(here.services, here.workspace, click.who.user)
        numbers = ",".join(str(one.number) for one in changes[: matrix_to_open.AT_ONCE])
        await show_view(client, click, open_issues_view(changes, here.remembered(numbers=numbers)))
        await ack()

    @doors.view(ids.FORM_MATRIX_OPEN)
    async def on_apply(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        numbers = [int(one) for one in form.known.get("numbers", "").split(",") if one.isdecimal()]
        done = await matrix_to_open.move_open(here.services, here.workspace, form.who.user, numbers)
        await ack(response_action="update", view=moved_view(done))

    @doors.action(ids.MATRIX_BACK)
    async def on_back(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        base, version = values.load_two(click.value)
        said = await edit_matrix.roll_back(here.services, here.workspace, click.who.user, version, base)
        await show_done(here, client, click, "Published", said)
        await ack()

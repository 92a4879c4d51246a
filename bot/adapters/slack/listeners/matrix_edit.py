"""Changing a part of the matrix: the form, what it would mean, and publishing it."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads, values
from bot.adapters.slack.blocks.elements import Block
from bot.adapters.slack.blocks.matrix_edit import dump_place, layer_form, level_form, load_place, path_form
from bot.adapters.slack.blocks.matrix_plan import plan_view
from bot.adapters.slack.blocks.views import notice_view, read_metadata
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, show_view
from bot.domain.errors import FieldErrors, Refused
from bot.domain.matrix.model import PublishedMatrix
from bot.domain.text import clean_line
from bot.domain.words import NOTHING, Sentence
from bot.usecases import edit_matrix, oncall_overrides
from bot.usecases.commands import Command
from bot.usecases.edit_matrix import Place, Proposal
from bot.usecases.edits_as_text import load_edits
from bot.usecases.publish_matrix import Overtaken

Body = Mapping[str, Any]

TOO_MUCH = "This is too much for one step. Please publish a part of it first, or change the file."
OLD_BUTTON = "This button is from an older version. Please look at the matrix again."


def register(doors: Doors, here: Here) -> None:
    """Bind the edit buttons, the forms and publishing."""

    async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        place = _place(click.value)
        published = await edit_matrix.may_edit(here.services, here.workspace, click.who.user, place)
        await show_view(client, click, await _form(here, published, place, click))
        await ack()

    for action in (ids.MATRIX_EDIT_LEVEL, ids.MATRIX_EDIT_PATH):
        doors.action(action)(open_form)
    doors.action(ids.MATRIX_EDIT_SCHEDULE, several=True)(open_form)

    @doors.view(ids.FORM_MATRIX_EDIT)
    async def on_filled(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        place = load_place(form.known.get("place", ""))
        proposal = await edit_matrix.propose(here.services, here.workspace, form.who.user, place, form.fields)
        await ack(response_action="update", view=_planned(here, proposal))

    @doors.view(ids.FORM_MATRIX_PUBLISH)
    async def on_publish(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        base, edits = load_edits(form.known.get("edits", ""))
        note = clean_line(form.fields.get(ids.FIELD_NOTE, ""), 200)
        user = form.who.user
        try:
            said = await edit_matrix.publish(here.services, here.workspace, user, base, edits, note)
            view = notice_view("Published", said)
        except Overtaken as overtaken:
            said = overtaken.sentence
            proposal = await edit_matrix.again(here.services, here.workspace, base, edits, said)
            view = _planned(here, proposal, note)
        await ack(response_action="update", view=view)


async def redrawn(here: Here, click: payloads.Click, body: Body, first: Sentence) -> Block | None:
    """The form of a schedule that holds the button, as it stands now; None when it is in another view."""
    view = body.get("view") or {}
    if view.get("callback_id") != ids.FORM_MATRIX_EDIT:
        return None
    place = load_place(read_metadata(str(view.get("private_metadata") or "")).get("place", ""))
    published = await edit_matrix.may_edit(here.services, here.workspace, click.who.user, place)
    return await _form(here, published, place, click, first)


async def _form(
    here: Here, published: PublishedMatrix, place: Place, click: payloads.Click, first: Sentence = NOTHING
) -> Block:
    metadata = here.remembered(place=dump_place(place))
    matrix = published.matrix
    schedule = matrix.schedule(place.schedule) if place.schedule else None
    if place.schedule:
        if schedule is None or not 0 < place.level <= len(schedule.layers):
            raise Refused(edit_matrix.GONE)
        reader = Command(workspace=here.workspace, user=click.who.user, key=click.key)
        found = await oncall_overrides.overrides(here.services, reader, schedule.key)
        return layer_form(schedule, place.level, metadata, found, here.services.clock.now(), first)
    path = edit_matrix.path_at(matrix, place.path)
    if place.level == 0:
        return path_form(path, metadata)
    if place.level > len(path.levels):
        raise Refused(edit_matrix.GONE)
    return level_form(path, place.level, path.levels[place.level - 1], metadata)


def _planned(here: Here, proposal: Proposal, note: str = "") -> Block:
    metadata = here.remembered(edits=proposal.dump())
    if "edits" not in read_metadata(metadata):
        raise FieldErrors({"contacts": TOO_MUCH, "people": TOO_MUCH, "inform": TOO_MUCH})
    return plan_view(proposal, metadata, here.services.clock.now(), first=proposal.first, note=note)


def _place(value: str) -> Place:
    """What an edit button carries: a rung of a path, or a layer of a schedule."""
    rung = values.load_rung(value)
    if rung is not None:
        return Place(rung.version, rung.path, rung.level)
    layer = values.load_layer(value)
    if layer is None:
        raise Refused(OLD_BUTTON)
    return Place(layer.version, 0, layer.number, layer.schedule)

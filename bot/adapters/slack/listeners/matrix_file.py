"""Publishing a whole matrix from a file: choosing it, what it would change, and publishing just that."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.elements import Block
from bot.adapters.slack.blocks.matrix_file import (
    TYPES,
    findings_form,
    no_files_view,
    overtaken_view,
    upload_form,
)
from bot.adapters.slack.blocks.matrix_plan import NOTE_LENGTH, plan_view
from bot.adapters.slack.blocks.views import notice_view
from bot.adapters.slack.downloads import ON_THE_COMMAND_LINE, download
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.command import Asked, SubCommand
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, open_view, show_view
from bot.adapters.slack.payloads import SentFile, Submission
from bot.domain.errors import FieldErrors, Refused
from bot.domain.matrix.diff import diff
from bot.domain.text import clean_line
from bot.domain.words import NOTHING, Sentence, say
from bot.usecases import edit_matrix
from bot.usecases.document_port import BadDocument
from bot.usecases.publish_matrix import Overtaken

Body = Mapping[str, Any]

CHECK_BUDGET = timedelta(seconds=2.5)
"""For everything up to the plan, which stores nothing; Slack waits three seconds."""
FETCH_BUDGET = timedelta(seconds=1)
"""For a file that was fetched a moment ago; storing what it says needs the rest of the three seconds."""
MOST_OF_NAME = 60
TOO_SLOW = (
    "Reading this file took too long. Nothing was changed. Please try again in a moment, "
    f"or {ON_THE_COMMAND_LINE}."
)
CHANGED = (
    "The file was changed in Slack since you looked at it. Nothing was published. This is what it says now."
)
NO_FILE = "Choose one file whose name ends in .yaml or .yml."
LOST = "This form is from an older version. Please choose the file again."


async def _edit(here: Here, asked: Asked) -> Drawing | None:
    await edit_matrix.may_publish(here.services, here.workspace, asked.slash.who.user)
    await _open(here, lambda view: open_view(asked.client, asked.slash.trigger, view))
    return None


EDIT = SubCommand(
    ("edit", "publish", "upload"), "edit", "publish a whole matrix from a file; for admins", _edit
)


def register(doors: Doors, here: Here) -> None:
    """Bind the button, the form that takes a file, its plan, and publishing."""

    @doors.action(ids.MATRIX_UPLOAD)
    async def on_button(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        await edit_matrix.may_publish(here.services, here.workspace, click.who.user)
        await _open(here, lambda view: show_view(client, click, view))
        await ack()

    @doors.view(ids.FORM_MATRIX_UPLOAD)
    async def on_file(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        form = payloads.submission(body)
        view = await _check(here, client, form, _chosen(form))
        await ack(response_action="update", view=view)

    @doors.view(ids.FORM_MATRIX_PLAN_FILE)
    async def on_again(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        form = payloads.submission(body)
        view = await _check(here, client, form, _carried(form))
        await ack(response_action="update", view=view)

    @doors.view(ids.FORM_MATRIX_PUBLISH_FILE)
    async def on_publish(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        form = payloads.submission(body)
        view = await _publish(here, client, form, _carried(form))
        await ack(response_action="update", view=view)


async def _open(here: Here, show: Callable[[Block], Awaitable[str]]) -> None:
    """The form; where Slack refuses a field for files, what else can be done."""
    try:
        await show(upload_form(here.remembered()))
    except SlackApiError:
        await show(no_files_view())


async def _check(here: Here, client: AsyncWebClient, form: Submission, file: SentFile) -> Block:
    """The plan, or every mistake. Nothing is read for somebody who may not publish it."""
    async with _within(CHECK_BUDGET):
        await edit_matrix.may_publish(here.services, here.workspace, form.who.user)
        return await _planned(here, form, file, await download(client, file))


async def _publish(here: Here, client: AsyncWebClient, form: Submission, file: SentFile) -> Block:
    """Just what was looked at: the same file, on the same version."""
    base, digest = form.known.get("base", ""), form.known.get("digest", "")
    async with _within(FETCH_BUDGET):
        await edit_matrix.may_publish(here.services, here.workspace, form.who.user)
        text = await download(client, file)
    if _digest(text) != digest or not base.isdecimal():
        async with _within(CHECK_BUDGET - FETCH_BUDGET):
            return await _planned(here, form, file, text, say(CHANGED))
    try:
        said = await edit_matrix.publish_document(
            here.services, here.workspace, form.who.user, text, _called(file), int(base), _note(form)
        )
    except Overtaken as overtaken:
        return await _overtaken(here, form, file, overtaken)
    return notice_view("Published", said)


async def _planned(
    here: Here, form: Submission, file: SentFile, text: bytes, first: Sentence = NOTHING
) -> Block:
    note = _note(form)
    try:
        proposal = await edit_matrix.plan_document(
            here.services, here.workspace, form.who.user, text, _called(file)
        )
    except BadDocument as bad:
        return findings_form(file.name, bad.findings, here.remembered(), note, here.nonce())
    metadata = here.remembered(**_carrying(file), base=str(proposal.base), digest=_digest(text))
    now = here.services.clock.now()
    return plan_view(proposal, metadata, now, ids.FORM_MATRIX_PUBLISH_FILE, first=first, note=note)


async def _overtaken(here: Here, form: Submission, file: SentFile, overtaken: Overtaken) -> Block:
    before = await edit_matrix.version_of(here.services, here.workspace, overtaken.base)
    changed = diff(before.matrix, overtaken.latest.matrix)
    metadata, now = here.remembered(**_carrying(file)), here.services.clock.now()
    return overtaken_view(overtaken.sentence, changed, metadata, now, _note(form))


def _chosen(form: Submission) -> SentFile:
    """The one file. Raises FieldErrors."""
    files = form.files.get(ids.FIELD_FILE, ())
    if len(files) != 1 or not files[0].name.lower().endswith(tuple(f".{one}" for one in TYPES)):
        raise FieldErrors({ids.FIELD_FILE: NO_FILE})
    return files[0]


def _carrying(file: SentFile) -> dict[str, str]:
    """What is kept of it from form to form; without its address, Slack is asked for it again."""
    return {"file": file.id, "name": file.name, "url": file.url}


def _carried(form: Submission) -> SentFile:
    known = form.known
    if not known.get("file"):
        raise Refused(LOST)
    return SentFile(known["file"], known.get("name", ""), url=known.get("url", ""))


def _note(form: Submission) -> str:
    return clean_line(form.fields.get(ids.FIELD_NOTE, ""), NOTE_LENGTH)


def _called(file: SentFile) -> str:
    """What findings call it, each in a line of its own."""
    return clean_line(file.name)[:MOST_OF_NAME] or "matrix"


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


@asynccontextmanager
async def _within(budget: timedelta) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(budget.total_seconds()):
            yield
    except TimeoutError:
        raise Refused(TOO_SLOW) from None

"""Waiting: its form from the menu or the command, and Go on. The answer's form is among those of `work_issue`."""

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.notes import said_answer
from bot.adapters.slack.blocks.wait_forms import wait_form
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.command import Asked, SubCommand, about_issue
from bot.adapters.slack.listeners.here import Here, open_view
from bot.usecases import wait_issue
from bot.usecases.commands import IssueCommand, WaitFor
from bot.usecases.services import ANSWER_BUDGET

Body = Mapping[str, Any]


async def open_wait(here: Here, client: AsyncWebClient, click: payloads.Click) -> None:
    """The form. Raises what `wait_issue.reasons_now` does."""
    await _open(here, client, click.trigger, IssueCommand(**here.about(click, click.carried())))


async def _wait(here: Here, asked: Asked) -> Drawing | None:
    about, _ = about_issue(here, asked, "wait ISS-1")
    await _open(here, asked.client, asked.slash.trigger, about)
    return None


async def _go_on(here: Here, asked: Asked) -> Drawing:
    about, _ = about_issue(here, asked, "continue ISS-1")
    answer = await wait_issue.go_on(here.services, about)
    return said_answer(answer.sentence, here.services.clock.now())


WAIT = SubCommand(
    ("wait", "waiting"),
    "wait ISS-1",
    "let it wait for the requester or something else: opens the form",
    _wait,
)
GO_ON = SubCommand(("continue", "goon"), "continue ISS-1", "end the waiting: its time runs again", _go_on)


def register(app: AsyncApp, here: Here) -> None:
    """Bind the form and the button."""

    @app.view(ids.FORM_WAIT)
    async def on_submit(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        command = WaitFor(
            **here.about(form, form.carried()),
            reason=form.fields.get(ids.FIELD_REASON, ""),
            note=form.fields.get(ids.FIELD_NOTE, ""),
        )
        await wait_issue.wait_for(here.services, command)
        await ack()

    @app.action(ids.GO_ON)
    async def on_go_on(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        await wait_issue.go_on(here.services, IssueCommand(**here.about(click, click.carried())))
        await ack()


async def _open(here: Here, client: AsyncWebClient, trigger: str, about: IssueCommand) -> None:
    async with asyncio.timeout(ANSWER_BUDGET.total_seconds()):
        reasons = await wait_issue.reasons_now(here.services, about)
    view = wait_form(ids.Carried(about.number), reasons, here.remembered(via=about.via))
    await open_view(client, trigger, view)

"""Waiting: its form from the menu or the command, and Go on. The answer's form is among those of `work_issue`."""

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.wait_forms import wait_form
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Use, open_form
from bot.domain.clocks import PauseReason
from bot.domain.waiting import reason_named
from bot.domain.words import Sentence
from bot.usecases import wait_issue
from bot.usecases.commands import IssueCommand, WaitFor
from bot.usecases.services import ANSWER_BUDGET

Body = Mapping[str, Any]


async def _wait(here: Here, use: Use) -> Sentence | None:
    async with asyncio.timeout(ANSWER_BUDGET.total_seconds()):
        reasons = await wait_issue.reasons_now(here.services, use.about)
    reason, note = reason_named(reasons, use.words)
    if reason and (note or reason != PauseReason.REQUESTER):
        return (
            await wait_issue.wait_for(here.services, WaitFor(**use.asked, reason=reason, note=note))
        ).sentence
    remembered = here.remembered(via=use.about.via)
    form = wait_form(use.drawn_for, reasons, remembered, reason=reason, note=note)
    await open_form(here, use, form, seen=True)
    return None


async def _go_on(here: Here, use: Use) -> Sentence | None:
    return (await wait_issue.go_on(here.services, use.about)).sentence


WAIT = IssueVerb(
    ("wait", "waiting"),
    "wait ISS-1 [requester WHAT IS NEEDED]",
    "let it wait for the requester, or for another reason of the matrix",
    "Waiting",
    _wait,
)
GO_ON = IssueVerb(
    ("continue", "goon"),
    "continue ISS-1",
    "end the waiting: its time runs again",
    "Go on",
    _go_on,
    has_button=True,
)


def register(doors: Doors, here: Here) -> None:
    """Bind the form and the button."""

    @doors.view(ids.FORM_WAIT)
    async def on_submit(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        command = WaitFor(
            **here.about(form, form.carried()),
            reason=form.fields.get(ids.FIELD_REASON, ""),
            note=form.fields.get(ids.FIELD_NOTE, ""),
        )
        await wait_issue.wait_for(here.services, command)
        await ack()

    @doors.action(ids.GO_ON)
    async def on_go_on(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        await wait_issue.go_on(here.services, IssueCommand(**here.about(click, click.carried())))
        await ack()

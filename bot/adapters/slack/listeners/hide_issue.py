"""Private: a question from the menu, and at once in words; public, which cannot be taken back, is always asked."""

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.hide_forms import hide_form, show_form
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Use, open_form
from bot.domain.words import Sentence
from bot.usecases import hide_issue
from bot.usecases.commands import IssueCommand
from bot.usecases.services import ANSWER_BUDGET

Body = Mapping[str, Any]


async def _hide(here: Here, use: Use) -> Sentence | None:
    if use.carried is not None:
        await open_form(here, use, hide_form(use.carried, here.remembered(via=use.about.via)))
        return None
    return (await hide_issue.hide(here.services, use.about)).sentence


async def _show(here: Here, use: Use) -> None:
    """It cannot be taken back, so it is asked also when it was typed."""
    if use.carried is None:
        async with asyncio.timeout(ANSWER_BUDGET.total_seconds()):
            await hide_issue.try_to_show(here.services, use.about)
    await open_form(here, use, show_form(use.drawn_for, here.remembered(via=use.about.via)), seen=True)


HIDE = IssueVerb(
    ("private",),
    "private ISS-1",
    "make it private: only its path and who takes part see it",
    "Make private",
    _hide,
    "Only its path and who takes part see it. For its path, its owner and the escalation manager.",
)
SHOW = IssueVerb(
    ("public",),
    "public ISS-1",
    "make a private issue public, so that everybody sees it: opens the form",
    "Make public",
    _show,
    "Everybody sees a private issue again. For its path, its owner and the escalation manager.",
)


def register(doors: Doors, here: Here) -> None:
    """Bind both forms."""

    @doors.view(ids.FORM_HIDE)
    async def on_hide(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        await hide_issue.hide(here.services, IssueCommand(**here.about(form, form.carried())))
        await ack()

    @doors.view(ids.FORM_SHOW)
    async def on_show(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        await hide_issue.show(here.services, IssueCommand(**here.about(form, form.carried())))
        await ack()

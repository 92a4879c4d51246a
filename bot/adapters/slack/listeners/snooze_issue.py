"""Snooze: its form from the menu, and at once in words."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.handing_forms import snooze_form
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Use, open_form
from bot.domain.text import clean_line
from bot.domain.words import Sentence
from bot.usecases.commands import TextCommand
from bot.usecases.snooze_issue import snooze


async def _snooze(here: Here, use: Use) -> Sentence | None:
    if not clean_line(use.words):
        await open_form(here, use, snooze_form(use.drawn_for, here.remembered(via=use.about.via)))
        return None
    return (await snooze(here.services, TextCommand(**use.asked, text=use.words))).sentence


SNOOZE = IssueVerb(
    ("snooze",),
    "snooze ISS-1 [UNTIL WHEN]",
    "no reminders for you until then: 2h, until tomorrow 9:00",
    "Snooze",
    _snooze,
    "No reminders for a while; promised times and updates go on. For its owner.",
)


def register(doors: Doors, here: Here) -> None:
    """Bind the form."""

    @doors.view(ids.FORM_SNOOZE)
    async def on_submit(ack: AsyncAck, body: Mapping[str, Any]) -> None:
        form = payloads.submission(body)
        text = form.fields.get(ids.FIELD_AT, "")
        await snooze(here.services, TextCommand(**here.about(form, form.carried()), text=text))
        await ack()

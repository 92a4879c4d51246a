"""Acknowledge, Can't take it: their buttons and forms, and the same in words."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks import work_forms
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, open_view
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Use, clicked, open_form
from bot.domain.answering import NotOnPath
from bot.domain.words import Sentence
from bot.usecases import answer_ping
from bot.usecases.commands import Acknowledge, Decline

Body = Mapping[str, Any]


async def _acknowledge(here: Here, use: Use) -> Sentence | None:
    """Take it; who was not asked is asked whether they mean it."""
    try:
        answer = await answer_ping.acknowledge(here.services, Acknowledge(**use.asked))
    except NotOnPath as asks:
        remembered = here.remembered(via=use.about.via)
        await open_form(
            here, use, work_forms.take_anyway_form(use.drawn_for, remembered, str(asks)), seen=True
        )
        return None
    return answer.sentence


async def _decline(here: Here, use: Use) -> Sentence | None:
    return (await answer_ping.decline(here.services, Decline(**use.asked, reason=use.words))).sentence


ACKNOWLEDGE = IssueVerb(
    ("ack", "acknowledge"),
    "ack ISS-1",
    "take it: you have it from now on",
    "Acknowledge",
    _acknowledge,
    has_button=True,
)
DECLINE = IssueVerb(
    ("decline",),
    "decline ISS-1 [WHY]",
    "you can't take it, and are not asked again",
    "Can't take it",
    _decline,
    has_button=True,
)


def register(doors: Doors, here: Here) -> None:
    """Bind the buttons of a ping and their forms."""

    @doors.action(ids.ACK)
    async def on_acknowledge(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        await _acknowledge(here, clicked(here, client, click))
        await ack()

    @doors.view(ids.FORM_TAKE_ANYWAY)
    async def on_take_anyway(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        await answer_ping.acknowledge(
            here.services, Acknowledge(**here.about(form, form.carried()), anyway=True)
        )
        await ack()

    @doors.action(ids.DECLINE)
    async def on_decline(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        form = work_forms.decline_form(click.carried(), here.remembered(via=click.channel))
        await open_view(client, click.trigger, form)
        await ack()

    @doors.view(ids.FORM_DECLINE)
    async def on_declined(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        reason = form.fields.get(ids.FIELD_REASON, "")
        await answer_ping.decline(here.services, Decline(**here.about(form, form.carried()), reason=reason))
        await ack()

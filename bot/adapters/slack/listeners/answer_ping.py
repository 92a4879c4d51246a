"""Acknowledge, Can't take it, Escalate: their buttons and forms, and the same in words."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks import work_forms
from bot.adapters.slack.listeners.here import Here, open_view, peek
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Use, clicked, open_form
from bot.domain.answering import NotOnPath
from bot.domain.wording import names
from bot.domain.words import Sentence
from bot.usecases import answer_ping, look_up
from bot.usecases.commands import Acknowledge, Decline, Escalate

Body = Mapping[str, Any]


async def _acknowledge(here: Here, use: Use) -> Sentence | None:
    """Take it; who is not on the path is asked whether they mean it."""
    try:
        answer = await answer_ping.acknowledge(here.services, Acknowledge(**use.asked))
    except NotOnPath:
        await open_form(
            here, use, work_forms.take_anyway_form(use.drawn_for, here.remembered(via=use.about.via))
        )
        return None
    return answer.sentence


async def _decline(here: Here, use: Use) -> Sentence | None:
    return (await answer_ping.decline(here.services, Decline(**use.asked, reason=use.words))).sentence


async def _escalate(here: Here, use: Use) -> Sentence | None:
    """Words carry no level that their writer saw: it is the present one."""
    drawn = use.carried or ids.carried(await look_up.issue_now(here.services, use.about))
    command = Escalate(**use.asked, seen=(drawn.level, drawn.round), reason=use.words)
    return (await answer_ping.escalate(here.services, command)).sentence


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
ESCALATE = IssueVerb(
    ("escalate",), "escalate ISS-1 [WHY]", "ask the next level now", "Escalate", _escalate, has_button=True
)


def register(app: AsyncApp, here: Here) -> None:
    """Bind the buttons of a ping and their forms."""

    @app.action(ids.ACK)
    async def on_acknowledge(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        await _acknowledge(here, clicked(here, client, click))
        await ack()

    @app.view(ids.FORM_TAKE_ANYWAY)
    async def on_take_anyway(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        await answer_ping.acknowledge(
            here.services, Acknowledge(**here.about(form, form.carried()), anyway=True)
        )
        await ack()

    @app.action(ids.DECLINE)
    async def on_decline(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        form = work_forms.decline_form(click.carried(), here.remembered(via=click.channel))
        await open_view(client, click.trigger, form)
        await ack()

    @app.view(ids.FORM_DECLINE)
    async def on_declined(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        reason = form.fields.get(ids.FIELD_REASON, "")
        await answer_ping.decline(here.services, Decline(**here.about(form, form.carried()), reason=reason))
        await ack()

    @app.action(ids.ESCALATE)
    async def on_escalate(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        carried = click.carried()
        issue = await peek(here, carried.number)
        to_name = (names.next_step_name(issue) if issue else None) or "the next level"
        form = work_forms.escalate_form(carried, to_name, here.remembered(via=click.channel))
        await open_view(client, click.trigger, form)
        await ack()

    @app.view(ids.FORM_ESCALATE)
    async def on_escalated(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        carried = form.carried()
        seen, reason = (carried.level, carried.round), form.fields.get(ids.FIELD_REASON, "")
        await answer_ping.escalate(
            here.services, Escalate(**here.about(form, carried), seen=seen, reason=reason)
        )
        await ack()

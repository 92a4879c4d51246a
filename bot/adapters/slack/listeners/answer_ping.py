"""Acknowledge, Can't take it, Escalate."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks import work_forms
from bot.adapters.slack.listeners.here import Here, open_view, peek
from bot.domain.answering import NotOnPath
from bot.domain.wording import names
from bot.usecases import answer_ping
from bot.usecases.commands import Acknowledge, Decline, Escalate

Body = Mapping[str, Any]


def register(app: AsyncApp, here: Here) -> None:
    """Bind the buttons of a ping and their forms."""

    @app.action(ids.ACK)
    async def on_acknowledge(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        carried = click.carried()
        try:
            await answer_ping.acknowledge(here.services, Acknowledge(**here.about(click, carried)))
        except NotOnPath:
            form = work_forms.take_anyway_form(carried, here.remembered(via=click.channel))
            await open_view(client, click.trigger, form)
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

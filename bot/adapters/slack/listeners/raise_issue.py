"""Raising: the form from a shortcut, a message or a button, and its submission."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.raise_form import raise_form
from bot.adapters.slack.listeners.here import Here, open_view
from bot.domain.errors import Refused
from bot.domain.text import clean_text
from bot.usecases.commands import RaiseIssue
from bot.usecases.raise_issue import raise_issue

Body = Mapping[str, Any]

NO_MATRIX = "There is no escalation matrix yet. Please ask an admin to publish one."


async def open_raise_form(
    here: Here, client: AsyncWebClient, trigger: str, prefill: Mapping[str, str], **known: str
) -> None:
    """Open the form, drawn from the matrix in memory. Raises Refused when none is published."""
    published = here.services.matrix.current(here.workspace)
    if published is None:
        raise Refused(NO_MATRIX)
    await open_view(client, trigger, raise_form(published.matrix, prefill, here.remembered(**known)))


def register(app: AsyncApp, here: Here) -> None:
    """Bind everything that opens the form, and the form."""

    @app.shortcut(ids.SHORTCUT_RAISE)
    async def on_shortcut(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        asked = payloads.shortcut(body)
        await open_raise_form(here, client, asked.trigger, {"requester": asked.who.user})
        await ack()

    @app.shortcut(ids.SHORTCUT_RAISE_FROM_MESSAGE)
    async def on_message(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        asked = payloads.shortcut(body)
        text = clean_text(asked.text)
        prefill = {
            "title": text.partition("\n")[0],
            "happened": text,
            "requester": asked.who.user,
        }
        link = _link(body, asked)
        await open_raise_form(here, client, asked.trigger, prefill, link=link, channel=asked.channel)
        await ack()

    @app.action(ids.RAISE)
    async def on_button(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        await open_raise_form(here, client, click.trigger, {"requester": click.who.user})
        await ack()

    @app.view(ids.FORM_RAISE)
    async def on_submit(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        command = RaiseIssue(
            workspace=here.workspace,
            user=form.who.user,
            key=form.key,
            fields=form.fields,
            requester=form.fields.get("requester", ""),
            updates_channel=form.fields.get("updates_channel", ""),
            source_link=form.known.get("link", ""),
            asked_in=form.known.get("channel", ""),
        )
        await raise_issue(here.services, command)
        await ack()


def _link(body: Body, asked: payloads.Shortcut) -> str:
    """Slack's own address of a message; no call is needed to make it."""
    domain = str((body.get("team") or {}).get("domain") or "")
    if not (domain and asked.channel and asked.stamp):
        return ""
    return f"https://{domain}.slack.com/archives/{asked.channel}/p{asked.stamp.replace('.', '')}"

"""Update requester, Resolve, Confirm solved, Not solved, Answer."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks import wait_forms, work_forms
from bot.adapters.slack.listeners.here import Here, open_view
from bot.usecases import close_issue, wait_issue, work_issue
from bot.usecases.commands import IssueCommand, TextCommand

Body = Mapping[str, Any]

_OPENS = {
    ids.UPDATE: work_forms.update_form,
    ids.RESOLVE: work_forms.resolve_form,
    ids.DISPUTE: work_forms.dispute_form,
    ids.ANSWER: wait_forms.answer_form,
}
_STORES = {
    ids.FORM_UPDATE: (ids.FIELD_TEXT, work_issue.update_requester),
    ids.FORM_RESOLVE: (ids.FIELD_DONE, work_issue.resolve),
    ids.FORM_DISPUTE: (ids.FIELD_WHY, close_issue.dispute),
    ids.FORM_ANSWER: (ids.FIELD_TEXT, wait_issue.answer),
}


def register(app: AsyncApp, here: Here) -> None:
    """Bind the buttons of the card and of the requester's messages, and their forms."""

    async def open_form(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        draw = _OPENS[body["actions"][0]["action_id"]]
        await open_view(client, click.trigger, draw(click.carried(), here.remembered(via=click.channel)))
        await ack()

    async def store_form(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        field, verb = _STORES[body["view"]["callback_id"]]
        text = form.fields.get(field, "")
        await verb(here.services, TextCommand(**here.about(form, form.carried()), text=text))
        await ack()

    for action in _OPENS:
        app.action(action)(open_form)
    for callback in _STORES:
        app.view(callback)(store_form)

    @app.action(ids.CONFIRM)
    async def on_confirm(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        await close_issue.confirm(here.services, IssueCommand(**here.about(click, click.carried())))
        await ack()

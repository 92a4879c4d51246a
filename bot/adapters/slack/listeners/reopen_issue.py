"""Not solved, Open again, and a new issue when it is too late for that: buttons, forms, and the same in words."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks import send_back_forms, work_forms
from bot.adapters.slack.blocks.views import notice_view
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, open_view
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Use, open_form
from bot.domain.closing import TooLate
from bot.domain.ids import issue_name
from bot.domain.text import clean_text
from bot.domain.words import Sentence
from bot.usecases import close_issue
from bot.usecases.commands import TextCommand
from bot.usecases.raise_again import raise_again

Body = Mapping[str, Any]

_OPENS = {ids.DISPUTE: work_forms.dispute_form, ids.OPEN_AGAIN: work_forms.open_again_form}


async def _reopen(here: Here, use: Use) -> Sentence | None:
    """Done at once with the words that were typed; without any, the form asks for them."""
    why, remembered = clean_text(use.words), here.remembered(via=use.about.via)
    if not why:
        await open_form(here, use, work_forms.dispute_form(use.drawn_for, remembered))
        return None
    try:
        return (await close_issue.dispute(here.services, TextCommand(**use.asked, text=why))).sentence
    except TooLate:
        form = send_back_forms.raise_linked_form(use.drawn_for, why, remembered)
        await open_form(here, use, form, seen=True)
        return None


REOPEN = IssueVerb(
    ("reopen", "dispute"),
    "reopen ISS-1 [WHY]",
    "it is not solved, or goes on after all: it is opened again",
    "Not solved",
    _reopen,
    has_button=True,
)


def register(doors: Doors, here: Here) -> None:
    """Bind the buttons of the requester's messages, and the forms."""

    async def on_button(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        draw = _OPENS[body["actions"][0]["action_id"]]
        await open_view(client, click.trigger, draw(click.carried(), here.remembered(via=click.channel)))
        await ack()

    for action in _OPENS:
        doors.action(action)(on_button)

    @doors.view(ids.FORM_DISPUTE)
    async def on_reopened(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        carried, why = form.carried(), form.fields.get(ids.FIELD_WHY, "")
        try:
            await close_issue.dispute(here.services, TextCommand(**here.about(form, carried), text=why))
        except TooLate:
            remembered = here.remembered(via=form.known.get("via", ""))
            view = send_back_forms.raise_linked_form(carried, why, remembered)
            await ack(response_action="update", view=view)
            return
        await ack()

    @doors.view(ids.FORM_RAISE_LINKED)
    async def on_raised_after(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        carried, why = form.carried(), form.fields.get(ids.FIELD_WHY, "")
        answer = await raise_again(here.services, TextCommand(**here.about(form, carried), text=why))
        title = issue_name(answer.number or carried.number)
        await ack(response_action="update", view=notice_view(title, answer.sentence))

"""Agree, Agree to all, I can't agree."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads, values
from bot.adapters.slack.blocks.agreement import cannot_agree_form
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, open_view
from bot.domain.errors import Refused
from bot.usecases.agree_matrix import AllTermsAnswer, TermsAnswer, agree_to_all, answer_terms

Body = Mapping[str, Any]
OLDER = "This button is from an older version. Please answer the newest message."


def register(doors: Doors, here: Here) -> None:
    """Bind the buttons of an agreement and its form."""

    @doors.action(ids.AGREE)
    async def on_agree(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        asked = _asked(click.value)
        await answer_terms(here.services, _answer(here, click.who.user, asked, agrees=True))
        await ack()

    @doors.action(ids.AGREE_ALL)
    async def on_agree_to_all(ack: AsyncAck, body: Body) -> None:
        click = payloads.click(body)
        asked = values.load_asked_all(click.value)
        if asked is None:
            raise Refused(OLDER)
        answer = AllTermsAnswer(here.workspace, click.who.user, asked.user, asked.terms)
        await agree_to_all(here.services, answer)
        await ack()

    @doors.action(ids.CANNOT_AGREE)
    async def on_cannot(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        click = payloads.click(body)
        form = cannot_agree_form(_asked(click.value), here.remembered(via=click.channel))
        await open_view(client, click.trigger, form)
        await ack()

    @doors.view(ids.FORM_CANNOT_AGREE)
    async def on_reason(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        asked = _asked(form.known.get("asked", ""))
        reason = form.fields.get(ids.FIELD_REASON, "")
        await answer_terms(here.services, _answer(here, form.who.user, asked, agrees=False, reason=reason))
        await ack()


def _asked(value: str) -> values.Asked:
    asked = values.load_asked(value)
    if asked is None:
        raise Refused(OLDER)
    return asked


def _answer(here: Here, user: str, asked: values.Asked, *, agrees: bool, reason: str = "") -> TermsAnswer:
    return TermsAnswer(here.workspace, user, asked.user, asked.path, asked.level, asked.terms, agrees, reason)

"""Answers to words: for their writer alone, where they wrote."""

import logging

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.answers import sentence_for
from bot.adapters.slack.listeners.here import NOT_SHOWN, Here
from bot.adapters.slack.payloads import Heard
from bot.domain.words import Sentence
from bot.usecases.tell import first_time, whisper

_log = logging.getLogger(__name__)


async def tell(here: Here, heard: Heard, sentence: Sentence) -> None:
    """A sentence, through the outbox: in a channel only its writer sees it, in a direct message it stays."""
    await whisper(
        here.services,
        here.workspace,
        user=heard.typed.who.user,
        channel="" if heard.direct else heard.typed.channel,
        key=heard.typed.key,
        sentence=sentence,
        thread=heard.thread,
    )


async def show(here: Here, client: AsyncWebClient, heard: Heard, drawing: Drawing) -> None:
    """A table, a list, a button: at once and not kept, like the answer to a command. A repeat is not answered again."""
    if not await first_time(here.services, here.workspace, f"shown:{heard.typed.key}"):
        return
    for direct in (True,) if heard.direct else (False, True):
        try:
            await _post(client, heard, drawing, direct=direct)
        except NOT_SHOWN as error:
            _log.info("an answer to words was not taken", exc_info=error, extra={"action": "words"})
            refused = error
        else:
            return
    await tell(here, heard, sentence_for(refused, here))


async def _post(client: AsyncWebClient, heard: Heard, drawing: Drawing, *, direct: bool) -> None:
    """A Slack without messages for one person gets a direct one."""
    user, place, thread = heard.typed.who.user, heard.typed.channel, heard.thread or None
    text, blocks = drawing.text, drawing.blocks
    if not direct:
        await client.chat_postEphemeral(channel=place, user=user, text=text, blocks=blocks, thread_ts=thread)
    elif heard.direct:
        await client.chat_postMessage(channel=place, text=text, blocks=blocks, thread_ts=thread)
    else:
        await client.chat_postMessage(channel=user, text=text, blocks=blocks)

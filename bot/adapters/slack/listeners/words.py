"""Words written to Rung: `@Rung ack ISS-42` in a channel or thread, `ack ISS-42` in a direct message.

What the main command's table knows is done and answered to this person alone, where they wrote; what needs a form is
answered with a button that opens it. Other words are not buttons: whoever writes "on it" gets the buttons.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.open_typed import open_typed_answer
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.answers import sentence_for
from bot.adapters.slack.listeners.command import Asked, SubCommand
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here, NeedsButton
from bot.adapters.slack.listeners.issue_verb import run_typed
from bot.adapters.slack.listeners.reply import show, tell
from bot.adapters.slack.listeners.router import understood
from bot.adapters.slack.listeners.verbs import BY_WORD
from bot.domain.errors import RungError
from bot.domain.ids import issue_name
from bot.domain.text import clean_text
from bot.domain.words import Sentence
from bot.usecases.answer_words import answer_words
from bot.usecases.look_up import number_at
from bot.usecases.outside import DirectoryDown
from bot.usecases.services import ANSWER_BUDGET

Body = Mapping[str, Any]
Meant = tuple[SubCommand, Asked]

_NAMED = re.compile(r"(iss[-\s]?|#)\d|\d+$", re.IGNORECASE)
"""In the thread of an issue a number that begins a text is no name: ``resolve 3 servers are back``."""


def register(doors: Doors, here: Here) -> None:
    """Bind mentions, direct messages to Rung, and the button that goes on with what they began."""

    @doors.event("app_mention", "message")
    async def on_words(ack: AsyncAck, body: Body, client: AsyncWebClient, context: AsyncBoltContext) -> None:
        heard = payloads.heard(body, context.bot_user_id or "")
        if heard is not None:
            await _answer(here, client, heard)
        await ack()

    @doors.action(ids.OPEN_TYPED)
    async def on_open(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await _answer(here, client, payloads.heard_again(body))
        await ack()


async def _answer(here: Here, client: AsyncWebClient, heard: payloads.Heard) -> None:
    """Errors that only mean "later" (the database) go on to Slack, which delivers the words again."""
    asked = Asked(heard.typed, client, heard.typed.text, heard.typed.raw)
    known = understood(asked)
    meant = known and await _about_the_thread(here, heard, known)
    if not meant:
        await _buttons_instead(here, heard)
        return
    try:
        answer = await _done(here, meant)
    except NeedsButton as needed:
        row, after = meant
        answer = open_typed_answer(needed.sentence, f"{row.words[0]} {after.raw}".strip())
    except (RungError, DirectoryDown, TimeoutError) as error:
        answer = sentence_for(error, here)
    if isinstance(answer, Sentence):
        await tell(here, heard, answer)
    elif answer is not None:
        await show(here, client, heard, answer)


async def _done(here: Here, meant: Meant) -> Sentence | Drawing | None:
    """The answer; None = a form was opened. Raises NeedsButton where one is needed and cannot be."""
    row, after = meant
    verb = BY_WORD.get(row.words[0])
    if verb is None:
        async with asyncio.timeout(ANSWER_BUDGET.total_seconds()):
            return await row.handler(here, after)
    # A verb knows itself how long it may take; cut off from outside, nobody could say whether it is done.
    return await run_typed(here, verb, after)


async def _about_the_thread(here: Here, heard: payloads.Heard, known: Meant) -> Meant | None:
    """Under a card or a ping the issue may be left out. None when that makes the words too many for the verb, which
    then are talk: "confirm with Maya first" confirms nothing."""
    row, after = known
    if not (row.names_issue and heard.thread) or _NAMED.match(after.rest):
        return known
    number = await number_at(here.services, here.workspace, heard.typed.channel, heard.thread)
    if number is None:
        return known
    if not row.takes(after.rest):
        return None
    name = issue_name(number)
    return row, replace(after, rest=f"{name} {after.rest}".strip(), raw=f"{name} {after.raw}".strip())


async def _buttons_instead(here: Here, heard: payloads.Heard) -> None:
    await answer_words(
        here.services,
        here.workspace,
        user=heard.typed.who.user,
        channel=heard.typed.channel,
        thread=heard.thread,
        key=heard.typed.key,
        command=here.command,
        text=clean_text(heard.typed.text),
        direct=heard.direct,
    )

"""When a command does not work out: the sentence, in the form Slack can show for that kind of request.

An exception would make Slack show a time-out (over Socket Mode nothing is sent at all), so every error becomes a 200
with the sentence in it: ephemeral for commands, at the field for forms, whispered for clicks. What was typed stays.
"""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import payloads
from bot.adapters.slack.blocks.text import render
from bot.adapters.slack.blocks.views import notice_view
from bot.adapters.slack.listeners.here import NOT_SHOWN, Here
from bot.domain.errors import FieldErrors, RungError
from bot.domain.ids import read_issue_number
from bot.domain.words import NOTHING, Sentence, say
from bot.usecases.heal import heal
from bot.usecases.outside import DirectoryDown
from bot.usecases.ports import NotSaved, OutcomeUnknown
from bot.usecases.tell import whisper

Body = Mapping[str, Any]
_log = logging.getLogger(__name__)

OK = BoltResponse(status=200, body="")


def register(app: AsyncApp, here: Here) -> None:
    """Bind the one place where errors are answered."""

    @app.error
    async def on_error(error: Exception, body: Body, client: AsyncWebClient) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            _log.info("nobody listens to this request", extra={"action": "unhandled", "kind": _kind(body)})
            return OK if _kind(body) == "event" else await _answer(here, body, client, error)
        return await _answer(here, body, client, error)


async def _answer(here: Here, body: Body, client: AsyncWebClient, error: Exception) -> BoltResponse:
    sentence = sentence_for(error, here)
    if not isinstance(error, RungError | BoltUnhandledRequestError):
        _log.error("request failed: %s", sentence.plain(), exc_info=error, extra={"action": "error"})
    return await _ANSWERS[_kind(body)](here, body, client, error, sentence)


def sentence_for(error: Exception, here: Here) -> Sentence:
    """What people read about this error: what happened, and what to do next."""
    match error:
        case RungError(sentence=sentence):
            return sentence
        case NotSaved():
            return say(
                "Not saved: the database did not answer in time. Please try again; nothing was changed."
            )
        case OutcomeUnknown():
            return say(
                "It took too long to tell whether this was saved. Please look whether it is there before you repeat it."
            )
        case DirectoryDown():
            return say(
                "Slack cannot be asked who is who right now. Please try again in a moment; nothing was changed."
            )
        case TimeoutError():
            return say("That took too long. Please try again in a moment; nothing was changed.")
        case BoltUnhandledRequestError():
            return say(
                "This comes from an older version of Rung. Please use {command} help to see what there is now.",
                command=here.command,
            )
        case SlackClientError() | aiohttp.ClientError():
            return say("Slack did not take our answer. Please try again in a moment.")
    return say(
        "Something went wrong on our side, and nothing was changed. Reference: {ref}.", ref=here.nonce()[:8]
    )


async def _to_command(
    here: Here, body: Body, client: AsyncWebClient, error: Exception, sentence: Sentence
) -> BoltResponse:
    typed = payloads.slash(body).text
    kept = say(" You typed: {typed}", typed=typed) if typed and _is_lost(typed, error, sentence) else NOTHING
    return _json({"response_type": "ephemeral", "text": render(sentence + kept, here.services.clock.now())})


def _is_lost(typed: str, error: Exception, answer: Sentence) -> bool:
    """Slack keeps no command. What was refused is worth typing again only for the words behind an issue's name."""
    if not isinstance(error, RungError):
        return True
    number, words = read_issue_number(typed.partition(" ")[2])
    return number is not None and words not in answer.plain()


async def _to_form(
    here: Here, body: Body, client: AsyncWebClient, error: Exception, sentence: Sentence
) -> BoltResponse:
    """At the field it is about, else at the first one: the form stays open with everything typed."""
    blocks = (body.get("view") or {}).get("blocks") or []
    inputs = [block["block_id"] for block in blocks if block.get("type") == "input"]
    if not inputs:
        form = payloads.submission(body)
        await _whisper(here, client, form.who.user, form.known.get("via", ""), form.key, sentence)
        return OK
    if any(not isinstance(part, str) for part in sentence.parts):
        return _json({"response_action": "update", "view": _moved_on(body, sentence)})
    fields = error.fields if isinstance(error, FieldErrors) else {}
    known = {name: text for name, text in fields.items() if name in inputs}
    return _json({"response_action": "errors", "errors": known or {inputs[0]: readable(sentence)}})


def _moved_on(body: Body, sentence: Sentence) -> Mapping[str, Any]:
    """A field error shows neither people nor local times: the form becomes a notice that keeps what was typed."""
    typed = [text for text in payloads.submission(body).fields.values() if text]
    return notice_view("It has moved on", sentence, typed)


async def _to_click(
    here: Here, body: Body, client: AsyncWebClient, error: Exception, sentence: Sentence
) -> BoltResponse:
    """Only the one who clicked sees it; and the message is drawn anew, so that it shows the truth."""
    click = payloads.click(body)
    await _whisper(here, client, click.who.user, click.channel, click.key, sentence)
    if isinstance(error, RungError) and click.stamp:
        await heal(here.services, here.workspace, click.channel, click.stamp)
    return OK


async def _to_shortcut(
    here: Here, body: Body, client: AsyncWebClient, error: Exception, sentence: Sentence
) -> BoltResponse:
    asked = payloads.shortcut(body)
    await _whisper(here, client, asked.who.user, asked.channel, asked.key, sentence)
    return OK


async def _to_event(
    here: Here, body: Body, client: AsyncWebClient, error: Exception, sentence: Sentence
) -> BoltResponse:
    """Slack delivers an event again when it is told that it failed."""
    return BoltResponse(status=500, body="")


async def _whisper(
    here: Here, client: AsyncWebClient, user: str, channel: str, key: str, sentence: Sentence
) -> None:
    """Through the outbox; straight to Slack when the outbox itself cannot be written."""
    try:
        await whisper(here.services, here.workspace, user=user, channel=channel, key=key, sentence=sentence)
    except (NotSaved, OutcomeUnknown):
        try:
            said = render(sentence, here.services.clock.now())
            await client.chat_postEphemeral(channel=channel or user, user=user, text=said)
        except NOT_SHOWN:
            _log.exception("somebody clicked and could not be told", extra={"action": "error"})


def readable(sentence: Sentence) -> str:
    """Plain text for places that show no mentions (field errors)."""
    return sentence.plain().replace("  ", " ")[:2000]


def _json(answer: Mapping[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, headers={"content-type": ["application/json"]}, body=json.dumps(answer))


def _kind(body: Body) -> str:
    if "command" in body:
        return "command"
    return {
        "view_submission": "form",
        "view_closed": "event",
        "block_actions": "click",
        "shortcut": "shortcut",
        "message_action": "shortcut",
    }.get(str(body.get("type")), "event")


_ANSWERS: dict[str, Callable[[Here, Body, AsyncWebClient, Exception, Sentence], Awaitable[BoltResponse]]] = {
    "command": _to_command,
    "form": _to_form,
    "click": _to_click,
    "shortcut": _to_shortcut,
    "event": _to_event,
}

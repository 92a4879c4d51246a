"""What every listener needs, and the few things they all do."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.blocks.views import metadata, notice_view
from bot.adapters.slack.errors import failure
from bot.adapters.slack.ids import Carried
from bot.adapters.slack.payloads import Click, Submission, Who
from bot.domain.errors import Refused
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue
from bot.domain.words import Sentence
from bot.usecases.record import unknown_issue
from bot.usecases.services import Services
from bot.usecases.tell import whisper

PEEK_TIME = timedelta(milliseconds=400)
"""How long a form waits for the present state before it opens without it: its trigger lives three seconds."""

TRIGGER_ERRORS = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
NO_SUCH_CALL = frozenset({"unknown_method", "method_deprecated", "deprecated_endpoint", "not_implemented"})
"""Words of something that looks like Slack and shows no modals this way."""
NOTHING_ON_TOP = NO_SUCH_CALL | {"push_limit_reached"}
NOT_SHOWN = (Refused, SlackClientError, aiohttp.ClientError, OSError)
"""What is raised when something cannot be shown: Slack does not take it, or the way to it is cut or too slow (a
TimeoutError is an OSError). What was done before stays done, and is said in words."""
NO_MODALS = (
    "This Slack shows no form for that, and trying again does not help. Nothing was changed. "
    "Please ask who runs Rung."
)
CLOSED_WINDOW = "The window was closed meanwhile. Please open it again."
CLOSED_DOOR = "That took too long, and Slack closed the door. Please press it once more."


@dataclass(frozen=True, slots=True)
class Here:
    """The workspace this process serves, and how its commands are called there.

    `aliases` are commands that stand for a sub-command: ``/oncall`` for ``oncall``. `public_url` is where people reach
    this process over HTTP, without a slash at the end; empty = nobody can.
    """

    services: Services
    workspace: WorkspaceId
    command: str
    nonce: Callable[[], str]
    aliases: Mapping[str, str] = field(default_factory=dict)
    public_url: str = ""

    def called(self, word: str) -> str:
        """How people type a sub-command: by its own command where there is one."""
        own = next((name for name, stands_for in self.aliases.items() if stands_for == word), "")
        return own or f"{self.command} {word}"

    def remembered(self, **known: str) -> str:
        """Metadata of a new form."""
        return metadata(self.nonce(), **known)

    def about(self, asked: Click | Submission, carried: Carried) -> dict[str, Any]:
        """The fields every command about one issue has. `via` is the channel whose message carried the button."""
        via = asked.channel if isinstance(asked, Click) else ""
        via = via or asked.known.get("via", "")
        return {
            "workspace": self.workspace,
            "user": asked.who.user,
            "key": asked.key,
            "number": carried.number,
            "via": via,
            "outsider": self.is_outsider(asked.who),
        }

    def is_outsider(self, who: Who) -> bool:
        """Somebody of another organisation, in a shared channel."""
        return bool(who.home) and who.home != self.workspace


class NeedsButton(Refused):
    """A form is needed, and what was done (words in a message) came without a trigger to open it by.

    Who listens to words answers with a button that does the same with a trigger; the sentence stands above it."""

    def __init__(self, sentence: Sentence | str = "One more step: please open the form.") -> None:
        super().__init__(sentence)


class WindowClosed(Refused):
    """The modal that holds the button is not there any more."""


async def open_view(client: AsyncWebClient, trigger: str, view: Mapping[str, Any]) -> str:
    """Open a modal and return its id. Raises NeedsButton when there is no trigger, and Refused when it has come too
    late or when this Slack shows no modals."""
    if not trigger:
        raise NeedsButton
    try:
        response = await client.views_open(trigger_id=trigger, view=dict(view))
    except SlackApiError as error:
        _refuse(error)
        raise
    return str((response.get("view") or {}).get("id") or "")


async def show_view(client: AsyncWebClient, click: Click, view: Mapping[str, Any]) -> str:
    """Open a modal from a message, or put it on top of the modal that holds the button. Raises Refused likewise.

    Where nothing more can be put on top (Slack piles up three, and others that look like Slack none), it takes the
    place of the modal that holds the button.
    """
    if not (click.in_view and click.trigger):
        return await open_view(client, click.trigger, view)
    try:
        return await push_view(client, click.trigger, view)
    except SlackApiError as error:
        if failure("views.push", error).code in NOTHING_ON_TOP:
            return await replace_view(client, click.view, view)
        _refuse(error)
        raise


async def push_view(client: AsyncWebClient, trigger: str, view: Mapping[str, Any]) -> str:
    """Put a modal on top of another one. Raises SlackApiError."""
    response = await client.views_push(trigger_id=trigger, view=dict(view))
    return str((response.get("view") or {}).get("id") or "")


async def update_view(client: AsyncWebClient, click: Click, view: Mapping[str, Any]) -> str:
    """Put a modal in the place of the one that holds the button. Raises Refused likewise."""
    return await replace_view(client, click.view, view)


async def was_updated(client: AsyncWebClient, click: Click, view: Mapping[str, Any]) -> bool:
    """The same after something was done: False where it cannot be shown, and has to be said in words."""
    try:
        await update_view(client, click, view)
    except NOT_SHOWN:
        return False
    return True


async def replace_view(client: AsyncWebClient, view_id: str, view: Mapping[str, Any]) -> str:
    """Put a modal in the place of the one with this id. Raises Refused when that was closed, or there are none here."""
    try:
        response = await client.views_update(view_id=view_id, view=dict(view))
    except SlackApiError as error:
        _refuse(error)
        raise
    return str((response.get("view") or {}).get("id") or "")


async def show_done(here: Here, client: AsyncWebClient, click: Click, title: str, said: Sentence) -> None:
    """Say what was done, in a modal; where none can be shown, in words: what was done stays done."""
    try:
        await show_view(client, click, notice_view(title, said))
    except NOT_SHOWN:
        await whisper(
            here.services,
            here.workspace,
            user=click.who.user,
            channel=click.channel,
            key=click.key,
            sentence=said,
        )


def _refuse(error: SlackApiError) -> None:
    """Raises Refused with a sentence, when Slack's answer is one that people can be told."""
    code = failure("views", error).code
    if code in TRIGGER_ERRORS:
        raise Refused(CLOSED_DOOR) from error
    if code == "not_found":
        raise WindowClosed(CLOSED_WINDOW) from error
    if code in NO_SUCH_CALL:
        raise Refused(NO_MODALS) from error


async def peek(here: Here, number: int) -> Issue | None:
    """The issue as it is, or None when the database is slow: a form opens all the same. Raises NotFound."""
    ref = IssueRef(here.workspace, number)
    try:
        async with asyncio.timeout(PEEK_TIME.total_seconds()):
            issue = await here.services.transactions.read(lambda store: store.issues.get(ref))
    except TimeoutError:
        return None
    if issue is None:
        raise unknown_issue(number)
    return issue

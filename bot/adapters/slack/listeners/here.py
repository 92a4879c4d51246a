"""What every listener needs, and the few things they all do."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.blocks.views import metadata
from bot.adapters.slack.ids import Carried
from bot.adapters.slack.payloads import Click, Submission, Who
from bot.domain.errors import Refused
from bot.domain.ids import IssueRef, WorkspaceId
from bot.domain.issue import Issue
from bot.usecases.services import Services

PEEK_TIME = timedelta(milliseconds=400)
"""How long a form waits for the present state before it opens without it: its trigger lives three seconds."""

TRIGGER_ERRORS = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
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
        via = asked.channel if isinstance(asked, Click) else asked.known.get("via", "")
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


async def open_view(client: AsyncWebClient, trigger: str, view: Mapping[str, Any]) -> str:
    """Open a modal and return its id. Raises Refused when there is no trigger (any more) to open it with."""
    if not trigger:
        raise Refused(CLOSED_DOOR)
    try:
        response = await client.views_open(trigger_id=trigger, view=dict(view))
    except SlackApiError as error:
        if error.response.get("error") in TRIGGER_ERRORS:
            raise Refused(CLOSED_DOOR) from error
        raise
    return str((response.get("view") or {}).get("id") or "")


async def show_view(client: AsyncWebClient, click: Click, view: Mapping[str, Any]) -> str:
    """Open a modal from a message, or put it on top of the modal that holds the button. Raises Refused likewise."""
    if not click.in_view:
        return await open_view(client, click.trigger, view)
    try:
        response = await client.views_push(trigger_id=click.trigger, view=dict(view))
    except SlackApiError as error:
        if error.response.get("error") in TRIGGER_ERRORS:
            raise Refused(CLOSED_DOOR) from error
        raise
    return str((response.get("view") or {}).get("id") or "")


async def peek(here: Here, number: int) -> Issue | None:
    """The issue as it is, or None when it is unknown or the database is slow: a form opens all the same."""
    ref = IssueRef(here.workspace, number)
    try:
        async with asyncio.timeout(PEEK_TIME.total_seconds()):
            return await here.services.transactions.read(lambda store: store.issues.get(ref))
    except TimeoutError:
        return None

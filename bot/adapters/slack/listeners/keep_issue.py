"""Yes, still on it; I keep it: buttons of the questions to who has it, and the same in words."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Use
from bot.domain.words import Sentence
from bot.usecases.commands import IssueCommand
from bot.usecases.keep_issue import keep


async def _keep(here: Here, use: Use) -> Sentence | None:
    return (await keep(here.services, use.about)).sentence


KEEP = IssueVerb(
    ("keep",),
    "keep ISS-1",
    "you are still on it: nobody else is asked",
    "Still on it",
    _keep,
    has_button=True,
)


def register(doors: Doors, here: Here) -> None:
    """Bind both buttons."""

    async def on_keep(ack: AsyncAck, body: Mapping[str, Any]) -> None:
        click = payloads.click(body)
        await keep(here.services, IssueCommand(**here.about(click, click.carried())))
        await ack()

    doors.action(ids.KEEP)(on_keep)
    doors.action(ids.KEEP_TOP)(on_keep)

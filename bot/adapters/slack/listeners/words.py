"""Words are not buttons: whoever writes "on it" instead of pressing a button gets the buttons."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.adapters.slack.listeners.here import Here
from bot.usecases.answer_words import answer_words

Body = Mapping[str, Any]


def register(app: AsyncApp, here: Here) -> None:
    """Bind mentions, and direct messages to Rung."""

    async def on_words(ack: AsyncAck, event: Body, body: Body) -> None:
        user = str(event.get("user") or "")
        to_rung = event.get("type") == "app_mention" or event.get("channel_type") == "im"
        if user and to_rung and not event.get("bot_id") and not event.get("subtype"):
            await answer_words(
                here.services,
                here.workspace,
                user=user,
                channel=str(event.get("channel") or ""),
                thread=str(event.get("thread_ts") or ""),
                key=str(body.get("event_id") or ""),
                command=here.command,
            )
        await ack()

    app.event("app_mention")(on_words)
    app.event("message")(on_words)

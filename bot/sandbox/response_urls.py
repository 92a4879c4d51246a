"""response_url: answering an interaction later, five times within half an hour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.acks import MESSAGE_KEYS, message_problem
from bot.sandbox.event_shapes import message_event
from bot.sandbox.limits.surfaces import with_ids
from bot.sandbox.model import Json, Message
from bot.sandbox.world import World

USES = 5
LIFETIME = 1800.0
"""Seconds a response_url lives."""


@dataclass(slots=True)
class Hook:
    """Where answers of one interaction go; `source` is the message that was clicked, if one was."""

    user: str
    channel: str
    thread_ts: str | None
    expires: float
    source: Message | None = None
    uses: int = 0


class ResponseUrls:
    """Gives response_urls and takes what is posted to them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._hooks: dict[str, Hook] = {}

    def give(
        self, user: str, channel: str, thread_ts: str | None = None, source: Message | None = None
    ) -> str:
        token = f"{self._world.workspace.serial():024x}"
        expires = self._world.clock() + LIFETIME
        self._hooks[token] = Hook(user, channel, thread_ts, expires, source)
        return f"{self._world.base_url}actions/{self._world.config.team_id}/{token}"

    def respond(self, token: str, body: Any) -> tuple[int, str]:
        """HTTP status and text of the answer to a request at a response_url."""
        hook = self._hooks.get(token)
        if hook is None:
            return 404, "no_service"
        if hook.uses >= USES:
            return 404, "used_url"
        if self._world.clock() > hook.expires:
            return 404, "expired_url"
        refusal = self._refusal(hook, body)
        if refusal is not None:
            return 400, refusal
        hook.uses += 1
        return self._apply(hook, body)

    def _refusal(self, hook: Hook, body: Any) -> str | None:
        if not isinstance(body, dict) or set(body) - MESSAGE_KEYS:
            return "invalid_payload"
        replaces = body.get("replace_original") or body.get("delete_original")
        if replaces and hook.source is None:
            return "invalid_payload"
        if body.get("response_type", "ephemeral") not in ("ephemeral", "in_channel"):
            return "invalid_payload"
        hidden = hook.source is not None and hook.source.ephemeral_to is not None
        if replaces and hidden and body.get("response_type") == "in_channel":
            return "invalid_payload"
        if body.get("delete_original"):
            return None
        return message_problem(body)

    def _apply(self, hook: Hook, body: Json) -> tuple[int, str]:
        if hook.source is not None and (body.get("replace_original") or body.get("delete_original")):
            return self._change_original(hook.source, body)
        self.place(hook.user, hook.channel, hook.thread_ts, body)
        return 200, "ok"

    def _change_original(self, source: Message, body: Json) -> tuple[int, str]:
        workspace = self._world.workspace
        current = (
            workspace.ephemeral(source.ephemeral_to, source.ts)
            if source.ephemeral_to
            else workspace.message(source.channel, source.ts)
        )
        if current is None:
            return 404, "message_not_found"
        now = None if body.get("delete_original") else self._replaced(current, body)
        if current.ephemeral_to:
            workspace.put_ephemeral(current, now)
        elif now is not None:
            workspace.put(now)
        else:
            workspace.remove(current)
        return 200, "ok"

    def _replaced(self, current: Message, body: Json) -> Message:
        blocks = with_ids(body.get("blocks") or [], self._world.workspace.serial)
        attachments = body.get("attachments") or ()
        return replace(
            current, text=body.get("text") or "", blocks=blocks, attachments=attachments, edited=True
        )

    def place(self, user: str, channel: str, thread_ts: str | None, body: Json) -> Message:
        """Shows an answer where the interaction was: to its user alone unless it is for the channel."""
        workspace = self._world.workspace
        in_channel = body.get("response_type") == "in_channel"
        message = Message(
            channel=channel,
            ts=workspace.next_ts(),
            user=workspace.bot_user_id,
            bot_id=workspace.bot_id,
            text=body.get("text") or "",
            thread_ts=body.get("thread_ts") or thread_ts,
            blocks=with_ids(body.get("blocks") or [], workspace.serial),
            attachments=body.get("attachments") or (),
            ephemeral_to=None if in_channel else user,
        )
        if not in_channel:
            return workspace.whisper(message)
        workspace.put(message)
        workspace.on_event(message_event(self._world, message))
        return message

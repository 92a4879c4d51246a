"""Trigger ids: what an interaction gives the app so that it may open a modal, once and within three seconds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.sandbox.clock import Clock
from bot.sandbox.errors import SlackError

LIFETIME = 3.0
"""Seconds a trigger id lives."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Who interacted, until when it counts, and the modal it happened in (needed for views.push)."""

    user: str
    expires: float
    view_id: str | None = None
    used: bool = False


class Triggers:
    """Every trigger id ever given."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held: dict[str, Trigger] = {}

    def give(self, user: str, view_id: str | None = None) -> str:
        expires = self._clock() + LIFETIME
        trigger_id = f"{int(expires * 1000)}.{1000 + len(self._held)}.{len(self._held) + 1:032x}"
        self._held[trigger_id] = Trigger(user, expires, view_id)
        return trigger_id

    def check(self, trigger_id: str) -> Trigger:
        """The trigger, if it can still be used. Raises SlackError."""
        trigger = self._held.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock() > trigger.expires:
            raise SlackError("expired_trigger_id")
        return trigger

    def spend(self, trigger_id: str) -> None:
        self._held[trigger_id] = replace(self._held[trigger_id], used=True)

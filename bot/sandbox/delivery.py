"""What both transports share: a payload goes out, an acknowledgement comes back or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from bot.sandbox.model import Json

COMMANDS = "slash_commands"
INTERACTIVE = "interactive"
EVENTS = "events_api"


@dataclass(frozen=True, slots=True)
class Retry:
    """The how-maniest retry this is (1-3) and why."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Ack:
    """How the app took a payload. `body` is what the acknowledgement carried; `seconds` real time; `error` why not."""

    acked: bool
    status: int
    body: Any
    seconds: float
    error: str | None = None


class Transport(Protocol):
    """Socket Mode or signed HTTP."""

    async def deliver(self, kind: str, payload: Json, retry: Retry | None = None) -> Ack: ...

    async def connected(self) -> None: ...

    async def stop(self) -> None: ...

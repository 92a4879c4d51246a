"""What a person got back from an interaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.delivery import Ack
from bot.sandbox.model import Json


@dataclass(frozen=True, slots=True)
class Answer:
    """`acked` in time or not, HTTP `status`, the `body` of the acknowledgement, and `error`: what the person sees of
    a failure. `seconds` is real time."""

    acked: bool
    status: int
    body: Json | None
    seconds: float
    error: str | None = None

    @property
    def ok(self) -> bool:
        return self.error is None

    @property
    def text(self) -> str:
        return str((self.body or {}).get("text") or "")

    @property
    def blocks(self) -> Sequence[Json]:
        blocks: Sequence[Json] = (self.body or {}).get("blocks") or []
        return blocks


def as_body(raw: Any) -> Json | None:
    """An acknowledgement as a mapping: a bare text stands for a message of it."""
    if raw in (None, ""):
        return None
    return raw if isinstance(raw, dict) else {"text": str(raw)}


def answered(ack: Ack, error: str | None) -> Answer:
    return Answer(ack.acked, ack.status, as_body(ack.body), ack.seconds, error)

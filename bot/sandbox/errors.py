"""The two ways to be refused: by Slack's servers, and by Slack's own client before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class SlackError(Exception):
    """A Web API answer `{"ok": false, "error": code, ...}`."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

    @property
    def body(self) -> dict[str, Any]:
        return {"ok": False, "error": self.code, **self.extra}


class NotPossible(Exception):
    """Something a person cannot do in Slack's client: the button is not there, the channel is not theirs."""


class ModalRefused(NotPossible):
    """Slack's client does not send a modal whose field is empty, too long or malformed."""

    def __init__(self, field: str, reason: str, block_id: str = "") -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
        self.block_id = block_id or field


def invalid_arguments(*messages: str) -> SlackError:
    """The form in which Slack names what is wrong with the arguments of a call."""
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {m}" for m in messages]})


def invalid_blocks(problems: Sequence[str]) -> SlackError:
    """The form in which the chat methods refuse blocks; `problems` end in `[json-pointer:...]`."""
    listed = [f"[ERROR] {problem}" for problem in problems]
    return SlackError("invalid_blocks", errors=list(problems), response_metadata={"messages": listed})

"""A Slack that answers from a script and remembers what it was asked."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.adapters.slack.errors import SlackFailed
from bot.domain.delivery import Reason, Rejected, RetryLater, Unknown

Scripted = Mapping[str, Any] | SlackFailed


@dataclass
class FakeSlack:
    """`answers` by method; a method that is not there is missing. While `gate` is closed, calls wait."""

    answers: dict[str, Scripted] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    gate: asyncio.Event | None = None

    async def call(self, method: str, **args: Any) -> Mapping[str, Any]:
        """As the script says."""
        self.asked.append((method, args))
        if self.gate is not None:
            await self.gate.wait()
        answer = self.answers.get(method) or missing(method)
        if isinstance(answer, SlackFailed):
            raise SlackFailed(method, answer.outcome, answer.code, answer.details)
        return answer

    def count(self, method: str) -> int:
        """How often it was asked."""
        return sum(asked == method for asked, _ in self.asked)


def missing(method: str = "") -> SlackFailed:
    """The method is not there."""
    return SlackFailed(
        method, Rejected(Reason.KIND, "This Slack does not know this kind of call."), "unknown_method"
    )


def refused(code: str, reason: Reason = Reason.ROUTE) -> SlackFailed:
    """Slack says no."""
    return SlackFailed("", Rejected(reason, f"(Slack: {code})"), code)


def down() -> SlackFailed:
    """Slack does not answer."""
    return SlackFailed("", Unknown("Slack did not answer in time."))


def busy(seconds: float) -> SlackFailed:
    """Slack asks for a pause."""
    return SlackFailed(
        "", RetryLater("Slack asks for a pause.", timedelta(seconds=seconds), False), "ratelimited"
    )

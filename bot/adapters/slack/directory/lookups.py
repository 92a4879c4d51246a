"""Look-ups for the directory: what Slack lacks is not asked for, and a pause Slack asks for is kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.adapters.slack.capabilities import Capabilities
from bot.adapters.slack.client import Slack
from bot.adapters.slack.errors import SlackFailed
from bot.domain.delivery import Reason, Rejected
from bot.usecases.outside import Clock, DirectoryDown

PAGE = 1000
MOST_PAGES = 100


class Lookups:
    """Calls of reading methods."""

    def __init__(self, slack: Slack, capabilities: Capabilities, clock: Clock) -> None:
        self.capabilities = capabilities
        self._slack = slack
        self._clock = clock
        self._paused: dict[str, datetime] = {}

    async def ask(self, method: str, *, ability: str = "", **args: Any) -> Mapping[str, Any]:
        """The answer. `ability` names what is missing when Slack refuses these arguments but not the method.

        Raises SlackFailed with a `reason` when Slack says no (Reason.KIND: it lacks the method), and DirectoryDown when
        it cannot say now."""
        if self.capabilities.missing(ability or method):
            raise SlackFailed(method, Rejected(Reason.KIND, "This Slack does not know this kind of call."))
        self._keep_pause(method)
        try:
            return await self._slack.call(method, **args)
        except SlackFailed as failed:
            if failed.after is not None:
                self._paused[method] = self._clock.now() + failed.after
            if failed.reason is Reason.KIND:
                self.capabilities.lack(ability or method, failed.outcome.why)
            if failed.refused and failed.reason is not Reason.TEAM:
                raise
            raise DirectoryDown(failed.outcome.why, failed.after) from failed

    async def pages(self, method: str, items: str, **args: Any) -> list[Mapping[str, Any]]:
        """All items of all pages. Raises as `ask`."""
        found: list[Mapping[str, Any]] = []
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            page = await self.ask(method, limit=PAGE, cursor=cursor, **args)
            found.extend(page.get(items) or ())
            following = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not following or following == cursor:  # some look-alikes hand out the same page for ever
                break
            cursor = following
        return found

    def _keep_pause(self, method: str) -> None:
        until = self._paused.get(method)
        left = until - self._clock.now() if until is not None else None
        if left is None:
            return
        if left.total_seconds() > 0:
            raise DirectoryDown("Slack asks for a pause.", left)
        del self._paused[method]

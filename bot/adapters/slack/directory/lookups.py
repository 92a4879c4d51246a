"""Look-ups for the directory: what Slack lacks is not asked for, and a pause Slack asks for is kept.

Some look-alikes leave a method they do not have without any answer. While Slack is down people wait for it; but where
it answers everything else, what one method keeps to itself must not hold a ladder up for ever.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.adapters.slack.capabilities import Capabilities
from bot.adapters.slack.client import Slack
from bot.adapters.slack.errors import SlackFailed
from bot.domain.delivery import Reason, Rejected, Unknown
from bot.usecases.outside import Clock, DirectoryDown

PAGE = 1000
MOST_PAGES = 100
SILENCES = 3
"""So often in a row a method may give no answer before Rung goes on without it, if Slack answers at all."""
SILENT_FOR = timedelta(minutes=5)
"""Then it is tried again after this."""


class Silent(SlackFailed):
    """A method gives no answer although Slack is there: as good as missing, but what was known by it still holds."""

    def __init__(self, method: str) -> None:
        super().__init__(method, Rejected(Reason.KIND, "It gives no answer, although Slack does."))


class Lookups:
    """Calls of reading methods."""

    def __init__(self, slack: Slack, capabilities: Capabilities, clock: Clock) -> None:
        self.capabilities = capabilities
        self._slack = slack
        self._clock = clock
        self._paused: dict[str, datetime] = {}
        self._silences: Counter[str] = Counter()

    async def ask(self, method: str, *, ability: str = "", **args: Any) -> Mapping[str, Any]:
        """The answer. `ability` names what is missing when Slack refuses these arguments but not the method.

        Raises SlackFailed with a `reason` when Slack says no (Reason.KIND: it lacks the method), Silent when only this
        method never answers, and DirectoryDown when Slack cannot say now."""
        self._refuse_missing(method, ability)
        self._keep_pause(method)
        try:
            answer = await self._slack.call(method, **args)
        except SlackFailed as failed:
            if failed.after is not None:
                self._paused[method] = self._clock.now() + failed.after
            if failed.reason is Reason.KIND:
                self.capabilities.lack(ability or method, failed.outcome.why)
            if failed.refused and failed.reason is not Reason.TEAM:
                raise
            if isinstance(failed.outcome, Unknown) and await self._given_up(method):
                raise Silent(method) from failed
            raise DirectoryDown(failed.outcome.why, failed.after) from failed
        del self._silences[method]
        return answer

    def _refuse_missing(self, method: str, ability: str) -> None:
        if self.capabilities.missing(method) and self._silences[method] >= SILENCES:
            raise Silent(method)
        if self.capabilities.missing(ability or method):
            raise SlackFailed(method, Rejected(Reason.KIND, "This Slack does not know this kind of call."))

    async def _given_up(self, method: str) -> bool:
        """Whether this silence is one too many. The method every Slack has tells whether it is Slack that is down."""
        self._silences[method] += 1
        if self._silences[method] < SILENCES:
            return False
        try:
            await self._slack.call("auth.test")
        except SlackFailed:
            return False
        self.capabilities.lack(method, "It gives no answer.", SILENT_FOR)
        return True

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

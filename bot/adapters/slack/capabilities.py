"""What this Slack cannot do: methods it lacks, permissions the app was not given. Said once and worked around."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.adapters.slack.errors import SlackFailed
from bot.domain.delivery import Reason
from bot.usecases.outside import Clock

T = TypeVar("T")

log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=3)
"""How long an optional call may take."""
RECHECK = timedelta(hours=1)
"""A method that was missing is tried again after this: scopes can be added while Rung runs."""

METADATA = "message metadata"
"""Not a method, but some look-alikes refuse it."""
PRIVATE_CHANNELS = "private channels"
"""Not a method, but a permission of its own."""

_MAY_REPEAT = "A message whose delivery was unclear cannot be looked for, so it may arrive twice."
_NO_GROUPS = "User groups cannot be looked up: a group: contact reaches nobody."
_NO_DND = "Who has notifications paused is not known."
_NO_FILES = "Files cannot be uploaded; reports come as messages."

REDUCED = {
    "chat.getPermalink": "Messages cannot be linked to.",
    "chat.postEphemeral": "Answers to clicks come as direct messages.",
    "conversations.history": _MAY_REPEAT,
    "conversations.join": "Rung cannot join channels by itself; invite it with /invite @Rung.",
    "conversations.list": "Channels cannot be looked up; their names are used as the matrix writes them.",
    "conversations.open": "Direct messages are addressed to people instead of to an opened conversation.",
    "conversations.replies": _MAY_REPEAT,
    "dnd.info": _NO_DND,
    "dnd.teamInfo": _NO_DND,
    "files.completeUploadExternal": _NO_FILES,
    "files.getUploadURLExternal": _NO_FILES,
    METADATA: _MAY_REPEAT,
    PRIVATE_CHANNELS: "Private channels cannot be looked up by name; write their ids into the matrix.",
    "usergroups.list": _NO_GROUPS,
    "usergroups.users.list": _NO_GROUPS,
    "users.info": "Whether somebody has left, is a guest or is a bot is looked up in the list of all members.",
    "users.list": "@handle contacts cannot be looked up; use e-mail addresses or user ids.",
    "users.lookupByEmail": "E-mail addresses are looked up in the list of all members, which takes longer.",
    "views.publish": "The Home tab stays empty.",
    "views.update": "Details cannot be filled into an open window.",
}
"""What people notice, by method."""


class Capabilities:
    """Remembers what is missing. One per connection."""

    def __init__(self, clock: Clock, patience: timedelta = PATIENCE) -> None:
        self._clock = clock
        self._patience = patience.total_seconds()
        self._missing: dict[str, datetime] = {}
        self._said: set[str] = set()

    def missing(self, method: str) -> bool:
        """Whether it was found missing a short while ago, and is not to be tried again yet."""
        until = self._missing.get(method)
        return until is not None and self._clock.now() < until

    def lack(self, method: str, why: str, again_in: timedelta = RECHECK) -> None:
        """Remember for so long that it is missing; logged the first time."""
        self._missing[method] = self._clock.now() + again_in
        if method not in self._said:
            self._said.add(method)
            log.warning("Slack lacks %s: %s %s", method, why, _sentence(method))

    def note(self, failed: SlackFailed) -> bool:
        """Remember it if the call failed because the method or its permission is missing; True when that is why."""
        lacking = failed.reason is Reason.KIND
        if lacking:
            self.lack(failed.method, failed.outcome.why)
        return lacking

    async def optional(self, method: str, call: Callable[[], Awaitable[T]], default: T) -> T:
        """The call's result, or the default when Slack lacks the method, is slow or is in trouble.

        A refusal that says something about the arguments (no such person, say) is raised as SlackFailed."""
        if self.missing(method):
            return default
        try:
            async with asyncio.timeout(self._patience):
                result = await call()
        except TimeoutError:
            log.info("%s took longer than %s s; going on without it.", method, self._patience)
            return default
        except SlackFailed as failed:
            if failed.refused and not self.note(failed):
                raise
            return default
        self._missing.pop(method, None)
        return result

    def reduced(self) -> list[str]:
        """What does not work in full, as sentences for people."""
        return list(
            dict.fromkeys(_sentence(method) for method in sorted(self._missing) if self.missing(method))
        )


def _sentence(method: str) -> str:
    """By the name, or by the method it begins with."""
    return REDUCED.get(method) or REDUCED.get(method.split()[0], f"{method} is left out.")

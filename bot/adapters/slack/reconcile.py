"""After an unclear answer: is the message there? Messages carry the number of their outbox row as metadata."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.adapters.slack.capabilities import METADATA, Capabilities
from bot.adapters.slack.client import Slack
from bot.adapters.slack.errors import SlackFailed
from bot.adapters.slack.posting import EVENT_TYPE
from bot.domain.delivery import Outcome, Reason, Sent, Unknown
from bot.usecases.rows import Letter

log = logging.getLogger(__name__)

MARGIN = timedelta(seconds=60)
"""Slack's clock and ours may differ by so much."""
PAGE = 200
MOST_PAGES = 10
LOOKS = 3
"""After so many attempts a message that cannot be looked for is sent again: rather twice than never."""


class Finder:
    """Looks for messages in the history of a conversation or a thread."""

    def __init__(self, slack: Slack, capabilities: Capabilities, bot_user: str) -> None:
        self._slack = slack
        self._capabilities = capabilities
        self._bot_user = bot_user

    async def find(self, letter: Letter, place: str) -> Outcome | None:
        """`Sent` when it is there; None when it is not, or when this Slack does not let us look.

        `Unknown` when Slack is in trouble: look again later."""
        method = "conversations.replies" if letter.thread is not None else "conversations.history"
        # Each kind of conversation has a history permission of its own.
        ability = f"{method} {place[:1]}"
        if self._capabilities.missing(ability) or self._capabilities.missing(METADATA):
            return None
        try:
            stamp = await self._search(method, letter, place)
        except SlackFailed as failed:
            if failed.refused or letter.row.attempts >= LOOKS:
                if failed.reason is Reason.KIND:
                    self._capabilities.lack(ability, failed.outcome.why)
                log.warning("Cannot look for outbox row %s: %s", letter.row.id, failed)
                return None
            return Unknown(failed.outcome.why)
        return Sent(place, stamp) if stamp else None

    async def _search(self, method: str, letter: Letter, place: str) -> str:
        """The ts of the message, or nothing. Newest first in a channel, oldest first in a thread."""
        oldest = f"{(letter.row.created_at - MARGIN).timestamp():.6f}"
        thread = letter.thread.stamp if letter.thread is not None else None
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            page = await self._slack.call(
                method,
                channel=place,
                ts=thread,
                oldest=oldest,
                limit=PAGE,
                cursor=cursor,
                include_all_metadata=True,
            )
            for message in page.get("messages") or ():
                if self._is(message, letter):
                    return str(message.get("ts") or "")
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return ""

    def _is(self, message: Mapping[str, Any], letter: Letter) -> bool:
        """Another installation of Rung may post in the same channel, and counts its rows itself."""
        ours = message.get("user") in (None, self._bot_user) or not self._bot_user
        note: Mapping[str, Any] = message.get("metadata") or {}
        payload: Mapping[str, Any] = note.get("event_payload") or {}
        return (
            ours and note.get("event_type") == EVENT_TYPE and payload.get("outbox_id") == str(letter.row.id)
        )

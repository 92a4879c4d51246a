"""Posting, changing and whispering messages: the arguments that go with each, and plainer forms when Slack is picky."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from bot.adapters.slack.capabilities import METADATA, Capabilities
from bot.adapters.slack.client import Slack
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.errors import SlackFailed
from bot.domain.delivery import Reason

log = logging.getLogger(__name__)

EVENT_TYPE = "rung_message"
MOST_TEXT = 3900
"""A little under what chat.update (characters) and chat.postEphemeral (bytes) take."""

_QUIET = {"link_names": False, "parse": "none"}
"""Nothing in a text becomes a mention or a link by itself. The same for post and update: their defaults differ."""
_NO_PREVIEWS = {"unfurl_links": False, "unfurl_media": False}


class Poster:
    """Sends one message in one call. A second call is made only after Slack refused the first for how it was made."""

    def __init__(self, slack: Slack, capabilities: Capabilities) -> None:
        self._slack = slack
        self._capabilities = capabilities
        self.plain: Counter[str] = Counter()
        """How many messages went out as text only because Slack did not take the blocks, by method."""

    async def post(
        self, place: str, drawing: Drawing, outbox_id: int, thread: str | None = None
    ) -> Mapping[str, Any]:
        """chat.postMessage. Raises SlackFailed."""
        args: dict[str, Any] = {"channel": place, "thread_ts": thread, "metadata": metadata(outbox_id)}
        return await self._send("chat.postMessage", drawing, {**args, **_QUIET, **_NO_PREVIEWS})

    async def update(self, place: str, stamp: str, drawing: Drawing) -> Mapping[str, Any]:
        """chat.update; the message keeps its metadata. Raises SlackFailed."""
        return await self._send("chat.update", drawing, {"channel": place, "ts": stamp, **_QUIET})

    async def whisper(
        self, place: str, user: str, drawing: Drawing, thread: str | None = None
    ) -> Mapping[str, Any]:
        """chat.postEphemeral. Raises SlackFailed."""
        args: dict[str, Any] = {"channel": place, "user": user, "thread_ts": thread}
        return await self._send("chat.postEphemeral", drawing, {**args, **_QUIET}, size=_bytes)

    async def _send(
        self, method: str, drawing: Drawing, args: Mapping[str, Any], size: Callable[[str], int] = len
    ) -> Mapping[str, Any]:
        text = fitting(drawing.text, size)
        try:
            # Always both: an update with text alone would remove the blocks.
            return await self._call(method, {**args, "text": text, "blocks": drawing.blocks})
        except SlackFailed as failed:
            if failed.reason is not Reason.CONTENT or not drawing.blocks:
                raise
            self.plain[method] += 1
            log.warning("%s was refused (%s %s); sent as text only.", method, failed.code, failed.details)
        return await self._call(method, {**args, "text": text, "blocks": []})

    async def _call(self, method: str, args: Mapping[str, Any]) -> Mapping[str, Any]:
        bare = {name: value for name, value in args.items() if name != "metadata"}
        if self._capabilities.missing(METADATA):
            return await self._slack.call(method, **bare)
        try:
            return await self._slack.call(method, **args)
        except SlackFailed as failed:
            if "metadata" not in args or "metadata" not in failed.code + failed.details:
                raise
            self._capabilities.lack(METADATA, failed.outcome.why)
        return await self._slack.call(method, **bare)


def metadata(outbox_id: int) -> dict[str, Any]:
    """What lets a message be found again. Every app and member there can read it: a number and nothing else."""
    return {"event_type": EVENT_TYPE, "event_payload": {"outbox_id": str(outbox_id)}}


def fitting(text: str, size: Callable[[str], int] = len) -> str:
    """The text cut to what Slack takes, never inside `&amp;` or `<@U1>`."""
    if size(text) <= MOST_TEXT:
        return text
    cut = text[: MOST_TEXT - 3]
    while size(cut) > MOST_TEXT - 3:
        cut = cut[: -max(1, (size(cut) - MOST_TEXT) // 4)]
    for opening, closing in ("<>", "&;"):
        start = cut.rfind(opening)
        if start > cut.rfind(closing):
            cut = cut[:start]
    return cut + "…"


def _bytes(text: str) -> int:
    return len(text.encode())

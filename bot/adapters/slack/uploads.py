"""Sharing a file in a conversation: Slack names an address, takes the bytes there, and then posts the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.adapters.slack.client import SlackClient
from bot.adapters.slack.errors import SlackFailed, failure
from bot.domain.delivery import RetryLater, Unknown

UPLOAD = "files.getUploadURLExternal"
COMPLETE = "files.completeUploadExternal"
MOST_ALT_TEXT = 1000


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file to share. `alt` says in words what a picture shows; `name` ends with what kind of file it is."""

    name: str
    title: str
    alt: str
    content: bytes


class Uploader:
    """Shares files. Raises SlackFailed; a failure before the last step is certain: nothing was posted."""

    def __init__(self, slack: SlackClient) -> None:
        self._slack = slack

    async def share(self, place: str, file: SharedFile, comment: str) -> Mapping[str, Any]:
        """Post the file in a conversation the bot is in, with a comment above it."""
        length = str(len(file.content))
        named = await self._slack.call(
            UPLOAD, filename=file.name, length=length, alt_txt=file.alt[:MOST_ALT_TEXT]
        )
        await self._put(str(named.get("upload_url") or ""), file.content)
        shared = [{"id": str(named.get("file_id") or ""), "title": file.title}]
        return await self._slack.call(COMPLETE, files=shared, channel_id=place, initial_comment=comment)

    async def _put(self, url: str, content: bytes) -> None:
        session = self._slack.web.session
        if session is None or not url:
            raise SlackFailed(UPLOAD, Unknown("Slack named no address to upload to."))
        try:
            async with session.post(url, data=content) as answer:
                if answer.status != 200:
                    raise SlackFailed(
                        UPLOAD, RetryLater(f"Slack did not take the file (HTTP {answer.status}).")
                    )
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise failure(UPLOAD, error) from error

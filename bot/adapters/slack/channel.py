"""Slack as a way to reach people: one letter, one message."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.adapters.slack.blocks.text import inline
from bot.adapters.slack.capabilities import PATIENCE, Capabilities
from bot.adapters.slack.client import SlackClient
from bot.adapters.slack.directory import SlackDirectory
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.errors import SlackFailed
from bot.adapters.slack.places import Places
from bot.adapters.slack.posting import Poster
from bot.adapters.slack.reconcile import Finder
from bot.adapters.slack.uploads import COMPLETE, UPLOAD, SharedFile, Uploader
from bot.domain.delivery import Outcome, Reason, Rejected, RetryLater, Sent, Unknown
from bot.domain.issue import Target, TargetKind
from bot.domain.notification import NoticeKind, Op
from bot.usecases.outside import DirectoryDown
from bot.usecases.rows import Letter, WorkspaceRow

log = logging.getLogger(__name__)

Draw = Callable[[Letter], Drawing]
Pictures = Callable[[Letter], Awaitable[SharedFile]]
"""Makes the file of a notice that shows a picture."""

FRESH = timedelta(seconds=60)
"""How old the knowledge may be that somebody is still in Slack before they are asked for help."""

ASKING = frozenset({NoticeKind.PING, NoticeKind.REMINDER, NoticeKind.BUNDLE, NoticeKind.REQUESTER})
"""Slack takes messages to people who have left: those that somebody has to read are checked first."""
PLAINLY_AFTER = 3
"""After so many attempts without an answer it is said the plain way: rather twice than never."""
UNLISTED = frozenset({NoticeKind.WHISPER, NoticeKind.DETAILS, NoticeKind.HOME, NoticeKind.PICTURE})
"""No history shows these."""


class SlackChannel:
    """The port Channel for one workspace. `draw` makes the picture; it is pure."""

    def __init__(
        self,
        workspace: WorkspaceRow,
        slack: SlackClient,
        capabilities: Capabilities,
        directory: SlackDirectory,
        draw: Draw,
        pictures: Pictures | None = None,
    ) -> None:
        self.poster = Poster(slack, capabilities)
        self._workspace = workspace
        self._slack = slack
        self._capabilities = capabilities
        self._directory = directory
        self._draw = draw
        self._pictures = pictures
        self._uploader = Uploader(slack)
        self._places = Places(workspace.id, slack, capabilities, directory)
        self._finder = Finder(slack, capabilities, workspace.bot_user)

    async def send(self, letter: Letter) -> Outcome:
        """See the port. Slack is called again only after it refused for certain."""
        if letter.row.workspace != self._workspace.id:
            return Rejected(Reason.TEAM, f"Rung is not connected to the workspace {letter.row.workspace}.")
        try:
            drawing = self._draw(letter)
        except Exception as error:  # whatever is wrong with one picture, the other messages must go on
            log.exception("Outbox row %s cannot be drawn.", letter.row.id)
            return Rejected(
                Reason.CONTENT, f"The message cannot be drawn ({type(error).__name__}); see the log."
            )
        try:
            return await self._sender(letter)(self, letter, drawing)
        except SlackFailed as failed:
            return failed.outcome
        except DirectoryDown as down:
            return RetryLater(str(down), after=down.after, counts=down.after is None)

    async def find(self, letter: Letter) -> Outcome | None:
        """See the port. Edits are not looked for: the same edit twice changes nothing."""
        notice = letter.row.notice
        if notice.op is Op.EDIT or notice.kind in UNLISTED or letter.row.workspace != self._workspace.id:
            return None
        try:
            place = await self._place(letter)
        except SlackFailed:
            return None  # sending it again finds out why
        except DirectoryDown as down:
            return Unknown(str(down))
        return await self._finder.find(letter, place)

    @staticmethod
    def _sender(letter: Letter) -> "Sender":
        notice = letter.row.notice
        return _SENDERS.get(notice.kind) or (
            SlackChannel._edit if notice.op is Op.EDIT else SlackChannel._post
        )

    async def _place(self, letter: Letter) -> str:
        return (
            letter.thread.place if letter.thread is not None else await self._places.of(letter.row.notice.to)
        )

    async def _post(self, letter: Letter, drawing: Drawing) -> Outcome:
        notice = letter.row.notice
        if notice.kind in ASKING and notice.to.kind is TargetKind.USER:
            why_not = await self._unreachable(notice.to.id)
            if why_not:
                return Rejected(Reason.ROUTE, why_not)
        place = await self._place(letter)
        try:
            answer = await self._post_or_join(letter, drawing, place)
        except SlackFailed as failed:
            if failed.reason is Reason.ROUTE:
                self._places.lost(notice.to)
            raise
        return self._arrived(notice.to, place, answer)

    async def _post_or_join(self, letter: Letter, drawing: Drawing, place: str) -> Mapping[str, Any]:
        thread = letter.thread.stamp if letter.thread is not None else None
        try:
            return await self.poster.post(place, drawing, letter.row.id, thread)
        except SlackFailed as failed:
            if failed.code != "not_in_channel" or not await self._places.join(place):
                raise
        return await self.poster.post(place, drawing, letter.row.id, thread)

    def _arrived(self, to: Target, place: str, answer: Mapping[str, Any]) -> Outcome:
        stamp = str(answer.get("ts") or "")
        if not stamp:
            return Unknown("Slack said ok, but not where the message is.")
        arrived_at = str(answer.get("channel") or place)
        if to.kind is TargetKind.USER and place == to.id and arrived_at != place:
            self._places.met(to.id, arrived_at)
        return Sent(arrived_at, stamp)

    async def _unreachable(self, user: str) -> str:
        """Why this person cannot be asked; empty when they can, or when that cannot be learned right now.

        Without their name: the issue says who it is, unless they wish to be named nowhere."""
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                person = await self._directory.person(self._workspace.id, user, FRESH)
        except (DirectoryDown, TimeoutError):
            return ""
        if person is None:
            return "Nobody in this Slack has that id."
        if person.deactivated:
            return "This person has left Slack."
        return "This is a bot." if person.bot else ""

    async def _edit(self, letter: Letter, drawing: Drawing) -> Outcome:
        message = letter.message
        if message is None:
            return Rejected(Reason.GONE, "The message to change is not known.")
        await self.poster.update(message.place, message.stamp, drawing)
        return Sent(message.place, message.stamp)

    async def _whisper(self, letter: Letter, drawing: Drawing) -> Outcome:
        notice = letter.row.notice
        user = notice.text("user") or notice.to.id
        place, within = notice.text("channel"), notice.text("thread") or None
        if place and not self._capabilities.missing("chat.postEphemeral"):
            try:
                answer = await self.poster.whisper(place, user, drawing, within)
            except SlackFailed as failed:
                if not self._in_vain(letter, failed, Reason.ROUTE, Reason.GONE):
                    raise
            else:
                return Sent(place, str(answer.get("message_ts") or ""))
        thread = within if not place else None
        place = await self._places.direct(user)
        answer = await self.poster.post(place, drawing, letter.row.id, thread)
        return self._arrived(Target(TargetKind.USER, user), place, answer)

    async def _picture(self, letter: Letter, drawing: Drawing) -> Outcome:
        """A file with words above it; the words alone where files cannot be shared."""
        place = await self._place(letter)
        if (
            self._pictures is None
            or self._capabilities.missing(UPLOAD)
            or self._capabilities.missing(COMPLETE)
        ):
            return await self._post(letter, drawing)
        try:
            file = await self._pictures(letter)
            await self._uploader.share(place, file, inline(file.title))
        except SlackFailed as failed:
            if not self._in_vain(letter, failed, Reason.ROUTE, Reason.CONTENT):
                raise
            return await self._post(letter, drawing)
        return Sent(place, "")

    def _in_vain(self, letter: Letter, failed: SlackFailed, *reasons: Reason) -> bool:
        """Whether a convenience is done without: Slack lacks it, refuses it for such a reason, or never answers it."""
        silent = not failed.refused and failed.after is None and letter.row.attempts >= PLAINLY_AFTER
        return self._capabilities.note(failed) or failed.reason in reasons or silent

    async def _details(self, letter: Letter, drawing: Drawing) -> Outcome:
        view_id = letter.row.notice.text("view_id")
        return await self._view("views.update", drawing, view_id, view_id=view_id)

    async def _home(self, letter: Letter, drawing: Drawing) -> Outcome:
        user = letter.row.notice.to.id
        return await self._view("views.publish", drawing, user, user_id=user)

    async def _view(self, method: str, drawing: Drawing, place: str, **args: str) -> Outcome:
        if self._capabilities.missing(method):
            return Rejected(Reason.KIND, f"This Slack has no {method}.")
        try:
            answer = await self._slack.call(method, view=drawing.view, **args)
        except SlackFailed as failed:
            self._capabilities.note(failed)
            raise
        view: Mapping[str, Any] = answer.get("view") or {}
        return Sent(str(view.get("id") or place), str(view.get("hash") or ""))


Sender = Callable[[SlackChannel, Letter, Drawing], Awaitable[Outcome]]

_SENDERS: Mapping[NoticeKind, Sender] = {
    NoticeKind.WHISPER: SlackChannel._whisper,
    NoticeKind.DETAILS: SlackChannel._details,
    NoticeKind.HOME: SlackChannel._home,
    NoticeKind.PICTURE: SlackChannel._picture,
}
"""Notices that are no ordinary messages."""

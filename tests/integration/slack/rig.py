"""The real Slack adapter wired to a sandbox whose clock stands still."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp

from bot.adapters.slack.capabilities import Capabilities
from bot.adapters.slack.channel import SlackChannel
from bot.adapters.slack.client import SlackClient, connect, web_client
from bot.adapters.slack.directory import SlackDirectory
from bot.adapters.slack.drawing import Drawing
from bot.domain.delivery import Outcome, RowState, Sent
from bot.domain.issue import Target, TargetKind
from bot.domain.notification import Notice, NoticeKind, Op, Rank
from bot.sandbox.config import ChannelSpec, GroupSpec, Person, SandboxConfig, default_manifest
from bot.sandbox.journal import ApiCall
from bot.sandbox.model import Message
from bot.sandbox.server import Sandbox
from bot.usecases.rows import Letter, MessageRef, OutboxRow, WorkspaceRow
from tests.fakes.clock import FakeClock

PEOPLE = (
    Person("maya", "Maya Lind", email="maya@example.com", tz="Europe/Stockholm"),
    Person("omar", "Omar Haddad"),
    Person("gia", "Gia Guest", guest=True),
    Person("stan", "Stan Stranger", stranger=True),
    Person("lea", "Lea Left", deleted=True),
    Person("pager", "Pager", is_bot=True),
)
CHANNELS = (
    ChannelSpec("issues", members=["maya", "omar"]),
    ChannelSpec("ops-desk", members=["maya"], bot_is_member=False),
    ChannelSpec("war-room", members=["omar"], private=True),
    ChannelSpec("secret", members=["omar"], private=True, bot_is_member=False),
    ChannelSpec("attic", archived=True),
)
GROUPS = (
    GroupSpec("ops-managers", members=["omar", "lea", "maya"]),
    GroupSpec("nobody", members=["lea"]),
    GroupSpec("former", members=["omar"], disabled=True),
)


def config(without: str = "", **changes: Any) -> SandboxConfig:
    """The workspace of these tests; `without` names scopes that the app was not given."""
    manifest = default_manifest()
    scopes = manifest["oauth_config"]["scopes"]
    scopes["bot"] = [scope for scope in scopes["bot"] if scope not in without.split()]
    world: dict[str, Any] = {"people": PEOPLE, "channels": CHANNELS, "groups": GROUPS, "manifest": manifest}
    return SandboxConfig(**{**world, **changes})


def draw(letter: Letter) -> Drawing:
    """What a test says the letter looks like, else its key."""
    drawing = (letter.extra or {}).get("drawing")
    if isinstance(drawing, Drawing):
        return drawing
    text = f"{letter.row.notice.key} v{letter.extra['version'] if letter.extra else 1}"
    return Drawing(text, [section(text)], live=True, view=view(text))


def section(text: str) -> dict[str, Any]:
    """A block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def view(text: str) -> dict[str, Any]:
    """A Home tab."""
    return {"type": "home", "blocks": [section(text)]}


def modal(text: str) -> dict[str, Any]:
    """A window."""
    return {"type": "modal", "title": {"type": "plain_text", "text": "ISS-1"}, "blocks": [section(text)]}


@dataclass
class Rig:
    """Everything a test needs."""

    sandbox: Sandbox
    clock: FakeClock
    workspace: WorkspaceRow
    slack: SlackClient
    capabilities: Capabilities
    directory: SlackDirectory
    channel: SlackChannel
    rows: int = 0

    def target(self, where: str) -> Target:
        """`#issues` (by id), `name:#issues` (by name), or a handle."""
        if where.startswith("name:"):
            return Target(TargetKind.CHANNEL, where.removeprefix("name:"))
        if where.startswith("#"):
            return Target(TargetKind.CHANNEL, self.sandbox.workspace.channel(where).id)
        return Target(TargetKind.USER, self.sandbox.workspace.user(where).id)

    def letter(
        self,
        where: str | Target,
        kind: NoticeKind = NoticeKind.CARD,
        *,
        op: Op = Op.POST,
        message: MessageRef | None = None,
        thread: MessageRef | None = None,
        attempts: int = 1,
        extra: dict[str, object] | None = None,
        **args: str | int,
    ) -> Letter:
        """A letter with a row number of its own."""
        self.rows += 1
        to = where if isinstance(where, Target) else self.target(where)
        notice = Notice(kind, f"{kind}-{self.rows}", to, "lane", Rank.CARD, op, args)
        now = self.clock.now()
        row = OutboxRow(self.rows, self.workspace.id, 1, notice, RowState.CLAIMED, now, attempts, 1, now)
        return Letter(row, None, now, message, thread, extra=extra)

    async def send(self, where: str | Target, kind: NoticeKind = NoticeKind.CARD, **more: Any) -> Outcome:
        """Deliver a new letter once."""
        return await self.channel.send(self.letter(where, kind, **more))

    async def sent(self, where: str, kind: NoticeKind = NoticeKind.CARD, **more: Any) -> MessageRef:
        """Deliver one that is expected to arrive; where it is now."""
        letter = self.letter(where, kind, **more)
        outcome = await self.channel.send(letter)
        assert isinstance(outcome, Sent), outcome
        notice = letter.row.notice
        return MessageRef(self.workspace.id, 1, notice.key, notice, outcome.place, outcome.stamp, 1, True)

    def calls(self, method: str) -> list[ApiCall]:
        """What the adapter asked of this method."""
        return [call for call in self.sandbox.journal if call.method == method]

    def texts(self, where: str) -> list[str]:
        """The texts of the messages at a place."""
        return [message.text for message in self.messages(where)]

    def messages(self, where: str) -> list[Message]:
        """A channel's messages, or those of a conversation with somebody."""
        return self.sandbox.messages(where) if where.startswith("#") else self.sandbox.dm(where)


async def build(
    sandbox: Sandbox, clock: FakeClock, session: aiohttp.ClientSession, patience: float = 3
) -> Rig:
    """Connect and wire up."""
    token = sandbox.world.config.bot_token
    connection = await connect(base_url=sandbox.api_url, token=token, session=session)
    capabilities = Capabilities(clock, timedelta(seconds=patience))
    row, slack = connection.workspace, connection.slack
    directory = SlackDirectory(row, slack, capabilities, clock)
    channel = SlackChannel(row, slack, capabilities, directory, draw)
    return Rig(sandbox, clock, row, slack, capabilities, directory, channel)


def hurried(rig: Rig, session: aiohttp.ClientSession) -> None:
    """From now on calls go through this session, whose patience is short."""
    token = rig.sandbox.world.config.bot_token
    rig.slack.web = web_client(base_url=rig.sandbox.api_url, token=token, session=session)

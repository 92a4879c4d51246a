"""Everything one sandbox holds, handed to whoever needs a part of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.clock import Clock
from bot.sandbox.config import SandboxConfig
from bot.sandbox.faults import Faults
from bot.sandbox.journal import ApiCall
from bot.sandbox.manifest import Manifest
from bot.sandbox.model import Channel, Json, View
from bot.sandbox.rates import RateLimits
from bot.sandbox.seed import seeded
from bot.sandbox.triggers import Triggers
from bot.sandbox.workspace import Workspace

APP_ID = "A0SANDBOX"
STRANGE_TEAM = "T0STRANGE"
"""Where strangers come from: the other side of a shared channel."""


@dataclass
class Upload:
    """A file on its way: the URL was given, then the bytes came, then it was shared. `user` "" is the bot."""

    id: str
    name: str
    length: int
    alt_text: str = ""
    title: str = ""
    content: bytes | None = None
    done: bool = False
    user: str = ""
    created: int = 0
    shares: list[str] = field(default_factory=list)


@dataclass
class World:
    """The shared state of a sandbox. `base_url` ends in a slash and is known once the server listens."""

    config: SandboxConfig
    clock: Clock
    manifest: Manifest
    workspace: Workspace
    triggers: Triggers
    rates: RateLimits
    faults: Faults = field(default_factory=Faults)
    journal: list[ApiCall] = field(default_factory=list)
    base_url: str = ""
    revoked: set[str] = field(default_factory=set)
    account_inactive: bool = False
    paid_plan: bool = True
    tickets: set[str] = field(default_factory=set)
    uploads: dict[str, Upload] = field(default_factory=dict)
    pins: dict[str, list[str]] = field(default_factory=dict)
    bookmarks: dict[str, list[Json]] = field(default_factory=dict)

    @classmethod
    def build(cls, config: SandboxConfig, clock: Clock) -> World:
        manifest = Manifest.read(config.manifest)
        workspace = seeded(config, manifest, clock)
        made = cls(config, clock, manifest, workspace, Triggers(clock), RateLimits(clock))
        made.paid_plan = config.paid_plan
        return made

    @property
    def team(self) -> Json:
        return {"id": self.config.team_id, "domain": self.config.team_name.lower().replace(" ", "-")}

    def view_hash(self) -> str:
        """A new hash for a view that changed."""
        return f"{int(self.clock())}.{self.workspace.serial():08x}"

    def permalink(self, channel: Channel, ts: str, thread_ts: str | None) -> str:
        tail = f"?thread_ts={thread_ts}&cid={channel.id}" if thread_ts and thread_ts != ts else ""
        return f"https://{self.team['domain']}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}{tail}"

    def view_json(self, view: View) -> Json:
        """A view as Slack shows it to the app: what it sent, plus ids, hash and what was entered."""
        shown = dict(view.payload)
        return shown | {
            "id": view.id,
            "team_id": self.config.team_id,
            "state": {"values": {block: dict(held) for block, held in view.state.items()}},
            "hash": view.hash,
            "root_view_id": view.root_id,
            "previous_view_id": view.previous_id,
            "app_id": APP_ID,
            "bot_id": self.workspace.bot_id,
            "app_installed_team_id": self.config.team_id,
        }

"""The values a workspace is made of. They never change: an edit puts a new value in the old one's place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.elements import plain_value
from bot.sandbox.readable import action_ids, readable

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class User:
    """A person or a bot. `tz` is an IANA name."""

    id: str
    handle: str
    name: str
    title: str
    email: str | None
    tz: str
    color: str
    is_bot: bool = False
    deleted: bool = False
    guest: bool = False
    stranger: bool = False
    is_admin: bool = False
    snoozing: bool = False

    @property
    def initials(self) -> str:
        words = self.name.split() or [self.handle]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation: `kind` is channel, private, dm or mpim. `peer` is the other person of a dm with the bot."""

    id: str
    name: str
    kind: str
    members: tuple[str, ...] = ()
    archived: bool = False
    topic: str = ""
    purpose: str = ""
    creator: str = ""
    created: int = 0
    peer: str | None = None

    @property
    def hidden(self) -> bool:
        """Whether it does not exist for those outside."""
        return self.kind != "channel"


@dataclass(frozen=True, slots=True)
class Message:
    """A message as Slack keeps it. `ephemeral_to` is the one person who sees it; such a message has no history."""

    channel: str
    ts: str
    user: str
    text: str
    thread_ts: str | None = None
    bot_id: str | None = None
    blocks: Sequence[Json] = ()
    attachments: Sequence[Json] = ()
    files: Sequence[Json] = ()
    metadata: Json | None = None
    edited: bool = False
    deleted: bool = False
    broadcast: bool = False
    subtype: str | None = None
    ephemeral_to: str | None = None
    reactions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def plain(self) -> str:
        """Everything a reader sees, text first, one piece a line."""
        return "\n".join([piece for piece in (self.text, *readable(self.blocks)) if piece])

    @property
    def actions(self) -> list[str]:
        return action_ids(self.blocks)

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(frozen=True, slots=True)
class View:
    """A modal or Home tab as one person sees it.

    `state` is what they entered, by block_id and action_id; `errors` what the last submission was refused with.
    """

    id: str
    user: str
    kind: str
    payload: Mapping[str, Any]
    hash: str
    root_id: str
    previous_id: str | None = None
    state: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> Sequence[Json]:
        blocks: Sequence[Json] = self.payload["blocks"]
        return blocks

    @property
    def title_text(self) -> str:
        return str((self.payload.get("title") or {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        return str(self.payload.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        return str(self.payload.get("private_metadata", ""))

    @property
    def plain(self) -> str:
        """Everything a reader sees, title first, one piece a line."""
        return "\n".join([piece for piece in (self.title_text, *readable(self.blocks)) if piece])

    @property
    def actions(self) -> list[str]:
        return action_ids(self.blocks)

    def values(self) -> dict[str, Any]:
        """What the fields hold now, by action_id, in the plain form `Sandbox.submit` takes."""
        return {
            action: plain_value(held) for fields in self.state.values() for action, held in fields.items()
        }


@dataclass(frozen=True, slots=True)
class UserGroup:
    id: str
    handle: str
    name: str
    members: tuple[str, ...]
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Something a person may see now: `what` is messages, conversations, modal or home; `user` None means anyone."""

    what: str
    channel: str | None = None
    thread_ts: str | None = None
    user: str | None = None

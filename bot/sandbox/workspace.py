"""The state of a workspace and the plain operations on it. No rule of the Web API lives here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.sandbox.clock import Clock
from bot.sandbox.errors import NotPossible
from bot.sandbox.model import Change, Channel, Json, Message, User, UserGroup, View

SLACKBOT = "USLACKBOT"


class Workspace:
    """People, conversations, messages and views of one team.

    `on_change` hears what a person may see now, `on_event` every event Slack could send the app about.
    """

    def __init__(self, clock: Clock, bot_user_id: str, bot_id: str) -> None:
        self.clock = clock
        self.bot_user_id = bot_user_id
        self.bot_id = bot_id
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.groups: dict[str, UserGroup] = {}
        self.messages: dict[str, dict[str, Message]] = {}
        self.ephemerals: dict[str, list[Message]] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.last_read: dict[tuple[str, str], str] = {}
        self.on_change: Callable[[Change], None] = lambda change: None
        self.on_event: Callable[[Json], None] = lambda event: None
        self._last_micros = 0
        self._serial = 0

    def serial(self) -> int:
        """A number never given before; the source of every id."""
        self._serial += 1
        return self._serial

    def next_ts(self) -> str:
        """A message timestamp: unique and increasing in the whole workspace, `\\d{10}\\.\\d{6}`."""
        self._last_micros = max(int(self.clock() * 1_000_000), self._last_micros + 1)
        return f"{self._last_micros // 1_000_000:010d}.{self._last_micros % 1_000_000:06d}"

    def user(self, who: str) -> User:
        """The user with this id or handle. Raises NotPossible."""
        name = who.removeprefix("@")
        for user in (self.users.get(name), *(u for u in self.users.values() if u.handle == name)):
            if user is not None:
                return user
        raise NotPossible(f"There is no {who!r} in this workspace.")

    def channel(self, where: str) -> Channel:
        """The conversation with this id or name; `dm:maya` is hers with the bot. Raises NotPossible."""
        if where.startswith("dm:"):
            return self.dm_with(self.user(where.removeprefix("dm:")).id)
        name = where.removeprefix("#")
        for channel in (self.channels.get(name), *(c for c in self.channels.values() if c.name == name)):
            if channel is not None:
                return channel
        raise NotPossible(f"There is no conversation {where!r} in this workspace.")

    def group(self, what: str) -> UserGroup:
        """The user group with this id or handle. Raises NotPossible."""
        name = what.removeprefix("@")
        for group in self.groups.values():
            if name in (group.id, group.handle):
                return group
        raise NotPossible(f"There is no user group {what!r} in this workspace.")

    def find_dm(self, user_id: str) -> Channel | None:
        """The DM between the bot and this user, if it was ever opened."""
        return next((c for c in self.channels.values() if c.kind == "dm" and c.peer == user_id), None)

    def dm_id(self, user_id: str) -> str:
        """The id of the DM between the bot and this user, opened or not."""
        return f"D{user_id[1:]}"

    def dm_with(self, user_id: str) -> Channel:
        """The DM between the bot and this user, opened if need be."""
        found = self.find_dm(user_id)
        if found is not None:
            return found
        both = (self.bot_user_id, user_id)
        dm = Channel(self.dm_id(user_id), "", "dm", both, peer=user_id, created=int(self.clock()))
        return self.put_channel(dm)

    def put_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        self.messages.setdefault(channel.id, {})
        for member in channel.members:
            self.changed("conversations", user=member)
        return channel

    def bot_in(self, channel: Channel) -> bool:
        return self.bot_user_id in channel.members

    def conversations_of(self, user_id: str) -> list[Channel]:
        return [channel for channel in self.channels.values() if user_id in channel.members]

    def join(self, channel: Channel, user_id: str, inviter: str | None = None) -> Channel:
        """Adds a member and tells the app, as Slack does."""
        joined = self.put_channel(replace(channel, members=(*channel.members, user_id)))
        self.on_event(self._membership("member_joined_channel", joined, user_id, inviter))
        return joined

    def leave(self, channel: Channel, user_id: str) -> Channel:
        left = self.put_channel(replace(channel, members=tuple(m for m in channel.members if m != user_id)))
        self.changed("conversations", user=user_id)
        self.on_event(self._membership("member_left_channel", left, user_id, None))
        return left

    def _membership(self, kind: str, channel: Channel, user_id: str, inviter: str | None) -> Json:
        event = {"type": kind, "user": user_id, "channel": channel.id, "event_ts": self.next_ts()}
        letter = {"channel": "C", "private": "G"}.get(channel.kind, "D")
        return event | {"channel_type": letter} | ({"inviter": inviter} if inviter else {})

    def message(self, channel_id: str, ts: str) -> Message | None:
        """A stored message that is not deleted."""
        found = self.messages.get(channel_id, {}).get(ts)
        return None if found is None or found.deleted else found

    def roots(self, channel_id: str) -> list[Message]:
        """Messages in the channel itself, oldest first: roots and replies also sent to it."""
        held = self.messages.get(channel_id, {}).values()
        return [m for m in held if not m.deleted and (not m.is_reply or m.broadcast)]

    def thread(self, channel_id: str, ts: str) -> list[Message]:
        """The parent and its replies, oldest first; a deleted parent stands as a tombstone."""
        held = self.messages.get(channel_id, {})
        replies = [m for m in held.values() if m.thread_ts == ts and m.ts != ts and not m.deleted]
        parent = held.get(ts)
        return [*([parent] if parent and (replies or not parent.deleted) else []), *replies]

    def put(self, message: Message) -> Message:
        """Stores a message or the new version of one, and lets everyone see it."""
        self.messages[message.channel][message.ts] = message
        self.changed("messages", message.channel, message.thread_ts)
        return message

    def remove(self, message: Message) -> None:
        """Deletes a message; with replies a tombstone stays."""
        self.put(replace(message, deleted=True, text="This message was deleted.", blocks=(), attachments=()))

    def whisper(self, message: Message) -> Message:
        """Shows an ephemeral message to its one reader."""
        assert message.ephemeral_to is not None
        self.ephemerals.setdefault(message.ephemeral_to, []).append(message)
        self.changed("messages", message.channel, message.thread_ts, message.ephemeral_to)
        return message

    def ephemeral(self, user_id: str, ts: str) -> Message | None:
        return next((m for m in self.ephemerals.get(user_id, ()) if m.ts == ts), None)

    def put_ephemeral(self, message: Message, now: Message | None) -> None:
        """Puts another ephemeral in the place of `message`, or takes it away."""
        assert message.ephemeral_to is not None
        held = self.ephemerals[message.ephemeral_to]
        at = next(i for i, m in enumerate(held) if m.ts == message.ts)
        held[at : at + 1] = [now] if now is not None else []
        self.changed("messages", message.channel, message.thread_ts, message.ephemeral_to)

    def views(self) -> Iterable[View]:
        """Every view that is open: all modals and all Home tabs."""
        for stack in self.modals.values():
            yield from stack
        yield from self.homes.values()

    def view(self, view_id: str) -> View | None:
        return next((view for view in self.views() if view.id == view_id), None)

    def put_view(self, view: View) -> View:
        """Shows a view: a Home tab, a modal in the place of its earlier version, or a modal on top."""
        if view.kind == "home":
            self.homes[view.user] = view
        else:
            stack = self.modals.setdefault(view.user, [])
            at = next((i for i, held in enumerate(stack) if held.id == view.id), len(stack))
            stack[at : at + 1] = [view]
        self.changed(view.kind, user=view.user)
        return view

    def close_view(self, view: View) -> None:
        """Takes a modal and whatever lies on top of it off the stack."""
        stack = self.modals.get(view.user, [])
        at = next((i for i, held in enumerate(stack) if held.id == view.id), len(stack))
        del stack[at:]
        self.changed("modal", user=view.user)

    def clear_modals(self, user_id: str) -> None:
        self.modals.pop(user_id, None)
        self.changed("modal", user=user_id)

    def changed(
        self, what: str, channel: str | None = None, thread_ts: str | None = None, user: str | None = None
    ) -> None:
        self.on_change(Change(what, channel, thread_ts, user))

    def unread(self, user_id: str, channel: Channel) -> list[Message]:
        """What this person has not read in the channel; their own messages count as read."""
        since = self.last_read.get((user_id, channel.id), "")
        return [m for m in self.roots(channel.id) if m.ts > since and m.user != user_id]

    def mentions(self, user_id: str) -> list[str]:
        """The spellings by which a message calls this person."""
        groups = [g.id for g in self.groups.values() if user_id in g.members]
        return [f"<@{user_id}", "<!channel", "<!here", *(f"<!subteam^{group}" for group in groups)]

"""Whom a contact of the matrix stands for in Slack right now."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.adapters.slack.capabilities import Capabilities
from bot.adapters.slack.client import Slack
from bot.adapters.slack.directory.cache import KEEP
from bot.adapters.slack.directory.channels import Channel, Channels
from bot.adapters.slack.directory.groups import Groups
from bot.adapters.slack.directory.lookups import Lookups
from bot.adapters.slack.directory.people import People
from bot.adapters.slack.errors import SlackFailed
from bot.domain.contacts import Contact, ContactKind
from bot.domain.ids import WorkspaceId
from bot.domain.issue import Target, TargetKind
from bot.usecases.outside import Clock, DirectoryDown
from bot.usecases.rows import PersonInfo, Resolved, WorkspaceRow

AT_ONCE = 8
"""How many people of a group are looked up at the same time."""


class SlackDirectory:
    """The port Directory for one workspace. Look-ups are cached for five minutes; events make them fresh sooner."""

    def __init__(
        self, workspace: WorkspaceRow, slack: Slack, capabilities: Capabilities, clock: Clock
    ) -> None:
        lookups = Lookups(slack, capabilities, clock)
        self._workspace = workspace
        self._people = People(workspace.id, lookups, clock)
        self._groups = Groups(lookups, clock)
        self._channels = Channels(lookups, clock)
        self._resolvers: dict[ContactKind, Callable[[Contact], Awaitable[Resolved]]] = {
            ContactKind.USER: self._user,
            ContactKind.EMAIL: self._email,
            ContactKind.HANDLE: self._handle,
            ContactKind.GROUP: self._group,
            ContactKind.CHANNEL: self._channel,
            ContactKind.ADMINS: self._admins,
        }

    async def resolve(self, workspace: WorkspaceId, contacts: Sequence[Contact]) -> list[Resolved]:
        """See the port."""
        self._check(workspace)
        return list(await asyncio.gather(*(self._resolvers[contact.kind](contact) for contact in contacts)))

    async def person(self, workspace: WorkspaceId, user: str, max_age: timedelta = KEEP) -> PersonInfo | None:
        """See the port. What is known is not older than `max_age` unless Slack is down."""
        self._check(workspace)
        return await self._people.by_id(user, max_age)

    async def channel(self, workspace: WorkspaceId, name: str) -> Channel | None:
        """A channel by `#name` or id; None when Rung sees none. Raises DirectoryDown."""
        self._check(workspace)
        return await self._channels.by_name(name)

    async def may_post(self, workspace: WorkspaceId, channel: str) -> bool:
        """See the port: a private channel that Rung is not in does not exist for it."""
        self._check(workspace)
        return await self._channels.open_to_us(channel)

    def person_changed(self, user: str, raw: Mapping[str, Any] | None = None) -> None:
        """Somebody's profile or status changed, or they joined or left Slack. `raw` is Slack's user object if known."""
        self._people.changed(user, raw or {})

    def group_changed(self, group: str | None = None) -> None:
        """A user group (by id) changed, or any may have."""
        self._groups.changed(group)

    def member_changed(self, user: str) -> None:
        """Somebody joined or left a channel; which channels Rung can see depends on its own comings and goings only."""
        if user == self._workspace.bot_user:
            self.channels_changed()

    def channels_changed(self) -> None:
        """A channel was made, renamed, archived, deleted, joined or left."""
        self._channels.changed()

    def heard(self, event: Mapping[str, Any]) -> None:
        """Take note of an event of Slack's Events API (the inner event); others than these are ignored."""
        forget = _FORGETS.get(str(event.get("type")))
        if forget is not None:
            forget(self, event)

    def _check(self, workspace: WorkspaceId) -> None:
        if workspace != self._workspace.id:
            raise DirectoryDown(f"Rung is not connected to the workspace {workspace}.")

    async def _user(self, contact: Contact) -> Resolved:
        return _one(contact, await self._people.by_id(contact.value))

    async def _email(self, contact: Contact) -> Resolved:
        found = await self._people.by_email(contact.value)
        # What an e-mail address stands for is cached by address; whether its person left, by id and fresher.
        return _one(contact, found and await self._people.by_id(found.id))

    async def _handle(self, contact: Contact) -> Resolved:
        found = await self._people.by_handle(contact.value)
        if found is None:
            return Resolved(contact, (), "Handles cannot be read here; use an e-mail address or a user id.")
        if len(found) > 1:
            return Resolved(
                contact, (), f"{contact} fits {len(found)} people; use an e-mail address or a user id."
            )
        return _one(contact, found[0] if found else None)

    async def _admins(self, contact: Contact) -> Resolved:
        found = await self._people.admins()
        if not found:
            why = "is empty" if found is not None else "cannot be read here"
            return Resolved(contact, (), f"The list of workspace admins {why}.")
        return Resolved(contact, tuple(Target(TargetKind.USER, info.id) for info in found))

    async def _group(self, contact: Contact) -> Resolved:
        try:
            group = await self._groups.by_handle(contact.value)
            if group is None:
                return Resolved(contact, (), f"There is no user group @{contact.value}.")
            if group.disabled:
                return Resolved(contact, (), f"The user group @{contact.value} is switched off.")
            members = await self._groups.members(group)
        except SlackFailed:
            return Resolved(contact, (), "User groups cannot be read here; name people instead.")
        if not members:
            return Resolved(contact, (), f"The user group @{contact.value} is empty.")
        return _several(contact, await self._everybody(members))

    async def _everybody(self, users: Sequence[str]) -> list[PersonInfo]:
        turn = asyncio.Semaphore(AT_ONCE)

        async def one(user: str) -> PersonInfo | None:
            async with turn:
                return await self._people.by_id(user)

        return [info for info in await asyncio.gather(*map(one, users)) if info is not None]

    async def _channel(self, contact: Contact) -> Resolved:
        channel = await self._channels.by_name(contact.value)
        if channel is None:
            why = f"There is no channel {contact} that Rung can see. If it is private, invite Rung there."
            return Resolved(contact, (), why)
        if channel.archived:
            return Resolved(contact, (), f"The channel {contact} is archived.")
        return Resolved(contact, (Target(TargetKind.CHANNEL, channel.id),), outside=not channel.member)


def _one(contact: Contact, info: PersonInfo | None) -> Resolved:
    if info is None:
        return Resolved(contact, (), f"{contact} is nobody in this Slack.")
    if info.deactivated:
        return Resolved(contact, (), f"{info.name} ({contact}) has left Slack.")
    if info.bot:
        return Resolved(contact, (), f"{info.name} ({contact}) is a bot.")
    return Resolved(contact, (Target(TargetKind.USER, info.id),))


def _several(contact: Contact, people: Sequence[PersonInfo]) -> Resolved:
    there = [Target(TargetKind.USER, info.id) for info in people if not info.deactivated and not info.bot]
    if not there:
        return Resolved(contact, (), f"Everybody in @{contact.value} has left Slack or is a bot.")
    return Resolved(contact, tuple(dict.fromkeys(there)))


def _person_event(directory: SlackDirectory, event: Mapping[str, Any]) -> None:
    user = event.get("user")
    raw = user if isinstance(user, Mapping) else {"id": user}
    directory.person_changed(str(raw.get("id")), raw)


def _group_event(directory: SlackDirectory, event: Mapping[str, Any]) -> None:
    group = event.get("subteam_id") or (event.get("subteam") or {}).get("id")
    directory.group_changed(str(group) if group else None)


def _member_event(directory: SlackDirectory, event: Mapping[str, Any]) -> None:
    directory.member_changed(str(event.get("user")))


def _channel_event(directory: SlackDirectory, event: Mapping[str, Any]) -> None:
    directory.channels_changed()


_FORGETS: dict[str, Callable[[SlackDirectory, Mapping[str, Any]], None]] = {
    "user_change": _person_event,
    "team_join": _person_event,
    "subteam_created": _group_event,
    "subteam_members_changed": _group_event,
    "subteam_updated": _group_event,
    "channel_archive": _channel_event,
    "channel_created": _channel_event,
    "channel_deleted": _channel_event,
    "channel_id_changed": _channel_event,
    "channel_left": _channel_event,
    "channel_rename": _channel_event,
    "channel_unarchive": _channel_event,
    "group_archive": _channel_event,
    "group_left": _channel_event,
    "group_rename": _channel_event,
    "group_unarchive": _channel_event,
    "member_joined_channel": _member_event,
    "member_left_channel": _member_event,
}

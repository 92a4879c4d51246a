"""Makes a workspace out of a configuration. Ids come from the handles, so that they can be read in a log."""

from __future__ import annotations

import re

from bot.sandbox.clock import Clock
from bot.sandbox.config import ChannelSpec, GroupSpec, Person, SandboxConfig
from bot.sandbox.manifest import Manifest
from bot.sandbox.model import Channel, User, UserGroup
from bot.sandbox.workspace import SLACKBOT, Workspace

COLORS = ("4bbe2e", "e7392d", "3c989f", "9f69e7", "e96699", "d58247", "2b6cb0", "684b6c", "73769d", "bb86b7")
BOT_ID = "B0SANDBOX"


def id_of(letter: str, name: str, taken: set[str]) -> str:
    """A Slack-like id (9 characters or more) that spells the name."""
    stem = f"{letter}0{re.sub('[^A-Z0-9]', '', name.upper())}".ljust(9, "0")
    candidate, count = stem, 1
    while candidate in taken:
        count += 1
        candidate = f"{stem}{count}"
    taken.add(candidate)
    return candidate


def seeded(config: SandboxConfig, manifest: Manifest, clock: Clock) -> Workspace:
    """The workspace `config` describes."""
    taken: set[str] = set()
    bot_user_id = id_of("U", manifest.bot_name, taken)
    workspace = Workspace(clock, bot_user_id, BOT_ID)
    workspace.users[bot_user_id] = _bot(bot_user_id, manifest)
    workspace.users[SLACKBOT] = User(
        SLACKBOT, "slackbot", "Slackbot", "", None, "UTC", "757575", is_bot=False
    )
    for number, person in enumerate(config.people):
        user = _user(person, person.id or id_of("U", person.handle, taken), COLORS[number % len(COLORS)])
        workspace.users[user.id] = user
    for spec in config.channels:
        workspace.put_channel(_channel(spec, spec.id or id_of("C", spec.name, taken), workspace))
    for group in config.groups:
        made = _group(group, id_of("S", group.handle, taken), workspace)
        workspace.groups[made.id] = made
    return workspace


def _bot(user_id: str, manifest: Manifest) -> User:
    return User(user_id, manifest.bot_name, manifest.app_name, "", None, "UTC", "1d2b53", is_bot=True)


def _user(person: Person, user_id: str, color: str) -> User:
    return User(
        id=user_id,
        handle=person.handle,
        name=person.name,
        title=person.title,
        email=person.email or f"{person.handle}@example.com",
        tz=person.tz,
        color=color,
        is_bot=person.is_bot,
        deleted=person.deleted,
        guest=person.guest,
        stranger=person.stranger,
        is_admin=person.is_admin,
        snoozing=person.snoozing,
    )


def _channel(spec: ChannelSpec, channel_id: str, workspace: Workspace) -> Channel:
    members = [workspace.user(handle).id for handle in spec.members]
    if spec.bot_is_member:
        members.append(workspace.bot_user_id)
    kind = "private" if spec.private else "channel"
    creator = members[0] if members else SLACKBOT
    created = int(workspace.clock())
    name = spec.name.removeprefix("#")
    return Channel(channel_id, name, kind, tuple(members), spec.archived, creator=creator, created=created)


def _group(spec: GroupSpec, group_id: str, workspace: Workspace) -> UserGroup:
    members = tuple(workspace.user(handle).id for handle in spec.members)
    return UserGroup(group_id, spec.handle, spec.name or spec.handle, members, spec.disabled)

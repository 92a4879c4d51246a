"""People: by id, by e-mail address, by @handle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.adapters.slack.directory.cache import KEEP, Cache
from bot.adapters.slack.directory.lookups import Lookups
from bot.adapters.slack.errors import SlackFailed
from bot.domain.delivery import Reason
from bot.domain.ids import WorkspaceId
from bot.usecases.outside import Clock
from bot.usecases.rows import PersonInfo

SLACKBOT = "USLACKBOT"
FEW_ADMINS = 3
"""So many are asked when nobody else can be."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with the names by which a matrix may call them, in lower case."""

    info: PersonInfo
    handle: str = ""
    display: str = ""
    email: str = ""


class People:
    """Looks people up. Every method raises DirectoryDown when Slack cannot say now."""

    def __init__(self, workspace: WorkspaceId, lookups: Lookups, clock: Clock) -> None:
        self._workspace = workspace
        self._lookups = lookups
        self._by_id: Cache[str, PersonInfo | None] = Cache(clock)
        self._by_email: Cache[str, PersonInfo | None] = Cache(clock)
        self._roster: Cache[str, dict[str, Member]] = Cache(clock)

    async def by_id(self, user: str, max_age: timedelta = KEEP) -> PersonInfo | None:
        """Somebody; None when there is no such user."""
        return await self._by_id.get(user, lambda: self._load(user), max_age)

    async def by_email(self, email: str) -> PersonInfo | None:
        """Somebody by address; None when nobody has it."""
        address = email.strip().casefold()
        return await self._by_email.get(address, lambda: self._load_email(address))

    async def by_handle(self, handle: str) -> list[PersonInfo] | None:
        """Everybody of that name, else everybody who shows that name; None when the list of members cannot be read."""
        name = handle.strip().removeprefix("@").casefold()
        try:
            found = await self._roster.seek(
                "", self._load_roster, lambda members: _named(members.values(), name)
            )
        except SlackFailed:
            return None
        return found or []

    async def admins(self) -> list[PersonInfo] | None:
        """A few admins of this workspace, in Slack's order; None when the list of members cannot be read."""
        try:
            members = await self._members()
        except SlackFailed:
            return None
        found = [one.info for one in members.values() if one.info.admin and not one.info.deactivated]
        return [one for one in found if not (one.outsider or one.bot)][:FEW_ADMINS]

    def changed(self, user: str, raw: Mapping[str, Any]) -> None:
        """Somebody's profile or status changed; `raw` is their user object if it is known, else empty.

        Slack tells of every new status emoji: the long list of members is only read again for what matters here."""
        self._by_id.expire(user)
        self._by_email.expire_where(lambda info: info is None or info.id == user)
        members = self._roster.known("")
        if members is not None and not (raw.get("profile") and members.get(user) == self._member(raw)):
            self._roster.expire("")

    async def _members(self) -> dict[str, Member]:
        return await self._roster.get("", self._load_roster)

    async def _load_roster(self) -> dict[str, Member]:
        members = [self._member(user) for user in await self._lookups.pages("users.list", "members")]
        return {member.info.id: member for member in members}

    async def _load(self, user: str) -> PersonInfo | None:
        try:
            answer = await self._lookups.ask("users.info", user=user)
        except SlackFailed as failed:
            return await self._without_info(user) if failed.reason is Reason.KIND else None
        return self._member(answer.get("user") or {"id": user}).info

    async def _without_info(self, user: str) -> PersonInfo | None:
        """This Slack has no users.info: the list of members will do; without it everybody is taken as they are."""
        try:
            members = await self._members()
        except SlackFailed:
            return PersonInfo(user, user)
        return members[user].info if user in members else None

    async def _load_email(self, address: str) -> PersonInfo | None:
        try:
            answer = await self._lookups.ask("users.lookupByEmail", email=address)
        except SlackFailed as failed:
            if failed.reason is not Reason.KIND:
                return None
            try:
                members = await self._members()
            except SlackFailed:
                return None
            found = [member.info for member in members.values() if member.email == address]
            return next((one for one in found if not one.deactivated), found[0] if found else None)
        return self._member(answer.get("user") or {}).info

    def _member(self, user: Mapping[str, Any]) -> Member:
        profile: Mapping[str, Any] = user.get("profile") or {}
        display = str(profile.get("display_name") or "")
        handle = str(user.get("name") or "")
        real = str(profile.get("real_name") or user.get("real_name") or "")
        info = PersonInfo(
            id=str(user.get("id") or ""),
            name=display or real or handle or str(user.get("id") or ""),
            tz=str(user.get("tz") or "UTC"),
            guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
            outsider=self._outsider(user),
            deactivated=bool(user.get("deleted")),
            bot=bool(user.get("is_bot")) or user.get("id") == SLACKBOT,
            admin=bool(user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner")),
        )
        return Member(info, handle.casefold(), display.casefold(), str(profile.get("email") or "").casefold())

    def _outsider(self, user: Mapping[str, Any]) -> bool:
        """In a company with several workspaces, a colleague's home may be another one: `teams` names all of theirs."""
        home = user.get("team_id") or self._workspace
        teams = (user.get("enterprise_user") or {}).get("teams") or ()
        return bool(user.get("is_stranger")) or (home != self._workspace and self._workspace not in teams)


def _named(members: Iterable[Member], name: str) -> list[PersonInfo] | None:
    """By handle, else by display name; those who left only when nobody else is called that. None = nobody."""
    called = [one for one in members if name in (one.handle, one.display)]
    live = [one for one in called if not one.info.deactivated]
    for matches in (
        [one.info for one in live if one.handle == name],
        [one.info for one in live],
        [one.info for one in called][:1],
    ):
        if matches:
            return matches
    return None

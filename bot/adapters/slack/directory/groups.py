"""User groups: `group:HANDLE` and who is in it."""

from dataclasses import dataclass

from bot.adapters.slack.directory.cache import Cache
from bot.adapters.slack.directory.lookups import Lookups
from bot.adapters.slack.errors import SlackFailed
from bot.domain.delivery import Reason
from bot.usecases.outside import Clock


@dataclass(frozen=True, slots=True)
class Group:
    """A user group by its handle, without the @."""

    id: str
    handle: str
    disabled: bool


class Groups:
    """Looks groups up. Raises DirectoryDown when Slack cannot say now, and SlackFailed when it has no groups."""

    def __init__(self, lookups: Lookups, clock: Clock) -> None:
        self._lookups = lookups
        self._all: Cache[str, dict[str, Group]] = Cache(clock)
        self._members: Cache[str, tuple[str, ...] | None] = Cache(clock)

    async def by_handle(self, handle: str) -> Group | None:
        """A group; None when there is none of that handle."""
        name = handle.strip().removeprefix("@").casefold()
        return await self._all.seek("", self._load, lambda groups: groups.get(name))

    async def members(self, group: Group) -> tuple[str, ...]:
        """User ids, in Slack's order; empty when there is nobody, or the group is gone."""
        return await self._members.get(group.id, lambda: self._load_members(group.id)) or ()

    def changed(self, group: str | None = None) -> None:
        """A group got other members, another handle, or was switched off."""
        self._all.expire("")
        if group is None:
            self._members.expire_all()
        else:
            self._members.expire(group)

    async def _load(self) -> dict[str, Group]:
        answer = await self._lookups.ask("usergroups.list", include_disabled=True)
        groups = [
            Group(str(raw["id"]), str(raw.get("handle") or "").casefold(), bool(raw.get("date_delete")))
            for raw in answer.get("usergroups") or ()
        ]
        # A disabled group may share its handle with a live one: the live one wins.
        return {group.handle: group for group in sorted(groups, key=lambda group: not group.disabled)}

    async def _load_members(self, group: str) -> tuple[str, ...] | None:
        try:
            answer = await self._lookups.ask("usergroups.users.list", usergroup=group)
        except SlackFailed as failed:
            if failed.reason is Reason.KIND:
                raise
            return None
        return tuple(str(user) for user in answer.get("users") or ())

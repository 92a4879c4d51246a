"""Where a message goes: the conversation with a person, the channel behind a name, and getting into it."""

from bot.adapters.slack.capabilities import Capabilities
from bot.adapters.slack.client import Slack
from bot.adapters.slack.directory import SlackDirectory
from bot.adapters.slack.errors import SlackFailed
from bot.domain.ids import WorkspaceId
from bot.domain.issue import Target, TargetKind

MOST_CONVERSATIONS = 5000


class Places:
    """Finds places. Raises SlackFailed when there is none, and DirectoryDown when Slack cannot say now."""

    def __init__(
        self, workspace: WorkspaceId, slack: Slack, capabilities: Capabilities, directory: SlackDirectory
    ) -> None:
        self._workspace = workspace
        self._slack = slack
        self._capabilities = capabilities
        self._directory = directory
        self._direct: dict[str, str] = {}

    async def of(self, target: Target) -> str:
        """The id under which chat.postMessage takes this target."""
        if target.kind is TargetKind.USER:
            return await self.direct(target.id)
        return await self._channel(target.id) if target.id.startswith("#") else target.id

    async def direct(self, user: str) -> str:
        """The conversation with somebody; their own id where conversations cannot be opened."""
        if user not in self._direct:
            place = await self._capabilities.optional("conversations.open", lambda: self._open(user), "")
            if not place:
                return user
            self.met(user, place)
        return self._direct[user]

    def met(self, user: str, place: str) -> None:
        """A message to somebody arrived there."""
        self._direct[user] = place
        if len(self._direct) > MOST_CONVERSATIONS:
            del self._direct[next(iter(self._direct))]

    def lost(self, target: Target) -> None:
        """The place did not work: look again next time."""
        self._direct.pop(target.id, None)
        if target.kind is TargetKind.CHANNEL:
            self._directory.channels_changed()

    async def join(self, place: str) -> bool:
        """Try to get into a public channel; False when that is not possible."""
        try:
            return await self._capabilities.optional("conversations.join", lambda: self._join(place), False)
        except SlackFailed:
            return False

    async def _open(self, user: str) -> str:
        answer = await self._slack.call("conversations.open", users=user)
        return str((answer.get("channel") or {}).get("id") or "")

    async def _join(self, place: str) -> bool:
        await self._slack.call("conversations.join", channel=place)
        return True

    async def _channel(self, name: str) -> str:
        """A name that Slack does not list is tried as it is: lists leave channels out where a permission is missing."""
        channel = await self._directory.channel(self._workspace, name)
        return channel.id if channel is not None else name

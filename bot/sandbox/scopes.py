"""The methods Slack has, as data: which token, which scopes, which arguments, how often."""

from __future__ import annotations

from dataclasses import dataclass

READ = "channels:read,groups:read,im:read,mpim:read"
HISTORY = "channels:history,groups:history,im:history,mpim:history"
MANAGE = "channels:manage,groups:write,im:write,mpim:write"
TOPIC = "channels:manage,channels:write.topic,groups:write,im:write,mpim:write"


@dataclass(frozen=True, slots=True)
class Method:
    """One row: `scopes` is any-of, `tier` 1-4 or empty for the special ones, `token` bot or app."""

    name: str
    tier: str
    scopes: tuple[str, ...]
    required: tuple[str, ...]
    token: str = "bot"  # noqa: S105 - the kind of token, not one


# method | tier | any of these scopes | required arguments
_TABLE = f"""
auth.test | | |
auth.revoke | 3 | |
apps.connections.open | 3 | connections:write |
team.info | 3 | team:read |
bots.info | 3 | users:read |
chat.postMessage | | chat:write | channel
chat.postEphemeral | 4 | chat:write | channel,user
chat.update | 3 | chat:write | channel,ts
chat.delete | 3 | chat:write | channel,ts
chat.getPermalink | | | channel,message_ts
views.open | 4 | | view
views.push | 4 | | view
views.update | 4 | | view
views.publish | 4 | | user_id,view
conversations.open | 3 | {MANAGE} |
conversations.info | 3 | {READ} | channel
conversations.list | 2 | {READ} |
conversations.members | 4 | {READ} | channel
conversations.create | 2 | {MANAGE} | name
conversations.invite | 3 | channels:write.invites,groups:write.invites,{MANAGE} | channel,users
conversations.join | 3 | channels:join | channel
conversations.leave | 3 | {MANAGE} | channel
conversations.archive | 2 | {MANAGE} | channel
conversations.unarchive | 2 | {MANAGE} | channel
conversations.rename | 2 | {MANAGE} | channel,name
conversations.setTopic | 2 | {TOPIC} | channel,topic
conversations.setPurpose | 2 | {TOPIC} | channel,purpose
conversations.history | 3 | {HISTORY} | channel
conversations.replies | 3 | {HISTORY} | channel,ts
users.info | 4 | users:read | user
users.list | 2 | users:read |
users.lookupByEmail | 3 | users:read.email | email
users.getPresence | 3 | users:read |
users.conversations | 3 | {READ} |
usergroups.list | 2 | usergroups:read |
usergroups.users.list | 2 | usergroups:read | usergroup
usergroups.users.update | 2 | usergroups:write | usergroup,users
dnd.info | 3 | dnd:read |
dnd.teamInfo | 2 | dnd:read | users
bookmarks.add | 2 | bookmarks:write | channel_id,title,type
bookmarks.edit | 2 | bookmarks:write | bookmark_id,channel_id
bookmarks.list | 3 | bookmarks:read | channel_id
bookmarks.remove | 2 | bookmarks:write | bookmark_id,channel_id
pins.add | 2 | pins:write | channel
pins.list | 2 | pins:read | channel
pins.remove | 2 | pins:write | channel
reactions.add | 3 | reactions:write | channel,name,timestamp
reactions.remove | 2 | reactions:write | name
files.getUploadURLExternal | 4 | files:write | filename,length
files.completeUploadExternal | 4 | files:write | files
files.info | 4 | files:read | file
"""


def _parsed(table: str) -> dict[str, Method]:
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return {
        name: Method(name, tier, _words(scopes), _words(args), _token(name))
        for name, tier, scopes, args in rows
    }


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word for word in cell.split(",") if word)


def _token(name: str) -> str:
    return "app" if name.startswith("apps.") else "bot"


METHODS = _parsed(_TABLE)
APP_SCOPES = ("connections:write",)
"""What the app-level token of a sandbox may do."""

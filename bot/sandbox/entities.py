"""What Slack's client makes of typing: mentions become entities, the three special characters are escaped."""

from __future__ import annotations

import re

from bot.sandbox.errors import NotPossible
from bot.sandbox.workspace import Workspace

ENTITY = re.compile(
    r"<(?:@[UW][A-Z0-9]+|#[CGD][A-Z0-9]+|!subteam\^S[A-Z0-9]+|!(?:here|channel|everyone))(?:\|[^<>]*)?>"
)
TYPED = re.compile(r"(?<![\w<])([@#])([\w.-]*\w)")
BROADCASTS = {"here", "channel", "everyone"}


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def encoded(workspace: Workspace, typed: str, labels: bool) -> str:
    """`typed` in wire form: `@maya` -> `<@U...>` (with `|maya` if `labels`), `#ops` -> `<#C...|ops>`, rest escaped.

    Entities already in wire form are kept, as pasting them does.
    """
    pieces, at = [], 0
    for entity in ENTITY.finditer(typed):
        pieces += [_encoded_plain(workspace, typed[at : entity.start()], labels), entity.group()]
        at = entity.end()
    return "".join([*pieces, _encoded_plain(workspace, typed[at:], labels)])


def _encoded_plain(workspace: Workspace, text: str, labels: bool) -> str:
    def entity(found: re.Match[str]) -> str:
        return _entity(workspace, found.group(1), found.group(2), labels) or found.group()

    return TYPED.sub(entity, escaped(text))


def _entity(workspace: Workspace, sign: str, name: str, labels: bool) -> str | None:
    if sign == "@" and name in BROADCASTS:
        return f"<!{name}>"
    try:
        if sign == "#":
            channel = workspace.channel(name)
            return f"<#{channel.id}|{channel.name}>"
        user = workspace.user(name)
        return f"<@{user.id}|{user.handle}>" if labels else f"<@{user.id}>"
    except NotPossible:
        return _group_entity(workspace, sign, name)


def _group_entity(workspace: Workspace, sign: str, name: str) -> str | None:
    found = [group for group in workspace.groups.values() if sign == "@" and group.handle == name]
    return f"<!subteam^{found[0].id}|@{name}>" if found else None

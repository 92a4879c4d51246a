"""What Slack sends, read once at the door. After these lines no Slack JSON exists.

Every value carries a key made from the payload itself (never from the envelope or a retry header), so that the same
click, submission or command has the same key over HTTP, over Socket Mode, and when it is delivered again.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.adapters.slack.blocks.views import read_metadata
from bot.adapters.slack.ids import Carried, load_carried
from bot.adapters.slack.incoming_text import readable
from bot.domain.errors import Refused

Body = Mapping[str, Any]

TYPED_LIMIT = 10_000
"""Longer texts are cut before anybody looks at them; Slack's own fields end at 3,000."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who acts, from the verified envelope. `home` is the workspace they belong to."""

    user: str
    team: str
    home: str


@dataclass(frozen=True, slots=True)
class Click:
    """A pressed button, or an entry of a menu. `channel` and `stamp` name its message; both are empty in a view, which
    `view` names. `in_view` = in a modal; the Home tab is none."""

    who: Who
    key: str
    value: str
    trigger: str
    channel: str
    stamp: str
    in_view: bool
    view: str = ""
    known: Mapping[str, str] = field(default_factory=dict)
    """What the view remembers that holds the button, in a form or page of ours."""
    domain: str = ""
    """That of the workspace's web addresses, where Slack says it."""

    def carried(self) -> Carried:
        """What the button was drawn for. Raises Refused when the value is none of ours."""
        found = load_carried(self.value)
        if found is None:
            raise Refused("This button is from an older version. You find the issue in the Home tab of Rung.")
        return found


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that somebody chose in a form. `size` is in bytes, 0 where Slack does not say; `url` may be empty."""

    id: str
    name: str
    size: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """A submitted form: field name -> text (empty when nothing was entered), and the files of those that take some."""

    who: Who
    key: str
    fields: Mapping[str, str]
    known: Mapping[str, str]
    files: Mapping[str, tuple[SentFile, ...]] = field(default_factory=dict)

    def carried(self) -> Carried:
        """What the form was opened for. Raises Refused when it is none of ours."""
        found = load_carried(self.known.get("carried", ""))
        if found is None:
            raise Refused("This form is from an older version. Please open it again.")
        return found


@dataclass(frozen=True, slots=True)
class Slash:
    """A slash command, or the same in a message, which has no trigger.

    `text` is what its writer saw, `raw` the same as Slack sent it, where people are `<@U1|ann>`. `hidden` = not
    everybody reads the place it was typed in; `domain` is that of the workspace's web addresses, if Slack says it."""

    who: Who
    key: str
    text: str
    trigger: str
    channel: str
    command: str = ""
    raw: str = ""
    hidden: bool = False
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """Words written to Rung in a message. `typed` holds those after its name, and no trigger; `thread` is the stamp of
    the message they answer, if any; `direct` = nobody else reads that conversation."""

    typed: Slash
    thread: str
    direct: bool


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut; the message it was used on, if any, and whether not everybody reads the place it is in."""

    who: Who
    key: str
    trigger: str
    channel: str
    stamp: str
    text: str
    author: str
    hidden: bool = False


def click(body: Body) -> Click:
    """Read block_actions."""
    action = (body.get("actions") or [{}])[0]
    container = body.get("container") or {}
    channel = str((body.get("channel") or {}).get("id") or container.get("channel_id") or "")
    stamp = str(container.get("message_ts") or "")
    who = _who(body)
    view = str(container.get("view_id") or "")
    place = stamp or view
    key = _key(
        "click",
        who.team,
        who.user,
        place,
        action.get("action_id"),
        action.get("action_ts") or body.get("trigger_id"),
    )
    in_view = container.get("type") == "view" and (body.get("view") or {}).get("type") != "home"
    value = str(action.get("value") or (action.get("selected_option") or {}).get("value") or "")
    trigger = str(body.get("trigger_id") or "")
    domain = str((body.get("team") or {}).get("domain") or "")
    known = _known(body.get("view") or {})
    return Click(who, key, value, trigger, channel, stamp, in_view, view, known, domain)


def submission(body: Body) -> Submission:
    """Read view_submission; or what stands in a form while something in it is pressed or chosen."""
    view = body.get("view") or {}
    known = _known(view)
    values = (view.get("state") or {}).get("values") or {}
    held = {str(name): element for block in values.values() for name, element in block.items()}
    fields = {name: _field(element) for name, element in held.items()}
    files = {name: _files(element["files"]) for name, element in held.items() if element.get("files")}
    who = _who(body)
    return Submission(who, _key("form", who.team, view.get("id"), known.get("nonce")), fields, known, files)


def slash(body: Body) -> Slash:
    """Read a slash command."""
    user, team = str(body.get("user_id") or ""), str(body.get("team_id") or "")
    trigger = str(body.get("trigger_id") or "")
    raw = str(body.get("text") or "")[:TYPED_LIMIT].strip()
    key = _key("slash", team, user, trigger)
    return Slash(
        Who(user, team, team),
        key,
        readable(raw),
        trigger,
        str(body.get("channel_id") or ""),
        str(body.get("command") or ""),
        raw,
        _hidden({"id": body.get("channel_id"), "name": body.get("channel_name")}),
        str(body.get("team_domain") or ""),
    )


def heard(body: Body, bot_user: str) -> Heard | None:
    """Read a message event; None for what nobody wrote to Rung: edits, bots, joins.

    Only a message that begins with Rung's name, or is written to it directly, is taken for a command: in the middle of
    a sentence a name is a name, and then the words are empty."""
    event = body.get("event") or {}
    direct = event.get("channel_type") == "im"
    user, channel = str(event.get("user") or ""), str(event.get("channel") or "")
    passing = event.get("subtype") or event.get("bot_id") or event.get("edited")
    if not user or passing or not (direct or event.get("type") == "app_mention"):
        return None
    text = str(event.get("text") or "")[:TYPED_LIMIT].strip()
    named = re.match(rf"<@{re.escape(bot_user) or '[UW][A-Z0-9_]+'}(?:\|[^<>]*)?>[\s,:]*", text)
    raw = text[named.end() :] if named else text if direct else ""
    team = str(body.get("team_id") or "")
    home = str(event.get("user_team") or event.get("source_team") or event.get("team") or team)
    key = _key("words", team, channel, event.get("ts") or body.get("event_id"))
    typed = Slash(Who(user, team, home), key, readable(raw), "", channel, raw=raw)
    return Heard(typed, str(event.get("thread_ts") or ""), direct)


def heard_again(body: Body) -> Heard:
    """Read the click on a button that carries such words: the same, with a trigger."""
    clicked, container = click(body), body.get("container") or {}
    raw = clicked.value
    typed = Slash(
        clicked.who,
        clicked.key,
        readable(raw),
        clicked.trigger,
        clicked.channel,
        raw=raw,
        hidden=_hidden(body.get("channel") or {}),
        domain=clicked.domain,
    )
    return Heard(typed, str(container.get("thread_ts") or ""), clicked.channel.startswith("D"))


def shortcut(body: Body) -> Shortcut:
    """Read a global or message shortcut."""
    message = body.get("message") or {}
    trigger = str(body.get("trigger_id") or "")
    who = _who(body)
    return Shortcut(
        who,
        _key("shortcut", who.team, who.user, trigger),
        trigger,
        str((body.get("channel") or {}).get("id") or ""),
        str(message.get("ts") or ""),
        readable(str(message.get("text") or "")[:TYPED_LIMIT]),
        str(message.get("user") or ""),
        _hidden(body.get("channel") or {}),
    )


def _hidden(place: Mapping[str, Any]) -> bool:
    """Slack does not tell the names of private places and direct messages, only of which kind they are."""
    name = str(place.get("name") or "")
    return str(place.get("id") or "").startswith("D") or name in _HIDDEN or name.startswith("mpdm-")


_HIDDEN = ("privategroup", "directmessage")


def _known(view: Mapping[str, Any]) -> Mapping[str, str]:
    """Nothing for a view that is none of ours."""
    try:
        return read_metadata(str(view.get("private_metadata") or ""))
    except ValueError:
        return {}


def _who(body: Body) -> Who:
    user = body.get("user") or {}
    team = str((body.get("team") or {}).get("id") or user.get("team_id") or "")
    return Who(str(user.get("id") or ""), team, str(user.get("team_id") or team))


_HELD = ("value", "selected_user", "selected_conversation", "selected_channel", "selected_date_time")


def _field(element: Mapping[str, Any]) -> str:
    option = element.get("selected_option")
    if option:
        return str(option.get("value") or "")
    if element.get("selected_options"):
        return ",".join(str(one.get("value") or "") for one in element["selected_options"])[:TYPED_LIMIT]
    for name in _HELD:
        if element.get(name):
            return str(element[name])[:TYPED_LIMIT]
    return ""


def _files(files: Any) -> tuple[SentFile, ...]:
    return tuple(
        SentFile(
            str(one.get("id") or ""),
            str(one.get("name") or one.get("title") or "")[:TYPED_LIMIT],
            one["size"] if isinstance(one.get("size"), int) else 0,
            str(one.get("url_private_download") or one.get("url_private") or ""),
        )
        for one in (files if isinstance(files, list) else ())
        if isinstance(one, Mapping)
    )


def _key(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode("utf-8", "replace")).hexdigest()[
        :40
    ]

"""files.*: an upload is announced, its bytes are posted to a URL, then it is completed and shared."""

from __future__ import annotations

import mimetypes
from urllib.parse import quote

from bot.sandbox.errors import SlackError, invalid_arguments
from bot.sandbox.event_shapes import message_event
from bot.sandbox.model import Channel, Json, Message
from bot.sandbox.web_api.call import Call, Handler
from bot.sandbox.world import Upload, World

ALT_TEXT = 1000
SNIPPET = 1_000_000
CHANNELS = 100
TYPES = {"yaml": "application/x-yaml", "yml": "application/x-yaml", "md": "text/markdown"}
"""Not every Python knows these endings."""


def get_upload_url(call: Call) -> Json:
    length = call.number("length", 0)
    if length < 1:
        raise invalid_arguments("must be greater than 0 [json-pointer:/length]")
    if len(call.text("alt_txt")) > ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    if call.has("snippet_type") and length > SNIPPET:
        raise SlackError("snippet_too_large")
    file_id = f"F0{call.world.workspace.serial():07d}"
    now = int(call.world.clock())
    file = Upload(file_id, call.text("filename"), length, call.text("alt_txt"), created=now)
    call.world.uploads[file.id] = file
    return {"ok": True, "upload_url": f"{call.world.base_url}upload/v1/{file.id}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    files = _uploaded(call)
    channels = _targets(call)
    for file in files:
        file.done = True
    for channel in channels:
        _share(call, channel, files)
    return {"ok": True, "files": [file_json(call.world, file) for file in files]}


def _uploaded(call: Call) -> list[Upload]:
    listed = call.structure("files", "invalid_arguments")
    if not isinstance(listed, list) or not listed or not all(isinstance(one, dict) for one in listed):
        raise invalid_arguments("must be an array of files [json-pointer:/files]")
    files = []
    for entry in listed:
        file = call.world.uploads.get(str(entry.get("id")))
        if file is None or file.content is None or file.done:
            raise SlackError("file_not_found")
        file.title = str(entry.get("title") or file.name)
        files.append(file)
    return files


def _targets(call: Call) -> list[Channel]:
    """Where the files are shared: nowhere, or conversations the bot is in."""
    wanted = call.names("channels") or ([call.text("channel_id")] if call.has("channel_id") else [])
    if len(wanted) > CHANNELS:
        raise SlackError("channels_limit_exceeded")
    channels = []
    for channel_id in wanted:
        channel = call.world.workspace.channels.get(channel_id)
        if channel is None or (channel.hidden and not call.world.workspace.bot_in(channel)):
            raise SlackError("channel_not_found")
        if not call.world.workspace.bot_in(channel):
            raise SlackError("not_in_channel")
        if channel.archived:
            raise SlackError("posting_to_channel_denied")
        channels.append(channel)
    return channels


def _share(call: Call, channel: Channel, files: list[Upload]) -> None:
    workspace = call.world.workspace
    message = Message(
        channel=channel.id,
        ts=workspace.next_ts(),
        user=workspace.bot_user_id,
        bot_id=workspace.bot_id,
        text=call.text("initial_comment"),
        thread_ts=call.text("thread_ts") or None,
        files=[file_json(call.world, file) for file in files],
        subtype="file_share",
    )
    workspace.put(message)
    workspace.on_event(message_event(call.world, message))
    for file in files:
        file.shares.append(channel.id)


def file_json(world: World, file: Upload) -> Json:
    """A file object. Its bytes are at `url_private`, for whoever shows a token with files:read."""
    user = file.user or world.workspace.bot_user_id
    address = f"{world.base_url}files/{file.id}/{quote(file.name, safe='')}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "alt_txt": file.alt_text,
        "mimetype": TYPES.get(_ending(file))
        or mimetypes.guess_type(file.name)[0]
        or "application/octet-stream",
        "filetype": _ending(file) or "binary",
        "pretty_type": _ending(file).upper() or "Binary",
        "user": user,
        "user_team": world.config.team_id,
        "editable": False,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": address,
        "url_private_download": f"{address}?download=1",
        "permalink": f"https://{world.team['domain']}.slack.com/files/{user}/{file.id}",
        "has_rich_preview": False,
        "file_access": "visible",
        "channels": list(file.shares),
    }


def _ending(file: Upload) -> str:
    _, dot, ending = file.name.rpartition(".")
    return ending.lower() if dot else ""


def info(call: Call) -> Json:
    file = call.world.uploads.get(call.text("file"))
    if file is None or not file.done:
        raise SlackError("file_not_found")
    return {"ok": True, "file": file_json(call.world, file)}


METHODS: dict[str, Handler] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
}

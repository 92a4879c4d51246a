"""Files that people choose for a field of a form: taken from them, put into the state of the view, and handed out."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from typing import Any

from starlette.responses import PlainTextResponse, Response

from bot.sandbox.errors import NotPossible
from bot.sandbox.model import Json
from bot.sandbox.view_state import State
from bot.sandbox.web_api.files import file_json
from bot.sandbox.world import Upload, World

MOST_BYTES = 20_000_000
"""Of a file that somebody chooses; Slack takes more, and no test or demo needs it."""
SHOWN = ("image/png", "image/jpeg", "image/gif", "text/plain")
"""What a browser may show by itself; everything else is only to be saved."""


def take(world: World, user: str, name: str, content: bytes | bytearray | str) -> Upload:
    """Keeps a file of this person. Raises NotPossible when Slack's client would not take it."""
    raw = content.encode() if isinstance(content, str) else bytes(content)
    if not name.strip() or not raw:
        raise NotPossible("This file is empty.")
    if len(raw) > MOST_BYTES:
        raise NotPossible(f"{name} is too large.")
    file_id = f"F0{world.workspace.serial():07d}"
    file = Upload(
        file_id, name, len(raw), content=raw, done=True, title=name, user=user, created=int(world.clock())
    )
    world.uploads[file.id] = file
    return file


def entered(world: World, user: str, value: Any) -> Any:
    """What somebody entered into a field: files as Slack shows them in a state, anything else as it is."""
    if isinstance(value, Upload):
        return chosen(world, user, [{"id": value.id}])
    if isinstance(value, list | tuple) and any(isinstance(one, Upload) for one in value):
        return chosen(world, user, [{"id": one.id} for one in value])
    return value


def known(world: World, user: str, state: State) -> State:
    """The state that the page sent, with its files as they are kept here: a page names files, no more."""
    return {
        block: {action: _known(world, user, held) for action, held in fields.items()}
        for block, fields in state.items()
    }


def _known(world: World, user: str, held: Json) -> Json:
    if held.get("type") != "file_input":
        return held
    return {**held, "files": chosen(world, user, held.get("files") or [])}


def chosen(world: World, user: str, files: list[Mapping[str, Any]]) -> list[Json]:
    """These files as Slack shows them. Raises NotPossible for one that is not this person's."""
    held = [world.uploads.get(str(one.get("id"))) for one in files]
    if any(file is None or file.user != user for file in held):
        raise NotPossible("That file is not there. Choose it again.")
    return [file_json(world, file) for file in held if file is not None]


def as_response(world: World, file_id: str) -> Response:
    """The bytes; their type is guessed from the name alone."""
    file = world.uploads.get(file_id)
    if file is None or not file.done or file.content is None:
        return PlainTextResponse("File not found", 404)
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    safe = kind if kind in SHOWN else "application/octet-stream"
    return Response(file.content, media_type=safe, headers={"X-Content-Type-Options": "nosniff"})

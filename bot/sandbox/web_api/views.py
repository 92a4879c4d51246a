"""views.*: modals and Home tabs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.sandbox.errors import SlackError, invalid_arguments
from bot.sandbox.limits.surfaces import check_view, with_ids
from bot.sandbox.model import Json, View
from bot.sandbox.view_state import state_for
from bot.sandbox.web_api.call import Call, Handler
from bot.sandbox.world import World

VIEW_BYTES = 250_000
STACK = 3
DEFAULTS: Mapping[str, Any] = {
    "title": None,
    "submit": None,
    "close": None,
    "private_metadata": "",
    "callback_id": "",
    "external_id": "",
    "clear_on_close": False,
    "notify_on_close": False,
    "submit_disabled": False,
}


def checked_view(world: World, raw: Any, kind: str) -> Json:
    """A view as Slack stores it. Raises view_too_large, invalid_arguments, duplicate_external_id is apart."""
    if not isinstance(raw, dict):
        raise invalid_arguments("must be an object [json-pointer:/view]")
    if len(json.dumps(raw).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    problems = check_view(raw, kind)
    if problems:
        raise invalid_arguments(*(str(problem) for problem in problems))
    _refuse_files(world, raw["blocks"])
    return {**DEFAULTS, **raw, "blocks": with_ids(raw["blocks"], world.workspace.serial)}


def _refuse_files(world: World, blocks: Sequence[Json]) -> None:
    """A field for files needs files:read: what is chosen there is the app's to read."""
    takes = any(element["type"] == "file_input" for element in _inputs(blocks))
    if takes and "files:read" not in world.manifest.scopes:
        raise invalid_arguments("file_input requires the scope files:read [json-pointer:/view/blocks]")


def _inputs(blocks: Sequence[Json]) -> list[Json]:
    return [block["element"] for block in blocks if block["type"] == "input"]


def _given(call: Call, kind: str) -> Json:
    return checked_view(call.world, call.structure("view", "invalid_arguments"), kind)


def new_view(world: World, user: str, kind: str, payload: Json, below: View | None = None) -> View:
    """A view that was not there before, not shown yet. Raises duplicate_external_id."""
    refuse_external_id(world, payload, None)
    view_id = f"V0{world.workspace.serial():07d}"
    root = below.root_id if below else view_id
    previous = below.id if below else None
    state = state_for(payload["blocks"], {})
    return View(view_id, user, kind, payload, world.view_hash(), root, previous, state)


def changed_view(world: World, view: View, payload: Json) -> View:
    """The next version of a view; what was entered stays where block_id and action_id stay."""
    refuse_external_id(world, payload, view.id)
    state = state_for(payload["blocks"], view.state)
    return replace(view, payload=payload, hash=world.view_hash(), state=state, errors={})


def refuse_external_id(world: World, payload: Json, own: str | None) -> None:
    wanted = payload.get("external_id")
    if wanted and any(
        v.payload.get("external_id") == wanted and v.id != own for v in world.workspace.views()
    ):
        raise SlackError("duplicate_external_id")


def open_(call: Call) -> Json:
    trigger_id = _trigger_id(call)
    trigger = call.world.triggers.check(trigger_id)
    view = new_view(call.world, trigger.user, "modal", _given(call, "modal"))
    call.world.triggers.spend(trigger_id)
    call.world.workspace.modals[trigger.user] = []
    return _answer(call, call.world.workspace.put_view(view))


def push(call: Call) -> Json:
    trigger_id = _trigger_id(call)
    trigger = call.world.triggers.check(trigger_id)
    stack = call.world.workspace.modals.get(trigger.user, [])
    below = next((held for held in stack if held.id == trigger.view_id), None)
    if below is None:
        raise SlackError("not_found")
    if len(stack) >= STACK:
        raise SlackError("push_limit_reached")
    view = new_view(call.world, trigger.user, "modal", _given(call, "modal"), stack[-1])
    call.world.triggers.spend(trigger_id)
    return _answer(call, call.world.workspace.put_view(view))


def _trigger_id(call: Call) -> str:
    if not call.has("trigger_id"):
        raise invalid_arguments("missing required field: trigger_id")
    return call.text("trigger_id")


def update(call: Call) -> Json:
    view = _existing(call)
    _refuse_stale(call, view)
    return _answer(
        call, call.world.workspace.put_view(changed_view(call.world, view, _given(call, view.kind)))
    )


def _existing(call: Call) -> View:
    views = call.world.workspace.views()
    if call.has("view_id"):
        found = call.world.workspace.view(call.text("view_id"))
    elif call.has("external_id"):
        found = next((v for v in views if v.payload.get("external_id") == call.text("external_id")), None)
    else:
        raise invalid_arguments("missing required field: view_id")
    if found is None:
        raise SlackError("not_found")
    return found


def _refuse_stale(call: Call, view: View) -> None:
    if call.has("hash") and call.text("hash") != view.hash:
        raise SlackError("hash_conflict")


def publish(call: Call) -> Json:
    if not call.world.manifest.home_tab:
        raise SlackError("not_enabled")
    user = call.world.workspace.users.get(call.text("user_id"))
    if user is None or user.is_bot:
        raise invalid_arguments("invalid `user_id` [json-pointer:/user_id]")
    payload = _given(call, "home")
    current = call.world.workspace.homes.get(user.id)
    if current is None:
        view = new_view(call.world, user.id, "home", payload)
    else:
        _refuse_stale(call, current)
        view = changed_view(call.world, current, payload)
    return _answer(call, call.world.workspace.put_view(view))


def _answer(call: Call, view: View) -> Json:
    return {"ok": True, "view": call.world.view_json(view)}


METHODS: dict[str, Handler] = {
    "views.open": open_,
    "views.push": push,
    "views.update": update,
    "views.publish": publish,
}

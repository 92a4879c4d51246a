"""Messages, modals and Home tabs as a whole: how many blocks, unique ids, what a modal needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bot.sandbox.elements import FIELD
from bot.sandbox.limits.blocks import BLOCKS
from bot.sandbox.limits.checks import (
    Check,
    Problem,
    Rule,
    Spec,
    Where,
    anything,
    boolean,
    many,
    once,
    plain,
    string,
    typed,
)
from bot.sandbox.model import Json
from bot.sandbox.readable import interactive

MARKDOWN_TOTAL = 12_000
AT_MOST = {"table": 1, "data_visualization": 2}
INTERACTIVE = frozenset(FIELD) | {"button", "workflow_button", "icon_button", "feedback_buttons"}
BLOCK_LIST = {
    "message": many(typed(BLOCKS), 50, least=0),
    "modal": once(many(typed(BLOCKS), 100)),
    "home": once(many(typed(BLOCKS), 100)),
}


def check_message(blocks: Any, pointer: str = "/blocks") -> list[Problem]:
    """What Slack refuses of the blocks of a message."""
    where = Where(pointer, "message")
    problems = list(BLOCK_LIST["message"](blocks, where))
    return problems or [*_ids(blocks, where), *_totals(blocks, where)]


def check_view(view: Any, kind: str) -> list[Problem]:
    """What Slack refuses of a view that is to be a `kind` (modal or home)."""
    where = Where("/view", kind)
    if not isinstance(view, dict):
        return [where.says("must be an object")]
    if view.get("type") != kind:
        return [where.at("type").says(f"must be a valid enum value: {kind}")]
    problems = list(VIEWS[kind](view, where))
    return problems or [
        *_ids(view["blocks"], where.at("blocks")),
        *_totals(view["blocks"], where.at("blocks")),
    ]


def _ids(blocks: Sequence[Json], where: Where) -> Iterator[Problem]:
    """block_ids are unique in the payload, action_ids in their block; one element may have the focus."""
    seen: set[str] = set()
    focused = 0
    for number, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            yield where.at(number).at("block_id").says(f"block_id already exists: {block_id}")
        seen |= {block_id} if block_id else set()
        elements = [element for _, element in interactive([block])]
        actions = [element["action_id"] for element in elements]
        for action_id in sorted({action for action in actions if actions.count(action) > 1}):
            yield where.at(number).says(f"action_id already exists: {action_id}")
        focused += sum(bool(element.get("focus_on_load")) for element in elements)
    if focused > 1:
        yield where.says("focus_on_load can only be true on one element")


def _totals(blocks: Sequence[Json], where: Where) -> Iterator[Problem]:
    kinds = [block["type"] for block in blocks]
    for kind, most in AT_MOST.items():
        if kinds.count(kind) > most:
            yield where.says(f"no more than {most} {kind} blocks allowed")
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MARKDOWN_TOTAL:
        yield where.says(f"markdown blocks must be less than {MARKDOWN_TOTAL + 1} characters together")


def _submit_with_input(view: Mapping[str, Any], where: Where) -> Iterator[Problem]:
    blocks = view.get("blocks")
    listed = blocks if isinstance(blocks, list) else []
    if not view.get("submit") and any(isinstance(b, dict) and b.get("type") == "input" for b in listed):
        yield where.says("missing required field: submit is needed with an input block")


def _view(kind: str, more: Mapping[str, Check], required: tuple[str, ...], rules: tuple[Rule, ...]) -> Spec:
    fields: dict[str, Check] = {
        "type": anything,
        "blocks": BLOCK_LIST[kind],
        "private_metadata": string(3000, 0),
        "callback_id": string(255, 0),
        "external_id": string(255, 0),
    }
    return Spec({**fields, **more}, ("blocks", *required), rules=rules)


OF_MODALS: Mapping[str, Check] = {
    "title": plain(24),
    "submit": plain(24),
    "close": plain(24),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
    "submit_disabled": boolean,
}
VIEWS = {
    "modal": _view("modal", OF_MODALS, ("title",), (_submit_with_input,)),
    "home": _view("home", {}, (), ()),
}


def with_ids(blocks: Sequence[Json], serial: Callable[[], int]) -> list[Json]:
    """The blocks as Slack keeps them: every block has a block_id, everything interactive an action_id."""
    return [_identified(block, serial) for block in blocks]


def _identified(block: Json, serial: Callable[[], int]) -> Json:
    named = {**block, "block_id": block.get("block_id") or f"b{serial():04d}"}
    for key in ("accessory", "element"):
        if isinstance(named.get(key), dict):
            named[key] = _actionable(named[key], serial)
    for key in ("elements", "actions"):
        if isinstance(named.get(key), list):
            named[key] = [_actionable(element, serial) for element in named[key]]
    if "child_blocks" in named:
        named["child_blocks"] = with_ids(named["child_blocks"], serial)
    return named


def _actionable(element: Json, serial: Callable[[], int]) -> Json:
    if element.get("type") == "card":
        return _identified(element, serial)
    if element.get("type") in INTERACTIVE and not element.get("action_id"):
        return {**element, "action_id": f"a{serial():04d}"}
    return element

"""The state of a view: what its fields hold, kept across updates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.sandbox.elements import STATELESS, initial_state
from bot.sandbox.model import Json
from bot.sandbox.readable import interactive

State = Mapping[str, Mapping[str, Json]]


def state_for(blocks: Sequence[Json], held: State) -> State:
    """State of exactly the fields in `blocks`: what `held` says of them, else what they start with."""
    state: dict[str, dict[str, Json]] = {}
    for block_id, element in interactive(blocks):
        if element["type"] in STATELESS:
            continue
        kept = held.get(block_id, {}).get(element["action_id"])
        fits = kept is not None and kept["type"] == element["type"]
        state.setdefault(block_id, {})[element["action_id"]] = (
            kept if kept is not None and fits else initial_state(element)
        )
    return state


def with_value(state: State, block_id: str, action_id: str, value: Json) -> State:
    """The state after one field changed."""
    return {**state, block_id: {**state.get(block_id, {}), action_id: value}}

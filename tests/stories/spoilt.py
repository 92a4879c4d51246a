"""What no client of Slack sends: genuine payloads, spoilt in every way that comes to mind; and what comes of them."""

import copy
from collections.abc import Iterable
from itertools import count
from typing import Any

from bot.sandbox.model import Json
from tests.story import Story

HUGE = "z" * 40_000
_NEW = count(1)


async def all_answered(tale: Story, payloads: Iterable[Json]) -> None:
    """Each is acknowledged, none is an error; and none is taken for one that came before."""
    for payload in payloads:
        number = next(_NEW)
        if payload["type"] == "view_submission":
            payload["view"]["id"] = f"V{number}"
        elif "action_ts" in payload["actions"][0]:
            payload["actions"][0]["action_ts"] = f"1999999999.{number:06d}"
        answer = await tale.sandbox.raw_action(payload)
        assert answer.acked, payload
        assert answer.error is None, (answer.error, payload)
    await tale.settle()


def pressed(payload: Json, action: str) -> Json:
    """The same click, on another button."""
    one = copy.deepcopy(payload)
    one["actions"][0]["action_id"] = action
    return one


def submitted(payload: Json, callback: str) -> Json:
    """The same submission, of another form."""
    one = copy.deepcopy(payload)
    one["view"]["callback_id"] = callback
    return one


def broken_clicks(payload: Json) -> list[Json]:
    """A genuine click, spoilt in every way that comes to mind."""
    spoilt: list[Json] = []
    for value in (
        "",
        "v1",
        "v1|",
        "v1|a|b|c|d",
        "v1|1|1|1",
        "v1|-1|1|1|0",
        "v1|1|1|1|0|0",
        "v0|1|1|1|0",
        "\x00",
        "v1|٣|1|1|0",
        "v1|²|1|1|0",
        "\ud83d",
        HUGE,
        "v1|999999999|1|1|0",
        "v1|0|0|0|0",
        "v1|77|9|9|9",
    ):
        one = copy.deepcopy(payload)
        one["actions"][0]["value"] = value
        spoilt.append(one)
    for name in ("value", "action_ts", "block_id", "type"):
        one = copy.deepcopy(payload)
        one["actions"][0].pop(name, None)
        spoilt.append(one)
    for name in (
        "container",
        "channel",
        "trigger_id",
        "response_url",
        "state",
        "message",
        "team",
        "enterprise",
    ):
        one = copy.deepcopy(payload)
        one.pop(name, None)
        spoilt.append(one)
    for name, instead in (
        ("channel", None),
        ("container", None),
        ("message", None),
        ("trigger_id", None),
        ("trigger_id", HUGE),
        ("container", {}),
        ("channel", {}),
    ):
        spoilt.append(copy.deepcopy(payload) | {name: instead})
    return spoilt


def broken_forms(payload: Json, field: str) -> list[Json]:
    """A genuine submission, spoilt."""
    spoilt: list[Json] = []
    for metadata in (
        "",
        "{}",
        "[]",
        "null",
        "nonsense",
        '{"carried": 7}',
        '{"carried": "v1|1|1"}',
        '{"nonce": ["x"], "carried": "v1|4|1|1|0"}',
        HUGE,
        "\ud83d",
    ):
        one = copy.deepcopy(payload)
        one["view"]["private_metadata"] = metadata
        spoilt.append(one)
    states: tuple[dict[str, Any], ...] = (
        {},
        {field: {}},
        {field: {field: {}}},
        {field: {field: {"value": None}}},
        {field: {field: {"value": HUGE}}},
        {field: {field: {"value": "\x00"}}},
        {"other": {"other": {"value": "x"}}},
        {field: {field: {"selected_option": {}}}},
    )
    for values in states:
        one = copy.deepcopy(payload)
        one["view"]["state"] = {"values": values}
        spoilt.append(one)
    for name in ("state", "blocks", "private_metadata", "hash", "id"):
        one = copy.deepcopy(payload)
        one["view"].pop(name, None)
        spoilt.append(one)
    return spoilt

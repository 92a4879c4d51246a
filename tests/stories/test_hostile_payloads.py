"""Payloads that no client of Slack sends: each is answered, none is an error in the log, nothing wrong happens."""

import copy
from typing import Any

import pytest

from bot.domain.lifecycle import State
from bot.sandbox.model import Json
from tests.stories.test_more import chooses, opens_more
from tests.story import Story, ids

HUGE = "z" * 40_000


def whispers(tale: Story, who: str) -> list[str]:
    """What only this person was shown."""
    return [message.plain for message in tale.sandbox.ephemerals(who)]


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
    return [_anew(one, number) for number, one in enumerate(spoilt)]


def _anew(payload: Json, number: int) -> Json:
    """Not the same click as before."""
    if "action_ts" in payload["actions"][0]:
        payload["actions"][0]["action_ts"] = f"1999999999.{number:06d}"
    return payload


@pytest.mark.parametrize("action", [ids.ACK, ids.DECLINE, ids.ESCALATE, ids.DETAILS])
async def test_a_spoilt_click_is_answered_and_never_an_error(tale: Story, action: str) -> None:
    await tale.raises("rita")
    await tale.raises("ann")
    await tale.clicks("maya", ids.DETAILS, tale.newest_with("maya", action))
    genuine = copy.deepcopy(tale.sandbox.last_payload("maya"))
    genuine["actions"][0]["action_id"] = action
    for payload in broken_clicks(genuine):
        answer = await tale.sandbox.raw_action(payload)
        assert answer.acked, payload
        assert answer.error is None, (answer.error, payload)
    await tale.settle()
    assert {(await tale.issue(n)).state for n in (1, 2)} <= {State.OPEN, State.ACKNOWLEDGED}


FORMS = {
    ids.FORM_UPDATE: (ids.UPDATE, "text"),
    ids.FORM_RESOLVE: (ids.RESOLVE, "done"),
}


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


@pytest.mark.parametrize("callback", FORMS)
async def test_a_spoilt_form_is_answered_and_never_an_error(tale: Story, callback: str) -> None:
    button, field = FORMS[callback]
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    await tale.clicks("maya", button, tale.card())
    await tale.submits("maya", {field: "fine"})
    genuine = tale.sandbox.last_payload("maya")
    for number, payload in enumerate(broken_forms(genuine, field)):
        payload["view"].setdefault("id", "")
        payload["view"]["id"] = f"V{number}"
        answer = await tale.sandbox.raw_action(payload)
        assert answer.acked, payload
        assert answer.error is None, (answer.error, payload)
    await tale.settle()


COMMANDS: list[dict[str, Any]] = [
    {"text": HUGE},
    {"text": "\x00\ud83d"},
    {"text": None},
    {"text": "show " + "9" * 5000},
    {"text": "show ISS-٣"},
    {"text": "show iss-999999999999"},
    {"text": "show"},
    {"text": "ISS-0"},
    {"text": "list " + HUGE},
    {"trigger_id": None},
    {"trigger_id": "made.up.1"},
    {"channel_id": None},
    {"channel_id": "C0NOWHERE"},
    {"user_name": "\ud83d"},
]


async def test_a_spoilt_command_is_answered_and_never_an_error(tale: Story) -> None:
    await tale.types("ann", "help")
    genuine = tale.sandbox.last_payload("ann")
    for changed in COMMANDS:
        answer = await tale.sandbox.raw_action(copy.deepcopy(genuine) | changed)
        assert answer.acked, changed
        assert answer.error is None, (answer.error, changed)
        assert answer.text or tale.sandbox.modal("ann"), changed
    await tale.settle()


async def test_an_issue_of_another_workspace_cannot_be_reached(tale: Story) -> None:
    """The workspace comes from the token; one in the payload makes its people outsiders."""
    await tale.raises("ann")
    ping = tale.newest_with("maya", ids.ACK)
    await tale.clicks("maya", ids.DETAILS, ping)
    payload = copy.deepcopy(tale.sandbox.last_payload("maya"))
    payload["actions"][0] |= {"action_id": ids.ACK, "action_ts": "1999999999.000009"}
    payload["team"] = {"id": "T0OTHER", "domain": "other"}
    payload["user"] |= {"id": "U0STRANGER", "team_id": "T0OTHER"}
    assert (await tale.sandbox.raw_action(payload)).ok
    await tale.settle()
    assert (await tale.issue()).state is State.OPEN


async def test_a_number_that_does_not_exist_is_said_to_be_unknown(tale: Story) -> None:
    await tale.raises("ann")
    answer = await tale.types("ann", "show ISS-99")
    assert "There is no ISS-99 here" in answer.text
    ping = tale.newest_with("maya", ids.ACK)
    await tale.clicks("maya", ids.DETAILS, ping)
    payload = copy.deepcopy(tale.sandbox.last_payload("maya"))
    payload["actions"][0] |= {"action_id": ids.ACK, "value": "v1|99|1|1|0", "action_ts": "1999999999.000009"}
    assert (await tale.sandbox.raw_action(payload)).ok
    await tale.settle()
    assert "There is no ISS-99 here" in whispers(tale, "maya")[-1]


async def test_a_spoilt_answer_to_make_it_private_is_answered_and_shows_nothing(tale: Story) -> None:
    await tale.raises("ann")
    await opens_more(tale, "maya")
    await chooses(tale, "maya", "private")
    await tale.submits("maya")
    genuine = tale.sandbox.last_payload("maya")
    for number, payload in enumerate(broken_forms(genuine, "text")):
        payload["view"]["id"] = f"V{number}"
        answer = await tale.sandbox.raw_action(payload)
        assert answer.acked, payload
        assert answer.error is None, (answer.error, payload)
    payload = copy.deepcopy(genuine)
    payload["user"] |= {"id": tale.id("rita")}
    payload["view"] |= {"id": "V99", "callback_id": ids.FORM_SHOW}
    await tale.sandbox.raw_action(payload)
    await tale.settle()
    assert (await tale.issue()).private

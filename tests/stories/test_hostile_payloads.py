"""Payloads that no client of Slack sends: each is answered, none is an error in the log, nothing wrong happens."""

import copy
from typing import Any

from bot.domain.lifecycle import State
from tests.stories.spoilt import HUGE, all_answered, broken_clicks, broken_forms, pressed
from tests.stories.test_more import chooses, opens_more
from tests.story import Story, ids


def whispers(tale: Story, who: str) -> list[str]:
    """What only this person was shown."""
    return [message.plain for message in tale.sandbox.ephemerals(who)]


async def test_a_spoilt_click_is_answered_and_never_an_error(tale: Story) -> None:
    await tale.raises("rita")
    await tale.raises("ann")
    await tale.clicks("maya", ids.DETAILS)
    genuine = tale.sandbox.last_payload("maya")
    for action in (ids.DETAILS, ids.DECLINE, ids.ESCALATE, ids.ACK):
        await all_answered(tale, broken_clicks(pressed(genuine, action)))
        assert {(await tale.issue(n)).state for n in (1, 2)} <= {State.OPEN, State.ACKNOWLEDGED}, action


async def test_a_spoilt_form_is_answered_and_never_an_error(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    for button, field in ((ids.UPDATE, "text"), (ids.RESOLVE, "done")):
        await tale.clicks("maya", button, tale.card())
        await tale.submits("maya", {field: "fine"})
        await all_answered(tale, broken_forms(tale.sandbox.last_payload("maya"), field))


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
    await all_answered(tale, broken_forms(genuine, "text"))
    payload = copy.deepcopy(genuine)
    payload["user"] |= {"id": tale.id("rita")}
    payload["view"] |= {"id": "V99", "callback_id": ids.FORM_SHOW}
    await tale.sandbox.raw_action(payload)
    await tale.settle()
    assert (await tale.issue()).private

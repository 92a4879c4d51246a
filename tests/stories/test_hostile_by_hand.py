"""Spoilt payloads of escalating by hand, sending back and withdrawing: answered, and nothing wrong happens."""

import copy

import pytest

from bot.domain.lifecycle import State
from tests.stories.test_by_hand import LADDER
from tests.stories.test_hostile_payloads import broken_clicks, broken_forms
from tests.story import Story, ids, story

BUTTONS = [ids.ALLOW, ids.LEAVE, ids.ASK_NEXT, ids.APPEAL, ids.UPHOLD, ids.STAYS, ids.OPEN_AGAIN]
FORMS = {
    ids.FORM_ESCALATE: ids.FIELD_TO,
    ids.FORM_BYPASS: ids.FIELD_REASON,
    ids.FORM_SEND_BACK: ids.FIELD_REASON,
    ids.FORM_APPEAL: ids.FIELD_WHY,
    ids.FORM_STAYS: ids.FIELD_WHY,
    ids.FORM_WITHDRAW: ids.FIELD_HOW,
    ids.FORM_RAISE_LINKED: ids.FIELD_WHY,
}


@pytest.mark.parametrize("action", BUTTONS)
async def test_a_spoilt_click_is_answered(tale: Story, action: str) -> None:
    await tale.raises("rita")
    await tale.clicks("maya", ids.DETAILS)
    genuine = copy.deepcopy(tale.sandbox.last_payload("maya"))
    genuine["actions"][0]["action_id"] = action
    for payload in broken_clicks(genuine):
        answer = await tale.sandbox.raw_action(payload)
        assert answer.acked, payload
        assert answer.error is None, (answer.error, payload)
    await tale.settle()
    assert (await tale.issue()).state is State.OPEN


@pytest.mark.parametrize("callback", FORMS)
async def test_a_spoilt_form_is_answered(tale: Story, callback: str) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    await tale.clicks("maya", ids.UPDATE, tale.card())
    await tale.submits("maya", {"text": "fine"})
    genuine = tale.sandbox.last_payload("maya")
    genuine["view"]["callback_id"] = callback
    for number, payload in enumerate(broken_forms(genuine, FORMS[callback])):
        payload["view"]["id"] = f"V{number}"
        answer = await tale.sandbox.raw_action(payload)
        assert answer.acked, payload
        assert answer.error is None, (answer.error, payload)
    await tale.settle()
    assert (await tale.issue()).state is State.ACKNOWLEDGED


@pytest.mark.parametrize("sent", ["team:Wizards", "level:99", "level:-1", "level:x", "nonsense", "team:"])
async def test_a_choice_that_nobody_was_offered_does_nothing(database_url: str, sent: str) -> None:
    async with story(database_url, LADDER) as tale:
        await tale.raises("ann")
        await tale.clicks("maya", ids.ESCALATE)
        await tale.submits("maya", {"reason": "Now."})
        payload = copy.deepcopy(tale.sandbox.last_payload("maya"))
        values = payload["view"]["state"]["values"]
        values[ids.FIELD_TO] = {ids.FIELD_TO: {"type": "static_select", "selected_option": {"value": sent}}}
        payload["view"]["id"] = "V9"
        assert (await tale.sandbox.raw_action(payload)).acked
        await tale.settle()
        issue = await tale.issue()
        assert (issue.route.path.name, issue.position.level) == ("Customer care", 2)


@pytest.mark.parametrize("past", ["99", "0", "", "x", "-1"])
async def test_a_level_that_nobody_was_offered_is_refused(database_url: str, past: str) -> None:
    async with story(database_url, LADDER) as tale:
        await tale.raises("ann")
        await tale.types("maya", "bypass ISS-1 Director")
        await tale.submits("maya", {"reason": " "})
        payload = copy.deepcopy(tale.sandbox.last_payload("maya"))
        metadata = payload["view"]["private_metadata"]
        payload["view"]["private_metadata"] = metadata.replace('"past": "3"', f'"past": "{past}"')
        payload["view"]["state"]["values"][ids.FIELD_REASON][ids.FIELD_REASON]["value"] = "Now."
        payload["view"]["id"] = "V9"
        assert (await tale.sandbox.raw_action(payload)).acked
        await tale.settle()
        assert (await tale.issue()).position.level == 1

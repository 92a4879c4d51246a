"""Spoilt payloads of escalating by hand, sending back and withdrawing: answered, and nothing wrong happens."""

import copy

from bot.domain.lifecycle import State
from tests.stories.spoilt import all_answered, broken_clicks, broken_forms, pressed, submitted
from tests.stories.test_by_hand import LADDER
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


async def test_a_spoilt_click_is_answered(tale: Story) -> None:
    await tale.raises("rita")
    await tale.clicks("maya", ids.DETAILS)
    genuine = tale.sandbox.last_payload("maya")
    for action in BUTTONS:
        await all_answered(tale, broken_clicks(pressed(genuine, action)))
        assert (await tale.issue()).state is State.OPEN, action


async def test_a_spoilt_form_is_answered(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    await tale.clicks("maya", ids.UPDATE, tale.card())
    await tale.submits("maya", {"text": "fine"})
    genuine = tale.sandbox.last_payload("maya")
    for callback, field in FORMS.items():
        await all_answered(tale, broken_forms(submitted(genuine, callback), field))
        assert (await tale.issue()).state is State.ACKNOWLEDGED, callback


async def test_a_choice_that_nobody_was_offered_does_nothing(database_url: str) -> None:
    async with story(database_url, LADDER) as tale:
        await tale.raises("ann")
        await tale.clicks("maya", ids.ESCALATE)
        await tale.submits("maya", {"reason": "Now."})
        genuine = tale.sandbox.last_payload("maya")
        for sent in ("team:Wizards", "level:99", "level:-1", "level:x", "nonsense", "team:"):
            payload = copy.deepcopy(genuine)
            values = payload["view"]["state"]["values"]
            values[ids.FIELD_TO] = {
                ids.FIELD_TO: {"type": "static_select", "selected_option": {"value": sent}}
            }
            await all_answered(tale, [payload])
            issue = await tale.issue()
            assert (issue.route.path.name, issue.position.level) == ("Customer care", 2), sent


async def test_a_level_that_nobody_was_offered_is_refused(database_url: str) -> None:
    async with story(database_url, LADDER) as tale:
        await tale.raises("ann")
        await tale.types("maya", "bypass ISS-1 Director")
        await tale.submits("maya", {"reason": " "})
        genuine = tale.sandbox.last_payload("maya")
        for past in ("99", "0", "", "x", "-1"):
            payload = copy.deepcopy(genuine)
            metadata = payload["view"]["private_metadata"]
            payload["view"]["private_metadata"] = metadata.replace('"past": "3"', f'"past": "{past}"')
            payload["view"]["state"]["values"][ids.FIELD_REASON][ids.FIELD_REASON]["value"] = "Now."
            await all_answered(tale, [payload])
            assert (await tale.issue()).position.level == 1, past

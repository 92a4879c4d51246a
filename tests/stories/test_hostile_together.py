"""Spoilt payloads of notes, corrections, thanks, followers and merges: answered, and nothing wrong happens."""

import pytest

from bot.domain.lifecycle import State
from tests.stories.test_hostile_payloads import broken_forms
from tests.story import Story, ids

FORMS = {
    ids.FORM_NOTE: ids.FIELD_TEXT,
    ids.FORM_EDIT: ids.FIELD_TITLE,
    ids.FORM_THANK: ids.FIELD_PERSON,
    ids.FORM_WATCH: ids.FIELD_PERSON,
    ids.FORM_TOGETHER: ids.FIELD_OTHER,
}


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
    issue = await tale.issue()
    assert (issue.state, issue.owner) == (State.ACKNOWLEDGED, tale.id("maya"))


@pytest.mark.parametrize("other", ["ISS-1", "ISS-99999999999999999999", "-2", "ISS-2; DROP", "\u202eISS-2"])
async def test_no_merge_comes_of_a_number_that_is_none(tale: Story, other: str) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    await tale.types("maya", "merge ISS-1")
    await tale.submits("maya", {"other": other, "how": "merge"})
    assert tale.errors("maya")
    assert (await tale.issue()).state is State.ACKNOWLEDGED


async def test_nobody_follows_who_is_nobody(tale: Story) -> None:
    await tale.raises("ann")
    assert "nobody" in (await tale.types("maya", "watch ISS-1 <@UNOBODY00>")).text
    assert (await tale.issue()).company.watchers == ()

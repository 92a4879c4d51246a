"""Spoilt payloads of notes, corrections, thanks, followers and merges: answered, and nothing wrong happens."""

from bot.domain.lifecycle import State
from tests.stories.spoilt import all_answered, broken_forms, submitted
from tests.story import Story, ids

FORMS = {
    ids.FORM_NOTE: ids.FIELD_TEXT,
    ids.FORM_EDIT: ids.FIELD_TITLE,
    ids.FORM_THANK: ids.FIELD_PERSON,
    ids.FORM_WATCH: ids.FIELD_PERSON,
    ids.FORM_TOGETHER: ids.FIELD_OTHER,
}


async def test_a_spoilt_form_is_answered(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    await tale.clicks("maya", ids.UPDATE, tale.card())
    await tale.submits("maya", {"text": "fine"})
    genuine = tale.sandbox.last_payload("maya")
    for callback, field in FORMS.items():
        await all_answered(tale, broken_forms(submitted(genuine, callback), field))
        issue = await tale.issue()
        assert (issue.state, issue.owner) == (State.ACKNOWLEDGED, tale.id("maya")), callback


async def test_no_merge_comes_of_a_number_that_is_none(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    await tale.types("maya", "merge ISS-1")
    for other in ("ISS-1", "ISS-99999999999999999999", "-2", "ISS-2; DROP", "\u202eISS-2"):
        await tale.submits("maya", {"other": other, "how": "merge"})
        assert tale.errors("maya"), other
    assert (await tale.issue()).state is State.ACKNOWLEDGED


async def test_nobody_follows_who_is_nobody(tale: Story) -> None:
    await tale.raises("ann")
    assert "nobody" in (await tale.types("maya", "watch ISS-1 <@UNOBODY00>")).text
    assert (await tale.issue()).company.watchers == ()

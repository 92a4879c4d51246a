"""Payloads that no client sends, on the buttons and forms of those an issue is for; and people pressing what is not
theirs."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.lifecycle import State
from tests.stories.caring import CARED
from tests.stories.spoilt import all_answered, broken_clicks, broken_forms, pressed
from tests.stories.test_requester_care import maya_has_it, solved_and_closed
from tests.story import Story, ids, story

BUTTONS = (
    ids.REPLY,
    ids.REPLY_WORDS,
    ids.TOLD,
    ids.WAIT,
    ids.RATES[0],
    ids.REMARK,
    ids.HELPED,
    ids.NOTHING_TO_ADD,
    ids.LASTED,
    ids.CAME_BACK,
)


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """News every hour, and what comes after closing."""
    async with story(database_url, CARED) as telling:
        yield telling


async def test_a_spoilt_click_is_answered_and_never_an_error(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.DETAILS)
    genuine = tale.sandbox.last_payload("maya")
    for action in BUTTONS:
        await all_answered(tale, broken_clicks(pressed(genuine, action)))
        issue = await tale.issue()
        assert (issue.state, issue.care.rated, issue.care.commented) == (State.OPEN, (), ()), action


async def test_a_spoilt_comment_is_answered_and_never_an_error(tale: Story) -> None:
    await maya_has_it(tale)
    await solved_and_closed(tale)
    await tale.clicks("maya", ids.HELPED)
    await tale.submits("maya", {"text": "fine"})
    await all_answered(tale, broken_forms(tale.sandbox.last_payload("maya"), "text"))


async def test_somebody_else_cannot_press_what_is_not_theirs(tale: Story) -> None:
    await maya_has_it(tale)
    await solved_and_closed(tale)
    before = await tale.issue()
    await tale.clicks("maya", ids.DETAILS)
    genuine = tale.sandbox.last_payload("maya")
    genuine["user"] |= {"id": tale.id("omar")}
    for action in (ids.RATES[0], ids.NOTHING_TO_ADD, ids.LASTED, ids.TOLD):
        await all_answered(tale, [pressed(genuine, action)])
        assert await tale.issue() == before, action


async def test_what_somebody_writes_is_never_formatting(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.clicks("rita", ids.REPLY)
    await tale.submits("rita", {"text": "<!channel> *now* <https://evil.example|click>"})
    assert "&lt;!channel&gt;" in tale.log()[-1]
    assert not any("<!channel>" in line for line in tale.log())
    await tale.sandbox.say("rita", tale.sandbox.dm("rita")[-1].channel, "``` <!here> " + "x" * 3000)
    await tale.settle()
    asks = [one for one in tale.sandbox.ephemerals("rita") if ids.REPLY_WORDS in one.actions]
    assert asks, "long words come along as far as a button takes them"
    await tale.sandbox.click("rita", asks[-1], ids.REPLY_WORDS)
    await tale.submits("rita")
    assert "<!here>" not in tale.log()[-1]

"""The main job: somebody raises, the first level answers, the requester is told each step and confirms."""

from bot.domain.lifecycle import State
from tests.story import Story, ids


async def test_an_issue_is_raised_taken_updated_resolved_and_confirmed(tale: Story) -> None:
    issue = await tale.raises("ann", requester=tale.id("rita"))
    assert issue.state is State.OPEN
    assert any("ISS-1" in text for text in tale.dm("rita"))
    assert any("needs your answer" in text for text in tale.dm("maya"))
    assert "Acknowledge" in tale.card().plain

    await tale.clicks("maya", ids.ACK)
    issue = await tale.issue()
    assert issue.owner == tale.id("maya")
    assert "has taken ISS-1" in tale.dm("rita")[-1]
    assert "You took ISS-1" in tale.dm("maya")[0]

    await tale.clicks("maya", ids.UPDATE, tale.card())
    await tale.submits("maya", {"text": "We called the first two."})
    assert "We called the first two." in tale.dm("rita")[-1]

    await tale.clicks("maya", ids.RESOLVE, tale.card())
    await tale.submits("maya", {"done": "All three were called back."})
    assert "All three were called back." in tale.dm("rita")[-1]

    await tale.clicks("rita", ids.CONFIRM)
    issue = await tale.issue()
    assert issue.state is State.CLOSED
    assert "Thank you. ISS-1 is closed." in tale.dm("rita")[-1]

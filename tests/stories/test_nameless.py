"""Without my name on the card: others read somebody, who raised it is known to the manager and the audit."""

import json
from typing import Any

from bot.domain.events import EventKind
from bot.domain.ids import IssueRef
from tests.stories.test_private import closes, in_channels, read_by, whole, with_button
from tests.story import Story, ids

NAMELESS: dict[str, Any] = {"nameless": ["yes"]}
"""The box in the form, ticked."""


async def test_without_a_name_the_card_names_somebody_and_managers_know_who(tale: Story) -> None:
    await tale.raises("ann", requester_name="", **NAMELESS, title="The manager shouts")
    await tale.clicks("maya", ids.ACK)
    await tale.types("ann", "priority ISS-1 high now")
    await tale.types("ann", "note ISS-1 It goes on.")
    ann = tale.id("ann")
    for who in ("dina", "rita"):
        await tale.clicks(who, ids.DETAILS, with_button(tale.card(), ids.DETAILS))
        assert (ann in whole(tale.sandbox.modal(who))) is (who == "dina"), who
        await closes(tale, who)
    await tale.types("ann", "solved ISS-1 They said sorry.")
    assert "Somebody says that it is solved." in tale.card().plain
    await tale.types("ann", "reopen ISS-1 They shout again.")
    await tale.types("maya", "ack ISS-1")
    await tale.types("maya", "resolve ISS-1 Talked to them.")
    for where, words in in_channels(tale):
        assert ann not in words, (where, words)
    for who in ("maya", "omar", "rita", "dina"):
        for _, words in read_by(tale, who):
            assert ann not in words, (who, words)
        for asked in ("show ISS-1", "why ISS-1"):
            answer = await tale.types(who, asked)
            seen = json.dumps([answer.text, answer.body], default=str)
            assert (ann in seen) is (who == "dina"), (who, asked)
    assert "Somebody raised ISS-1" in tale.log()[0]
    ref = IssueRef(tale.workspace, 1)
    stored = await tale.core.services.transactions.read(lambda store: store.timeline.of(ref))
    assert next(one.actor for one in stored if one.kind is EventKind.RAISED) == ann, "the audit knows"


async def test_merged_into_another_one_their_name_is_still_kept_back(tale: Story) -> None:
    await tale.raises("ann", requester_name="", **NAMELESS, title="The manager shouts")
    await tale.raises("rita", requester_name="", title="Shouting again")
    await tale.clicks("maya", ids.ACK)
    assert "goes on as ISS-2" in (await tale.types("maya", "merge ISS-1 into ISS-2")).text
    await tale.types("maya", "update ISS-2 We look into it.")
    await tale.clicks("ann", ids.REPLY)
    await tale.submits("ann", {"text": "It happened again."})
    await tale.types("maya", "resolve ISS-2 Talked to them.")
    await tale.types("ann", "reopen ISS-2 It goes on.")
    ann = tale.id("ann")
    for where, words in in_channels(tale):
        assert ann not in words, (where, words)
    for who in ("maya", "rita"):
        for _, words in read_by(tale, who):
            assert ann not in words, (who, words)
    assert "Somebody wrote" in " ".join(tale.log())
    assert "Somebody says that ISS-2 is not solved yet" in " ".join(tale.dm("rita"))

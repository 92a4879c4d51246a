"""Somebody went to a senior directly: the issue starts where it belongs all the same, and who wrote is told."""

from bot.adapters.slack import ids
from bot.domain.events import EventKind
from bot.domain.ids import IssueRef
from bot.sandbox.model import Message, View
from tests.story import FORM, Story


async def written(tale: Story, who: str, to: str, text: str) -> Message:
    """Somebody writes to a senior where both are."""
    await tale.sandbox.say(who, "#issues", f"@{to} {text}")
    return tale.sandbox.messages("#issues")[-1]


async def uses(tale: Story, who: str, message: Message) -> View | None:
    answer = await tale.sandbox.message_shortcut(who, "#issues", message.ts, ids.SHORTCUT_STRAIGHT_TO_ME)
    await tale.settle()
    assert answer.acked, answer.error
    return tale.sandbox.modal(who)


async def test_it_starts_at_the_first_level_for_its_sender_and_is_counted(tale: Story) -> None:
    message = await written(tale, "rita", "dina", "Nobody answers Acme, can you help?")
    form = await uses(tale, "dina", message)
    assert form is not None
    assert form.values()["requester"] == tale.id("rita")
    assert "Nobody answers Acme" in form.values()["happened"]
    await tale.submits("dina", {name: FORM[name] for name in ("type", "impact", "urgency")})
    issue = await tale.issue(1)
    assert (issue.requester, issue.raiser) == (tale.id("rita"), tale.id("dina"))
    assert issue.position.level == 1
    assert len(tale.dm("maya")) == 1, "the first level is asked, not the senior"
    ref = IssueRef(tale.workspace, 1)
    events = await tale.core.services.transactions.read(lambda store: store.timeline.of(ref))
    (straight,) = [one for one in events if one.kind is EventKind.WENT_STRAIGHT]
    assert straight.data["target"] == tale.id("dina")
    told = " ".join(tale.dm("rita"))
    assert "ISS-1" in told
    assert "Team lead answers by" in told, "the sender is told who answers"


async def test_one_of_ones_own_messages_went_to_nobody(tale: Story) -> None:
    message = await written(tale, "dina", "maya", "Please look at this")
    assert await uses(tale, "dina", message) is None
    assert "You wrote this message yourself" in tale.sandbox.ephemerals("dina")[-1].plain


async def test_nobody_can_be_told_of_what_no_person_wrote(tale: Story) -> None:
    await tale.raises("ann")
    assert await uses(tale, "dina", tale.card()) is None
    assert "No person wrote this message" in tale.sandbox.ephemerals("dina")[-1].plain

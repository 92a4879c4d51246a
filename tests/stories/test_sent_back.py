"""What is not an escalation: sent back kindly, appealed once; withdrawn or solved by those it is for; opened again."""

import pytest

from bot.domain.issue import Stage
from bot.domain.lifecycle import State
from bot.sandbox.model import Message
from tests.stories.ladders import ladder
from tests.story import Story, ids, story


def whispered(tale: Story, who: str) -> str:
    """What only this person was shown last."""
    return tale.sandbox.ephemerals(who)[-1].plain


def with_button(tale: Story, who: str, action: str) -> list[Message]:
    """Their messages that have this button now."""
    return [one for one in tale.sandbox.dm(who) if action in one.actions]


async def sends_back(tale: Story, who: str = "maya", reason: str = "first_try", note: str = "") -> None:
    """From the More form, or as here by the command, whose form is filled in."""
    await tale.types(who, "sendback ISS-1")
    await tale.submits(who, {"reason": reason, **({"note": note} if note else {})})


async def appeals(tale: Story, who: str = "rita", why: str = "It is about all customers.") -> None:
    """Press Appeal on the message that told it."""
    await tale.clicks(who, ids.APPEAL)
    await tale.submits(who, {"why": why})


async def rita_was_sent_back(tale: Story) -> None:
    """Ann raised it for her; Maya sent it back."""
    await tale.raises("ann", requester=tale.id("rita"))
    await sends_back(tale)
    assert (await tale.issue()).state is State.SENT_BACK


# --- sending back -----------------------------------------------------------------------------------------------------


async def test_it_is_sent_back_kindly_and_nobody_is_asked_any_more(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await sends_back(tale, reason="duplicate")
    assert "Please write which one" in tale.errors("maya")["note"]
    await tale.submits("maya", {"note": "ISS-7, from this morning."})
    assert (await tale.issue()).state is State.SENT_BACK
    for who in ("rita", "ann"):
        said = tale.dm(who)[-1]
        assert "looked at ISS-1 and sent it back. Somebody has the same question in work already." in said
        assert "ISS-7, from this morning." in said
        assert with_button(tale, who, ids.APPEAL), "with a way to appeal"
    everything = [*tale.dm("rita"), *tale.dm("ann"), *tale.log(), tale.card().plain]
    assert not [text for text in everything if "false" in text.lower()]
    assert "Sent back by" in tale.card().plain
    assert with_button(tale, "maya", ids.ACK) == [], "her ping is settled"
    asked = len(tale.dm("omar"))
    await tale.advance(days=2)
    assert len(tale.dm("omar")) == asked, "no timer runs any more"


async def test_in_words_a_reason_and_a_note_are_enough(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("maya", "sendback ISS-1 first-try Please restart it first.")
    assert (await tale.issue()).state is State.SENT_BACK
    assert "ISS-1 is sent back." in whispered(tale, "maya")


async def test_who_raised_it_cannot_send_it_back(tale: Story) -> None:
    await tale.raises("ann")
    await sends_back(tale, "ann")
    assert "may send it back" in str(tale.errors("ann"))
    assert (await tale.issue()).state is State.OPEN


# --- the appeal -------------------------------------------------------------------------------------------------------


async def test_an_appeal_is_upheld_and_it_is_asked_one_level_above(tale: Story) -> None:
    await rita_was_sent_back(tale)
    await appeals(tale)
    assert with_button(tale, "rita", ids.APPEAL) == []
    assert with_button(tale, "ann", ids.APPEAL) == [], "once, whoever of them it was"
    (question,) = with_button(tale, "dina", ids.UPHOLD)
    assert "It is about all customers." in question.plain
    await tale.clicks("dina", ids.UPHOLD, question)
    issue = await tale.issue()
    assert (issue.state, issue.opening, issue.position.level) == (State.OPEN, 2, 2)
    assert "needs your answer" in tale.dm("omar")[-1]
    assert "looked at ISS-1, and it is open again. Operations is asked now" in tale.dm("rita")[-1]
    assert "looked at ISS-1, and it is open again." in tale.dm("ann")[-1]
    assert "opened ISS-1 again." in tale.dm("maya")[-1]
    assert with_button(tale, "dina", ids.UPHOLD) == []
    assert with_button(tale, "maya", ids.ACK) == [], "her old ping stays settled"


async def test_an_appeal_that_nobody_answers_is_said_again_every_day_and_one_answer_settles_all(
    tale: Story,
) -> None:
    await rita_was_sent_back(tale)
    await appeals(tale)
    await tale.advance(days=1)
    await tale.advance(days=1)
    assert len(with_button(tale, "dina", ids.UPHOLD)) == 3
    assert "has been waiting since" in tale.dm("dina")[-1]
    await tale.clicks("dina", ids.UPHOLD, with_button(tale, "dina", ids.UPHOLD)[0])
    assert (await tale.issue()).state is State.OPEN
    assert with_button(tale, "dina", ids.UPHOLD) == []


async def test_it_stays_sent_back_with_a_reason_and_there_is_no_second_appeal(tale: Story) -> None:
    await rita_was_sent_back(tale)
    await appeals(tale)
    await tale.clicks("dina", ids.STAYS)
    await tale.submits("dina", {"why": " "})
    assert "Please say why it stays sent back" in tale.errors("dina")["why"]
    await tale.submits("dina", {"why": "The shop's form is quicker."})
    assert (await tale.issue()).state is State.SENT_BACK
    for who in ("rita", "ann"):
        assert "it stays sent back. Thank you for asking." in tale.dm(who)[-1]
        assert "The shop's form is quicker." in tale.dm(who)[-1]
    await tale.types("rita", "appeal ISS-1 But still.")
    assert "it stays sent back. If something is new, raise it again." in whispered(tale, "rita")


async def test_a_manager_who_sent_it_back_does_not_judge_that(database_url: str) -> None:
    async with story(database_url, ladder(["@maya"], ["@omar"], owner="@omar")) as tale:
        await tale.raises("ann")
        await sends_back(tale, "dina")
        await appeals(tale, "ann")
        assert with_button(tale, "dina", ids.UPHOLD) == [], "somebody else is asked: the owner of the path"
        (question,) = with_button(tale, "omar", ids.UPHOLD)
        await tale.clicks("omar", ids.UPHOLD, question)
        assert (await tale.issue()).position.level == 2


async def test_nobody_judges_their_own_appeal(database_url: str) -> None:
    async with story(database_url, ladder(["@maya"], ["@omar"], owner="@omar")) as tale:
        await tale.raises("dina")
        await sends_back(tale)
        await appeals(tale, "dina")
        assert with_button(tale, "dina", ids.UPHOLD) == []
        assert with_button(tale, "omar", ids.UPHOLD)


async def test_when_manager_and_path_owner_are_both_in_it_the_catch_all_is_asked(database_url: str) -> None:
    async with story(database_url, ladder(["@maya"], ["@omar"], owner="@dina")) as tale:
        await tale.raises("ann")
        await sends_back(tale, "dina")
        await appeals(tale, "ann")
        (question,) = [one for one in tale.sandbox.messages("#escalations") if ids.UPHOLD in one.actions]
        await tale.clicks("dina", ids.UPHOLD, question)
        assert (await tale.issue()).state is State.SENT_BACK
        assert "You sent it back yourself, so somebody else decides." in whispered(tale, "dina")


# --- withdrawn, or solved ---------------------------------------------------------------------------------------------


async def ends(tale: Story, who: str, how: str, note: str = "") -> None:
    """One form with both ways to end it."""
    await tale.types(who, "withdraw ISS-1")
    await tale.submits(who, {"how": how, **({"note": note} if note else {})})


async def test_the_requester_withdraws_it_and_everybody_asked_knows(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    quiet = len(tale.dm("rita"))
    await ends(tale, "rita", "withdrawn", "It came by itself.")
    assert (await tale.issue()).state is State.WITHDRAWN
    assert len(tale.dm("rita")) == quiet + 1, "told once"
    assert "withdrew ISS-1. Nothing to do any more. Thank you." in tale.dm("maya")[-1]
    assert with_button(tale, "maya", ids.ACK) == []
    assert "withdrew ISS-1." in tale.dm("ann")[-1]
    assert any("withdrew it: It came by itself." in line for line in tale.log())
    assert "Withdrawn" in tale.card().plain
    asked = len(tale.dm("omar"))
    await tale.advance(days=1)
    assert len(tale.dm("omar")) == asked


async def test_it_is_solved_and_closed_at_once_without_a_question(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.clicks("maya", ids.ACK)
    await ends(tale, "rita", "solved", "A restart.")
    issue = await tale.issue()
    assert (issue.state, issue.resolution) == (State.CLOSED, "A restart.")
    assert with_button(tale, "rita", ids.CONFIRM) == []
    assert any("says that ISS-1 is solved. Nothing to do any more." in text for text in tale.dm("maya"))
    assert any("says it is solved, so it is closed: A restart." in line for line in tale.log())


async def test_in_words_too(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("ann", "solved ISS-1 It was the cable.")
    assert (await tale.issue()).state is State.CLOSED
    await tale.raises("ann")
    await tale.types("ann", "withdraw ISS-2 A mistake.")
    assert (await tale.issue(2)).state is State.WITHDRAWN


@pytest.mark.parametrize("who", ["maya", "dina"])
async def test_nobody_else_ends_it_for_them(tale: Story, who: str) -> None:
    await tale.raises("ann")
    await ends(tale, who, "withdrawn")
    assert "may withdraw it" in str(tale.errors(who))
    assert (await tale.issue()).state is State.OPEN


# --- it goes on after all ---------------------------------------------------------------------------------------------


async def test_what_was_withdrawn_goes_on_where_it_was(tale: Story) -> None:
    await tale.raises("ann")
    await tale.advance(minutes=15)
    assert (await tale.issue()).position.level == 2
    await ends(tale, "ann", "withdrawn")
    await tale.advance(hours=2)
    await tale.clicks("ann", ids.OPEN_AGAIN)
    await tale.submits("ann", {"why": "It is back."})
    issue = await tale.issue()
    assert (issue.state, issue.opening, issue.position.level) == (State.OPEN, 2, 2)
    assert "needs your answer" in tale.dm("omar")[-1]
    assert with_button(tale, "ann", ids.OPEN_AGAIN) == []
    assert any("opened it again: It is back." in line for line in tale.log())


async def test_who_had_it_is_asked_first(tale: Story) -> None:
    await tale.raises("ann")
    await tale.clicks("maya", ids.ACK)
    await ends(tale, "ann", "withdrawn")
    await tale.types("maya", "reopen ISS-1 It is not over.")
    issue = await tale.issue()
    assert (issue.state, issue.position.stage) == (State.OPEN, Stage.OWNER)
    assert "needs your answer" in tale.dm("maya")[-1]


async def test_after_fourteen_days_it_is_a_new_issue_linked_to_it(tale: Story) -> None:
    await tale.raises("ann")
    await ends(tale, "ann", "withdrawn")
    await tale.advance(days=14, seconds=1)
    await tale.clicks("ann", ids.OPEN_AGAIN)
    await tale.submits("ann", {"why": "It is back."})
    assert "ended more than 14 days ago, so it is not opened again." in tale.notice("ann")
    await tale.submits("ann", {"why": "It is back after weeks."})
    assert "ISS-2 is raised." in tale.notice("ann")
    old, new = await tale.issue(1), await tale.issue(2)
    assert (old.state, old.company.links) == (State.WITHDRAWN, (2,))
    assert (new.state, new.company.links) == (State.OPEN, (1,))
    assert new.facts.happened.startswith("It is back after weeks.")
    assert "needs your answer" in tale.dm("maya")[-1]


async def test_the_same_in_words(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("ann", "solved ISS-1 The cable.")
    await tale.advance(days=15)
    await tale.types("ann", "reopen ISS-1 The cable again.")
    await tale.submits("ann")
    assert (await tale.issue(2)).company.links == (1,)

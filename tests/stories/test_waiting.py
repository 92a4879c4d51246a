"""Who has it waits for somebody or something: the clocks stand still, all know why, and nothing waits for ever."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.lifecycle import State
from bot.domain.targets import resolve_by
from bot.sandbox.faults import Fault
from bot.sandbox.model import Message
from bot.sandbox.readable import interactive
from tests.reliability.watch import strange_calls
from tests.stories.promises import CRITICAL, HEAD, HIGH, LEVELS
from tests.story import Story, ids, story

WAITS = HEAD.replace("nag_every: 10m", "nag_every: 10m\n  wait_reasons: [A supplier]") + LEVELS.replace(
    "close_after: 2d", "close_after: 2d\n    wait_at_most: 3h"
)
NEEDED = "Which of your shops is it?"


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """Nothing waits longer than three hours of its calendar; beside the requester a supplier may be waited for."""
    async with story(database_url, WAITS) as telling:
        yield telling
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []


async def maya_has_it(tale: Story, **answers: str) -> None:
    """Ann raised it for Rita."""
    await tale.raises("ann", **{**CRITICAL, "requester": tale.id("rita"), **answers})
    await tale.clicks("maya", ids.ACK)


async def opens_the_form(tale: Story, who: str, where: Message | None = None) -> None:
    """From the three dots of the card."""
    message = where or tale.card()
    (dots,) = [one for _, one in interactive(message.blocks) if one["action_id"] == ids.MORE]
    (value,) = [one["value"] for one in dots["options"] if one["value"].startswith("wait|")]
    await tale.sandbox.click(who, message, ids.MORE, value)
    await tale.settle()


async def waits(tale: Story, who: str = "maya", **typed: str) -> None:
    """For the requester, unless something else is chosen."""
    await opens_the_form(tale, who)
    await tale.submits(who, {"note": NEEDED, **typed})
    assert tale.sandbox.modal(who) is None, tale.errors(who)


def last_with(tale: Story, who: str, action: str) -> Message | None:
    """The newest message to somebody that has this button."""
    found = [one for one in tale.sandbox.dm(who) if action in one.actions]
    return found[-1] if found else None


def whispered(tale: Story, who: str) -> str:
    """What only this person was shown last."""
    return tale.sandbox.ephemerals(who)[-1].plain


async def test_the_deadline_moves_by_the_time_it_waited_and_everybody_knows_why(tale: Story) -> None:
    await maya_has_it(tale)
    before = resolve_by(await tale.issue())
    assert before is not None
    await tale.advance(minutes=30)
    await waits(tale)

    maya = f"<@{tale.id('maya')}>"
    assert f"{maya} needs something from you for ISS-1. Please press Answer" in tale.dm("rita")[-1]
    assert NEEDED in tale.dm("rita")[-1]
    assert "Waiting for the requester since" in tale.card().plain
    assert "stands still since" in tale.card().plain
    assert f"{maya} lets it wait for the requester" in tale.log()[-1]
    assert ids.GO_ON in tale.card().actions
    assert ids.GO_ON in tale.newest_with("maya", ids.RESOLVE).actions, "her ping is drawn anew"
    await tale.types("ann", "list")
    assert "Waiting" in whispered(tale, "ann")

    await tale.advance(minutes=50)
    await tale.types("ann", "why ISS-1")
    assert ": waiting for the requester, by" in whispered(tale, "ann")
    assert "it has waited as long as it may and goes on" in whispered(tale, "ann")
    await tale.clicks("maya", ids.GO_ON, tale.card())
    issue = await tale.issue()
    assert (resolve_by(issue) or before) - before == tale.now() - issue.clocks.pauses[0].start
    assert f"{maya} let it go on." in tale.log()[-1]
    assert "ISS-1 does not wait any longer" in tale.dm("rita")[-1]
    assert ids.GO_ON not in tale.card().actions
    assert last_with(tale, "rita", ids.ANSWER) is None, "nothing to answer any more"
    await tale.advance(minutes=89)
    assert (await tale.issue()).clocks.late_since is None
    await tale.advance(minutes=1)
    assert (await tale.issue()).clocks.late_since == tale.now()


async def test_the_requester_answers_and_it_goes_on(tale: Story) -> None:
    await maya_has_it(tale)
    await waits(tale)
    await tale.restart()
    await tale.advance(minutes=20)
    await tale.types("omar", "answer ISS-1")
    assert NEEDED not in tale.notice("omar"), "it was not asked of him"
    await tale.clicks("rita", ids.ANSWER)
    assert NEEDED in tale.notice("rita"), "the form repeats the question"
    await tale.submits("rita", {"text": " "})
    assert tale.errors("rita") == {"text": "Please write your answer."}
    await tale.submits("rita", {"text": "The one in York & Leeds."})
    issue = await tale.issue()
    assert (issue.waiting, issue.state) == (None, State.ACKNOWLEDGED)
    rita = f"<@{tale.id('rita')}>"
    answered, on = tale.log()[-2:]
    assert f"{rita} answered: The one in York &amp; Leeds." in answered
    assert "It goes on." in on
    assert f"{rita} answered you about ISS-1. It goes on" in tale.dm("maya")[-1]
    assert "York & Leeds" in tale.dm("maya")[-1]
    assert "reads what you wrote about ISS-1" in tale.dm("rita")[-1]
    assert last_with(tale, "rita", ids.ANSWER) is None
    quiet = len(tale.dm("rita"))
    await tale.advance(minutes=60)
    assert len(tale.dm("rita")) == quiet, "the reminders are void"


async def test_an_answer_that_comes_after_it_went_on_is_told_all_the_same(tale: Story) -> None:
    await maya_has_it(tale)
    await waits(tale)
    await tale.clicks("rita", ids.ANSWER)
    await tale.clicks("maya", ids.GO_ON, tale.card())
    await tale.submits("rita", {"text": "York."})
    assert "York." in tale.dm("maya")[-1]
    assert len((await tale.issue()).clocks.pauses) == 1


async def test_nothing_waits_longer_than_its_path_lets_it(tale: Story) -> None:
    await maya_has_it(tale)
    await waits(tale)
    asked = len(tale.dm("rita"))
    await tale.advance(minutes=59)
    assert len(tale.dm("rita")) == asked
    await tale.advance(minutes=1)
    assert "Reminder:" in tale.dm("rita")[-1]
    assert NEEDED in tale.dm("rita")[-1]
    await tale.restart()
    await tale.advance(minutes=60)
    assert sum("Reminder:" in text for text in tale.dm("rita")) == 2
    assert (await tale.issue()).waiting is not None
    await tale.advance(minutes=60)
    issue = await tale.issue()
    assert issue.waiting is None
    assert issue.clocks.pauses[0].end == tale.now()
    assert "has waited for the requester since" in tale.dm("maya")[-1]
    assert "has waited for the requester since" in tale.dm("dina")[-1]
    assert "as long as it may" in tale.log()[-1]
    assert last_with(tale, "rita", ids.ANSWER) is None
    await tale.advance(minutes=120)
    assert (await tale.issue()).clocks.late_since == tale.now(), "two hours, and those it waited"


async def test_over_a_night_only_the_hours_of_its_calendar_count(tale: Story) -> None:
    await tale.advance(hours=4)
    await maya_has_it(tale, **HIGH)
    assert f"{tale.now():%a %H:%M}" == "Mon 16:00"
    await waits(tale, reason="A supplier", note="")
    assert "ISS-1 waits for A supplier." in tale.dm("rita")[-1]
    assert last_with(tale, "rita", ids.ANSWER) is None
    await tale.advance(hours=17, minutes=59)
    assert (await tale.issue()).care.wait_reminders == 1
    assert "still waits for A supplier" in tale.dm("maya")[-1]
    await tale.advance(minutes=1)
    assert f"{tale.now():%a %H:%M}" == "Tue 10:00"
    assert (await tale.issue()).care.wait_reminders == 2
    await tale.advance(minutes=60)
    assert (await tale.issue()).waiting is None


async def test_what_nobody_has_cannot_wait(tale: Story) -> None:
    await tale.raises("ann", **CRITICAL)
    await opens_the_form(tale, "maya")
    assert whispered(tale, "maya").startswith("Nobody has ISS-1 yet, so it cannot wait.")
    await tale.types("maya", "wait ISS-1")
    assert whispered(tale, "maya").startswith("Nobody has ISS-1 yet, so it cannot wait.")
    await tale.types("maya", "continue ISS-1")
    assert whispered(tale, "maya") == "ISS-1 is open, so there is nothing to go on with."
    await tale.types("maya", "wait")
    assert whispered(tale, "maya").startswith("Which issue? For example /issue wait ISS-1 ")


async def test_the_form_says_what_is_missing_and_who_may(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.types("ann", "wait ISS-1")
    await tale.submits("ann", {"note": NEEDED})
    assert "may let it wait or go on" in str(tale.errors("ann"))
    await tale.types("maya", "wait ISS-1")
    await tale.submits("maya")
    assert tale.errors("maya") == {"note": "Please write what you need, so that the requester can answer."}
    await tale.submits("maya", {"note": NEEDED})
    await tale.types("maya", "wait ISS-1")
    assert "ISS-1 waits already" in whispered(tale, "maya")
    await tale.types("maya", "continue ISS-1")
    assert "ISS-1 goes on, and its time runs again." in whispered(tale, "maya")
    await tale.types("maya", "continue ISS-1")
    assert whispered(tale, "maya") == "ISS-1 does not wait, so it goes on anyway. Nothing to do."


async def test_the_same_submission_twice_is_one_waiting(tale: Story) -> None:
    await maya_has_it(tale)
    await opens_the_form(tale, "maya")
    tale.sandbox.faults.add("socket", Fault.duplicate_envelope())
    assert (await tale.submits("maya", {"note": NEEDED})).ok
    payload = tale.sandbox.last_payload("maya")
    assert (await tale.sandbox.replay(payload)).ok
    await tale.settle()
    assert len((await tale.issue()).clocks.pauses) == 1
    assert sum("needs something from you" in text for text in tale.dm("rita")) == 1


async def test_help_is_asked_for_and_it_does_not_wait_any_more(tale: Story) -> None:
    await maya_has_it(tale)
    await waits(tale)
    await tale.advance(minutes=10)
    await tale.clicks("maya", ids.ESCALATE, tale.card())
    await tale.submits("maya", {"reason": "They do not answer."})
    issue = await tale.issue()
    assert (issue.waiting, issue.position.level) == (None, 2)
    assert [line for line in tale.log() if "It does not wait any longer: the next level is asked." in line]


async def test_a_ping_still_out_keeps_its_remaining_time(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.clicks("maya", ids.ESCALATE, tale.card())
    await tale.submits("maya", {"reason": "I need help."})
    ends_at = (await tale.issue()).position.ends_at
    assert ends_at is not None
    await tale.advance(minutes=1)
    await waits(tale)
    assert "what is left of your time to answer counts when it goes on" in tale.dm("omar")[-1]
    asked = len(tale.dm("omar"))
    await tale.advance(minutes=90)
    issue = await tale.issue()
    assert (issue.position.level, len(tale.dm("omar"))) == (2, asked), "nobody climbs, nobody is reminded"
    await tale.types("rita", "answer ISS-1 The one in York.")
    assert (await tale.issue()).position.ends_at == ends_at + timedelta(minutes=90)
    assert "needs your answer by" in tale.newest_with("omar", ids.ACK).plain


async def test_it_is_resolved_while_it_waits(tale: Story) -> None:
    await maya_has_it(tale)
    await waits(tale)
    await tale.advance(minutes=30)
    await tale.clicks("maya", ids.RESOLVE, tale.card())
    await tale.submits("maya", {"done": "Found it without you."})
    issue = await tale.issue()
    assert [(one.reason, one.end) for one in issue.clocks.pauses] == [
        ("requester", tale.now()),
        ("resolved", None),
    ]
    assert last_with(tale, "rita", ids.ANSWER) is None
    await tale.advance(hours=5)
    assert not [text for text in tale.dm("rita") if "Reminder:" in text]


async def test_in_words_it_waits_at_once_when_the_reason_is_named(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.types("maya", f"wait ISS-1 {NEEDED}")
    modal = tale.sandbox.modal("maya")
    assert modal is not None
    assert modal.values()["note"] == NEEDED, "nothing typed is lost"
    await tale.types("maya", f"wait ISS-1 the requester: {NEEDED}")
    assert NEEDED in tale.dm("rita")[-1]
    waiting = (await tale.issue()).waiting
    assert waiting is not None
    assert waiting.reason == "requester"

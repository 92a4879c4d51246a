"""Who has it can't go on, hands it over, or is not there any more: somebody else is asked, and everybody knows."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.lifecycle import State
from bot.sandbox.model import Message
from bot.sandbox.readable import interactive
from tests.reliability.watch import strange_calls
from tests.stories.duty import ROTA, Duty
from tests.stories.ladders import ladder
from tests.stories.promises import readable
from tests.stories.spoilt import all_answered, broken_forms
from tests.story import Story, ids, story

TWO = ladder(["@maya", "@omar"], ["group:ops-managers"], within="15m")


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """Maya and Omar are asked first, then the operations managers."""
    async with story(database_url, TWO) as telling:
        yield telling
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []


@pytest.fixture
async def duty(database_url: str) -> AsyncIterator[Duty]:
    """Maya is on call this week, Omar the next; Dina always."""
    async with story(database_url, ROTA) as telling:
        yield Duty(telling)
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []


async def maya_has_it(tale: Story) -> None:
    """Ann raised it for Rita."""
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.clicks("maya", ids.ACK)


async def chooses(tale: Story, who: str, word: str) -> None:
    """From the three dots of the card."""
    (dots,) = [one for _, one in interactive(tale.card().blocks) if one["action_id"] == ids.MORE]
    (value,) = [one["value"] for one in dots["options"] if one["value"].startswith(f"{word}|")]
    await tale.sandbox.click(who, tale.card(), ids.MORE, value)
    await tale.settle()


def last_with(tale: Story, who: str, action: str) -> Message | None:
    """The newest message to somebody that has this button."""
    found = [one for one in tale.sandbox.dm(who) if action in one.actions]
    return found[-1] if found else None


def mention(tale: Story, who: str) -> str:
    """How somebody is named in a message."""
    return f"<@{tale.id(who)}>"


# --- give back --------------------------------------------------------------------------------------------------------


async def test_who_cannot_go_on_gives_it_back_and_somebody_else_of_the_level_is_asked(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.advance(minutes=30)
    ping = tale.newest_with("maya", ids.RESOLVE)
    asked_before = len(tale.dm("omar"))
    answer = await tale.types("maya", "giveback ISS-1 Called to another incident")
    assert "You don't have ISS-1 any more." in answer.text
    issue = await tale.issue()
    assert (issue.state, issue.owner, issue.position.level) == (State.OPEN, None, 1)
    assert f"{mention(tale, 'maya')} gave it back: Called to another incident" in "\n".join(tale.log())
    news = readable(tale.dm("rita")[-1])
    assert "can't go on with ISS-1; somebody else is being asked, by 12:45 UTC." in news
    assert "another incident" not in news, "nobody is blamed"
    assert len(tale.dm("omar")) == asked_before + 1
    now = next(one for one in tale.sandbox.dm("maya") if one.ts == ping.ts)
    assert ids.RESOLVE not in now.actions
    await tale.clicks("omar", ids.ACK)
    assert (await tale.issue()).owner == tale.id("omar")


async def test_the_form_asks_why_and_the_reason_may_be_left_out(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.types("maya", "more ISS-1")
    modal = tale.sandbox.modal("maya")
    assert modal is not None
    assert "Give back" in modal.plain
    assert "Snooze" in modal.plain
    await tale.sandbox.click("maya", modal, ids.MORE_VERB, "giveback|v1|1|1|0|0")
    await tale.settle()
    await tale.submits("maya")
    assert (await tale.issue()).state is State.OPEN
    assert tale.log()[-3:][0].endswith("gave it back.") or any("gave it back." in one for one in tale.log())


async def test_only_who_has_it_gives_it_back(tale: Story) -> None:
    await tale.raises("ann")
    assert "so there is nothing to give back" in (await tale.types("maya", "giveback ISS-1")).text
    await tale.clicks("maya", ids.ACK)
    assert "Only the owner may give it back." in (await tale.types("omar", "giveback ISS-1")).text


# --- hand over --------------------------------------------------------------------------------------------------------


async def test_whoever_is_named_is_asked_and_the_owner_keeps_it_until_they_take_it(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.types("maya", f"assign ISS-1 <@{tale.id('dina')}|dina> knows the customer")
    issue = await tale.issue()
    assert (issue.state, issue.owner) == (State.ACKNOWLEDGED, tale.id("maya"))
    ping = readable(tale.dm("dina")[-1])
    assert f"{mention(tale, 'maya')} asks you to take ISS-1 over from them." in ping
    assert "Why: knows the customer" in ping
    assert "Please answer by 12:15 UTC." in ping
    assert "will you take it over?" in tale.card().plain
    await tale.restart()
    await tale.clicks("dina", ids.ACK)
    assert (await tale.issue()).owner == tale.id("dina")
    assert "has taken ISS-1 over from you" in tale.dm("maya")[-1]
    assert f"{mention(tale, 'dina')} has taken ISS-1." in tale.dm("rita")[-1]


async def test_if_nobody_takes_it_owner_and_who_asked_are_told_and_it_stays(tale: Story) -> None:
    await maya_has_it(tale)
    await tale.types("omar", f"assign ISS-1 <@{tale.id('dina')}|dina>")
    assert "You have it until somebody takes it." in tale.dm("maya")[-1]
    await tale.clicks("dina", ids.DECLINE)
    await tale.submits("dina", {"reason": "On leave."})
    issue = await tale.issue()
    assert (issue.owner, issue.asking) == (tale.id("maya"), False)
    assert "Nobody took ISS-1 over, so you still have it." in tale.dm("maya")[-1]
    assert "Nobody of those you named took ISS-1." in tale.dm("omar")[-1]
    await tale.clicks("maya", ids.HAND_OVER)
    await tale.submits("maya", {"who": tale.id("omar"), "reason": "Then you, please."})
    await tale.clicks("omar", ids.ACK)
    assert (await tale.issue()).owner == tale.id("omar")
    assert last_with(tale, "maya", ids.HAND_OVER) is None, "the question is settled"


async def test_on_an_open_issue_the_named_person_is_asked_in_addition(tale: Story) -> None:
    await tale.raises("ann")
    await tale.advance(minutes=10)
    await tale.types("maya", "assign ISS-1 @dina")
    assert "needs your answer" not in tale.dm("dina")[-1]
    assert "asks you to take ISS-1." in readable(tale.dm("dina")[-1])
    assert f"{(await tale.issue()).position.ends_at:%H:%M:%S}" == "12:17:30"
    await tale.advance(minutes=8)
    assert (await tale.issue()).position.level == 2, "the ladder goes on"


async def test_the_form_says_at_the_field_who_cannot_be_named(tale: Story) -> None:
    await maya_has_it(tale)
    await chooses(tale, "maya", "assign")
    await tale.submits("maya")
    assert "Please name one" in tale.errors("maya")["who"]
    for typed, said in (
        ("#care", "#care is not a channel of the matrix."),
        ("oncall:nobody", "There is no schedule nobody any more."),
        ("somebody nice", "Please name one"),
    ):
        await tale.submits("maya", {"to": typed})
        assert said in tale.errors("maya")["to"]
    await tale.submits("maya", {"who": tale.id("omar"), "to": "group:ops-managers"})
    assert "not both" in tale.errors("maya")["to"]
    await tale.submits("maya", {"who": tale.id("ann"), "to": ""})
    assert "raised it, so somebody else answers it." in tale.errors("maya")["who"]
    await tale.submits("maya", {"who": tale.id("omar")})
    assert tale.sandbox.modal("maya") is None
    assert (await tale.issue()).asking


@pytest.mark.parametrize("words", ["to @omar", "group:ops-managers please", "omar", "next"])
async def test_who_is_named_in_words(tale: Story, words: str) -> None:
    await maya_has_it(tale)
    answer = await tale.types("maya", f"assign ISS-1 {words}")
    if words in ("omar", "next"):
        assert "Please name one: a person" in answer.text
        return
    assert "is asked now" in answer.text
    assert (await tale.issue()).asking


SPOILT = {"giveback": "reason", "assign": "to", "snooze": "at"}


@pytest.mark.parametrize("word", SPOILT)
async def test_spoilt_forms_are_answered(tale: Story, word: str) -> None:
    await maya_has_it(tale)
    await tale.types("maya", "more ISS-1")
    if word == "assign":
        await tale.types("maya", "assign ISS-1")
    else:
        modal = tale.sandbox.modal("maya")
        assert modal is not None
        await tale.sandbox.click("maya", modal, ids.MORE_VERB, f"{word}|v1|1|1|0|0")
    await tale.settle()
    await tale.submits("maya", {SPOILT[word]: "group:nobody"})
    genuine = tale.sandbox.last_payload("maya")
    await all_answered(tale, broken_forms(genuine, SPOILT[word]))
    assert (await tale.issue()).owner == (None if word == "giveback" else tale.id("maya"))

"""At the end of a shift, and when who has it is not there any more: whoever follows is asked."""

import copy
from collections.abc import AsyncIterator

import pytest

from bot.domain.lifecycle import State
from bot.sandbox.model import Message
from bot.sandbox.readable import interactive
from bot.usecases.watch_owners import watch_owners
from tests.reliability.watch import strange_calls
from tests.stories.duty import HANDOVER, ROTA, Duty
from tests.stories.ladders import ladder
from tests.stories.promises import readable
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


def last_with(tale: Story, who: str, action: str) -> Message | None:
    """The newest message to somebody that has this button."""
    found = [one for one in tale.sandbox.dm(who) if action in one.actions]
    return found[-1] if found else None


def mention(tale: Story, who: str) -> str:
    """How somebody is named in a message."""
    return f"<@{tale.id(who)}>"


# --- at the end of a shift --------------------------------------------------------------------------------------------


async def test_at_shift_end_the_owner_is_asked_to_hand_over_and_does_in_one_press(duty: Duty) -> None:
    tale = duty.tale
    await maya_has_it(tale)
    await duty.until(HANDOVER)
    question = tale.newest_with("maya", ids.HAND_TO)
    assert "ISS-1 is still with you" in question.plain
    (label,) = [
        one["text"]["text"] for _, one in interactive(question.blocks) if one["action_id"] == ids.HAND_TO
    ]
    assert label == "Hand over to omar"
    await tale.clicks("maya", ids.HAND_TO)
    assert "Why: My shift is over." in tale.dm("omar")[-1]
    assert (await tale.issue()).owner == tale.id("maya")
    await tale.clicks("omar", ids.ACK)
    assert (await tale.issue()).owner == tale.id("omar")
    now = next(one for one in tale.sandbox.dm("maya") if one.ts == question.ts)
    assert f"{mention(tale, 'omar')} has it now. Nothing to do." in now.plain
    assert ids.HAND_TO not in now.actions


async def test_the_form_of_a_hand_over_has_who_follows_chosen(duty: Duty) -> None:
    tale = duty.tale
    await maya_has_it(tale)
    await duty.until(HANDOVER)
    await tale.clicks("maya", ids.HAND_OVER)
    await tale.submits("maya")
    assert "asks you to take ISS-1 over" in tale.dm("omar")[-1]


async def test_who_has_nothing_is_asked_nothing_at_shift_end(duty: Duty) -> None:
    await duty.tale.raises("ann")
    await duty.until(HANDOVER)
    assert last_with(duty.tale, "maya", ids.HAND_TO) is None


# --- owner gone -------------------------------------------------------------------------------------------------------


async def looks(tale: Story) -> int:
    """The minute at which the process looks after owners."""
    found = await watch_owners(tale.core.services, tale.workspace)
    await tale.settle()
    return found


async def test_who_goes_on_leave_is_followed_by_who_is_on_call(duty: Duty) -> None:
    tale = duty.tale
    await maya_has_it(tale)
    await tale.advance(minutes=30)
    assert await looks(tale) == 0
    await duty.types("maya", "away 2d")
    assert await looks(tale) == 1
    issue = await tale.issue()
    assert (issue.state, issue.owner) == (State.OPEN, None)
    assert "you follow on call" in tale.dm("omar")[-1]
    assert "who had ISS-1, is away" in tale.dm("dina")[-1]
    news = readable(tale.dm("rita")[-1])
    assert "is not available for ISS-1 any more; somebody else is being asked, by 12:45 UTC." in news
    assert any("You are away, so ISS-1 is not with you any more" in one for one in tale.dm("maya"))
    assert await looks(tale) == 0, "said once"
    await tale.clicks("omar", ids.ACK)
    assert (await tale.issue()).owner == tale.id("omar")


async def test_who_works_on_it_all_the_same_keeps_it(duty: Duty) -> None:
    tale = duty.tale
    await maya_has_it(tale)
    await duty.types("maya", "away 2d")
    await tale.advance(minutes=1)
    await tale.types("maya", "update ISS-1 I still finish this one.")
    assert await looks(tale) == 0
    assert (await tale.issue()).owner == tale.id("maya")


async def test_who_left_slack_is_followed_at_once_then_by_the_level(duty: Duty) -> None:
    tale = duty.tale
    await maya_has_it(tale)
    tale.sandbox.deactivate("maya")
    await tale.settle()
    await tale.advance(minutes=6)
    assert await looks(tale) == 1
    assert "who had ISS-1, has left Slack" in tale.dm("dina")[-1]
    assert "you follow on call" in tale.dm("omar")[-1]
    await tale.advance(minutes=15)
    issue = await tale.issue()
    assert (issue.state, issue.position.stage.value) == (State.OPEN, "level"), "then the level's contacts"


# --- nothing wrong happens with spoilt payloads -----------------------------------------------------------------------


async def test_spoilt_buttons_and_forms_are_answered(duty: Duty) -> None:
    tale = duty.tale
    await maya_has_it(tale)
    await duty.until(HANDOVER)
    await tale.clicks("maya", ids.HAND_TO)
    genuine = copy.deepcopy(tale.sandbox.last_payload("maya"))
    values = [
        "",
        ":",
        "U1:",
        ":v1|1|1|1|0",
        "U1:v1|1",
        "<@U1>:v1|1|1|1|0",
        "U" * 900 + ":v1|1|1|1|0",
        "\x00",
        "v1|77|1|1|0",
    ]
    for number, value in enumerate(values):
        for action in (ids.HAND_TO, ids.HAND_OVER, ids.KEEP, ids.KEEP_TOP, ids.GIVE_BACK):
            payload = copy.deepcopy(genuine)
            stamp = f"1999999999.{number:03d}{len(action):03d}"
            payload["actions"][0] |= {"action_id": action, "value": value, "action_ts": stamp}
            answer = await tale.sandbox.raw_action(payload)
            assert answer.acked, (action, value)
            assert answer.error is None, (answer.error, action, value)
    await tale.settle()
    assert (await tale.issue()).owner == tale.id("maya")

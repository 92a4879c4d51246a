"""At the end of a shift, and when who has it is not there any more: whoever follows is asked."""

import copy
from collections.abc import AsyncIterator
from datetime import timedelta

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
    assert label == "Hand over to Omar Haddad"
    await tale.clicks("maya", ids.HAND_TO)
    assert "Why: My shift is over." in tale.dm("omar")[-1]
    assert (await tale.issue()).owner == tale.id("maya")
    asked = next(one for one in tale.sandbox.dm("maya") if one.ts == question.ts)
    assert f"{mention(tale, 'omar')} has been asked to take it over since" in asked.plain
    assert asked.actions == []
    await tale.clicks("omar", ids.ACK)
    assert (await tale.issue()).owner == tale.id("omar")
    now = next(one for one in tale.sandbox.dm("maya") if one.ts == question.ts)
    assert f"{mention(tale, 'omar')} has it now. Nothing to do." in now.plain
    assert ids.HAND_TO not in now.actions


async def test_the_form_to_hand_it_to_somebody_else_leaves_the_choice_to_them(duty: Duty) -> None:
    tale = duty.tale
    await maya_has_it(tale)
    await duty.until(HANDOVER)
    await tale.clicks("maya", ids.HAND_OVER)
    form = tale.sandbox.modal("maya")
    assert form is not None
    assert (form.title_text, form.values().get("who")) == ("Hand over ISS-1", None)
    await tale.submits("maya", {"who": tale.id("dina")})
    assert "asks you to take ISS-1 over" in tale.dm("dina")[-1]


async def test_who_has_nothing_is_asked_nothing_at_shift_end(duty: Duty) -> None:
    await duty.until(HANDOVER - timedelta(minutes=10))
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
    assert (issue.state, issue.owner) == (State.ACKNOWLEDGED, tale.id("maya")), (
        "on record until somebody has it"
    )
    assert "is away, and you are asked to take it over" in tale.dm("omar")[-1]
    assert "who has ISS-1, is away" in tale.dm("dina")[-1]
    news = readable(tale.dm("rita")[-1])
    assert "is not available for ISS-1 any more; somebody else is being asked, by 12:45 UTC." in news
    assert "You are away, so somebody else is asked to take ISS-1 over." in tale.dm("maya")[-1]
    assert await looks(tale) == 0, "said once"
    hands_over = (
        f"{mention(tale, 'maya')} is away; {mention(tale, 'omar')} is asked to take over until 12:45 UTC."
    )
    assert hands_over in readable(tale.card().plain)
    await tale.types("dina", "list")
    assert "is asked to take over until" in tale.sandbox.ephemerals("dina")[-1].plain
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
    assert "who has ISS-1, has left Slack" in tale.dm("dina")[-1]
    assert "has left Slack, and you are asked to take it over" in tale.dm("omar")[-1]
    await tale.advance(minutes=15)
    issue = await tale.issue()
    assert (issue.state, issue.owner) == (State.OPEN, None), "nobody followed"
    assert issue.position.stage.value == "level", "then the level's contacts"
    assert any("so it is open again" in line for line in tale.log())


# --- not solved: the last owner is asked, if they are there -----------------------------------------------------------


async def test_a_last_owner_on_leave_is_not_asked_first_but_the_level_with_its_full_time(
    database_url: str,
) -> None:
    async with story(database_url, ROTA.replace('["oncall:care"]', '["@maya", "@omar"]')) as telling:
        duty = Duty(telling)
        await maya_has_it(telling)
        await telling.types("maya", "resolve ISS-1 Called back.")
        await telling.advance(minutes=30)
        await duty.types("maya", "away 2d")
        await telling.clicks("rita", ids.DISPUTE)
        await telling.submits("rita", {"why": "Two of three were called."})
        issue = await telling.issue()
        assert (issue.position.stage.value, issue.position.level) == ("level", 1)
        assert issue.position.ends_at == telling.now() + timedelta(minutes=15)
        assert "needs your answer" in telling.dm("omar")[-1]
        assert not any(ids.ACK in one.actions for one in telling.sandbox.dm("maya"))
        said = "who had it last, is away, so the people of the level are asked."
        assert any(said in line for line in telling.log())


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

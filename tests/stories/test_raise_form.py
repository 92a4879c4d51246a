"""The form as people fill it in: what a type needs, priority by hand, private, people and places that do not work."""

import copy
from datetime import timedelta
from typing import Any

import pytest

from bot.adapters.slack import ids
from bot.demo import sandbox_config
from bot.sandbox.config import ChannelSpec, Person
from bot.sandbox.faults import Fault
from bot.sandbox.model import View
from tests.stories.test_findings import MATRIX, SLOW
from tests.story import FORM, Story, story

CONFIG = sandbox_config()
WORLD: dict[str, Any] = {
    "people": [
        *CONFIG.people,
        Person("gone", "Gone Person", deleted=True),
        Person("robot", "Robot", is_bot=True),
        Person("eve", "Eve", stranger=True),
    ],
    "channels": [
        *CONFIG.channels,
        ChannelSpec("board", members=("ann", "dina"), private=True, bot_is_member=False),
        ChannelSpec("team", members=("ann", "dina"), private=True),
    ],
}


def form(tale: Story, who: str = "ann") -> View:
    modal = tale.sandbox.modal(who)
    assert modal is not None
    return modal


async def fills(tale: Story, where: str = "#issues", **answers: object) -> None:
    """Ann opens the form somewhere and sends it."""
    assert (await tale.types("ann", "raise", where)).acked
    await tale.submits("ann", {**FORM, **answers})


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gone", "Gone Person has left Slack."),
        ("robot", "Robot is a bot and reads no messages."),
        ("eve", "Eve is of another organisation and gets no messages of Rung."),
    ],
)
async def test_a_requester_who_reads_nothing_is_said_at_the_field(
    database_url: str, name: str, said: str
) -> None:
    async with story(database_url, **WORLD) as tale:
        await fills(tale, requester=tale.id(name), tried="Called twice")
        assert said in tale.errors("ann")["requester"]
        await tale.submits("ann", {"requester": None, "requester_name": "Mrs Jones, room 4"})
        assert tale.sandbox.modal("ann") is None
        issue = await tale.issue(1)
        assert (issue.facts.requester_name, issue.facts.tried) == ("Mrs Jones, room 4", "Called twice")


async def test_the_bot_is_not_in_the_chosen_channel_is_said_in_the_form(database_url: str) -> None:
    async with story(database_url, **WORLD) as tale:
        await fills(tale, updates_channel="#board")
        assert "Rung is not in this channel" in tale.errors("ann")["updates_channel"]
        await tale.submits("ann", {"updates_channel": "#team"})
        assert tale.sandbox.modal("ann") is None
        assert "ISS-1" in tale.sandbox.messages("#team")[-1].plain


@pytest.mark.parametrize(("where", "ticked"), [("#team", True), ("#issues", False)])
async def test_private_is_ticked_where_not_everybody_reads(
    database_url: str, where: str, ticked: bool
) -> None:
    async with story(database_url, **WORLD) as tale:
        await fills(tale, where)
        issue = await tale.issue(1)
        assert issue.private is ticked
        everything = (
            [one.plain for one in tale.sandbox.messages("#issues")] + tale.dm("maya") + tale.dm("ann")
        )
        assert not any("team" in one.replace("Team lead", "") for one in everything)


async def test_private_can_be_taken_off(database_url: str) -> None:
    async with story(database_url, **WORLD) as tale:
        await fills(tale, "#team", private=[])
        assert not (await tale.issue(1)).private


async def test_a_priority_by_hand_is_shown_with_its_reason(tale: Story) -> None:
    await fills(tale, priority="P1")
    assert "Please say why" in tale.errors("ann")["priority_reason"]
    await tale.submits("ann", {"priority_reason": "The board is watching"})
    card = tale.card().plain
    assert "Critical (P1), set by hand" in card
    assert "The board is watching" in card


async def test_what_the_type_needs_is_said_at_its_field(database_url: str) -> None:
    async with story(database_url, MATRIX) as tale:
        await fills(tale, **{**SLOW, "reference": ""})
        assert set(tale.errors("ann")) == {"reference", "promised_by"}
        assert "Slow response cannot be raised without it." in tale.errors("ann")["reference"]


@pytest.mark.parametrize(
    ("title", "refused"),
    [
        ("   ", True),
        ("🔥🔥🔥", True),
        ("\u3164", True),
        ("لا يعمل الدفع", False),
        ("Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349algo", False),
        ("\u202enwod si tuokcehc", False),
        ("<!channel> *bold* `code`", False),
    ],
)
async def test_titles_of_all_kinds(tale: Story, title: str, refused: bool) -> None:
    await fills(tale, title=title)
    assert ("title" in tale.errors("ann")) is refused
    if not refused:
        assert "<!channel>" not in tale.sandbox.messages("#issues")[-1].text


async def test_a_very_long_message_fits_into_the_form(tale: Story) -> None:
    await tale.sandbox.say("rita", "#issues", "Checkout is down. " * 700)
    message = tale.sandbox.messages("#issues")[-1]
    await tale.sandbox.message_shortcut("ann", "#issues", message.ts, ids.SHORTCUT_RAISE_FROM_MESSAGE)
    await tale.submits("ann", {name: FORM[name] for name in ("type", "impact", "urgency")})
    assert tale.sandbox.modal("ann") is None
    issue = await tale.issue(1)
    assert len(issue.facts.happened) <= 3000
    assert issue.facts.source_link, "the whole text is one click away"


async def test_choosing_a_type_where_forms_cannot_be_changed_leaves_the_form_as_it_is(
    database_url: str,
) -> None:
    async with story(database_url, MATRIX) as tale:
        await tale.types("ann", "raise Answers are late")
        tale.sandbox.faults.add("views.update", Fault.error("unknown_method"), times=None)
        answer = await tale.sandbox.click("ann", form(tale), ids.FIELD_TYPE, "response-time")
        assert answer.ok
        due = int((tale.now() - timedelta(hours=1)).timestamp())
        await tale.submits("ann", {**SLOW, "promised_by": due})
        assert form(tale).title_text == "Before it is raised", "what could not be told is said now"
        await tale.submits("ann", {})
        assert (await tale.issue(1)).facts.title == SLOW["title"]


async def test_a_choice_that_comes_too_late_for_the_form_as_it_is_by_now_changes_nothing(
    database_url: str,
) -> None:
    async with story(database_url, MATRIX) as tale:
        await tale.types("ann", "raise")
        await tale.sandbox.click("ann", form(tale), ids.FIELD_TYPE, "response-time")
        sent = [
            one
            for one in tale.sandbox.interactions.sent[tale.id("ann")]
            if one.get("type") == "block_actions"
        ]
        newer = await tale.sandbox.click("ann", form(tale), ids.FIELD_TYPE, "outage")
        assert newer.ok
        await tale.sandbox.interactions.raw(sent[0])
        assert "New requests" not in form(tale).plain
        assert form(tale).values()["type"] == "outage"


async def test_two_choices_that_follow_each_other_fast_are_both_told(database_url: str) -> None:
    async with story(database_url, MATRIX) as tale:
        await tale.types("ann", "raise")
        before = form(tale).hash
        await tale.sandbox.click("ann", form(tale), ids.FIELD_TYPE, "response-time")
        await tale.sandbox.click("ann", form(tale), ids.FIELD_SERVICE, "billing")
        first, second = (
            copy.deepcopy(one)
            for one in tale.sandbox.interactions.sent[tale.id("ann")]
            if one.get("type") == "block_actions"
        )
        second["view"]["hash"] = before
        second["actions"][0]["action_ts"] = "9999999999.000001"
        assert (await tale.sandbox.interactions.raw(second)).ok
        assert "Not covered: tax advice" in form(tale).plain
        assert (await tale.sandbox.interactions.raw(first)).ok
        assert "Not covered: tax advice" in form(tale).plain, "the earlier choice comes too late"

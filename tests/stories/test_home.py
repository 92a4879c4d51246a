"""The Home tab as a newcomer, an agent, the escalation manager and an admin find it; and what they can do in it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.domain.care import Bypass, SentBack
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.sandbox.model import View
from bot.sandbox.readable import interactive
from tests.stories.promises import HEAD, LEVELS
from tests.story import Story, ids, story

CRITICAL = {"impact": "high", "urgency": "high"}
DUTIES = """
schedules:
  care-leads:
    timezone: Europe/London
    layers:
      - {people: ["@maya", "@omar"], rotate: weekly, handoff: "mon 09:00", from: 2026-01-05}
"""


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """With promises, so that something can be late, and a schedule."""
    async with story(database_url, HEAD + DUTIES + LEVELS) as telling:
        yield telling


async def opens(tale: Story, who: str) -> View:
    """Somebody looks at the tab."""
    await tale.sandbox.open_home(who)
    await tale.settle()
    return shown(tale, who)


def shown(tale: Story, who: str) -> View:
    """The tab as it stands."""
    home = tale.sandbox.home(who)
    assert home is not None
    return home


async def press(tale: Story, who: str, action: str, value: str | None = None) -> None:
    """A button in the tab; the first of its kind whose value begins like this."""
    home = shown(tale, who)
    found = [
        one
        for _, one in interactive(home.blocks)
        if one["action_id"] == action and (value is None or one["value"].startswith(value))
    ]
    assert found, f"no {action} in {home.plain}"
    block_id = next(block["block_id"] for block in home.blocks if found[0] in _elements(block))
    actor = tale.sandbox.interactions.actor(who)
    answer = await tale.sandbox.interactions.act(actor, home, block_id, found[0], {})
    assert answer.acked, answer.error
    await tale.settle()


def _elements(block: dict[str, object]) -> list[object]:
    elements = block.get("elements")
    return [*(elements if isinstance(elements, list) else ()), block.get("accessory")]


async def test_who_never_used_it_reads_what_it_is_and_how_to_begin(tale: Story) -> None:
    home = await opens(tale, "ann")
    for said in (
        "Raise an issue",
        "asks the next one when nobody answers",
        "/issue help",
        "Nothing here is yours yet",
    ):
        assert said in home.plain, home.plain
    assert tale.id("maya") in home.plain, "who is on call"
    assert "Nothing is open." in home.plain
    for others in ("Unanswered", "For admins"):
        assert others not in home.plain


async def test_each_finds_what_waits_what_they_have_what_they_raised_and_follow(tale: Story) -> None:
    await tale.raises("ann", title="Waits for Maya", requester=tale.id("rita"))
    await tale.raises("ann", title="Maya has it")
    await tale.types("maya", "ack ISS-2")
    await tale.types("omar", "watch ISS-2")
    maya = (await opens(tale, "maya")).plain
    order = ("Waiting for you", "Waits for Maya", "In your hands", "Maya has it")
    assert sorted(order, key=maya.index) == list(order)
    ann = (await opens(tale, "ann")).plain
    assert "Raised by you (2)" in ann
    assert "For you, or watched by you (1)" in (await opens(tale, "rita")).plain
    omar = (await opens(tale, "omar")).plain
    assert "Maya has it" in omar.partition("watched by you (1)")[2]
    assert "Waits for Maya" not in omar, "others' issues are counted, not shown"
    assert "High (P2): 2" in omar


async def test_what_is_done_in_the_tab_shows_in_it_at_once(tale: Story) -> None:
    await tale.raises("ann")
    await opens(tale, "maya")
    await press(tale, "maya", ids.ACK)
    assert (await tale.issue()).owner == tale.id("maya")
    home = shown(tale, "maya").plain
    assert "Nothing waits for you." in home
    assert "In your hands (1)" in home


async def test_a_form_opened_in_the_tab_leaves_it_true(tale: Story) -> None:
    await tale.raises("ann")
    await opens(tale, "maya")
    await press(tale, "maya", ids.DECLINE)
    assert "Waiting for you (1)" in shown(tale, "maya").plain
    await tale.submits("maya", {"reason": "I am on a train."})
    assert "Waiting for you (1)" not in shown(tale, "maya").plain


async def test_a_click_that_comes_too_late_shows_the_truth(tale: Story) -> None:
    await tale.raises("ann")
    await opens(tale, "maya")
    await tale.types("ann", "withdraw ISS-1 It works.")
    if tale.sandbox.modal("ann"):
        await tale.submits("ann", {})
    assert (await tale.issue()).state is not State.OPEN
    await press(tale, "maya", ids.ACK)
    assert "Nothing here is yours yet" in shown(tale, "maya").plain


async def test_long_lists_are_read_page_by_page_and_stay_where_they_are(tale: Story) -> None:
    for number in range(1, 7):
        await tale.raises("ann", title=f"Number {number}.")
    await opens(tale, "maya")
    assert "Number 4." in shown(tale, "maya").plain
    assert "Number 5." not in shown(tale, "maya").plain
    await press(tale, "maya", ids.HOME_MORE, "waiting=4")
    assert "Number 5." in shown(tale, "maya").plain
    assert "Number 4." not in shown(tale, "maya").plain
    await press(tale, "maya", ids.ACK)
    home = shown(tale, "maya").plain
    assert "Number 6." in home.partition("In your hands")[0], "the same page as before"
    await press(tale, "maya", ids.HOME_BACK, "waiting=0")
    assert "Number 1." in shown(tale, "maya").plain


async def test_the_counts_open_the_list_of_that_priority(tale: Story) -> None:
    await tale.raises("ann", title="Small")
    await tale.raises("ann", title="Large", **CRITICAL)
    home = await opens(tale, "omar")
    assert "Critical (P1): 1" in home.plain
    await press(tale, "omar", f"{ids.LIST_OPEN}:1")
    page = tale.sandbox.modal("omar")
    assert page is not None
    assert "Large" in page.plain
    assert "Small" not in page.plain


async def test_the_manager_oversees_what_is_escalated(tale: Story) -> None:
    await tale.raises("ann", title="Nobody answers", **CRITICAL)
    await tale.advance(minutes=80)
    await tale.raises("ann", title="Climbed", requester=tale.id("rita"))
    await tale.advance(minutes=16)
    await tale.raises("ann", title="Fresh")
    home = (await opens(tale, "dina")).plain
    assert (
        "Nobody answers"
        in home.partition("Unanswered (1)")[2].partition("Escalated, and nobody has it yet")[0]
    )
    assert "Climbed" in home.partition("Escalated, and nobody has it yet (1)")[2]
    assert "Later than promised (1)" in home
    assert "Fresh" not in home
    assert "You oversee these too; they are empty now: wishes to skip a level; appeals" in home
    assert "Escalated, and nobody" not in (await opens(tale, "ann")).plain


async def changed(tale: Story, before: Issue, **changes: object) -> None:
    """Past the forms: this is so."""
    await tale.core.services.transactions.run(lambda store: store.issues.save(before, before.bump(**changes)))


async def test_the_manager_answers_a_wish_where_it_stands(tale: Story) -> None:
    issue = await tale.raises("ann")
    asked = Bypass(tale.id("ann"), 3, "A minister asks.", tale.now(), path=issue.route.path.name)
    await changed(tale, issue, care=replace(issue.care, bypass=asked))
    home = (await opens(tale, "dina")).plain
    assert "asks to go straight to Duty manager: A minister asks." in home
    await press(tale, "dina", ids.ALLOW)
    assert (await tale.issue()).position.level == 3
    assert "A minister asks." not in shown(tale, "dina").plain


async def test_the_manager_judges_an_appeal_where_it_stands(tale: Story) -> None:
    issue = await tale.raises("ann")
    sent_back = SentBack(
        "other", "", tale.id("maya"), 1, tale.now(), tale.id("ann"), "It is urgent.", tale.now()
    )
    rest = issue.position.at_rest()
    await changed(
        tale, issue, state=State.SENT_BACK, position=rest, care=replace(issue.care, sent_back=sent_back)
    )
    home = (await opens(tale, "dina")).plain
    assert "appeals: It is urgent." in home
    await press(tale, "dina", ids.UPHOLD)
    assert (await tale.issue()).state is State.OPEN
    assert "It is urgent." not in shown(tale, "dina").plain


async def test_an_admin_reads_how_the_matrix_is_and_what_was_not_delivered(tale: Story) -> None:
    omar = tale.sandbox.workspace.user("omar")
    tale.sandbox.workspace.users[omar.id] = replace(omar, is_admin=True)
    tale.sandbox.deactivate("rita")
    await tale.raises("ann")
    home = (await opens(tale, "omar")).plain
    assert "For admins" in home
    assert "things that will hurt" in home or "one thing that will hurt" in home
    assert "Every message went out." in home


@pytest.mark.parametrize(
    "action", [ids.HOME_MORE, ids.HOME_BACK, ids.LIST_PAGE, ids.LIST_PAGE_NEXT, f"{ids.LIST_OPEN}:1"]
)
async def test_clicks_that_no_client_sends_are_answered_and_change_nothing(tale: Story, action: str) -> None:
    await tale.raises("ann")
    await opens(tale, "omar")
    who = {"id": tale.id("omar"), "team_id": tale.workspace}
    for value in (
        "",
        "x",
        "waiting=-1",
        "waiting=99999999999",
        "0|state:nowhere",
        "²|late",
        '7|"',
        "\x00",
        "z" * 40_000,
    ):
        for remembered in ("", "[]", '{"pages": "waiting=x,=,late=٣"}'):
            payload = {
                "type": "block_actions",
                "user": who,
                "team": {"id": tale.workspace},
                "trigger_id": "",
                "container": {"type": "view", "view_id": "V0"},
                "view": {"id": "V0", "type": "home", "private_metadata": remembered},
                "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": value}],
            }
            answer = await tale.sandbox.raw_action(payload)
            assert answer.acked, (value, answer.error)
    await tale.settle()
    assert "High (P2): 1" in shown(tale, "omar").plain

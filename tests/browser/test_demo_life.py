"""The demo as it is shipped, played in a real browser: what people do beside taking and solving an issue."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.demo_page import DemoPage, playing


@pytest.fixture
async def demo(browser: Browser, tmp_path: Path) -> AsyncIterator[DemoPage]:
    """Levels of half a minute: in these few seconds nothing climbs by itself."""
    async with playing(browser, tmp_path) as page:
        yield page


async def raised(demo: DemoPage, urgency: str = "medium") -> Locator:
    """Ann raises one for Rita; its card."""
    await demo.become("ann", "issues")
    await demo.begin("Refunds hang", "Four customers wait for their money since Monday.", urgency)
    await demo.submit()
    card = demo.message("ISS-1 · Refunds hang")
    await expect(card).to_contain_text("please answer by")
    return card


async def test_an_issue_sent_back_is_appealed_and_opened_again_one_level_above(demo: DemoPage) -> None:
    card = await raised(demo)
    await demo.become("maya", "issues")
    await demo.choose(card, "More...")
    await demo.page.get_by_role("button", name="Send back: choose for ISS-1").click()
    await expect(demo.page.get_by_test_id("modal")).to_contain_text("may appeal")
    await demo.fill({"reason": "first_try"}, note="You may refund up to 50 GBP yourself.")
    await demo.picture("7-sending-back")
    await demo.submit()
    await expect(card).to_contain_text("Sent back by")

    await demo.become("rita", "app")
    told = await demo.says("You may refund up to 50 GBP yourself.")
    await demo.picture("7-sent-back")
    await demo.press(told, "Appeal")
    await demo.fill(why="They are 80 GBP each.")
    await demo.submit()

    await demo.become("dina", "app")
    question = await demo.says("They are 80 GBP each.")
    await demo.picture("7-judging")
    await demo.press(question, "Open it again")
    await demo.become("omar", "app")
    await demo.says("ISS-1 needs your answer by")
    await demo.become("rita", "app")
    await demo.says("it is open again")
    await expect(demo.page.get_by_role("button").filter(has_text="Appeal")).to_have_count(0)
    await demo.picture("7-open-again")


async def opens_with_choices(demo: DemoPage, card: Locator) -> None:
    """On a busy machine a form may open before its issue was read, without choices: then it is opened again."""
    for _ in range(5):
        await demo.press(card, "Escalate")
        await expect(demo.page.get_by_test_id("field-reason")).to_be_visible()
        if await demo.page.get_by_test_id("field-to").count():
            return
        await demo.page.get_by_test_id("modal-close").click()
        await expect(demo.page.get_by_test_id("modal")).to_be_hidden()
    raise AssertionError("the form never has choices")


async def test_the_raiser_goes_past_a_level_when_the_escalation_manager_allows_it(demo: DemoPage) -> None:
    card = await raised(demo)
    await opens_with_choices(demo, card)
    await demo.fill({"to": "level:3"}, reason="The press calls.")
    await demo.picture("8-escalating")
    await demo.submit_to("Operations manager is asked next.")
    await expect(demo.page.get_by_test_id("field-reason")).to_have_value("The press calls.")
    await demo.picture("8-leaving-out")
    await demo.submit_to("The escalation manager is asked; you are told what they say.")
    await demo.page.get_by_test_id("modal-close").click()

    await demo.become("dina", "app")
    question = await demo.says("The press calls.")
    await demo.picture("8-may-they")
    await demo.press(question, "Allow")
    await demo.says("ISS-1 needs your answer by")
    await expect(demo.page.get_by_role("button").filter(has_text="Allow")).to_have_count(0)
    await demo.picture("8-allowed")
    await demo.become("ann", "issues")
    await expect(card).to_contain_text("@Dina Costa: please answer by")


async def test_who_has_the_same_joins_instead_of_raising_another_one(demo: DemoPage) -> None:
    card = await raised(demo)
    await demo.become("lena", "issues")
    await demo.begin("Refunds hang again", "A customer waits for the money.", "medium")
    await demo.page.set_viewport_size({"width": 380, "height": 560})
    page = await demo.submit_to("Is it one of these?")
    await expect(page.get_by_text("Nothing is raised yet.")).to_be_in_viewport()
    await demo.picture("9-seen-before")
    await demo.press(page, "Join this one")
    await expect(page).to_contain_text("told about every step")
    await demo.picture("9-joined")
    await demo.page.get_by_test_id("modal-close").click()
    await expect(card).to_have_count(1)
    await expect(demo.message("ISS-2")).to_have_count(0)


async def test_what_is_not_solved_is_asked_of_whoever_had_it_last(demo: DemoPage) -> None:
    card = await raised(demo)
    await demo.become("maya", "app")
    await demo.press(await demo.says("ISS-1 needs your answer by"), "Acknowledge")
    await demo.become("maya", "issues")
    await demo.press(card, "Resolve")
    await demo.fill(done="All four are refunded.")
    await demo.submit()
    await demo.become("rita", "app")
    await demo.press(await demo.says("All four are refunded."), "Not solved")
    await demo.fill(why="Two have nothing yet.")
    await demo.picture("10-disputing")
    await demo.submit()
    await demo.become("maya", "app")
    again = await demo.says("Two have nothing yet.")
    await expect(again.get_by_role("button", name="Acknowledge")).to_be_visible()
    await demo.picture("10-not-solved")
    await demo.become("ann", "issues")
    await expect(card).to_contain_text("@Maya Lind: please answer by")

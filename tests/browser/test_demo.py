"""The demo, played in a real browser: an issue climbs while one watches, is taken, updated, resolved and confirmed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.demo import example_matrix
from tests.browser.demo_page import PATIENCE, DemoPage, playing

QUICK = {"acknowledge_within: 30s": "acknowledge_within: 3s", "remind_every: 15s": "remind_every: 2s"}
HAPPENED = "Card payments fail since 9:40. Error 502 on every try."


@pytest.fixture
async def demo(browser: Browser, tmp_path: Path) -> AsyncIterator[DemoPage]:
    """The demo's page, with levels of three seconds so that the ladder climbs while the test watches."""
    text = example_matrix().read_text(encoding="utf-8")
    for slow, quick in QUICK.items():
        assert slow in text, f"the demo matrix has no {slow} any more"
        text = text.replace(slow, quick)
    matrix = tmp_path / "quick.yaml"
    matrix.write_text(text, encoding="utf-8")
    async with playing(browser, tmp_path, matrix) as page:
        yield page


async def test_from_raising_to_confirm_solved(demo: DemoPage) -> None:
    page = demo.page
    await page.get_by_test_id("conversation-issues").click()
    await demo.begin("Checkout is down for three customers", HAPPENED)
    await demo.submit()
    card = demo.message("ISS-1 · Checkout is down")
    await expect(card).to_contain_text("please answer by", timeout=PATIENCE)
    await expect(page.get_by_test_id("countdown").first).to_be_visible()
    await demo.picture("1-raised")
    await demo.picture("card", card)

    await demo.become("maya", "app")
    await expect(page.get_by_test_id("message").first).to_contain_text("ISS-1 needs your answer by")
    await expect(page.get_by_test_id("message").nth(1)).to_contain_text("Reminder", timeout=PATIENCE)
    await demo.picture("2-asked")

    await demo.become("omar", "app")
    await demo.press(await demo.says("ISS-1 needs your answer by"), "Acknowledge")
    await expect(page.get_by_test_id("message").first).to_contain_text("You took ISS-1")

    await page.get_by_test_id("conversation-issues").click()
    await demo.press(card, "Update")
    await demo.fill(text="Payments work again for two of the three.")
    await demo.submit()
    await expect(card).to_contain_text("Payments work again for two of the three.")
    await demo.choose(card, "Priority")
    await demo.fill({"urgency": "low"})
    await demo.picture("2-changing")
    await demo.submit()
    await expect(card).to_contain_text("High, low")
    await demo.press(card, "Resolve")
    await demo.fill(done="The provider was switched; all three are called back.")
    await demo.submit()
    await expect(card).to_contain_text("Resolved by")
    await demo.picture("3-resolved")

    await demo.become("rita", "app")
    await demo.says("Payments work again for two of the three.")
    await demo.picture("4-requester")
    await page.get_by_role("button", name="Confirm").click()
    await demo.says("Thank you. ISS-1 is closed.")
    await demo.become("ann", "issues")
    await expect(card).to_contain_text("Solved by")
    await demo.picture("5-closed")


async def test_a_narrow_window_is_enough(demo: DemoPage) -> None:
    page = demo.page
    await page.set_viewport_size({"width": 380, "height": 760})
    await demo.begin("The phone line is dead", HAPPENED)
    await demo.submit()
    await expect(demo.message("ISS-1")).not_to_have_count(0)
    wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "the page must not scroll sideways"
    await demo.picture("6-narrow")

"""The demo, played in a real browser: an issue climbs while one watches, is taken, updated, resolved and confirmed."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.app import Program
from bot.demo import example_matrix, sandbox_config, settings_for
from bot.sandbox.server import Sandbox

QUICK = {"acknowledge_within: 30s": "acknowledge_within: 3s", "remind_every: 15s": "remind_every: 2s"}
PATIENCE = 30_000


@pytest.fixture
async def page(browser: Browser, tmp_path: Path) -> AsyncIterator[Page]:
    """The demo's page, with levels of three seconds so that the ladder climbs while the test watches."""
    text = example_matrix().read_text(encoding="utf-8")
    for slow, quick in QUICK.items():
        assert slow in text, f"the demo matrix has no {slow} any more"
        text = text.replace(slow, quick)
    matrix = tmp_path / "quick.yaml"
    matrix.write_text(text, encoding="utf-8")
    async with (
        Sandbox(sandbox_config()) as sandbox,
        Program(settings_for(sandbox, tmp_path / "demo.db", matrix)),
    ):
        await sandbox.connected()
        context = await browser.new_context(viewport={"width": 1280, "height": 860})
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        await page.goto(sandbox.page_url)
        yield page
        await context.close()


async def test_from_raising_to_confirm_solved(page: Page) -> None:
    await _raise(page, "Checkout is down for three customers")
    card = page.get_by_test_id("message").filter(has_text="ISS-1 · Checkout is down")
    await expect(card).to_contain_text("please answer by", timeout=PATIENCE)
    await expect(page.get_by_test_id("countdown").first).to_be_visible()
    await _picture(page, "1-raised")
    await _picture_of(card, "card")

    await _become(page, "maya", "app")
    await expect(page.get_by_test_id("message").first).to_contain_text("ISS-1 needs your answer by")
    await expect(page.get_by_test_id("message").nth(1)).to_contain_text("Reminder", timeout=PATIENCE)
    await _picture(page, "2-asked")

    await _become(page, "omar", "app")
    ping = page.get_by_test_id("message").filter(has_text="ISS-1 needs your answer by")
    await expect(ping).to_be_visible(timeout=PATIENCE)
    await ping.get_by_role("button", name="Acknowledge").click()
    await expect(page.get_by_test_id("message").first).to_contain_text("You took ISS-1")

    await page.get_by_test_id("conversation-issues").click()
    await card.get_by_role("button", name="Update").click()
    await page.get_by_test_id("field-text").fill("Payments work again for two of the three.")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("modal")).to_be_hidden()
    await expect(card).to_contain_text("Payments work again for two of the three.")
    await card.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Change the priority only").click()
    await page.get_by_test_id("field-urgency").select_option("low")
    await _picture(page, "2-changing")
    await page.get_by_test_id("modal-submit").click()
    await expect(card).to_contain_text("High, low")
    await card.get_by_role("button", name="Resolve").click()
    await page.get_by_test_id("field-done").fill("The provider was switched; all three are called back.")
    await page.get_by_test_id("modal-submit").click()
    await expect(card).to_contain_text("Resolved by")
    await _picture(page, "3-resolved")

    await _become(page, "rita", "app")
    await expect(page.get_by_test_id("message-list")).to_contain_text(
        "Payments work again for two of the three."
    )
    await _picture(page, "4-requester")
    await page.get_by_role("button", name="Confirm").click()
    await expect(page.get_by_test_id("message-list")).to_contain_text("Thank you. ISS-1 is closed.")
    await _become(page, "ann", "issues")
    await expect(card).to_contain_text("Solved by")
    await _picture(page, "5-closed")


async def test_a_narrow_window_is_enough(page: Page) -> None:
    await page.set_viewport_size({"width": 380, "height": 760})
    await _raise(page, "The phone line is dead", narrow=True)
    await expect(page.get_by_test_id("message").filter(has_text="ISS-1")).not_to_have_count(0)
    wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "the page must not scroll sideways"
    await _picture(page, "6-narrow")


async def _raise(page: Page, title: str, narrow: bool = False) -> None:
    if not narrow:
        await page.get_by_test_id("conversation-issues").click()
    await page.get_by_test_id("composer").fill(f"/issue {title}")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("modal")).to_be_visible()
    await expect(page.get_by_test_id("field-title")).to_have_value(title)
    await page.get_by_test_id("field-happened").fill("Card payments fail since 9:40. Error 502 on every try.")
    for field, choice in (("type", "response-time"), ("impact", "high"), ("urgency", "high")):
        await page.get_by_test_id(f"field-{field}").select_option(choice)
    await page.get_by_test_id("field-requester").select_option(label="Rita Sand")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("modal")).to_be_hidden()


async def _become(page: Page, who: str, conversation: str) -> None:
    await page.get_by_test_id(f"persona-{who}").click()
    await page.get_by_test_id(f"conversation-{conversation}").click()


async def _picture(page: Page, name: str) -> None:
    """Into the folder RUNG_SCREENSHOTS, when it is set: for people to look at."""
    if folder := os.environ.get("RUNG_SCREENSHOTS"):
        await page.screenshot(path=str(Path(folder) / f"demo-{name}.png"), animations="disabled")


async def _picture_of(part: Locator, name: str) -> None:
    if folder := os.environ.get("RUNG_SCREENSHOTS"):
        await part.screenshot(path=str(Path(folder) / f"demo-{name}.png"), animations="disabled")

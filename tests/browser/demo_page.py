"""The demo in a window, and how people move about in it: by clicking, typing and submitting."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, expect

from bot.app import Program
from bot.demo import example_matrix, sandbox_config, settings_for
from bot.sandbox.server import Sandbox

PATIENCE = 30_000
"""Milliseconds until something that does not come is a failure."""


@asynccontextmanager
async def playing(browser: Browser, folder: Path, matrix: Path | None = None) -> AsyncIterator["DemoPage"]:
    """The demo as `make demo` starts it, with its own matrix unless another one is given.

    Its Slack waits longer for an answer: here a machine that stands still for a moment is nobody's fault.
    """
    patient = replace(sandbox_config(), ack_seconds=PATIENCE / 1000)
    async with (
        Sandbox(patient) as sandbox,
        Program(settings_for(sandbox, folder / "demo.db", matrix or example_matrix())),
    ):
        await sandbox.connected()
        context = await browser.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        await page.goto(sandbox.page_url)
        yield DemoPage(page)
        await context.close()


class DemoPage:
    """What somebody in front of the page does."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def become(self, who: str, conversation: str) -> None:
        """Switch to a person and one of their conversations; `app` is the one with Rung."""
        await self.page.get_by_test_id(f"persona-{who}").click()
        await self.page.get_by_test_id(f"conversation-{conversation}").click()

    def message(self, words: str) -> Locator:
        """The messages on screen that contain these words."""
        return self.page.get_by_test_id("message").filter(has_text=words)

    async def says(self, words: str) -> Locator:
        """The newest message with these words, once it has come."""
        found = self.message(words).last
        await expect(found).to_be_visible(timeout=PATIENCE)
        return found

    async def press(self, place: Locator, name: str) -> None:
        """A button of a message, by what is written on it."""
        await place.get_by_role("button").filter(has_text=name).click()

    async def choose(self, card: Locator, entry: str) -> None:
        """An entry of a card's menu."""
        await card.get_by_role("button", name="More actions").click()
        await self.page.get_by_role("menuitem", name=entry).click()

    async def fill(self, choices: Mapping[str, str] | None = None, **texts: str) -> None:
        """The fields of the form that is open: `choices` by their value, `texts` as typed."""
        for name, value in (choices or {}).items():
            await self.page.get_by_test_id(f"field-{name}").select_option(value)
        for name, text in texts.items():
            await self.page.get_by_test_id(f"field-{name}").fill(text)

    async def submit(self) -> None:
        """Send the form that is open; nothing stays open."""
        await self.page.get_by_test_id("modal-submit").click()
        await expect(self.page.get_by_test_id("modal")).to_be_hidden()

    async def submit_to(self, words: str) -> Locator:
        """Send the form that is open; another one with these words takes its place."""
        await self.page.get_by_test_id("modal-submit").click()
        modal = self.page.get_by_test_id("modal")
        await expect(modal).to_contain_text(words)
        return modal

    async def begin(self, title: str, happened: str, urgency: str = "high") -> None:
        """Type the command where one is, and fill in the form for Rita."""
        await self.page.get_by_test_id("composer").fill(f"/issue {title}")
        await self.page.keyboard.press("Enter")
        await expect(self.page.get_by_test_id("field-title")).to_have_value(title)
        await self.fill({"type": "response-time", "impact": "high", "urgency": urgency}, happened=happened)
        await self.page.get_by_test_id("field-requester").select_option(label="Rita Sand")

    async def picture(self, name: str, part: Locator | None = None) -> None:
        """Into the folder RUNG_SCREENSHOTS, when it is set: for people to look at. The page, or a part of it."""
        if folder := os.environ.get("RUNG_SCREENSHOTS"):
            shown = part or self.page
            await shown.screenshot(path=str(Path(folder) / f"demo-{name}.png"), animations="disabled")

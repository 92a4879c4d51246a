"""A browser for the whole session; a fresh workspace and a fresh window for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.browser.page_app import living_workspace

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WAIT_MS = 20_000


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium. Without it these tests fail: a page that nobody looked at is not tested."""
    chromium = shutil.which("chromium")
    assert chromium, "The browser tests need Debian's package chromium: apt-get install chromium"
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        await started.close()


@pytest.fixture
async def workspace():
    """(sandbox, the app's client)"""
    async with living_workspace() as living:
        yield living


@pytest.fixture
def sandbox(workspace):
    return workspace[0]


@pytest.fixture
def bot(workspace):
    return workspace[1]


@pytest.fixture
async def visit(browser, sandbox):
    """Opens the page in a new window: `await visit("maya/issues", width=380, dark=True)`. No script may fail in it."""
    windows, problems = [], []

    async def opened(
        place: str = "ann/issues", width: int = 1280, height: int = 800, dark: bool = False
    ) -> Page:
        window = await browser.new_context(
            reduced_motion="reduce",
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
        )
        windows.append(window)
        page = await window.new_page()
        page.set_default_timeout(WAIT_MS)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("dialog", lambda dialog: problems.append(f"A script ran: {dialog.message}"))
        await page.goto(f"{sandbox.page_url}#{place}")
        await page.get_by_test_id("persona-ann").wait_for()
        return page

    yield opened
    for window in windows:
        await window.close()
    assert problems == []


@pytest.fixture
def picture() -> Callable:
    """`await picture(page, "name")` keeps a screenshot when RUNG_SCREENSHOTS names a folder."""
    folder = os.environ.get("RUNG_SCREENSHOTS")

    async def take(page: Page, name: str) -> None:
        if folder:
            await page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")

    return take

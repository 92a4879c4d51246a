"""A browser for the whole session; a fresh workspace and an empty window for each test."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.browser.page_app import Living, living_workspace
from tests.browser.windows import Picture, Visit, Windows

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium. Without it these tests fail: a page that nobody looked at is not tested."""
    chromium = shutil.which("chromium")
    assert chromium, "The browser tests need Debian's package chromium: apt-get install chromium"
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        await started.close()


@pytest.fixture(scope="session")
async def windows(browser: Browser) -> AsyncIterator[Windows]:
    """They last as long as the browser."""
    kept = Windows(browser)
    yield kept
    await kept.close()


@pytest.fixture(scope="session")
def port() -> int:
    """The same for every workspace, so that a window fetches the page's files once. None that systems give out."""
    for number in range(20_000 + os.getpid() % 10_000, 32_000):
        with suppress(OSError), socket.create_server(("127.0.0.1", number)):
            return number
    raise AssertionError("no port is free")


@pytest.fixture
async def workspace(port: int) -> AsyncIterator[Living]:
    """(sandbox, the app's client)"""
    async with living_workspace(port) as living:
        yield living


@pytest.fixture
def sandbox(workspace: Living) -> Sandbox:
    return workspace[0]


@pytest.fixture
def bot(workspace: Living) -> AsyncWebClient:
    return workspace[1]


@pytest.fixture
async def visit(windows: Windows, sandbox: Sandbox) -> AsyncIterator[Visit]:
    """See Windows.visits."""
    async with windows.visits(sandbox) as opens:
        yield opens


@pytest.fixture
def picture() -> Picture:
    """`await picture(page, "name")` keeps a screenshot when RUNG_SCREENSHOTS names a folder."""
    folder = os.environ.get("RUNG_SCREENSHOTS")

    async def take(page: Page, name: str) -> None:
        if folder:
            await page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")

    return take

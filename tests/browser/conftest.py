"""One headless Chromium for all browser tests. It is Debian's package `chromium`."""

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The browser. Without one the tests fail: a page nobody looked at is not tested."""
    path = shutil.which("chromium")
    assert path, "these tests need Debian's package chromium (apt-get install chromium)"
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield started
        await started.close()

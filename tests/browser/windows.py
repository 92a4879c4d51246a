"""Windows of the browser, kept from test to test: a new one each time would cost as much as a test does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from playwright.async_api import Browser, Dialog, Error, Page

from bot.sandbox.server import Sandbox

WAIT_MS = 20_000
BLANK = "about:blank"
Visit = Callable[..., Awaitable[Page]]
Picture = Callable[[Page, str], Awaitable[None]]


class Windows:
    """Each window is a profile of its own; what one test did in it, the next does not find."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: list[Page] = []
        self._stack = AsyncExitStack()

    @asynccontextmanager
    async def visits(self, sandbox: Sandbox) -> AsyncIterator[Visit]:
        """Opens the page in a window: `await visit("maya/issues", width=380, dark=True)`. No script may fail in it."""
        pages: list[Page] = []
        problems: list[str] = []

        def failed(error: Error) -> None:
            problems.append(str(error))

        def ran(dialog: Dialog) -> None:
            problems.append(f"A script ran: {dialog.message}")

        async def visit(
            place: str = "ann/issues", width: int = 1280, height: int = 800, dark: bool = False
        ) -> Page:
            page = await self._take()
            pages.append(page)
            await page.set_viewport_size({"width": width, "height": height})
            await page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
            page.on("pageerror", failed)
            page.on("dialog", ran)
            await page.goto(f"{sandbox.page_url}#{place}")
            await page.get_by_test_id("persona-ann").wait_for()
            return page

        yield visit
        for page in pages:
            await self._give_back(page)
            page.remove_listener("pageerror", failed)
            page.remove_listener("dialog", ran)
        assert problems == []

    async def close(self) -> None:
        """All of them."""
        await self._stack.aclose()

    async def _take(self) -> Page:
        if self._free:
            return self._free.pop()
        context = await self._browser.new_context()
        self._stack.push_async_callback(context.close)
        page = await context.new_page()
        page.set_default_timeout(WAIT_MS)
        return page

    async def _give_back(self, page: Page) -> None:
        """Empty, with nothing remembered but the page's files, and the network on."""
        await page.evaluate("localStorage.clear(); sessionStorage.clear()")
        await page.goto(BLANK)
        await page.context.set_offline(False)
        await page.context.clear_cookies()
        self._free.append(page)

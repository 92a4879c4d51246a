"""The page fits: wide, narrow, light, dark, and without the mouse."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.browser.page_app import ISSUES, card
from tests.browser.windows import Picture, Visit

SIZES = [("wide", 1280, 800), ("narrow", 380, 760), ("smallest", 360, 640)]
SHADES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANDMARKS: list[tuple[Literal["navigation", "main", "banner", "list"], str | None]] = [
    ("navigation", "People and conversations"),
    ("main", None),
    ("banner", None),
    ("list", "Messages"),
]


@pytest.fixture
async def busy(bot: AsyncWebClient, sandbox: Sandbox) -> None:
    """A channel with some life in it."""
    await sandbox.say("ann", "#issues", "Morning all, anyone else seeing *slow* checkouts?")
    await sandbox.say("maya", "#issues", "Yes, since about nine.")
    posted = await bot.chat_postMessage(
        channel=ISSUES,
        text="card",
        blocks=card("ISS-42 · Checkout is down for all customers", 90),
    )
    await bot.chat_postMessage(channel=ISSUES, text="Asked Maya, 15 minutes.", thread_ts=posted["ts"])
    await bot.chat_postMessage(channel=sandbox.workspace.user("maya").id, text="Please look at ISS-42")


@pytest.mark.parametrize(("name", "width", "height"), SIZES, ids=[name for name, *_ in SIZES])
async def test_nothing_sticks_out(
    visit: Visit, busy: None, picture: Picture, name: str, width: int, height: int
) -> None:
    page = await visit("ann/issues", width, height)
    await expect(page.get_by_test_id("message")).to_have_count(3)
    for shade in SHADES:
        await page.emulate_media(color_scheme=shade)
        await fits(page, width)
        await picture(page, f"{name}-{shade}")
    await page.get_by_test_id("open-thread").click()
    await expect(page.get_by_test_id("thread-pane").get_by_test_id("message")).to_have_count(2)
    for shade in SHADES:
        await page.emulate_media(color_scheme=shade)
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        await picture(page, f"{name}-{shade}-thread")


async def fits(page: Page, width: int) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    for hook in ("composer", "send", "next"):
        await expect(page.get_by_test_id(hook)).to_be_visible()
        box = await page.get_by_test_id(hook).bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["x"] + box["width"] <= width


async def test_on_a_narrow_window_people_and_channels_are_in_a_drawer(
    visit: Visit, busy: None, picture: Picture
) -> None:
    page = await visit("ann/issues", 380, 760)
    toggle = page.get_by_test_id("drawer-toggle")
    await expect(page.get_by_test_id("persona-maya")).not_to_be_in_viewport()
    await toggle.click()
    await expect(page.get_by_test_id("persona-maya")).to_be_in_viewport()
    await expect(page.get_by_test_id("persona-ann")).to_be_focused()
    await picture(page, "drawer")
    await page.keyboard.press("Escape")
    await expect(toggle).to_be_focused()
    await toggle.click()
    await page.get_by_test_id("persona-maya").click()
    await page.get_by_test_id("conversation-app").click()
    await expect(page.get_by_test_id("message")).to_contain_text("Please look at ISS-42")
    await expect(page.get_by_test_id("conversation-app")).not_to_be_in_viewport()


async def test_the_form_fits_a_phone(visit: Visit, picture: Picture) -> None:
    page = await visit("ann/issues", 380, 760)
    await page.get_by_test_id("composer").fill("/raise x")
    await page.get_by_test_id("composer").press("Enter")
    await expect(page.get_by_test_id("modal-submit")).to_be_in_viewport(ratio=1)
    await picture(page, "narrow-modal")


async def test_landmarks_and_headings_are_there(visit: Visit, busy: None) -> None:
    page = await visit()
    for role, name in LANDMARKS:
        await expect(page.get_by_role(role, name=name).first).to_be_visible()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Northwind")
    await expect(page.get_by_role("heading", level=2, name="issues")).to_be_visible()


async def test_new_messages_are_announced_and_do_not_take_the_reader_away(
    visit: Visit, bot: AsyncWebClient
) -> None:
    for number in range(40):
        await bot.chat_postMessage(channel=ISSUES, text=f"Line {number}")
    page = await visit()
    await expect(page.get_by_text("Line 39")).to_be_in_viewport()
    await page.get_by_text("Line 0", exact=True).scroll_into_view_if_needed()
    await bot.chat_postMessage(channel=ISSUES, text="*News*")
    await expect(page.locator("#announcer")).to_have_text("Helper: News")
    await expect(page.get_by_text("Line 0", exact=True)).to_be_in_viewport()
    await page.get_by_test_id("jump").click()
    await expect(page.get_by_test_id("message").last).to_be_in_viewport()
    await expect(page.get_by_test_id("jump")).to_be_hidden()

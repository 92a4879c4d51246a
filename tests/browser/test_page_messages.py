"""The page shows what is said, to whom it concerns, at once."""

from __future__ import annotations

import re

from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.browser.page_app import ISSUES, card
from tests.browser.windows import Picture, Visit


async def test_what_one_person_writes_another_reads_at_once(visit: Visit) -> None:
    ann, maya = await visit("ann/issues"), await visit("maya/issues")
    await ann.get_by_test_id("composer").fill("Is *anyone* there?")
    await ann.get_by_test_id("composer").press("Enter")
    message = maya.get_by_test_id("message").filter(has_text="Is anyone there?")
    await expect(message.locator("strong", has_text="anyone")).to_be_visible()
    await expect(message).to_contain_text("Ann Reyes")
    await expect(ann.get_by_test_id("composer")).to_have_value("")


async def test_special_characters_arrive_as_they_were_typed(visit: Visit, sandbox: Sandbox) -> None:
    ann = await visit()
    await ann.get_by_test_id("composer").fill("a < b && c > d @maya")
    await ann.get_by_test_id("send").click()
    await expect(ann.get_by_test_id("message")).to_contain_text("a < b && c > d @Maya Lind")
    (said,) = sandbox.messages("#issues")
    assert "a &lt; b &amp;&amp; c &gt; d <@" in said.text


async def test_a_direct_message_shows_as_unread_until_it_is_looked_at(
    visit: Visit, bot: AsyncWebClient, sandbox: Sandbox
) -> None:
    page = await visit("ann/issues")
    await bot.chat_postMessage(channel=sandbox.workspace.user("maya").id, text="A ping")
    maya = page.get_by_test_id("persona-maya")
    await expect(maya).to_have_attribute("data-unread", "1")
    await maya.click()
    await expect(page.get_by_test_id("message")).to_contain_text("A ping")
    await expect(page.get_by_test_id("conversation-app")).to_have_attribute("aria-current", "page")
    await expect(maya).to_have_attribute("data-unread", "0")


async def test_a_persona_is_chosen_with_the_keyboard(visit: Visit) -> None:
    page = await visit("ann/issues")
    await page.keyboard.press("Alt+2")
    await expect(page.get_by_test_id("persona-maya")).to_have_attribute("aria-current", "true")
    await page.get_by_test_id("persona-maya").focus()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("persona-ann")).to_have_attribute("aria-current", "true")
    await expect(page.get_by_test_id("persona-ann")).to_be_focused()


async def test_a_thread_is_opened_answered_and_left(
    visit: Visit, bot: AsyncWebClient, picture: Picture
) -> None:
    await bot.chat_postMessage(channel=ISSUES, text="Root")
    page = await visit()
    await page.get_by_test_id("message").hover()
    await page.get_by_test_id("reply").click()
    await expect(page.get_by_test_id("thread-composer")).to_be_focused()
    await page.keyboard.type("An answer")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("thread-pane").get_by_test_id("message")).to_have_count(2)
    await expect(page.get_by_test_id("open-thread")).to_contain_text("1 reply")
    await picture(page, "thread")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("thread-pane")).to_be_hidden()
    await expect(page.get_by_test_id("reply")).to_be_focused()


async def test_buttons_edit_the_message_and_answer_only_the_person(
    visit: Visit, bot: AsyncWebClient, picture: Picture
) -> None:
    await bot.chat_postMessage(channel=ISSUES, text="card", blocks=card("Checkout is down", 90))
    page = await visit("maya/issues")
    await page.get_by_test_id("action-escalate").click()
    await page.get_by_test_id("confirm-no").click()
    await expect(page.get_by_test_id("message")).to_have_count(1)
    await page.get_by_test_id("action-escalate").click()
    await page.get_by_test_id("confirm-yes").click()
    whisper = page.get_by_test_id("message").filter(has_text="Only visible to you")
    await expect(whisper).to_contain_text("Omar is being asked.")
    await page.get_by_test_id("action-more").click()
    await page.get_by_test_id("option-reassign").click()
    await expect(page.get_by_test_id("message").last).to_contain_text("You chose reassign.")
    await picture(page, "ephemeral")
    await page.get_by_test_id("action-ack").click()
    await expect(page.get_by_test_id("message").first).to_contain_text("@Maya Lind has it")


async def test_an_app_that_does_not_answer_is_reported(visit: Visit, bot: AsyncWebClient) -> None:
    await bot.chat_postMessage(channel=ISSUES, text="card", blocks=card("Checkout is down", 90))
    page = await visit()
    silent = page.get_by_test_id("action-silent")
    await silent.click()
    await expect(silent).to_have_attribute("aria-busy", "true")
    await expect(page.get_by_test_id("toast")).to_contain_text("did not answer in time")
    await expect(silent).not_to_have_attribute("aria-busy", "true")


async def test_the_nearest_deadline_counts_down(visit: Visit, bot: AsyncWebClient) -> None:
    for title, seconds in [("later", 900), ("sooner", 39), ("past", -60), ("far", 90_000)]:
        await bot.chat_postMessage(channel=ISSUES, text=title, blocks=card(title, seconds))
    page = await visit()
    await expect(page.get_by_test_id("countdown")).to_have_count(2)
    pill = page.get_by_test_id("message").filter(has_text="sooner").get_by_test_id("countdown")
    await expect(pill).to_have_text(re.compile(r"in 0:3\d"))
    await expect(page.get_by_test_id("next")).to_have_text(re.compile(r"Next: 0:3\d"))
    shown = await pill.text_content()
    assert shown
    await expect(pill).not_to_have_text(shown)


async def test_a_countdown_ends_in_now(visit: Visit, bot: AsyncWebClient) -> None:
    page = await visit()
    await bot.chat_postMessage(channel=ISSUES, text="card", blocks=card("Checkout", 2))
    await expect(page.get_by_test_id("countdown")).to_have_text("now")
    await expect(page.get_by_test_id("next")).to_be_hidden()


async def test_the_home_of_the_app_opens(visit: Visit, picture: Picture) -> None:
    page = await visit("maya/app")
    await page.get_by_test_id("home-tab").click()
    await expect(
        page.get_by_test_id("home-view").get_by_role("heading", name="Waiting on me")
    ).to_be_visible()
    await picture(page, "home")
    await page.get_by_test_id("home-tab").press("ArrowRight")
    await expect(page.get_by_test_id("messages-tab")).to_be_focused()
    await expect(page.get_by_test_id("composer")).to_be_visible()


async def test_the_page_comes_back_when_the_connection_does(visit: Visit, bot: AsyncWebClient) -> None:
    page = await visit()
    await page.context.set_offline(True)
    await page.get_by_test_id("composer").fill("lost?")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("toast")).to_contain_text("cannot be reached")
    await expect(page.get_by_test_id("composer")).to_have_value("lost?")
    await page.context.set_offline(False)
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("message")).to_contain_text("lost?")

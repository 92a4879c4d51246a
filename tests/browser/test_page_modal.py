"""Forms: opened by command or shortcut, checked at the field, stacked, closed, and usable by keyboard alone."""

from __future__ import annotations

from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.browser.page_app import ISSUES
from tests.browser.windows import Picture, Visit
from tests.stories.stage import until


async def open_form(page: Page, text: str = "/raise Checkout is down") -> None:
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("composer").press("Enter")
    await page.get_by_test_id("modal").wait_for()


async def fill_form(page: Page, story: str = "Cards are refused") -> None:
    await page.get_by_test_id("field-story").fill(story)
    await page.get_by_test_id("field-impact").select_option(label="High")
    await page.get_by_test_id("field-urgency").get_by_label("Medium").check()


async def test_commands_are_offered_with_their_hints(visit: Visit, picture: Picture) -> None:
    page = await visit()
    await page.get_by_test_id("composer").fill("/r")
    offer = page.get_by_test_id("suggestion")
    await expect(offer).to_contain_text("[title]")
    await picture(page, "commands")
    await page.get_by_test_id("composer").press("Tab")
    await expect(page.get_by_test_id("composer")).to_have_value("/raise ")


async def test_a_form_is_filled_and_becomes_a_card(visit: Visit, sandbox: Sandbox, picture: Picture) -> None:
    page = await visit()
    await open_form(page)
    await expect(page.get_by_test_id("field-title")).to_have_value("Checkout is down")
    await expect(page.get_by_test_id("field-title")).to_be_focused()
    await fill_form(page)
    await page.get_by_test_id("field-owner").select_option(label="Maya Lind")
    await page.get_by_test_id("field-watchers").click()
    await page.get_by_test_id("field-watchers").get_by_label("Omar Haddad").check()
    await page.get_by_test_id("field-day").fill("2026-11-05")
    await picture(page, "modal")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("modal")).to_be_hidden()
    await expect(page.get_by_test_id("message")).to_contain_text("Checkout is down")
    values = sandbox.last_payload("ann")["view"]["state"]["values"]
    people = {handle: sandbox.workspace.user(handle).id for handle in ("maya", "omar")}
    assert values["owner"]["owner"]["selected_user"] == people["maya"]
    assert values["watchers"]["watchers"]["selected_users"] == [people["omar"]]
    assert values["impact"]["impact"]["selected_option"]["value"] == "high"
    assert values["urgency"]["urgency"]["selected_option"]["value"] == "medium"
    assert values["day"]["day"]["selected_date"] == "2026-11-05"
    assert values["place"]["place"]["selected_conversation"] is None
    assert values["extras"]["extras"]["selected_options"] == []


async def test_what_is_missing_or_too_long_is_said_at_the_field(visit: Visit, picture: Picture) -> None:
    page = await visit()
    await open_form(page)
    await page.get_by_test_id("field-title").fill("x" * 33)
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("field-error-title")).to_contain_text("3 characters too long")
    for name in ("story", "impact", "urgency"):
        await expect(page.get_by_test_id(f"field-error-{name}")).to_have_text("Please fill in this field.")
    await expect(page.get_by_test_id("field-error-owner")).to_be_hidden()
    await expect(page.get_by_test_id("field-title")).to_be_focused()
    await expect(page.get_by_test_id("field-title")).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_role("alert")).to_have_text("4 fields need another look.")
    await picture(page, "modal-errors")


async def test_what_the_app_refuses_is_said_at_the_field_and_nothing_typed_is_lost(visit: Visit) -> None:
    page = await visit()
    await open_form(page)
    await fill_form(page, story="Hm")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("field-error-story")).to_have_text("Please say a little more.")
    await expect(page.get_by_test_id("field-story")).to_be_focused()
    await expect(page.get_by_test_id("field-story")).to_have_value("Hm")
    await page.get_by_test_id("field-story").fill("Cards are refused")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("modal")).to_be_hidden()


async def test_a_form_on_a_form_gives_back_the_words_below(visit: Visit) -> None:
    page = await visit()
    await open_form(page)
    await page.get_by_test_id("field-story").fill("Half a story")
    await page.get_by_test_id("action-details").click()
    await expect(page.get_by_role("heading", name="More facts")).to_be_visible()
    await page.get_by_test_id("field-reference").fill("R-1")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_role("heading", name="Raise an issue")).to_be_visible()
    await expect(page.get_by_test_id("field-story")).to_have_value("Half a story")


async def test_the_keyboard_stays_inside_and_escape_goes_back(visit: Visit, sandbox: Sandbox) -> None:
    page = await visit()
    await page.get_by_test_id("shortcuts").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("shortcut-raise")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.get_by_test_id("modal").wait_for()
    for _ in range(25):
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.closest('dialog') !== null")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("modal")).to_be_hidden()
    await expect(page.get_by_test_id("shortcuts")).to_be_focused()
    await until(lambda: sandbox.modal("ann") is None)


async def test_a_message_shortcut_opens_from_the_message(visit: Visit, bot: AsyncWebClient) -> None:
    await bot.chat_postMessage(channel=ISSUES, text="Something broke")
    page = await visit()
    await page.get_by_test_id("message").hover()
    await page.get_by_test_id("message-menu").click()
    await page.get_by_test_id("shortcut-raise_from").click()
    await page.get_by_test_id("modal").wait_for()
    await page.get_by_test_id("modal-close").click()
    await expect(page.get_by_test_id("modal")).to_be_hidden()


async def test_a_form_belongs_to_the_person_who_opened_it(visit: Visit) -> None:
    page = await visit()
    await open_form(page)
    other = await visit("maya/issues")
    await expect(other.get_by_test_id("modal")).to_be_hidden()
    again = await visit("ann/issues")
    await expect(again.get_by_test_id("modal")).to_be_visible()


async def test_a_command_without_an_answer_keeps_the_words(visit: Visit) -> None:
    page = await visit()
    await page.get_by_test_id("composer").fill("/silent please")
    await page.get_by_test_id("composer").press("Enter")
    await expect(page.get_by_test_id("toast")).to_contain_text("did not answer in time")
    await expect(page.get_by_test_id("composer")).to_have_value("/silent please")
